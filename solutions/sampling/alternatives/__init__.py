"""Other right answers to notebook 06, from the libraries where one has it. They must pass."""
