"""Section 8.2: reference answers."""

import torch
from torch import Tensor, nn
from transformers.pytorch_utils import Conv1D

from solutions.lora.reference.updates import LoRALinear


@torch.no_grad()
def merge(layer: LoRALinear, back: bool = False) -> None:
    """Move the update of a layer into the weight of its base, or `back` out of it.

    The update is the matrix product of the weights of B and A, times `layer.scale`. Its
    shape is (d_out, d_in). The weight of a `Conv1D` lies the other way round.

    To merge is to add it to the weight of `layer.base`, and to switch `layer.on` off,
    so that it does not count twice. `back` undoes this: the update is subtracted, and
    the layer is switched on. A and B stay what they are.

    Raises:
        ValueError: a layer that is off is to be merged, or one that is on is to be
            brought back. Nothing is changed then.
    """
    if layer.on == back:
        raise ValueError(f"on is {layer.on}: this layer cannot be merged with back={back}")
    update = layer.scale * layer.lora_B.weight @ layer.lora_A.weight  # (d_out, d_in)
    if isinstance(layer.base, Conv1D):
        update = update.T
    layer.base.weight += -update if back else update
    layer.on = back


def adapter_state(model: nn.Module) -> dict[str, Tensor]:
    """Return what a file of the adapter has to hold, under the names that `peft` knows.

    This is the weight of each `lora_A` and `lora_B` in the model, of whatever class the
    layer is that holds them, on or off, frozen or not, and nothing else. Its name is
    "base_model.model." and then its name in the model, such as
    "base_model.model.h.0.attn.c_attn.lora_A.weight". What is returned are copies: they
    stay as they are when the model trains on, and have no gradients.

    >>> model = nn.Sequential(nn.Linear(2, 3))
    >>> counts = inject(model, ["0"], rank=1, alpha=1.0)
    >>> sorted(adapter_state(model))
    ['base_model.model.0.lora_A.weight', 'base_model.model.0.lora_B.weight']
    """
    return {
        f"base_model.model.{name}": weight.detach().clone()
        for name, weight in model.named_parameters()
        if name.endswith((".lora_A.weight", ".lora_B.weight"))
    }


@torch.no_grad()
def load_adapter(model: nn.Module, state: dict[str, Tensor]) -> None:
    """Copy an adapter, as `adapter_state` returns it, into a model that has updates.

    The weights of the model keep their place: only the numbers in them change.

    Raises:
        ValueError: the names are not those that `adapter_state` gives of this model:
            one is missing, another one, or one too many. Nothing is changed then.
    """
    if state.keys() != adapter_state(model).keys():
        raise ValueError("this adapter belongs to other layers")
    for name, weight in model.named_parameters():
        if f"base_model.model.{name}" in state:
            weight.copy_(state[f"base_model.model.{name}"])
