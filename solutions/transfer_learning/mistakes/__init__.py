"""Known wrong answers to notebook 07. What stands below each is the hint that its answer earns."""
