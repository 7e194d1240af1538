"""What notebook 04 asks, section by section."""

SECTIONS = ("layers", "masking", "sentences", "distilling")
