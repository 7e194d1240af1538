"""Section 9.7: other right answers. They must pass."""

import math


def rate_at__transformers(step: int, peak: float, warmup: int, steps: int, last: float) -> float:
    import torch
    from transformers import get_cosine_with_min_lr_schedule_with_warmup

    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=peak)
    schedule = get_cosine_with_min_lr_schedule_with_warmup(optimizer, warmup, steps, min_lr=last)
    return peak * schedule.lr_lambdas[0](min(step, steps))


def rate_at__squared(step: int, peak: float, warmup: int, steps: int, last: float) -> float:
    if step >= steps:
        return last
    if warmup and step <= warmup:
        return step * peak / warmup
    half = math.pi / 2 * (step - warmup) / (steps - warmup)
    return last + (peak - last) * math.cos(half) ** 2
