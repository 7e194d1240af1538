"""Wrong answers to `inject` in other words, with the hint due."""

import re

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


def fits(full, mod, names):
    """Say whether a layer is asked for."""
    named = any(full == n or full.endswith("." + n) for n in names)
    return named and isinstance(mod, (nn.Linear, Conv1D))


def wrapped(model, todo, rank, alpha):
    """Put updates beside these layers, and count them."""
    out = {}
    for full, mod in todo:
        o, i = mod.weight.shape if isinstance(mod, nn.Linear) else reversed(mod.weight.shape)
        path, _, leaf = full.rpartition(".")
        old = model.get_submodule(full)
        setattr(model.get_submodule(path), leaf, Lora(old, i, o, rank, alpha))
        out[full] = out.get(full, 0) + rank * (i + o)
    return out


def inject__name_by_name(model, names, rank, alpha):
    """Collects layers for one name after the other.

    Hint: twice
    """
    model.requires_grad_(False)
    todo = [(f, m) for n in names for f, m in model.named_modules() if fits(f, m, [n])]
    return {f: wrapped(model, [(f, m)], rank, alpha)[f] for f, m in todo}


def inject__counts_twice(model, names, rank, alpha):
    """The same, and counts twice.

    Hint: none
    """
    model.requires_grad_(False)
    todo = [(f, m) for n in names for f, m in model.named_modules() if fits(f, m, [n])]
    return wrapped(model, todo, rank, alpha)


def inject__freezes_known_kinds(model, names, rank, alpha):
    """Freezes the kinds of modules that a GPT-2 has.

    Hint: none
    """
    for mod in model.modules():
        if isinstance(mod, (nn.Linear, Conv1D, nn.Embedding, nn.LayerNorm)):
            mod.requires_grad_(False)
    todo = [(f, m) for f, m in model.named_modules() if fits(f, m, names)]
    return wrapped(model, todo, rank, alpha)


def inject__freezes_parts(model, names, rank, alpha):
    """Freezes each part of the model.

    Hint: frozen_in_children
    """
    for _, part in model.named_children():
        for p in part.parameters():
            p.requires_grad = False
    todo = [(f, m) for f, m in model.named_modules() if fits(f, m, names)]
    return wrapped(model, todo, rank, alpha)


def inject__freezes_leaves(model, names, rank, alpha):
    """Freezes modules that hold no others.

    Hint: none
    """
    for mod in model.modules():
        if not list(mod.children()):
            mod.requires_grad_(False)
    todo = [(f, m) for f, m in model.named_modules() if fits(f, m, names)]
    return wrapped(model, todo, rank, alpha)


def inject__only_what_trains(model, names, rank, alpha):
    """Leaves frozen layers alone.

    Hint: trained_only
    """
    every = model.named_modules()
    todo = [(f, m) for f, m in every if fits(f, m, names) and m.weight.requires_grad]
    model.requires_grad_(False)
    return wrapped(model, todo, rank, alpha)


def inject__type_is(model, names, rank, alpha):
    """Asks for the type.

    Hint: exact_class
    """
    model.requires_grad_(False)
    every = model.named_modules()
    todo = [(f, m) for f, m in every if fits(f, m, names) and type(m) in (nn.Linear, Conv1D)]
    return wrapped(model, todo, rank, alpha)


def inject__biased(model, names, rank, alpha):
    """Wants a bias.

    Hint: with_a_bias_only
    """
    model.requires_grad_(False)
    todo = [(f, m) for f, m in model.named_modules() if fits(f, m, names) and m.bias is not None]
    return wrapped(model, todo, rank, alpha)


def inject__pattern(model, names, rank, alpha):
    """Takes the name for a pattern.

    Hint: none
    """
    model.requires_grad_(False)
    every = [(f, m) for f, m in model.named_modules() if isinstance(m, (nn.Linear, Conv1D))]
    todo = [(f, m) for f, m in every if any(re.search(rf"(^|\.){n}$", f) for n in names)]
    return wrapped(model, todo, rank, alpha)


def inject__evaluates(model, names, rank, alpha):
    """Ends training.

    Hint: not_training
    """
    model.eval()
    model.requires_grad_(False)
    todo = [(f, m) for f, m in model.named_modules() if fits(f, m, names)]
    return wrapped(model, todo, rank, alpha)


def inject__low_rank(model, names, rank, alpha):
    """Takes no higher rank than the layer has.

    Hint: none
    """
    model.requires_grad_(False)
    out = {}
    for full, mod in [(f, m) for f, m in model.named_modules() if fits(f, m, names)]:
        out |= wrapped(model, [(full, mod)], min(rank, *mod.weight.shape), alpha)
    return out


def inject__top_only(model, names, rank, alpha):
    """Does not go down into the model.

    Hint: children_only
    """
    for p in model.parameters():
        p.requires_grad = False
    todo = [(f, m) for f, m in model.named_children() if fits(f, m, names)]
    return wrapped(model, todo, rank, alpha)
