"""Other right answers to notebook 11. They must pass."""
