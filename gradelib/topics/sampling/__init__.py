"""Notebook 06: choosing the next token."""
