"""What is asked, one module a notebook: cases, invariants, tolerance, points. No answers."""
