"""Trains the course's tiny models: `python -m data.training` (that is `make models`)."""
