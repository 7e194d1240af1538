"""Notebook 12: beyond."""
