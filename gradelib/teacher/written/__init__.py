"""Answers in words, all to one question beside one another, to be marked and read back."""
