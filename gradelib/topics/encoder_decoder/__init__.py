"""Notebook 05, encoder–decoder: its exercises, its records, and its own pictures."""
