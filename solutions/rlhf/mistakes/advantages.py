"""Section 11.5: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

whiten__over_everything = Edit("values[mask]", "values.nan_to_num()")
"""Of which values are your mean and variance? Those outside the mask do not count."""

whiten__only_shifted = Edit("((values - real.mean()) / spread)", "(values - real.mean())")
"""Your mean is 0. What about the variance?"""

whiten__only_stretched = Edit("(values - real.mean())", "values")
"""Your variance is 1. What about the mean?"""

whiten__by_the_variance = Edit(
    "(real.var(correction=0) + 1e-8).sqrt()", "(real.var(correction=0) + 1e-8)"
)
"""You divide by the variance. Its square root is what stretches values to a variance of 1."""

whiten__one_less = Edit("var(correction=0)", "var(correction=int(len(real) > 1))")
"""Your variance divides by one less than the number of values, as PyTorch does unless told otherwise.
The mean of the squares is asked for."""

whiten__outside_kept = Edit(".masked_fill(~mask, 0)", "")
"""Outside the mask stands something else than 0."""

whiten__outside_kept__times = Edit(".masked_fill(~mask, 0)", " * mask")

whiten__nothing_added = Edit(" + 1e-8", "")
"""What if all values are the same, or lie very near each other? Something is added to the variance
before the root."""

whiten__added_to_the_root = Edit(
    "(real.var(correction=0) + 1e-8).sqrt()", "real.var(correction=0).sqrt() + 1e-8"
)
"""What is added is added to the variance, before the root: for very small values this makes a
difference."""


def whiten__each_row(values: Tensor, mask: Tensor) -> Tensor:
    """You whiten each row by itself. Mean and variance are those of the whole batch: a good story is to
    stay above a bad one."""
    zero = values.masked_fill(~mask, 0)
    count = mask.sum(1, keepdim=True)
    apart = (zero - zero.sum(1, keepdim=True) / count).masked_fill(~mask, 0)
    spread = ((apart**2).sum(1, keepdim=True) / count + 1e-8).sqrt()
    return apart / spread


def whiten__only_the_real(values: Tensor, mask: Tensor) -> Tensor:
    """You return the values that count, side by side. The whole table is asked for, with 0 elsewhere."""
    real = values[mask]
    return (real - real.mean()) / (real.var(correction=0) + 1e-8).sqrt()


group_advantages__over_the_batch = Edit(
    "scores.mean(dim=1, keepdim=True)",
    "scores.mean()",
    "scores.std(dim=1, correction=0, keepdim=True)",
    "scores.std(correction=0)",
)
"""You compare with all stories of the batch. Some beginnings are easier: compare with those of the same
beginning."""

group_advantages__mean_of_all = Edit("scores.mean(dim=1, keepdim=True)", "scores.mean()")
"""Your mean is that of all stories. Each group has its own."""

group_advantages__across_groups = Edit(
    "mean(dim=1, keepdim=True)", "mean(dim=0, keepdim=True)", "std(dim=1,", "std(dim=0,"
)
"""Along which axis are the stories of one beginning? You compare stories of different beginnings."""

group_advantages__not_divided = Edit(
    " / (scores.std(dim=1, correction=0, keepdim=True) + 1e-4)", ""
)
"""You take the mean of the group away. What about its spread?"""

group_advantages__by_the_variance = Edit("scores.std(", "scores.var(")
"""You divide by the variance. The standard deviation is asked for."""

group_advantages__one_less = Edit("correction=0", "correction=int(scores.shape[1] > 1)")
"""Your deviation divides by one less than the number of stories, as PyTorch does unless told otherwise.
The mean of the squares is asked for."""

group_advantages__nothing_added = Edit(" + 1e-4", "")
"""What if all stories of a group have the same score? You divide 0 by 0."""

group_advantages__inside_the_root = Edit(
    "(scores.std(dim=1, correction=0, keepdim=True) + 1e-4)",
    "(scores.var(dim=1, correction=0, keepdim=True) + 1e-4).sqrt()",
)
"""What is added is added to the deviation, after the root."""

group_advantages__without_itself = Edit(
    "scores - scores.mean(dim=1, keepdim=True)",
    "scores - (scores.sum(dim=1, keepdim=True) - scores) / max(scores.shape[1] - 1, 1) * (scores.shape[1] > 1)",
)
"""You compare each story with the mean of the *others*. Here it is the mean of the whole group, the
story itself included."""

group_advantages__ranks = Edit(
    "scores - scores.mean(dim=1, keepdim=True)",
    "scores.argsort(1).argsort(1) - (scores.shape[1] - 1) / 2",
)
"""You use ranks. By how much a story is better counts too."""

group_advantages__against_the_best = Edit(
    "scores.mean(dim=1, keepdim=True)", "scores.amax(dim=1, keepdim=True)"
)
"""You compare with the best of the group. With what shall the average story stand at 0?"""
