"""A pretend class, to try a week with."""
