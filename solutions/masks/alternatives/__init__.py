"""Other right answers to notebook 02, from the libraries where one has it. They must pass."""
