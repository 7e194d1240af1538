"""Sections 7.2 and 7.4: reference answers."""

import torch
from torch import Tensor, nn

from solutions.transfer_learning.reference.heads import pool


def train_step(
    model: nn.Module,
    batch: tuple[Tensor, Tensor, Tensor],
    optimizer: torch.optim.Optimizer,
    longest: float = 1.0,
) -> float:
    """Let a model learn from one batch, and return its loss before the step.

    The model is put into training mode, and makes logits of ids and attention mask. The
    loss is the mean cross-entropy over all labels of the batch but those that are -100:
    they do not count. All old gradients of the model go, also those that the optimizer
    does not know of. The new ones are clipped before the step: where all of them
    together, as one vector, are longer than `longest`, they are made that long.

    Shapes:
        batch:   ids (batch, token), attention mask (batch, token), booleans, and labels
                 (batch,), or (batch, token) where each token has one
        returns: a float of Python, in nats
    """
    ids, attention_mask, labels = batch
    model.train()
    logits = model(ids, attention_mask)  # (..., class)
    loss = nn.functional.cross_entropy(logits.flatten(0, -2), labels.flatten())
    model.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()


def cache_features(
    body: nn.Module,
    batches: list[tuple[Tensor, Tensor]],
    how: str,
) -> Tensor:
    """Let a frozen body read each text once, and return what `pool` takes of it.

    The body is put into evaluation mode, so that its dropout does nothing, and it
    stays there. While it reads, PyTorch keeps nothing for gradients. The batches, of
    ids and attention mask, are padded to different lengths; the texts come back in
    their order. `how` is "cls" or "mean".

    Shapes:
        batches: pairs of (batch, token); each pair has sizes of its own
        returns: (text, d_model), of all batches together
    """
    body.eval()
    with torch.no_grad():
        read = [pool(body(ids, mask), mask, how) for ids, mask in batches]
    return torch.cat(read)
