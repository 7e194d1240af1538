"""Other right answers to notebook 04, from the libraries where one has it. They must pass."""
