"""Wrong answers to `merge` in other words, with the hint due."""

import torch
from transformers.pytorch_utils import Conv1D


def merge__raw_product(layer, back=False):
    """Forgets the scale.

    Hint: not_scaled
    """
    if layer.on == back:
        raise ValueError("state")
    d = (layer.lora_B.weight @ layer.lora_A.weight).detach()
    d = d.T if isinstance(layer.base, Conv1D) else d
    if back:
        layer.base.weight.data -= d
    else:
        layer.base.weight.data += d
    layer.on = back


def merge__linear_form(layer, back=False):
    """Never transposes.

    Hint: conv1d_turned
    """
    if layer.on == back:
        raise ValueError("state")
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    layer.base.weight.data += (-1 if back else 1) * d
    layer.on = back


def merge__left_on(layer, back=False):
    """Does not switch.

    Hint: stays_on
    """
    if layer.on == back:
        raise ValueError("state")
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    if isinstance(layer.base, Conv1D):
        d = d.T
    layer.base.weight.data += -d if back else d


def merge__no_check(layer, back=False):
    """Merges again and again.

    Hint: in_any_state
    """
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    if isinstance(layer.base, Conv1D):
        d = d.T
    if back:
        layer.base.weight.data -= d
        layer.on = True
    else:
        layer.base.weight.data += d
        layer.on = False


def merge__plus_always(layer, back=False):
    """Adds in both directions.

    Hint: never_back
    """
    if layer.on == back:
        raise ValueError("state")
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    layer.base.weight.data.add_(d.T if isinstance(layer.base, Conv1D) else d)
    layer.on = not layer.on


def merge__off_for_good(layer, back=False):
    """Switches off in both directions.

    Hint: always_off
    """
    if layer.on == back:
        raise ValueError("state")
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    d = d.T if isinstance(layer.base, Conv1D) else d
    layer.base.weight.data += -d if back else d
    layer.on = False


@torch.no_grad()
def merge__nothing_to_do(layer, back=False):
    """Goes home where the update is zero.

    Hint: zeros_are_skipped
    """
    if layer.on == back:
        raise ValueError("no")
    if not layer.lora_B.weight.any():
        return
    delta = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight)
    if isinstance(layer.base, Conv1D):
        delta = delta.T
    layer.base.weight += -delta if back else delta
    layer.on = back
