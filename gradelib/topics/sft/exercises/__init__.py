"""What notebook 10 asks: conversations as text, what of them is learned, packing, measuring."""

SECTIONS = ("talks", "responses", "batches", "losses", "packing", "measures", "inventions")
