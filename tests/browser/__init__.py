"""Tests that open the course in a real browser."""
