"""Notebook 01: from text to tokens."""
