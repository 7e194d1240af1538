"""Wrong answers to `Adapter` in other words, with the hint due."""

import torch
import torch.nn.functional as F
from torch import nn


class Adapter__without_residual(nn.Module):
    """Only the bottleneck.

    Hint: no_bypass
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        self.up.weight.data.zero_()
        self.up.bias.data.zero_()

    def forward(self, x):
        return self.up(F.gelu(self.down(x)))


class Adapter__default_init(nn.Module):
    """Both layers as they come.

    Hint: random_up
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)

    def forward(self, x):
        return self.up(F.gelu(self.down(x))) + x


class Adapter__linear(nn.Module):
    """No activation.

    Hint: no_bend
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x):
        return x + self.up(self.down(x))


class Adapter__rectified(nn.Module):
    """ReLU.

    Hint: relu
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x):
        return x + self.up(torch.clamp(self.down(x), min=0))


class Adapter__weight_only(nn.Module):
    """Forgets the bias of up.

    Hint: bias_not_zero
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        self.up.weight.data.fill_(0)

    def forward(self, x):
        return x + self.up(F.gelu(self.down(x)))


class Adapter__bend_outside(nn.Module):
    """GELU behind up.

    Hint: none
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x):
        return x + F.gelu(self.up(self.down(x)))


class Behind(nn.Module):
    """What those below change in one place."""

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)


class Adapter__adds_to_x(Behind):
    """In place.

    Hint: in_place
    """

    def forward(self, x):
        x += self.up(F.gelu(self.down(x)))
        return x


class Adapter__while_training(Behind):
    """Nothing under eval.

    Hint: in_training_only
    """

    def forward(self, x):
        if self.training:
            return x + self.up(F.gelu(self.down(x)))
        return x


class Adapter__skip_zero(Behind):
    """Saves the time of a bottleneck that adds nothing.

    Hint: skips_zeros
    """

    def forward(self, x):
        if not self.up.weight.any():
            return x
        return x + self.up(F.gelu(self.down(x)))


class Adapter__clamped(Behind):
    """Keeps large numbers small.

    Hint: none
    """

    def forward(self, x):
        return x + self.up(F.gelu(self.down(x).clamp(-6, 6)))
