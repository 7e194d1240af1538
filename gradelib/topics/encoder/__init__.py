"""Notebook 04, encoder: its exercises, its records, and its own pictures."""
