"""Section 11.9: known wrong answers, each with its hint below it."""

import math

import torch
from torch import Tensor

from gradelib.author.edits import Edit

best_of_n__of_all = Edit("scores[:, :n]", "scores")
"""You choose among all stories. Only the first n are there to choose from."""

best_of_n__worst = Edit("argmax", "argmin")
"""You choose the worst."""

best_of_n__score = Edit("scores[:, :n].argmax(dim=1)", "scores[:, :n].amax(dim=1)")
"""You return the best score. *Which* story it is is asked for: the number of its column."""

best_of_n__of_a_column = Edit("argmax(dim=1)", "argmax(dim=0)")
"""Along which axis do the stories of one beginning lie?"""

best_of_n__last_n = Edit("scores[:, :n]", "scores[:, -n:]")
"""You choose among the last n. The first n are asked for."""

best_of_n__one_more = Edit("scores[:, :n]", "scores[:, : n + 1]")
"""You look at one story too many."""

best_of_n__one_less = Edit("scores[:, :n]", "scores[:, : max(n - 1, 1)]")
"""You look at one story too few."""

best_of_n__rows = Edit("scores[:, :n]", "scores[:n]")
"""You cut beginnings away. The stories lie along the other axis."""

best_of_n__last_of_equals = Edit(
    "scores[:, :n].argmax(dim=1)", "n - 1 - scores[:, :n].flip(1).argmax(dim=1)"
)
"""If several are equally good, you take the last of them."""

best_of_n__of_the_batch = Edit("scores[:, :n].argmax(dim=1)", "scores[:, :n].argmax()")
"""You choose one story for all beginnings. One for *each* is asked for."""

best_of_n_kl__only_the_logarithm = Edit(" - (n - 1) / n", "")
"""log n is what it would be if the best of n came from one place in n. Something is taken away."""

best_of_n_kl__added = Edit("- (n - 1) / n", "+ (n - 1) / n")
"""What is the distance of the best of one? Yours is right there, but too large for all others: look at
the sign."""

best_of_n_kl__bits = Edit("math.log(n)", "math.log2(n)")
"""You have the logarithm in bits. Nats are asked for."""

best_of_n_kl__one_over_n = Edit("(n - 1) / n", "1 / n")
"""What is the distance of the best of one? It should be 0."""

best_of_n_kl__only_the_logarithm__whole_numbers = Edit("(n - 1) / n", "(n - 1) // n")

best_of_n_kl__decimal = Edit("math.log(n)", "math.log10(n)")
"""You have the logarithm to base 10. The natural one is asked for."""

best_of_n_kl__negative = Edit("math.log(n) - (n - 1) / n", "(n - 1) / n - math.log(n)")
"""A KL is never negative."""

best_of_n__narrow = Edit("scores[:, :n]", "scores[:, :n].half()")
"""Two scores that hardly differ are the same to you. Compare them as they are."""
