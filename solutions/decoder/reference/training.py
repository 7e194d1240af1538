"""Section 3.8, "From nothing": reference answers."""

import torch
from torch import Tensor, nn

from solutions.decoder.reference.loss import next_token_loss


def train_step(
    model: nn.Module,
    ids: Tensor,
    optimizer: torch.optim.Optimizer,
) -> float:
    """Let a model learn from one batch, and return its loss before it has learned.

    First the optimizer sets all gradients to zero, since others may have left some
    there. Then the model reads `ids`; its loss is `next_token_loss`. `loss.backward()`
    finds the gradient of the loss for each weight, and one step of the optimizer moves
    its weights downhill.

    The loss is returned as a float: a tensor would keep all in memory that it was made
    of.

    Shapes:
        ids:   (batch, token)
        model: maps ids to logits (batch, token, vocab)

    >>> model = nn.Embedding.from_pretrained(torch.zeros(4, 4), freeze=False)
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    >>> ids = torch.tensor([[0, 1, 2, 3]])
    >>> losses = [train_step(model, ids, optimizer) for _ in range(3)]
    >>> [round(loss, 2) for loss in losses]  # the first is ln 4
    [1.39, 1.15, 0.95]
    """
    optimizer.zero_grad()
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    optimizer.step()
    return loss.item()
