"""Wrong answers to `warp` in other words, with the hint due."""

import torch
from solutions.sampling.reference import (
    min_p,
    temperature,
    top_k,
    top_p,
)


def warp__temperature_last(logits, T=1.0, k=None, p=None, m=None):
    """Applies the temperature at the end.

    Hint: temperature_last
    """
    out = logits
    if k is not None:
        out = top_k(out, k)
    if p is not None:
        out = top_p(out, p)
    if m is not None:
        out = min_p(out, m)
    return temperature(out, T)


def warp__p_before_k(logits, T=1.0, k=None, p=None, m=None):
    """Takes top-p before top-k.

    Hint: top_p_before_top_k
    """
    out = temperature(logits, T)
    out = out if p is None else top_p(out, p)
    out = out if k is None else top_k(out, k)
    return out if m is None else min_p(out, m)


def warp__all_on_the_first(logits, T=1.0, k=None, p=None, m=None):
    """Lets each step work on the logits as they came.

    Hint: top_p_before_top_k
    """
    warm = temperature(logits, T)
    out = warm.clone()
    for step, number in ((top_k, k), (top_p, p), (min_p, m)):
        if number is not None:
            out[step(warm, number) == -torch.inf] = -torch.inf
    return out


def warp__only_one(logits, T=1.0, k=None, p=None, m=None):
    """Takes the first step whose number is there, and no further one.

    Hint: none
    """
    out = temperature(logits, T)
    if k is not None:
        return top_k(out, k)
    elif p is not None:
        return top_p(out, p)
    elif m is not None:
        return min_p(out, m)
    return out


def warp__temperature_forgotten(logits, T=1.0, k=None, p=None, m=None):
    """Forgets the temperature.

    Hint: without_temperature
    """
    for step, number in ((top_k, k), (top_p, p), (min_p, m)):
        if number is not None:
            logits = step(logits, number)
    return logits


def warp__first_row_only(logits, T=1.0, k=None, p=None, m=None):
    """Cuts in the first row only.

    Hint: none
    """
    out = temperature(logits, T).clone()
    for step, number in ((top_k, k), (top_p, p), (min_p, m)):
        if number is not None:
            out[:1] = step(out[:1], number)
    return out


def warp__truth_of_numbers(logits, T=1.0, k=None, p=None, m=None):
    """Never uses min-p.

    Hint: none
    """
    out = temperature(logits, T)
    if k:
        out = top_k(out, k)
    if p:
        out = top_p(out, p)
    return out


def warp__none_handed_on(logits, T=1.0, k=None, p=None, m=None):
    """Hands None on to each step.

    Hint: none
    """
    return min_p(top_p(top_k(temperature(logits, T), k), p), m)


def warp__m_before_p(logits, T=1.0, k=None, p=None, m=None):
    """Takes min-p before top-p.

    Hint: min_p_before_top_p
    """
    out = temperature(logits, T)
    if k is not None:
        out = top_k(out, k)
    if m is not None:
        out = min_p(out, m)
    return out if p is None else top_p(out, p)
