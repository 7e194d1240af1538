"""A term beside its grades: who takes part, who has handed in, where each week stands."""
