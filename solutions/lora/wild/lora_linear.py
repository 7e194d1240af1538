"""Wrong answers to `LoRALinear` in other words, with the hint due."""

import torch
from torch import nn


class LoRALinear__lecture(nn.Module):
    """Multiplies by alpha, as the lecture writes it.

    Hint: alpha_alone
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        for p in base.parameters():
            p.requires_grad = False
        self.base = base
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        self.lora_B.weight.data.zero_()
        self.scale = alpha
        self.on = True

    def forward(self, x):
        out = self.base(x)
        if self.on:
            out = out + self.lora_B(self.lora_A(x)) * self.scale
        return out


class LoRALinear__normal_init(nn.Module):
    """Draws both matrices.

    Hint: both_random
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base
        self.base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        if self.on:
            return self.base(x) + self.scale * self.lora_B(self.lora_A(x))
        return self.base(x)


class LoRALinear__zeros_everywhere(nn.Module):
    """Zeros in A and B.

    Hint: both_zero
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        for m in (self.lora_A, self.lora_B):
            nn.init.constant_(m.weight, 0)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        y = self.base(x)
        return y + self.lora_B(self.lora_A(x)) * self.scale if self.on else y


class LoRALinear__unfrozen(nn.Module):
    """Keeps the base without freezing it.

    Hint: base_trains
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        nn.init.zeros_(self.lora_B.weight)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        return self.base(x) + self.on * self.scale * self.lora_B(self.lora_A(x))


class LoRALinear__ignores_on(nn.Module):
    """Forgets the switch.

    Hint: always_on
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        torch.nn.init.zeros_(self.lora_B.weight)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        return self.base(x) + self.scale * self.lora_B(self.lora_A(x))


class LoRALinear__biased(nn.Module):
    """Linear layers with their usual bias.

    Hint: with_biases
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank)
        self.lora_B = nn.Linear(rank, d_out)
        nn.init.zeros_(self.lora_B.weight)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        y = self.base(x)
        if self.on:
            y = y + self.scale * self.lora_B(self.lora_A(x))
        return y


class LoRALinear__no_grad_for_what_is_frozen(nn.Module):
    """Thinks that a frozen layer needs no gradients at all.

    Hint: cut_off
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        nn.init.zeros_(self.lora_B.weight)
        self.scale, self.on = alpha / rank, True

    def forward(self, x):
        with torch.no_grad():
            y = self.base(x)
        if not self.on:
            return y
        return y + self.scale * self.lora_B(self.lora_A(x))


class Beside(nn.Module):
    """What those below change in one place."""

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        nn.init.zeros_(self.lora_B.weight)
        self.scale, self.on = alpha / rank, True

    def share(self, x):
        return self.scale * self.lora_B(self.lora_A(x))

    def forward(self, x):
        y = self.base(x)
        return y + self.share(x) if self.on else y


class LoRALinear__scale_baked(Beside):
    """Multiplies with a copy of the scale.

    Hint: keeps_the_scale
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__(base, d_in, d_out, rank, alpha)
        self.factor = alpha / rank

    def share(self, x):
        return self.factor * self.lora_B(self.lora_A(x))


class LoRALinear__scale_that_learns(Beside):
    """A scale that trains.

    Hint: none
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__(base, d_in, d_out, rank, alpha)
        self.scale = nn.Parameter(torch.tensor(alpha / rank))


class LoRALinear__while_training(Beside):
    """Off under eval.

    Hint: in_training_only
    """

    def forward(self, x):
        y = self.base(x)
        if self.on and self.training:
            y = y + self.share(x)
        return y


class LoRALinear__skip_if_zero(Beside):
    """Saves the time of an update that is zero.

    Hint: skips_zeros
    """

    def forward(self, x):
        if self.on and self.lora_B.weight.any():
            return self.base(x) + self.share(x)
        return self.base(x)


class LoRALinear__by_shape(Beside):
    """Guesses how the weight of the base lies.

    Hint: guesses_the_way
    """

    def forward(self, x):
        w = self.base.weight
        y = x @ (w.T if w.shape[1] == x.shape[-1] else w) + self.base.bias
        return y + self.share(x) if self.on else y


class LoRALinear__off_detached(Beside):
    """Detaches what a layer says that is off.

    Hint: off_and_cut_off
    """

    def forward(self, x):
        if not self.on:
            return self.base(x).detach()
        return self.base(x) + self.share(x)


class LoRALinear__freezes_late(Beside):
    """Freezes the base when it is called.

    Hint: none
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__(base, d_in, d_out, rank, alpha)
        base.requires_grad_(True)

    def forward(self, x):
        self.base.requires_grad_(False)
        return super().forward(x)


class LoRALinear__first_base(Beside):
    """Keeps a copy of the weights of the base.

    Hint: none
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__(base, d_in, d_out, rank, alpha)
        self.frozen = {k: v.detach().clone() for k, v in base.state_dict().items()}

    def forward(self, x):
        y = torch.func.functional_call(self.base, self.frozen, (x,))
        return y + self.share(x) if self.on else y


class LoRALinear__first_product(Beside):
    """Keeps the product of B and A.

    Hint: none
    """

    def share(self, x):
        if not hasattr(self, "product"):
            self.product = self.lora_B.weight @ self.lora_A.weight
        return self.scale * x @ self.product.T
