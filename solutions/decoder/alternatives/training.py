"""Section 3.8, "From nothing": other right answers. They must pass."""

import torch
from torch import Tensor, nn

from solutions.decoder.reference import next_token_loss


def train_step__of_the_model(
    model: nn.Module, ids: Tensor, optimizer: torch.optim.Optimizer
) -> float:
    model.train()
    logits = model(ids)
    loss = next_token_loss(logits, ids)
    model.zero_grad(set_to_none=False)
    loss.backward()
    optimizer.step()
    return float(loss.detach())


def train_step__gradients_asked_for(
    model: nn.Module, ids: Tensor, optimizer: torch.optim.Optimizer
) -> float:
    weights = list(model.parameters())
    loss = next_token_loss(model(ids), ids)
    for weight, gradient in zip(weights, torch.autograd.grad(loss, weights), strict=True):
        weight.grad = gradient
    optimizer.step()
    return loss.item()


def train_step__closure(model: nn.Module, ids: Tensor, optimizer: torch.optim.Optimizer) -> float:
    def again() -> Tensor:
        optimizer.zero_grad()
        loss = next_token_loss(model(ids), ids)
        loss.backward()
        return loss

    return optimizer.step(again).item()


def train_step__torch_alone(
    model: nn.Module, ids: Tensor, optimizer: torch.optim.Optimizer
) -> float:
    optimizer.zero_grad(set_to_none=True)
    guesses = model(ids)[:, :-1].transpose(1, 2)  # (batch, vocab, token - 1)
    loss = nn.functional.cross_entropy(guesses, ids[:, 1:])
    loss.backward()
    optimizer.step()
    return loss.tolist()
