"""Other right answers to notebook 08, from the libraries where one has it. They must pass."""
