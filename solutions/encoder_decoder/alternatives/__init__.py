"""Other right answers to notebook 05, from the libraries where one has it. They must pass."""
