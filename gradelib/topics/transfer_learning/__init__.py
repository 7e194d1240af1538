"""Notebook 07: Transfer learning."""
