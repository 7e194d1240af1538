"""Known wrong answers to notebook 12. What stands below each is the hint that its answer earns."""
