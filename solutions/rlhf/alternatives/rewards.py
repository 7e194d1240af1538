"""Sections 11.2 and 11.3: other right answers. They must pass."""

import torch
from torch import Tensor, nn


def preference_loss__softplus(chosen: Tensor, rejected: Tensor) -> Tensor:
    return nn.functional.softplus(rejected - chosen).mean()


def preference_loss__cross_entropy(chosen: Tensor, rejected: Tensor) -> Tensor:
    first = torch.zeros(len(chosen), dtype=torch.long)
    return nn.functional.cross_entropy(torch.stack([chosen, rejected], dim=1), first)


def preference_loss__binary(chosen: Tensor, rejected: Tensor) -> Tensor:
    apart = chosen - rejected
    return nn.functional.binary_cross_entropy_with_logits(apart, torch.ones_like(apart))


def preference_loss__of_two(chosen: Tensor, rejected: Tensor) -> Tensor:
    return (torch.logaddexp(chosen, rejected) - chosen).mean()


def preference_loss__from_zero(chosen: Tensor, rejected: Tensor) -> Tensor:
    return torch.logaddexp(torch.zeros_like(chosen), -(chosen - rejected)).mean()


class RewardModel__gathered(nn.Module):
    def __init__(self, body: nn.Module, d_model: int) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(d_model, 1)

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        every = self.head(self.body(ids, attention_mask))[..., 0]  # (batch, token)
        last = attention_mask.long().sum(dim=1, keepdim=True) - 1
        return every.gather(1, last)[:, 0]


class RewardModel__loop(nn.Module):
    def __init__(self, body: nn.Module, d_model: int) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(d_model, 1)

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.body(ids, attention_mask)
        ends = [row[real][-1] for row, real in zip(hidden, attention_mask, strict=True)]
        return self.head(torch.stack(ends)).view(-1)


def pair_accuracy__sign(chosen: Tensor, rejected: Tensor) -> float:
    return float((1 + torch.sign(chosen - rejected)).mean() / 2)


def pair_accuracy__heaviside(chosen: Tensor, rejected: Tensor) -> float:
    return torch.heaviside(chosen - rejected, torch.tensor(0.5)).mean().item()
