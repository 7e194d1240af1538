"""Other right answers to notebook 03, from the libraries where one has it. They must pass."""
