"""Section 6.3, "Cut the tail": known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit
from solutions.sampling.reference import min_p, temperature, top_k, top_p


def top_k__only_the_values(logits: Tensor, k: int) -> Tensor:
    """You return the k largest logits alone. Which token does each of them belong to?"""
    return logits.topk(min(k, logits.shape[-1])).values


top_k__zeros = Edit("-torch.inf", "0.0")
"""A logit of 0 is not "impossible". Which logit has a probability of zero?"""

top_k__one_too_few = Edit(
    "least =",
    """if k >= logits.shape[1]:
        return logits
    least =""",
    "< least",
    "<= least",
)
"""How many tokens stay in each row? Does the k-th largest stay?"""

top_k__the_smallest = Edit(
    "shape[1])",
    "shape[1]), largest=False",
    "logits < least",
    "logits > least",
)
"""Which tokens stay: the likely ones or the unlikely ones?"""

top_k__one_border_for_all = Edit("[:, -1:]", "[:, -1].min()")
"""Count what stays in each row. Does every row have a border of its own?"""

top_k__of_the_whole_tensor = Edit(
    "logits.topk(min(k, logits.shape[1])).values[:, -1:]",
    "logits.flatten().topk(min(k, logits.numel())).values[-1]",
)
"""You keep the k best of all rows together. How many should stay in each row?"""

top_k__more_than_there_are = Edit("min(k, logits.shape[1])", "k")
"""What if k is larger than the number of tokens?"""


def top_k__exactly_k(logits: Tensor, k: int) -> Tensor:
    """Two tokens can be equally likely. What does the task say of those that tie with the last?"""
    kept = logits.topk(min(k, logits.shape[-1]))
    return torch.full_like(logits, -torch.inf).scatter(1, kept.indices, kept.values)


top_k__probabilities = Edit("-torch.inf)", "-torch.inf).softmax(dim=1)")
"""These are probabilities. What does the task ask for, so that other steps can follow?"""


def top_p__stops_before(logits: Tensor, p: float) -> Tensor:
    """Do the tokens that you keep sum to p? The one with which the sum reaches p stays too."""
    ordered, order = logits.softmax(dim=-1).sort(dim=-1, descending=True)
    gone = ordered.cumsum(dim=-1) > p + 1e-6
    gone[:, 0] = False
    return logits.masked_fill(gone.scatter(-1, order, gone), -torch.inf)


top_p__nothing_may_stay = Edit(
    "<= 1 - p",
    "<= 1 - p + 1e-6",
    """
    tail[:, -1] = False""",
    "",
)
"""How many tokens do you keep when p is very small? One must stay."""


def top_p__not_put_back(logits: Tensor, p: float) -> Tensor:
    """You have sorted the tokens. Which place in the row does each decision belong to?"""
    ordered = logits.softmax(dim=-1).sort(dim=-1, descending=True).values
    gone = ordered.cumsum(dim=-1) - ordered >= p
    return logits.masked_fill(gone, -torch.inf)


top_p__wrong_way_back = Edit("tail.scatter(1, order, tail)", "tail.gather(1, order)")
"""`order[i]` is the token that stands at rank i. Do you look up ranks, or put them back?"""


def top_p__sorted(logits: Tensor, p: float) -> Tensor:
    """Your row comes out in another order than it came in. Who knows then which token is which?"""
    ordered = logits.sort(dim=-1, descending=True).values
    probabilities = ordered.softmax(dim=-1)
    return ordered.masked_fill(probabilities.cumsum(-1) - probabilities >= p, -torch.inf)


def top_p__a_threshold(logits: Tensor, p: float) -> Tensor:
    """You compare each probability alone. What is it whose sum should reach p?"""
    probabilities = logits.softmax(dim=-1)
    gone = probabilities < 1 - p
    gone &= probabilities < probabilities.amax(dim=-1, keepdim=True)
    return logits.masked_fill(gone, -torch.inf)


def top_p__unsorted(logits: Tensor, p: float) -> Tensor:
    """You add up from left to right. Which tokens should come first?"""
    probabilities = logits.softmax(dim=-1)
    return logits.masked_fill(probabilities.cumsum(-1) - probabilities >= p, -torch.inf)


top_p__the_unlikely = Edit(
    "ordered.cumsum(dim=1) <= 1 - p",
    "ordered.cumsum(dim=1) - ordered >= p",
    """
    tail[:, -1] = False""",
    "",
)
"""Do you begin to add with the most likely token, or with the least likely one?"""


def top_p__one_more(logits: Tensor, p: float) -> Tensor:
    """You keep one token more than needed. Is the sum not at p before it?"""
    ordered, order = logits.softmax(dim=-1).sort(dim=-1, descending=True)
    reached = ordered.cumsum(dim=-1) - ordered >= p
    gone = torch.zeros_like(reached)
    gone[:, 1:] = reached[:, :-1]
    return logits.masked_fill(gone.scatter(-1, order, gone), -torch.inf)


def top_p__one_set_for_all(logits: Tensor, p: float) -> Tensor:
    """Each row keeps the same number of tokens in your answer. May a sure row keep fewer?"""
    ordered = logits.softmax(dim=-1).sort(dim=-1, descending=True).values
    sizes = (ordered.cumsum(dim=-1) - ordered < p).sum(dim=-1)
    least = logits.topk(int(sizes.max())).values[:, -1:]
    return logits.masked_fill(logits < least, -torch.inf)


min_p__absolute = Edit("m * probabilities.amax(dim=1, keepdim=True)", "m")
"""You compare with m itself. What is m multiplied by?"""

min_p__of_the_logits = Edit("logits.softmax(dim=1)", "logits")
"""Is it logits or probabilities that are compared? Add a constant to all logits and try again."""

min_p__one_best_for_all = Edit("amax(dim=1, keepdim=True)", "max()")
"""Whose most likely token do you compare with: that of the row, or that of all rows?"""


def min_p__logarithm_of_zero(logits: Tensor, m: float) -> Tensor:
    """A distance from the best logit is right. But `m` may be 0, of which `math` has no logarithm: what
    stays then?"""
    import math

    least = logits.amax(dim=1, keepdim=True) + math.log(m)
    return logits.masked_fill(logits < least, -torch.inf)


min_p__zeros = Edit("-torch.inf", "0.0")
"""A logit of 0 is not "impossible". Which logit has a probability of zero?"""

min_p__without_the_border = Edit("< least", "<= least")
"""Does a token stay that is exactly m times as likely as the best one? Try m = 1."""

min_p__one_minus_m = Edit("m * probabilities", "(1 - m) * probabilities")
"""Should fewer tokens stay for a larger m, or more?"""

min_p__the_unlikely = Edit("< least", "> least")
"""Which tokens do you take away: the likely ones or the unlikely ones?"""

warp__temperature_last = Edit(
    """
    logits = temperature(logits, T)""",
    "",
    "return logits if m is None else min_p(logits, m)",
    """logits = logits if m is None else min_p(logits, m)
    return temperature(logits, T)""",
)
"""In which order do the four steps come? Look at the temperature."""

warp__top_p_before_top_k = Edit(
    "if k is None else top_k(logits, k)",
    "if p is None else top_p(logits, p)",
    "if p is None else top_p(logits, p)",
    "if k is None else top_k(logits, k)",
)
"""First top-k, then top-p: does the second one see what the first has left?"""

warp__min_p_before_top_p = Edit(
    "logits = logits if p is None else top_p(logits, p)",
    "logits = logits if m is None else min_p(logits, m)",
    "return logits if m is None else min_p(logits, m)",
    "return logits if p is None else top_p(logits, p)",
)
"""First top-p, then min-p: does top-p count what min-p will take away?"""


def warp__from_the_beginning(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    """Each of your steps begins with the logits of the beginning. What has the step before done?"""
    warped = temperature(logits, T)
    warped = warped if k is None else top_k(logits / T, k)
    warped = warped if p is None else top_p(logits / T, p)
    return warped if m is None else min_p(logits / T, m)


warp__without_temperature = Edit(
    """
    logits = temperature(logits, T)""",
    "",
)
"""Three of four steps are there. Which one is missing?"""

warp__zero_is_none = Edit(
    "logits if k is None else top_k(logits, k)",
    "top_k(logits, k or 1)",
    "logits if p is None else top_p(logits, p)",
    "top_p(logits, p or 1.0)",
    "logits if m is None else min_p(logits, m)",
    "min_p(logits, m or 0.0)",
)
"""What does your answer return without any numbers? Then the logits should stay as they are."""

warp__min_p_by_itself = Edit(
    "logits = logits if k is None",
    """if m is not None:
        return min_p(logits, m)
    logits = logits if k is None""",
    " if m is None else min_p(logits, m)",
    "",
)
"""If there is an m you leave the other two out. Should they not all be done?"""
