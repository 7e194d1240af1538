"""Wrong answers to `inject` in other words, with the hint due."""

from torch import nn
from transformers.pytorch_utils import Conv1D

from solutions.lora.reference import (
    LoRALinear as Lora,
)


def inject__substring(model, names, rank, alpha):
    """Looks for the text in the name.

    Hint: anywhere_in_the_name
    """
    out = {}
    for p in model.parameters():
        p.requires_grad = False
    for full, mod in list(model.named_modules()):
        if isinstance(mod, (nn.Linear, Conv1D)) and any(n in full for n in names):
            if isinstance(mod, Conv1D):
                i, o = mod.weight.shape
            else:
                o, i = mod.weight.shape
            path, _, leaf = full.rpartition(".")
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = rank * i + rank * o
    return out


def inject__no_conv(model, names, rank, alpha):
    """Knows nn.Linear only.

    Hint: linear_only
    """
    out = {}
    model.requires_grad_(False)
    for full, mod in list(model.named_modules()):
        if isinstance(mod, nn.Linear):
            if any(full == n or full.endswith("." + n) for n in names):
                path, _, leaf = full.rpartition(".")
                new = Lora(mod, mod.in_features, mod.out_features, rank, alpha)
                setattr(model.get_submodule(path), leaf, new)
                out[full] = rank * (mod.in_features + mod.out_features)
    return out


def inject__shape_as_linear(model, names, rank, alpha):
    """Takes out, in from every weight.

    Hint: conv1d_turned
    """
    out = {}
    model.requires_grad_(False)
    for full, mod in list(model.named_modules()):
        if isinstance(mod, (nn.Linear, Conv1D)) and any(
            ("." + full).endswith("." + n) for n in names
        ):
            o, i = mod.weight.shape
            path, _, leaf = full.rpartition(".")
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = rank * (i + o)
    return out


def inject__base_still_trains(model, names, rank, alpha):
    """Freezes only what it wraps.

    Hint: nothing_frozen
    """
    out = {}
    for full, mod in list(model.named_modules()):
        if isinstance(mod, (nn.Linear, Conv1D)) and any(
            ("." + full).endswith("." + n) for n in names
        ):
            o, i = mod.weight.shape if isinstance(mod, nn.Linear) else reversed(mod.weight.shape)
            path, _, leaf = full.rpartition(".")
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = rank * (i + o)
    return out


def inject__leaf_name(model, names, rank, alpha):
    """Compares what stands behind the last dot.

    Hint: last_part_only
    """
    out = {}
    model.requires_grad_(False)
    for full, mod in list(model.named_modules()):
        path, _, leaf = full.rpartition(".")
        if isinstance(mod, (nn.Linear, Conv1D)) and leaf in names:
            o, i = mod.weight.shape if isinstance(mod, nn.Linear) else reversed(mod.weight.shape)
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = rank * (i + o)
    return out


def inject__counts_w(model, names, rank, alpha):
    """Counts the matrix that is replaced.

    Hint: counts_the_base
    """
    out = {}
    model.requires_grad_(False)
    for full, mod in list(model.named_modules()):
        if isinstance(mod, (nn.Linear, Conv1D)) and any(
            ("." + full).endswith("." + n) for n in names
        ):
            o, i = mod.weight.shape if isinstance(mod, nn.Linear) else reversed(mod.weight.shape)
            path, _, leaf = full.rpartition(".")
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = mod.weight.numel()
    return out
