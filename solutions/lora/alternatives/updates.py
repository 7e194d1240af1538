"""Section 8.1: other right answers. They must pass."""

import torch
from torch import Tensor, nn
from transformers.pytorch_utils import Conv1D

from solutions.lora.reference import LoRALinear


class LoRALinear__by_matrices(nn.Module):
    def __init__(self, base: nn.Module, d_in: int, d_out: int, rank: int, alpha: float) -> None:
        import math

        super().__init__()
        for weight in base.parameters():
            weight.requires_grad = False
        self.base = base
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        with torch.no_grad():
            nn.init.kaiming_uniform_(self.lora_A.weight, a=math.sqrt(5))
            self.lora_B.weight.zero_()
        self.scale = alpha / rank
        self.on = True

    def forward(self, x: Tensor) -> Tensor:
        if not self.on:
            return self.base(x)
        update = self.scale * (x @ self.lora_A.weight.T @ self.lora_B.weight.T)
        return self.base(x) + update


class LoRALinear__scaled_in_the_middle(nn.Module):
    def __init__(self, base: nn.Module, d_in: int, d_out: int, rank: int, alpha: float) -> None:
        super().__init__()
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        self.lora_B.weight.data.fill_(0.0)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.base = base
        self.base.requires_grad_(False)
        self.scale, self.on = alpha / rank, True

    def forward(self, x: Tensor) -> Tensor:
        y = self.base(x)
        if self.on:
            y = y + self.lora_B(self.lora_A(x) * self.scale)
        return y


def inject__by_parents(
    model: nn.Module, names: list[str], rank: int, alpha: float
) -> dict[str, int]:
    for weight in model.parameters():
        weight.requires_grad = False
    wanted = {
        name: layer
        for name, layer in model.named_modules()
        if isinstance(layer, (nn.Linear, Conv1D))
        and any(name == one or name.endswith("." + one) for one in names)
    }
    for name, layer in wanted.items():
        *above, last = name.split(".")
        parent = model
        for part in above:
            parent = getattr(parent, part)
        out, inner = layer.weight.shape
        if type(layer) is Conv1D:
            out, inner = inner, out
        setattr(parent, last, LoRALinear(layer, inner, out, rank, alpha))
    return {
        name: model.get_submodule(name).lora_A.weight.numel()
        + model.get_submodule(name).lora_B.weight.numel()
        for name in wanted
    }


def inject__by_features(
    model: nn.Module, names: list[str], rank: int, alpha: float
) -> dict[str, int]:
    counts = {}
    model.requires_grad_(False)
    for name, layer in list(model.named_modules()):
        if not any(("." + name).endswith("." + one) for one in names):
            continue
        if isinstance(layer, nn.Linear):
            sizes = layer.in_features, layer.out_features
        elif isinstance(layer, Conv1D):
            sizes = layer.nx, layer.nf
        else:
            continue
        parent, _, last = name.rpartition(".")
        model.get_submodule(parent)._modules[last] = LoRALinear(layer, *sizes, rank, alpha)
        counts[name] = sum(sizes) * rank
    return counts


class LoRALinear__times_on(nn.Module):
    def __init__(self, base: nn.Module, d_in: int, d_out: int, rank: int, alpha: float) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        nn.init.zeros_(self.lora_B.weight)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x: Tensor) -> Tensor:
        return self.base(x) + self.on * self.scale * self.lora_B(self.lora_A(x))


class LoRALinear__in_a_sequence(nn.Module):
    def __init__(self, base: nn.Module, d_in: int, d_out: int, rank: int, alpha: float) -> None:
        super().__init__()
        matrices = nn.Linear(d_in, rank, bias=False), nn.Linear(rank, d_out, bias=False)
        self.update = nn.Sequential(*matrices)  # the same matrices under other names
        self.base = base.requires_grad_(False)
        self.lora_A, self.lora_B = matrices
        nn.init.zeros_(self.lora_B.weight)
        self.register_buffer("scale", torch.tensor(alpha / rank))
        self.on = True

    def forward(self, x: Tensor) -> Tensor:
        y = self.base(x)
        return y + self.scale * self.update(x) if self.on else y
