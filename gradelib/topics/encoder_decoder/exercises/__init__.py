"""What notebook 05 asks, section by section."""

SECTIONS = ("layers", "shifts", "writing", "measures", "summary")
