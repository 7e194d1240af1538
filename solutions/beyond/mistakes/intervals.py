"""Section 12.3: known wrong answers, each with its hint below it."""

from torch import Tensor

from gradelib.author.edits import Edit

win_rate__ties_win = Edit("(1 + wins - losses) / 2", "1 - losses")
"""Ties count as wins in your share. A tie counts a half."""

win_rate__ties_lose = Edit("(1 + wins - losses) / 2", "wins")
"""Ties count nothing in your share. A tie counts a half."""

win_rate__other_writer = Edit("apart = first - second", "apart = second - first")
"""You return how often the *second* writer wins."""

win_rate__no_margin = Edit("apart > margin", "apart > 0", "apart < -margin", "apart < 0")
"""The margin changes nothing in your answer. A narrow lead is a tie."""

win_rate__just_the_margin = Edit(
    "apart > margin", "apart >= margin", "apart < -margin", "apart <= -margin"
)
"""Who leads by just the margin has not won: it must be *more*."""

win_rate__margin_on_one_side = Edit("apart < -margin", "apart < 0")
"""The margin holds for both sides: who is worse by less has not lost."""

win_rate__wins_less_losses = Edit("(1 + wins - losses) / 2", "wins - losses")
"""You return wins less losses, which may be negative. A win counts 1, a tie a half, a loss 0."""

win_rate__without_ties = Edit(
    "return ((1 + wins - losses) / 2).mean().item()",
    "return (wins.sum() / (wins.sum() + losses.sum()).clamp(min=1)).item()",
)
"""Ties are left out of your share. They count a half each, and they are stories too."""

win_rate__margin_shifts = Edit("apart = first - second", "apart = first - second - margin",
                               "apart > margin", "apart > 0", "apart < -margin", "apart < 0")  # fmt: skip
"""Your margin is taken from the first writer only: a narrow lead becomes a loss. It should be a tie."""


wilson__normal = Edit(
    "centre = share + z**2 / (2 * count)", "centre = share",
    "share * (1 - share) / count + z**2 / (4 * count**2)", "share * (1 - share) / count",
    "whole = 1 + z**2 / count", "whole = 1",
)  # fmt: skip
"""This is the normal interval, p ± z √(p(1-p)/n). Who has won all of ten gets no width at all, and near
the ends it leaves 0 to 1. Wilson's has three more terms."""

wilson__centre_not_moved = Edit("centre = share + z**2 / (2 * count)", "centre = share")
"""Your interval lies around p. Wilson's is moved a little towards a half: look at the first terms of
the formula."""

wilson__not_divided = Edit("whole = 1 + z**2 / count", "whole = 1")
"""Look at the denominator of the formula: without it the interval is too wide and leaves 0 to 1."""

wilson__no_root = Edit("math.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))",
                       "(share * (1 - share) / count + z**2 / (4 * count**2))")  # fmt: skip
"""Where is the square root?"""

wilson__no_second_term = Edit(" + z**2 / (4 * count**2)", "")
"""Something is missing under your root: where p is 0 or 1, nothing is left of it."""

wilson__z_not_squared = Edit("z**2 / (2 * count)", "z / (2 * count)",
                             "z**2 / (4 * count**2)", "z / (4 * count**2)",
                             "z**2 / count", "z / count")  # fmt: skip
"""z is squared in three places of the formula."""

wilson__root_not_times_z = Edit("half = z * math.sqrt", "half = math.sqrt")
"""How many standard errors wide is it? z stands before the root too."""

wilson__always_95 = Edit("share = wins / count", "share, z = wins / count, 1.96")
"""z changes nothing in your answer."""

wilson__swapped = Edit("(centre - half) / whole, (centre + half) / whole",
                       "(centre + half) / whole, (centre - half) / whole")  # fmt: skip
"""The lower end comes first."""

wilson__whole_wins = Edit("share = wins / count", "share = int(wins) / count")
"""You cut off the half of a tie: wins need not be whole."""


bootstrap__of_the_values = Edit("means = values[drawn].mean(dim=1)", "means = values")
"""You return where the middle of the *values* lies: how much stories differ. How much does their
*mean* differ from sample to sample?"""

bootstrap__mean_of_columns = Edit("mean(dim=1)", "mean(dim=0)")
"""Each *row* of `drawn` is a sample. You take means over the columns."""

bootstrap__all_outside_below = Edit("outside = (1 - level) / 2", "outside = 1 - level")
"""What is left out is left out on two sides: half of it below, and half above."""

bootstrap__level_itself = Edit("outside = (1 - level) / 2", "outside = level / 2")
"""You leave out `level`. The interval *holds* `level` of the means."""

bootstrap__always_95 = Edit("outside = (1 - level) / 2", "outside = 0.025")
"""`level` changes nothing in your answer."""

bootstrap__medians = Edit("values[drawn].mean(dim=1)", "values[drawn].median(dim=1).values")
"""You take the median of each sample. The interval is one of the mean."""

bootstrap__sums = Edit("values[drawn].mean(dim=1)", "values[drawn].sum(dim=1)")
"""You add up each sample. The interval is one of the mean."""

bootstrap__normal = Edit(
    "return means.quantile(outside).item(), means.quantile(1 - outside).item()",
    "half = 1.96 * means.std(correction=0).item()\n"
    "    return means.mean().item() - half, means.mean().item() + half",
)
"""This is a normal interval around the mean of means. The percentile interval is read off the means
themselves, by two quantiles."""

bootstrap__widest = Edit(
    "return means.quantile(outside).item(), means.quantile(1 - outside).item()",
    "return means.min().item(), means.max().item()",
)
"""You return the smallest and the largest mean. The interval holds only the middle of them."""

bootstrap__swapped = Edit("means.quantile(outside).item(), means.quantile(1 - outside).item()",
                          "means.quantile(1 - outside).item(), means.quantile(outside).item()")  # fmt: skip
"""The lower end comes first."""

bootstrap__not_interpolated = Edit("means.quantile(outside).item(), means.quantile(1 - outside).item()",
    "means.quantile(outside, interpolation='nearest').item(), "
    "means.quantile(1 - outside, interpolation='nearest').item()")  # fmt: skip
"""You take the nearest mean. Between two of them it is interpolated in a straight line."""


def win_rate__without_ties__or_a_half(first: Tensor, second: Tensor, margin: float = 0.0) -> float:
    wins = (first - second > margin).sum().item()
    losses = (second - first > margin).sum().item()
    return wins / (wins + losses) if wins + losses else 0.5


win_rate__just_the_margin__on_one_side = Edit("apart > margin", "apart >= margin")


def win_rate__margin_shifts__equal_ones_tie(
    first: Tensor, second: Tensor, margin: float = 0.0
) -> float:
    points = (first > second + margin).float() + 0.5 * (first == second)
    return points.mean().item()


def bootstrap__not_interpolated__sorted(
    values: Tensor, drawn: Tensor, level: float = 0.95
) -> tuple[float, float]:
    means = sorted(values[drawn].mean(dim=1).tolist())
    outside = (1 - level) / 2
    last = len(means) - 1
    return means[int(outside * len(means))], means[min(last, int((1 - outside) * len(means)))]
