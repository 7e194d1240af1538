"""Notebook 09: pretraining."""
