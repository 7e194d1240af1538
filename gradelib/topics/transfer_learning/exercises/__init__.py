"""What notebook 07 asks: freezing, a head, a step, measures, layer-wise rates, and entities."""

SECTIONS = ("body", "heads", "training", "measures", "rates", "entities")
