"""Notebook 02: who may look at what."""
