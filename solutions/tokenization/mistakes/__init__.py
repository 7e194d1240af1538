"""Known wrong answers to notebook 01. What stands below each is the hint that its answer earns."""
