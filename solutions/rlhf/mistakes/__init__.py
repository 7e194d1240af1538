"""Known wrong answers to notebook 11. What stands below each is the hint that its answer earns."""
