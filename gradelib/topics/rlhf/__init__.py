"""Notebook 11: RLHF."""
