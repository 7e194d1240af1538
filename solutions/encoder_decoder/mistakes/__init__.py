"""Known wrong answers to notebook 05. What stands below each is the hint that its answer earns."""
