"""What notebook 05 asks, section by section."""

SECTIONS = ("layers", "writing", "measures", "summary")
