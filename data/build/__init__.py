"""Writes the course's data: `python -m data.build`."""
