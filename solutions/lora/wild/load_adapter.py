"""Wrong answers to `load_adapter` in other words, with the hint due."""

import torch
from torch import nn

from solutions.lora.reference import (
    adapter_state,
)


def load_adapter__silent(model, state):
    """Loads what fits.

    Hint: whatever_fits
    """
    with torch.no_grad():
        for n, p in model.named_parameters():
            key = "base_model.model." + n
            if key in state:
                p.copy_(state[key])


def load_adapter__subset(model, state):
    """Asks only whether the file's names are known.

    Hint: missing_is_fine
    """
    mine = adapter_state(model)
    for key in state:
        if key not in mine:
            raise ValueError(key)
    for n, p in model.named_parameters():
        if "base_model.model." + n in state:
            p.data.copy_(state["base_model.model." + n])


def load_adapter__superset(model, state):
    """Asks only whether all names are there.

    Hint: more_is_fine
    """
    for key in adapter_state(model):
        if key not in state:
            raise ValueError(key)
    for n, p in model.named_parameters():
        if "base_model.model." + n in state:
            p.data.copy_(state["base_model.model." + n])


def load_adapter__sum(model, state):
    """Adds to what is there.

    Hint: added
    """
    if set(adapter_state(model)) != set(state):
        raise ValueError("names")
    for n, p in model.named_parameters():
        if "base_model.model." + n in state:
            p.data += state["base_model.model." + n]


def load_adapter__into_the_copy(model, state):
    """Updates the dictionary.

    Hint: copies_of_copies
    """
    mine = adapter_state(model)
    if mine.keys() != state.keys():
        raise ValueError("names")
    mine.update(state)


def load_adapter__new_parameters(model, state):
    """Puts new parameters into the model.

    Hint: none
    """
    if adapter_state(model).keys() != state.keys():
        raise ValueError("names")
    for key, value in state.items():
        path, _, leaf = key.removeprefix("base_model.model.").rpartition(".")
        setattr(model.get_submodule(path), leaf, nn.Parameter(value.clone()))


def load_adapter__lstrip(model, state):
    """Strips letters.

    Hint: letters_stripped
    """
    if adapter_state(model).keys() != state.keys():
        raise ValueError
    own = dict(model.named_parameters())
    with torch.no_grad():
        for k, v in state.items():
            own[k.lstrip("base_model.")].copy_(v)


@torch.no_grad()
def load_adapter__replaced_anywhere(model, state):
    """Takes the beginning out wherever it stands.

    Hint: none
    """
    if adapter_state(model).keys() != state.keys():
        raise ValueError
    own = dict(model.named_parameters())
    for k, v in state.items():
        own[k.replace("base_model.model.", "")].copy_(v)


def load_adapter__same_count(model, state):
    """Compares how many there are.

    Hint: counted
    """
    own = {"base_model.model." + n: p for n, p in model.named_parameters() if ".lora_" in n}
    if len(own) != len(state):
        raise ValueError(f"{len(own)} weights, but {len(state)} in the file")
    with torch.no_grad():
        for k, v in state.items():
            own[k].copy_(v)


@torch.no_grad()
def load_adapter__lenient(model, state):
    """Puts the beginning before names that lack it.

    Hint: any_beginning
    """
    start = "base_model.model."
    state = {k if k.startswith(start) else start + k: v for k, v in state.items()}
    if adapter_state(model).keys() != state.keys():
        raise ValueError("names")
    for n, p in model.named_parameters():
        if start + n in state:
            p.copy_(state[start + n])


@torch.no_grad()
def load_adapter__popped(model, state):
    """Pops what it has read.

    Hint: emptied
    """
    if adapter_state(model).keys() != state.keys():
        raise ValueError("names")
    for n, p in model.named_parameters():
        if "base_model.model." + n in state:
            p.copy_(state.pop("base_model.model." + n))


def load_adapter__lstrip_and_count(model, state):
    """Strips letters, and counts the names.

    Hint: letters_stripped
    """
    own = {n: p for n, p in model.named_parameters() if ".lora_" in n}
    if len(own) != len(state):
        raise ValueError
    with torch.no_grad():
        for k, v in state.items():
            own[k.lstrip("base_model.")].copy_(v)


def load_adapter__lstrip_and_compare(model, state):
    """Strips letters, and compares what is left.

    Hint: letters_stripped
    """
    own = {n: p for n, p in model.named_parameters() if ".lora_A" in n or ".lora_B" in n}
    new = {k.lstrip("base_model.model."): v for k, v in state.items()}
    if set(own) != set(new):
        raise ValueError
    with torch.no_grad():
        for k, v in new.items():
            own[k].copy_(v)
