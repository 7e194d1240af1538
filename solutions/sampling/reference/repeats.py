"""Section 6.4, "Do not repeat yourself": reference answers."""

import torch
from torch import Tensor


def repetition_penalty(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """Make every token that stands in its row of `ids` less likely.

    A logit above zero is divided by `penalty`, and one below zero is multiplied by it.
    This is done once for each token, however often it occurs in the row. Tokens that do
    not occur keep their logits. `penalty` is above 1.

    Source: Keskar et al. (2019), section 4.1; the case below zero is from the library
    transformers.

    Shapes:
        logits:  (row, token)
        ids:     (row, position)
        returns: (row, token)

    >>> logits = torch.tensor([[3.0, -1.0, 2.0, -4.0]])
    >>> repetition_penalty(logits, torch.tensor([[0, 1, 0]]), penalty=2.0)
    tensor([[ 1.5000, -2.0000,  2.0000, -4.0000]])
    """
    seen = torch.zeros_like(logits, dtype=torch.bool).scatter(1, ids, True)  # (row, token)
    weaker = torch.where(logits < 0, logits * penalty, logits / penalty)
    return torch.where(seen, weaker, logits)


def no_repeat_ngram(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """Set to -inf each token that would complete an n-gram that its row has already.

    The new n-gram would be the last n - 1 ids of the row and the token. With n = 1 no
    token of the row may come again. A row with fewer than `n` ids has no n-gram, so
    nothing changes there.

    Source: Paulus, Xiong and Socher (2018), section 2.5.

    Shapes:
        logits:  (row, token)
        ids:     (row, position)
        returns: (row, token)

    >>> ids = torch.tensor([[0, 1, 2, 0, 1]])  # so far 0 1 has been followed by 2
    >>> no_repeat_ngram(torch.zeros(1, 4), ids, n=3)
    tensor([[0., 0., -inf, 0.]])
    """
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        last = text[len(text) - n + 1 :]
        for start in range(len(text) - n + 1):
            if text[start : start + n - 1] == last:
                logits[row, text[start + n - 1]] = -torch.inf
    return logits
