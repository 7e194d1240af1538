"""Other right answers to notebook 09. They must pass."""
