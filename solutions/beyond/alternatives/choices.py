"""Sections 12.1 and 12.2: other right answers. They must pass."""

import torch
from torch import Tensor, nn


def answer_log_prob__cross_entropy(
    logits: Tensor, ids: Tensor, mask: Tensor, mean: bool = False
) -> Tensor:
    labels = ids.masked_fill(~mask, -100)[:, 1:]
    scores = logits[:, :-1].transpose(1, 2)
    total = -nn.functional.cross_entropy(scores, labels, reduction="none").sum(dim=1)
    return total / (labels != -100).sum(dim=1) if mean else total


def answer_log_prob__row_by_row(
    logits: Tensor, ids: Tensor, mask: Tensor, mean: bool = False
) -> Tensor:
    found = []
    for scores, row, kept in zip(logits, ids, mask, strict=True):
        places = kept.nonzero()[:, 0]
        told = torch.distributions.Categorical(logits=scores[places - 1]).log_prob(row[places])
        found.append(told.mean() if mean else told.sum())
    return torch.stack(found)


def answer_log_prob__logsumexp(
    logits: Tensor, ids: Tensor, mask: Tensor, mean: bool = False
) -> Tensor:
    before, after, kept = logits[:, :-1], ids[:, 1:], mask[:, 1:]
    own = torch.take_along_dim(before, after.unsqueeze(-1), dim=-1).squeeze(-1)
    told = torch.where(kept, own - before.logsumexp(-1), 0.0)
    return told.sum(1).div(kept.sum(1)) if mean else told.sum(1)


def implicit_reward__no_grad(policy: Tensor, reference: Tensor, beta: float) -> Tensor:
    with torch.no_grad():
        paid = beta * reference
    return beta * policy - paid


def implicit_reward__sub(policy: Tensor, reference: Tensor, beta: float) -> Tensor:
    return policy.sub(reference.detach()).mul(beta)


def dpo_loss__softplus(
    chosen: Tensor, rejected: Tensor, reference_chosen: Tensor, reference_rejected: Tensor,
    beta: float,
) -> Tensor:  # fmt: skip
    now, before = chosen - rejected, (reference_chosen - reference_rejected).detach()
    return nn.functional.softplus(-beta * (now - before)).mean()


def dpo_loss__binary_cross_entropy(
    chosen: Tensor, rejected: Tensor, reference_chosen: Tensor, reference_rejected: Tensor,
    beta: float,
) -> Tensor:  # fmt: skip
    with torch.no_grad():
        before = reference_chosen - reference_rejected
    margin = beta * (chosen - rejected - before)
    return nn.functional.binary_cross_entropy_with_logits(margin, torch.ones_like(margin))


def dpo_loss__logaddexp(
    chosen: Tensor, rejected: Tensor, reference_chosen: Tensor, reference_rejected: Tensor,
    beta: float,
) -> Tensor:  # fmt: skip
    better = beta * (chosen - reference_chosen.detach())
    worse = beta * (rejected - reference_rejected.detach())
    return (torch.logaddexp(better, worse) - better).mean()


def displaced__loop(chosen: Tensor, rejected: Tensor) -> float:
    pairs = list(zip(chosen.tolist(), rejected.tolist(), strict=True))
    return sum(good > bad and good < 0 for good, bad in pairs) / len(pairs)


def displaced__between(chosen: Tensor, rejected: Tensor) -> float:
    return torch.logical_and(rejected < chosen, chosen < 0).double().mean().item()
