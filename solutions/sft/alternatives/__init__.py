"""Other right answers to notebook 10. They must pass."""
