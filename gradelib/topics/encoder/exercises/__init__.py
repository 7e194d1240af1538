"""What notebook 04 asks, section by section."""

SECTIONS = ("layers", "masking", "pairs", "sentences", "distilling")
