"""Known wrong answers to notebook 10. What stands below each is the hint that its answer earns."""
