"""Wrong answers to `MLP` in other words, with the hint due."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class MLP__exact(nn.Module):
    """Uses the other kind of GELU, without the tangent.

    Hint: exact_gelu
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        return self.down(nn.GELU()(self.up(x)))


class MLP__relu(nn.Module):
    """Bends with ReLU.

    Hint: relu
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        hidden = self.up(x)
        return self.down(torch.maximum(hidden, torch.zeros_like(hidden)))


class MLP__straight(nn.Module):
    """Does not bend at all.

    Hint: no_bend
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        h = self.up(x)
        return self.down(h)


class MLP__bypassed(nn.Module):
    """Adds the input, which is the block's business.

    Hint: adds_x
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        y = F.gelu(self.up(x), approximate="tanh")
        y = self.down(y)
        return y + x


class MLP__sigmoid(nn.Module):
    """Bends with x times a sigmoid of 1.702 x, another approximation.

    Hint: none
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        h = self.up(x)
        return self.down(h * torch.sigmoid(1.702 * h))


class MLP__bent_at_the_end(nn.Module):
    """Bends after the second layer.

    Hint: bend_at_the_end
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        return F.gelu(self.down(self.up(x)), approximate="tanh")


class MLP__wrong_constant(nn.Module):
    """Writes the formula with 0.44715.

    Hint: none
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        h = self.up(x)
        bent = torch.tanh(math.sqrt(2 / math.pi) * (h + 0.44715 * h**3))
        return self.down(0.5 * h * (1 + bent))


class MLP__never_learns(nn.Module):
    """Works without gradients, as one does when a model only writes.

    Hint: no_learning
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    @torch.no_grad()
    def forward(self, x):
        return self.down(F.gelu(self.up(x), approximate="tanh"))


class MLP__drops_out(nn.Module):
    """Adds dropout, for which nobody asked.

    Hint: none
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        y = self.down(F.gelu(self.up(x), approximate="tanh"))
        return F.dropout(y, 0.1, self.training)
