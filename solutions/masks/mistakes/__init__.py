"""Known wrong answers to notebook 02. What stands below each is the hint that its answer earns."""
