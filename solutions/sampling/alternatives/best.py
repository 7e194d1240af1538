"""Section 6.1, "The best token, every time": other right answers. They must pass."""

from collections.abc import Callable

import torch
from torch import Tensor


def greedy__max(logits: Tensor) -> Tensor:
    return logits.max(dim=1).indices


def greedy__row_by_row(logits: Tensor) -> Tensor:
    rows = logits.tolist()
    return torch.tensor([row.index(max(row)) for row in rows])


def generate__lists(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    ended = [False] * len(ids)
    while max_new and not all(ended):
        chosen = choose(next_logits(ids), ids).tolist()
        chosen = [end if over else token for over, token in zip(ended, chosen, strict=True)]
        ended = [over or token == end for over, token in zip(ended, chosen, strict=True)]
        ids = torch.hstack([ids, torch.tensor(chosen).reshape(-1, 1)])
        max_new -= 1
    return ids


def generate__room_beforehand(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    rows, prompt = ids.shape
    every = torch.full((rows, prompt + max_new), end)
    every[:, :prompt] = ids
    for place in range(prompt, prompt + max_new):
        so_far = every[:, :place]
        over = (so_far[:, prompt:] == end).any(dim=1)
        if place > prompt and over.all():
            return so_far
        chosen = choose(next_logits(so_far), so_far)
        every[:, place] = torch.where(over, torch.full_like(chosen, end), chosen)
    return every


def repetition_rate__last_seen(ids: list[int], window: int) -> float:
    last, repeated = {}, 0
    for place, token in enumerate(ids):
        repeated += token in last and place - last[token] <= window
        last[token] = place
    return repeated / max(1, len(ids))


def repetition_rate__deque(ids: list[int], window: int) -> float:
    from collections import deque
    from statistics import mean

    recent, hits = deque(maxlen=window), []
    for token in ids:
        hits.append(float(token in recent))
        recent.append(token)
    return mean(hits) if hits else 0.0
