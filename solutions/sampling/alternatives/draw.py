"""Section 6.2, "Draw": other right answers. They must pass."""

import torch
import transformers.generation.logits_process  # here, since a case has some seconds only
from torch import Tensor


def sample__gumbel(logits: Tensor, generator: torch.Generator) -> Tensor:
    noise = -torch.log(-torch.log(torch.rand(logits.shape, generator=generator).clamp(1e-20)))
    return (logits + noise).argmax(dim=-1)


def sample__inverse(logits: Tensor, generator: torch.Generator) -> Tensor:
    ends = logits.double().softmax(dim=-1).cumsum(dim=-1)
    dice = torch.rand(len(logits), 1, generator=generator, dtype=torch.double) * ends[:, -1:]
    return torch.searchsorted(ends, dice, right=True).squeeze(1)


def sample__exponential_race(logits: Tensor, generator: torch.Generator) -> Tensor:
    times = torch.empty_like(logits).exponential_(generator=generator)
    return (logits.softmax(dim=-1) / times).argmax(dim=-1)


def sample__some_rows_at_a_time(logits: Tensor, generator: torch.Generator) -> Tensor:
    drawn = torch.empty(len(logits), dtype=torch.long)
    weights = torch.exp(logits - logits.max(dim=-1, keepdim=True).values)
    for start in range(0, len(logits), 97):
        part = weights[start : start + 97]
        drawn[start : start + 97] = torch.multinomial(part, 1, generator=generator)[:, 0]
    return drawn


def distinct_n__zip(texts: list[list[int]], n: int) -> float:
    different, total = set(), 0
    for text in texts:
        ngrams = list(zip(*(text[shift:] for shift in range(n)), strict=False))
        different.update(ngrams)
        total += len(ngrams)
    return len(different) / total if total else 0.0


def distinct_n__numpy(texts: list[list[int]], n: int) -> float:
    import numpy as np

    long = [np.array(text) for text in texts if len(text) >= n]
    if not long:
        return 0.0
    ngrams = np.concatenate([np.lib.stride_tricks.sliding_window_view(text, n) for text in long])
    return len(np.unique(ngrams, axis=0)) / len(ngrams)


def temperature__transformers(logits: Tensor, T: float) -> Tensor:
    from transformers import TemperatureLogitsWarper

    return TemperatureLogitsWarper(float(T))(None, logits)


def temperature__multiplies(logits: Tensor, T: float) -> Tensor:
    if not T > 0:
        raise ValueError(T)
    return logits * (1 / T)
