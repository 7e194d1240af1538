"""What is random is judged by its distribution.

A token that has probability p falls K times in N draws. By Chernoff's bound, for any N and either
direction,

    P(N * kl(K / N, p) >= t) <= e^-t,  with  kl(a, p) = a ln(a / p) + (1 - a) ln((1 - a) / (1 - p)).

An answer fails where N * kl reaches LIMIT = 25. One look at one token is a false alarm with a
chance below 2 * e^-25 < 2.8e-11. Where two samplers are compared, their pooled share m stands for
p: N * kl(a, m) + N * kl(b, m) is never larger than the same sum at the true p, so it reaches
2 * LIMIT with a chance below 4 * e^-25 < 5.6e-11. All cases together look at fewer than 600 shares,
and grading repeats them for three more seeds: in a whole notebook a right answer fails with a
chance below 600 * 4 * 5.6e-11 < 2e-7, which is less than one in a million.
"""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.compare import difference
from gradelib.checking.exercise import Tolerance

LIMIT = 25.0  # see above
LOOSE = Tolerance(relative=0.0, absolute=0.08)  # how alike two draws of one known mistake are
COPIES = 8000  # draws of each row


def _kl(share: float, p: float) -> float:
    """Return how far a share is from a probability, in nats: the binary relative entropy."""
    parts = [(share, p), (1 - share, 1 - p)]
    return sum(a * np.log(a / b) if b > 0 else np.inf for a, b in parts if a > 0)


def unlike(shares: Tensor, exact: Tensor, draws: int) -> str | None:
    """Say which share of so many draws cannot come from its exact probability, or return None."""
    for place in np.ndindex(*exact.shape):
        share, p = float(shares[place]), min(1.0, float(exact[place]))
        if draws * _kl(share, p) >= LIMIT:
            at = ", ".join(map(str, place))
            return f"[{at}] should come in {p:.1%} of the draws, but came in {share:.1%}"
    return None


def differ(left: Tensor, right: Tensor, draws: int) -> str | None:
    """Say which of two samplers' shares, each of so many draws, cannot be alike, or return None."""
    for place in np.ndindex(*left.shape):
        a, b = float(left[place]), float(right[place])
        if draws * (_kl(a, (a + b) / 2) + _kl(b, (a + b) / 2)) >= 2 * LIMIT:
            at = ", ".join(map(str, place))
            return f"[{at}] should come in about {a:.1%} of the runs, but came in {b:.1%}"
    return None


def compare_form(expected: Any, answer: Any, random: tuple[str, ...]) -> str | None:
    """Compare all that is not random, and the form of what is: shape, type, no share above one."""
    left, right = (
        {k: v for k, v in all_.items() if k not in random} for all_ in (expected, answer)
    )
    if unequal := difference(left, right):
        return unequal.message
    for name in random:
        left, right = expected[name], answer[name]
        if unequal := difference(left * 0, right * 0):
            return unequal.message
        if right.sum() > left.sum() + 0.5 or (right < 0).any():
            return f"the shares of {name!r} sum to {float(right.sum()):.3g}"
    return None


def shares_of(codes: Tensor, sizes: tuple[int, ...]) -> Tensor:
    """Return how often each code came; codes that cannot be are left out."""
    total = int(np.prod(sizes))
    inside = codes[(codes >= 0) & (codes < total)].long()
    counts = torch.bincount(inside, minlength=total).double()
    return (counts / max(1, len(codes))).reshape(sizes)
