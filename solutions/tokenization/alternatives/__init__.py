"""Other right answers to notebook 01, from the libraries where one has it. They must pass."""
