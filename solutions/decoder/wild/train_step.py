"""Wrong answers to `train_step` in other words, with the hint due."""

import torch
from solutions.decoder.reference import (
    next_token_loss,
)


def train_step__forgets_to_clear(model, ids, optimizer):
    """Never clears the gradients.

    Hint: gradients_pile_up
    """
    guesses = model(ids)
    loss = next_token_loss(guesses, ids)
    loss.backward()
    optimizer.step()
    return float(loss)


def train_step__never_moves(model, ids, optimizer):
    """Finds the gradients, and leaves the weights where they are.

    Hint: nothing_changes
    """
    for weight in model.parameters():
        weight.grad = None
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    return loss.item()


def train_step__asks_again_at_the_end(model, ids, optimizer):
    """Returns what the loss is after the step.

    Hint: loss_afterwards
    """
    optimizer.zero_grad()
    next_token_loss(model(ids), ids).backward()
    optimizer.step()
    with torch.no_grad():
        return float(next_token_loss(model(ids), ids))


def train_step__climbs(model, ids, optimizer):
    """Turns the loss round.

    Hint: uphill
    """
    optimizer.zero_grad(set_to_none=True)
    loss = -1 * next_token_loss(model(ids), ids)
    loss.backward()
    optimizer.step()
    return -loss.item()


def train_step__twice(model, ids, optimizer):
    """Steps two times with the same gradients.

    Hint: two_steps
    """
    optimizer.zero_grad()
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    for _ in range(2):
        optimizer.step()
    return loss.item()


def train_step__moves_them_itself(model, ids, optimizer):
    """Makes the step of plain gradient descent, whatever the optimizer is.

    Hint: by_hand
    """
    optimizer.zero_grad()
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    with torch.no_grad():
        for group in optimizer.param_groups:
            for weight in group["params"]:
                weight.sub_(weight.grad, alpha=group["lr"])
    return loss.item()
