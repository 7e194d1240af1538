"""Known wrong answers to notebook 04. What stands below each is the hint that its answer earns."""
