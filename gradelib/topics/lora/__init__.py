"""Notebook 08: LoRA and its kin."""
