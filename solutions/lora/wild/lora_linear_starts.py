"""Wrong answers to `LoRALinear` whose A begins with other numbers, with the hint due."""

import torch
from torch import nn

from solutions.lora.wild.lora_linear import Beside


class LoRALinear__small_normal(Beside):
    """A of small normal numbers.

    Hint: own_numbers
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__(base, d_in, d_out, rank, alpha)
        self.lora_A.weight.data.normal_(0, 0.02)


class LoRALinear__constant(Beside):
    """A of one number.

    Hint: own_numbers
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__(base, d_in, d_out, rank, alpha)
        nn.init.constant_(self.lora_A.weight, 0.1)


class LoRALinear__unit(Beside):
    """A is a small unit matrix.

    Hint: own_numbers
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__(base, d_in, d_out, rank, alpha)
        nn.init.eye_(self.lora_A.weight)
        self.lora_A.weight.data *= 0.1


class LoRALinear__same_rows(Beside):
    """All rows of A are the first.

    Hint: none
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__(base, d_in, d_out, rank, alpha)
        self.lora_A.weight.data[:] = self.lora_A.weight.data[0].clone()


class LoRALinear__nearly_zero(Beside):
    """A of tiny numbers.

    Hint: own_numbers
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__(base, d_in, d_out, rank, alpha)
        self.lora_A.weight.data *= 1e-6


class LoRALinear__seeded(Beside):
    """Every layer with the same seed.

    Hint: none
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        torch.manual_seed(0)
        super().__init__(base, d_in, d_out, rank, alpha)
