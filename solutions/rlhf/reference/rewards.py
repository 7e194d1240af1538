"""Sections 11.2 and 11.3: reference answers."""

import torch
from torch import Tensor, nn


def preference_loss(chosen: Tensor, rejected: Tensor) -> Tensor:
    """Return how surprising choices are to a reward model: a mean over pairs, in nats.

    The model believes that somebody prefers the first of two stories with probability
    σ(reward of the first - reward of the second), where σ is the logistic function. The
    surprise of a choice is the negative logarithm of the probability of what was
    chosen. It must be right, and no infinity, also where two rewards lie 200 apart. Its
    gradients must be right too, also where two rewards are the same.

    Source: Bradley and Terry (1952).

    Shapes:
        chosen:   (pair,), the rewards of what was chosen
        rejected: (pair,), the rewards of the others
        returns:  (), a number with gradients

    >>> preference_loss(torch.tensor([2.0, 0.0]), torch.tensor([0.0, 0.0]))
    tensor(0.4100)
    """
    return -nn.functional.logsigmoid(chosen - rejected).mean()


class RewardModel(nn.Module):
    """A body that was trained to predict words, and a head that rates each text."""

    def __init__(self, body: nn.Module, d_model: int) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(d_model, 1)

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return the reward of each text.

        `self.body(ids, attention_mask)` makes a vector of each token. Each of them
        knows only the tokens up to its own, so the head reads the vector of the last
        real token. Padding stands on the right, and each text has a real token.

        Shapes:
            ids:            (batch, token)
            attention_mask: (batch, token), booleans, False for padding
            returns:        (batch,)
        """
        hidden = self.body(ids, attention_mask)  # (batch, token, d_model)
        last = attention_mask.sum(dim=1) - 1  # (batch,)
        rows = torch.arange(len(ids), device=ids.device)
        return self.head(hidden[rows, last]).squeeze(-1)


def pair_accuracy(chosen: Tensor, rejected: Tensor) -> float:
    """Return the share of pairs in which the one that was chosen has the higher reward.

    Where both have the same reward, the model has no opinion: that counts as half.

    Shapes:
        chosen:   (pair,)
        rejected: (pair,)
        returns:  a float of Python, between 0 and 1

    >>> chosen = torch.tensor([2.0, 1.0, 0.0, 0.5])
    >>> pair_accuracy(chosen, rejected=torch.tensor([1.0, 1.0, 3.0, 0.0]))
    0.625
    """
    right = (chosen > rejected) + 0.5 * (chosen == rejected)
    return right.mean().item()
