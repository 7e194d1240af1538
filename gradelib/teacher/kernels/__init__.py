"""Run a notebook in a kernel of its own, and ask it for answers."""
