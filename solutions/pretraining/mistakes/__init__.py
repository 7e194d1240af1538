"""Known wrong answers to notebook 09. What stands below each is the hint that its answer earns."""
