"""Section 9.7: reference answers."""

import math


def rate_at(step: int, peak: float, warmup: int, steps: int, last: float) -> float:
    """Return the learning rate at a step, counted from 0.

    It rises in a line from 0 at step 0 to `peak` at step `warmup`. From there it falls
    along half a cosine, to `last` at step `steps`. After that it stays at `last`.
    `warmup` may be 0, and is less than `steps`.

    Source: Loshchilov and Hutter (2017), with a warm-up.

    >>> [rate_at(step, 1.0, warmup=2, steps=6, last=0.0) for step in (0, 1, 2, 4, 6)]
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    if step < warmup:
        return peak * step / warmup
    progress = min(1.0, (step - warmup) / (steps - warmup))
    return last + (peak - last) * (1 + math.cos(math.pi * progress)) / 2
