"""Section 10.4: other right answers. They must pass."""

import torch
from torch import Tensor, nn


def sft_loss__log_softmax(logits: Tensor, labels: Tensor) -> Tensor:
    learned = labels[:, 1:] != -100
    log_probs = logits[:, :-1].log_softmax(dim=-1)
    chosen = log_probs.gather(-1, labels[:, 1:].clamp(min=0)[..., None]).squeeze(-1)
    return -torch.where(learned, chosen, 0.0).sum() / learned.sum().clamp(min=1)


def sft_loss__of_transformers(logits: Tensor, labels: Tensor) -> Tensor:
    from transformers.loss.loss_utils import ForCausalLMLoss

    count = (labels[:, 1:] != -100).sum().clamp(min=1)
    return ForCausalLMLoss(logits, labels, logits.shape[-1], num_items_in_batch=count)


def sft_loss__chosen(logits: Tensor, labels: Tensor) -> Tensor:
    learned = labels[:, 1:] != -100
    lost = nn.functional.cross_entropy(
        logits[:, :-1][learned], labels[:, 1:][learned], reduction="sum"
    )
    return lost / max(1, int(learned.sum()))


def sft_loss__a_zero_of_its_own(logits: Tensor, labels: Tensor) -> Tensor:
    guessed = labels[:, 1:]
    if (guessed == -100).all():
        return torch.zeros((), requires_grad=True)
    return nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), guessed.flatten())
