"""Known wrong answers to notebook 03. What stands below each is the hint that its answer earns."""
