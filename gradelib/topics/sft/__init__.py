"""Notebook 10: supervised fine-tuning."""
