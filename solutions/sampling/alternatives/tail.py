"""Section 6.3, "Cut the tail": other right answers. They must pass."""

import torch
import transformers.generation.logits_process  # here, since a case has two seconds only
from torch import Tensor

from solutions.sampling.reference import min_p, temperature, top_k, top_p


def top_k__transformers(logits: Tensor, k: int) -> Tensor:
    from transformers import TopKLogitsWarper

    return TopKLogitsWarper(k)(None, logits)


def top_k__sorted(logits: Tensor, k: int) -> Tensor:
    rows = []
    for row in logits.tolist():
        least = sorted(row, reverse=True)[:k][-1]
        rows.append([logit if logit >= least else float("-inf") for logit in row])
    return torch.tensor(rows, dtype=logits.dtype)


def top_k__kthvalue(logits: Tensor, k: int) -> Tensor:
    size = logits.size(1)
    least = logits.kthvalue(max(1, size - k + 1), dim=1, keepdim=True).values
    return torch.where(logits >= least, logits, torch.tensor(-torch.inf, dtype=logits.dtype))


def top_p__transformers(logits: Tensor, p: float) -> Tensor:
    from transformers import TopPLogitsWarper

    return TopPLogitsWarper(p)(None, logits)


def top_p__descending(logits: Tensor, p: float) -> Tensor:
    if p >= 1:
        return logits
    ordered, order = torch.sort(logits, descending=True)
    probabilities = ordered.softmax(dim=-1)
    needed = probabilities.cumsum(dim=-1) - probabilities < p
    needed[:, 0] = True
    back = torch.zeros_like(needed).scatter(1, order, needed)
    return torch.where(back, logits, -torch.inf)


def top_p__greedy_set(logits: Tensor, p: float) -> Tensor:
    kept = torch.full_like(logits, -torch.inf)
    for row, probabilities in enumerate(logits.double().softmax(dim=-1).tolist()):
        total = 0.0
        for token in sorted(range(len(probabilities)), key=lambda i: -probabilities[i]):
            if total >= p and p < 1:
                break
            kept[row, token] = logits[row, token]
            total += probabilities[token]
    return kept


def min_p__transformers(logits: Tensor, m: float) -> Tensor:
    from transformers import MinPLogitsWarper

    return MinPLogitsWarper(m)(None, logits)


def min_p__in_logits(logits: Tensor, m: float) -> Tensor:
    import math

    if m == 0:
        return logits
    least = logits.max(dim=-1, keepdim=True).values + math.log(m)
    return logits.masked_fill(logits < least, -torch.inf)


def warp__transformers(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    from transformers import (
        LogitsProcessorList,
        MinPLogitsWarper,
        TemperatureLogitsWarper,
        TopKLogitsWarper,
        TopPLogitsWarper,
    )

    steps = [TemperatureLogitsWarper(T)]
    steps += [] if k is None else [TopKLogitsWarper(k)]
    steps += [] if p is None else [TopPLogitsWarper(p)]
    steps += [] if m is None else [MinPLogitsWarper(m)]
    return LogitsProcessorList(steps)(None, logits)


def warp__ifs(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    for step, number in ((temperature, T), (top_k, k), (top_p, p), (min_p, m)):
        if number is not None:
            logits = step(logits, number)
    return logits
