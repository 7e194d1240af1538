"""Known wrong answers to notebook 08. What stands below each is the hint that its answer earns."""
