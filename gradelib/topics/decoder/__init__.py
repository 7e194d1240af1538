"""Notebook 03: a model that writes."""
