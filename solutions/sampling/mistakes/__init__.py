"""Known wrong answers to notebook 06. What stands below each is the hint that its answer earns."""
