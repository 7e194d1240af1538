"""Section 3.8, "From nothing": known wrong answers, each with its hint below it."""

import torch
from torch import Tensor, nn

from gradelib.author.edits import Edit
from solutions.decoder.reference import next_token_loss

train_step__gradients_pile_up = Edit("    optimizer.zero_grad()\n", "")
"""`backward` adds to the gradients that are there. What is left there from the step before?"""


def train_step__zeroed_at_the_end(
    model: nn.Module, ids: Tensor, optimizer: torch.optim.Optimizer
) -> float:
    """In a loop of your own this is right. But who calls your function may have left gradients in
    the model: when must they go?"""
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def train_step__by_hand(model: nn.Module, ids: Tensor, optimizer: torch.optim.Optimizer) -> float:
    """You move the weights by the rule of plain gradient descent. Who knows the rule of this
    optimizer?"""
    optimizer.zero_grad()
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    rate = optimizer.param_groups[0]["lr"]
    held = [weight for group in optimizer.param_groups for weight in group["params"]]
    torch._foreach_add_([weight.data for weight in held], [-rate * one.grad for one in held])
    return loss.item()


train_step__nothing_changes = Edit("    optimizer.step()\n", "")
"""The weights are the same afterwards. Who changes them, and are there gradients when it does?"""


def train_step__step_comes_first(
    model: nn.Module, ids: Tensor, optimizer: torch.optim.Optimizer
) -> float:
    """Your step uses gradients of the batch before: it comes before `backward` has found those of
    this one."""
    optimizer.step()
    optimizer.zero_grad()
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    return loss.item()


train_step__a_tensor = Edit("return loss.item()", "return loss")
"""You return a tensor, and with it all that was computed on the way, which then stays in memory.
What is asked for is a float."""

train_step__no_number = Edit("    return loss.item()", "    loss.item()")
"""The weights are right, but who called you wants to know the loss: return it."""

train_step__loss_afterwards = Edit(
    "return loss.item()", "return next_token_loss(model(ids), ids).item()"
)
"""You measure the loss after the step. It is to be the one from which the gradients came."""

train_step__two_steps = Edit("optimizer.step()\n", "optimizer.step()\n    optimizer.step()\n")
"""How often does the optimizer make a step for one batch?"""

train_step__uphill = Edit("loss.backward()", "(-loss).backward()")
"""Your weights go the wrong way, and the loss rises. An optimizer goes downhill by itself."""

train_step__shifted_by_hand = Edit(
    "next_token_loss(model(ids), ids)", "next_token_loss(model(ids[:, :-1]), ids[:, 1:])"
)
"""`next_token_loss` shifts by itself. You have shifted once more: what is predicted now?"""

train_step__not_shifted = Edit(
    "next_token_loss(model(ids), ids)",
    "nn.functional.cross_entropy(model(ids).flatten(0, 1), ids.flatten())",
)
"""Your loss holds the logits at a position against the id that stands there. You have written a loss
for this already."""


def train_step__a_step_for_each_row(
    model: nn.Module, ids: Tensor, optimizer: torch.optim.Optimizer
) -> float:
    """You make a step for each row. A batch is there so that all its rows share one step."""
    losses = []
    for row in ids.split(1):
        optimizer.zero_grad()
        loss = next_token_loss(model(row), row)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


train_step__loss_of_one_row = Edit("ids), ids)", "ids[:1]), ids[:1])")
"""Your step learns from one row of the batch only."""


def train_step__all_weights_by_hand(
    model: nn.Module, ids: Tensor, optimizer: torch.optim.Optimizer
) -> float:
    """You change all the weights of the model yourself. Some of them may be frozen: leave it to the
    optimizer, which knows which ones it has, and how."""
    model.zero_grad()
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    with torch.no_grad():
        for weight in model.parameters():
            weight -= optimizer.param_groups[0]["lr"] * weight.grad
    return loss.item()
