"""Section 11.4: other right answers. They must pass."""

import torch
from torch import Tensor, nn


def token_log_probs__cross_entropy(logits: Tensor, ids: Tensor, temperature: float) -> Tensor:
    if ids.shape[1] == 1:
        return logits[:, :0, 0]
    rows = (logits[:, :-1] / temperature).transpose(1, 2)
    return -nn.functional.cross_entropy(rows, ids[:, 1:], reduction="none")


def token_log_probs__categorical(logits: Tensor, ids: Tensor, temperature: float) -> Tensor:
    if ids.shape[1] == 1:
        return logits[:, :0, 0]
    there = torch.distributions.Categorical(logits=logits[:, :-1] / temperature)
    return there.log_prob(ids[:, 1:])


def token_log_probs__logsumexp(logits: Tensor, ids: Tensor, temperature: float) -> Tensor:
    cooled = logits[:, :-1] / temperature
    chosen = torch.take_along_dim(cooled, ids[:, 1:].unsqueeze(-1), dim=-1).squeeze(-1)
    return chosen - torch.logsumexp(cooled, dim=-1)


def token_log_probs__columns(logits: Tensor, ids: Tensor, temperature: float) -> Tensor:
    columns = [logits[:, :0, 0]]
    for place in range(1, ids.shape[1]):
        there = torch.log_softmax(logits[:, place - 1] / temperature, dim=-1)
        columns.append(there.gather(1, ids[:, place, None]))
    return torch.cat(columns, dim=1)


def token_log_probs__rows(logits: Tensor, ids: Tensor, temperature: float) -> Tensor:
    rows = []
    for row, tokens in zip(logits, ids, strict=True):
        there = (row[:-1] / temperature).log_softmax(dim=-1)
        rows.append(there[torch.arange(len(tokens) - 1), tokens[1:]])
    return torch.stack(rows)


def token_log_probs__filled(logits: Tensor, ids: Tensor, temperature: float) -> Tensor:
    found = torch.zeros(len(ids), ids.shape[1] - 1)
    for place in range(ids.shape[1] - 1):
        there = (logits[:, place] / temperature).log_softmax(dim=-1)
        found[:, place] = there[torch.arange(len(ids)), ids[:, place + 1]]
    return found


def kl_estimates__by_ratio(policy: Tensor, reference: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    log_ratio = reference - policy
    return policy - reference, 0.5 * log_ratio.square(), torch.expm1(log_ratio) - log_ratio


def kl_estimates__positive(policy: Tensor, reference: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    k1 = policy - reference
    return k1, k1 * k1 / 2, torch.exp(-k1) + k1 - 1


def shaped_reward__loop(
    scores: Tensor, policy: Tensor, reference: Tensor, mask: Tensor, weight: float
) -> Tensor:
    rewards = torch.zeros_like(policy)
    rewards[mask] = -weight * (policy - reference)[mask]
    for row, wrote in enumerate(mask):
        rewards[row, int(wrote.nonzero()[-1])] += scores[row]
    return rewards


def shaped_reward__counted(
    scores: Tensor, policy: Tensor, reference: Tensor, mask: Tensor, weight: float
) -> Tensor:
    is_last = mask & (mask.flip(1).cumsum(1).flip(1) == 1)
    costs = torch.where(mask, weight * (reference - policy), 0.0)
    return costs + torch.where(is_last, scores.unsqueeze(1), 0.0)
