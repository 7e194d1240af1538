"""Wrong answers to `train_step` in other words, with the hint due."""

import torch
import torch.nn.functional as F
from torch import nn


def _loss(model, batch, **more):
    ids, mask, labels = batch
    out = model(ids, mask)
    return F.cross_entropy(out.reshape(-1, out.size(-1)), labels.reshape(-1), **more)


def train_step__no_zero(model, batch, optimizer, longest=1.0):
    """Never clears gradients.

    Hint: gradients_pile_up
    """
    model.train()
    loss = _loss(model, batch)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=longest)
    optimizer.step()
    return float(loss)


def train_step__usual_recipe(model, batch, optimizer, longest=1.0):
    """Clears by the optimizer, as every tutorial does.

    Hint: only_the_optimizers
    """
    model.train()
    optimizer.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()


def train_step__forgot_clipping(model, batch, optimizer, longest=1.0):
    """The step of notebook 3.

    Hint: not_clipped
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    optimizer.step()
    return loss.item()


def train_step__always_one(model, batch, optimizer, longest=1.0):
    """Clips at 1 whatever is asked for.

    Hint: none
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def train_step__values(model, batch, optimizer, longest=1.0):
    """Clamps each number.

    Hint: each_number_clipped
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    for p in model.parameters():
        if p.grad is not None:
            p.grad.clamp_(-longest, longest)
    optimizer.step()
    return loss.item()


def train_step__left_in_eval(model, batch, optimizer, longest=1.0):
    """Does not care for the mode.

    Hint: evaluation_mode
    """
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()


def train_step__summed(model, batch, optimizer, longest=1.0):
    """Adds the losses up.

    Hint: sum
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch, reduction="sum")
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()


def train_step__no_step(model, batch, optimizer, longest=1.0):
    """Forgets the step.

    Hint: nothing_changes
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    return loss.item()


def train_step__detached_tensor(model, batch, optimizer, longest=1.0):
    """Returns a tensor without its graph.

    Hint: a_tensor
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.detach()


def train_step__clips_what_it_trains(model, batch, optimizer, longest=1.0):
    """Clips the gradients of the weights that the optimizer holds.

    Hint: the_optimizers_clipped
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], longest)
    optimizer.step()
    return loss.item()


def train_step__by_hand(model, batch, optimizer, longest=1.0):
    """Goes down the gradient by hand, at the rate of the first group.

    Hint: own_step
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.data -= optimizer.param_groups[0]["lr"] * p.grad
    return loss.item()


def train_step__new_optimizer(model, batch, optimizer, longest=1.0):
    """Makes an optimizer of its own.

    Hint: own_step
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    torch.optim.SGD(model.parameters(), lr=optimizer.param_groups[0]["lr"]).step()
    return loss.item()


def train_step__forgets_the_past(model, batch, optimizer, longest=1.0):
    """Throws away what the optimizer remembers.

    Hint: none
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.state.clear()
    optimizer.step()
    return loss.item()


def train_step__mode_of_the_top(model, batch, optimizer, longest=1.0):
    """Puts only the model and its children into training mode.

    Hint: none
    """
    model.training = True
    for m in model.children():
        m.training = True
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()
