"""Other right answers to notebook 12. They must pass."""
