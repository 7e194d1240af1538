"""Sections 7.2 and 7.4: other right answers. They must pass."""

import torch
from torch import Tensor, nn

from solutions.transfer_learning.reference import pool


def train_step__by_hand(
    model: nn.Module,
    batch: tuple[Tensor, Tensor, Tensor],
    optimizer: torch.optim.Optimizer,
    longest: float = 1.0,
) -> float:
    ids, attention_mask, labels = batch
    for weight in model.parameters():
        weight.grad = None
    logits = model.train()(ids, attention_mask)
    asked = labels != -100
    surprisal = -logits[asked].log_softmax(dim=-1)
    loss = surprisal.gather(-1, labels[asked][:, None]).mean()
    loss.backward()
    gradients = [w.grad for w in model.parameters() if w.grad is not None]
    length = sum((gradient**2).sum() for gradient in gradients) ** 0.5
    if length > longest:
        for gradient in gradients:
            gradient *= longest / length
    optimizer.step()
    return float(loss.detach())


def train_step__other_order(
    model: nn.Module,
    batch: tuple[Tensor, Tensor, Tensor],
    optimizer: torch.optim.Optimizer,
    longest: float = 1.0,
) -> float:
    model.train(True)
    model.zero_grad(set_to_none=True)
    logits = model(batch[0], batch[1])
    classes = logits.shape[-1]
    loss = torch.nn.CrossEntropyLoss()(logits.reshape(-1, classes), batch[2].reshape(-1))
    loss.backward()
    torch.nn.utils.clip_grad_norm_([w for w in model.parameters() if w.requires_grad], longest)
    optimizer.step()
    return loss.tolist()


def cache_features__loop(body: nn.Module, batches: list[tuple[Tensor, Tensor]], how: str) -> Tensor:
    body.train(False)
    found = []
    for ids, attention_mask in batches:
        with torch.no_grad():
            hidden = body(ids, attention_mask)
        found.extend(pool(hidden, attention_mask, how))
    return torch.stack(found)


@torch.no_grad()
def cache_features__decorated(
    body: nn.Module, batches: list[tuple[Tensor, Tensor]], how: str
) -> Tensor:
    body = body.eval()
    return torch.vstack([pool(body(*batch), batch[1], how) for batch in batches])
