"""Section 6.2, "Draw": reference answers."""

import torch
from torch import Tensor


def sample(logits: Tensor, generator: torch.Generator) -> Tensor:
    """Draw one token in each row, with the probabilities that softmax gives.

    The rows are drawn independently of each other. A logit of -inf is never drawn. All
    randomness comes from `generator`: a generator with the same seed gives the same
    tokens, and calling twice with one generator gives new ones. The logits stay as they
    are.

    Shapes:
        logits:  (row, token)
        returns: (row,), whole numbers (int64)

    >>> dice = torch.Generator().manual_seed(1)
    >>> sample(torch.tensor([[0.0, -torch.inf], [-torch.inf, 7.0]]), dice)
    tensor([0, 1])
    """
    return torch.multinomial(logits.softmax(dim=1), 1, generator=generator).squeeze(1)


def distinct_n(texts: list[list[int]], n: int) -> float:
    """Return how many of the n-grams of all texts are different, from 0 to 1.

    An n-gram is `n` tokens in a row. None reaches from one text into the next. The
    result is the number of different n-grams, divided by the number of all n-grams,
    where all texts are counted together. If there are no n-grams it is 0.0.

    Source: Li et al. (2016), with n = 1 and n = 2.

    >>> distinct_n([[1, 2, 3, 1, 2], [1, 2, 4]], n=2)  # 12 23 31 12, 12 24: 4 of 6
    0.6666666666666666
    """
    ngrams = [
        tuple(text[place : place + n]) for text in texts for place in range(len(text) - n + 1)
    ]
    return len(set(ngrams)) / len(ngrams) if ngrams else 0.0


def temperature(logits: Tensor, T: float) -> Tensor:
    """Return the logits at temperature `T`.

    Their softmax is e^(logit / T), divided by the sum of these over all tokens.

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    Raises:
        ValueError: T is zero or negative.

    >>> temperature(torch.tensor([[1.0, 2.0, -torch.inf]]), T=0.5)
    tensor([[2., 4., -inf]])
    """
    if T <= 0:
        raise ValueError(f"T must be positive: got {T}")
    return logits / T
