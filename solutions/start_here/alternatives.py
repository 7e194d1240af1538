"""Other right answers to notebook 00. They must pass."""

import torch
from torch import Tensor


def most_likely__plain_python(words: list[str], probabilities: Tensor) -> str:
    return max(zip(words, probabilities.tolist(), strict=True), key=lambda pair: pair[1])[0]


def most_likely__sorted(words: list[str], probabilities: Tensor) -> str:
    order = probabilities.argsort(descending=True, stable=True)
    return words[order[0]]


def softmax__logsumexp(logits: Tensor, temperature: float = 1.0) -> Tensor:
    if not temperature > 0:
        raise ValueError("temperature")
    scaled = logits / temperature
    return torch.exp(scaled - torch.logsumexp(scaled, dim=-1, keepdim=True))


def softmax__numpy(logits: Tensor, temperature: float = 1.0) -> Tensor:
    import numpy as np

    if temperature <= 0:
        raise ValueError(f"temperature is {temperature}")
    scaled = logits.numpy().astype(np.float64) / temperature
    weights = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return torch.from_numpy(weights / weights.sum(axis=-1, keepdims=True)).to(logits.dtype)


def softmax__row_by_row(logits: Tensor, temperature: float = 1.0) -> Tensor:
    import math

    if temperature <= 0:
        raise ValueError("the temperature must be above zero")
    rows = []
    for row in logits.reshape(-1, logits.shape[-1]).tolist():
        weights = [math.exp((logit - max(row)) / temperature) for logit in row]
        rows.append([weight / sum(weights) for weight in weights])
    return torch.tensor(rows).reshape(logits.shape)


def surprisal__rows_and_index(probabilities: Tensor, index: Tensor) -> Tensor:
    return -torch.log(probabilities[torch.arange(len(index)), index])


def surprisal__nll_loss(probabilities: Tensor, index: Tensor) -> Tensor:
    return torch.nn.functional.nll_loss(probabilities.log(), index, reduction="none")


def surprisal__one_hot(probabilities: Tensor, index: Tensor) -> Tensor:
    chosen = torch.nn.functional.one_hot(index, probabilities.shape[1]).bool()
    return -probabilities[chosen].log()
