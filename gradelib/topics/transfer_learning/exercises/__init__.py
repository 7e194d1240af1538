"""What notebook 07 asks: freezing, a head, a step, measures, layer-wise rates, and entities."""

SECTIONS = ("body", "training", "measures", "rates", "entities")
