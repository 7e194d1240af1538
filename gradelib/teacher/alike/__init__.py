"""Whose code is more alike than the exercise makes it: a place to look, and no verdict."""
