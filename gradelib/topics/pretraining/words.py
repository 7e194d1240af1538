"""The signs and words that a filter of notebook 09 looks for, and the prime of its hashes."""

from __future__ import annotations

__all__ = ["ENDS", "PRIME", "PUNCTUATION", "STOP_WORDS"]

STOP_WORDS = {"the", "be", "to", "of", "and", "that", "have", "with"}  # Rae and others, 2021
ENDS = (".", "!", "?", '"', "”")  # how a line of prose ends; Raffel and others, 2020
PUNCTUATION = ".,;:!?\"'“”"  # stripped from both ends of a word
PRIME = 2**31 - 1  # the product of two smaller numbers fits in 64 bits
