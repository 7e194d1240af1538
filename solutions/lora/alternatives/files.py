"""Section 8.2: other right answers. They must pass."""

import torch
from torch import Tensor, nn
from transformers.pytorch_utils import Conv1D

from solutions.lora.reference import LoRALinear, adapter_state


def merge__by_data(layer: LoRALinear, back: bool = False) -> None:
    if (back and layer.on) or (not back and not layer.on):
        raise ValueError("nothing to do")
    update = (layer.lora_B.weight.data @ layer.lora_A.weight.data) * layer.scale
    if type(layer.base) is Conv1D:
        update = update.t()
    layer.base.weight.data.add_(update, alpha=-1 if back else 1)
    layer.on = bool(back)


@torch.no_grad()
def merge__by_questions(layer: LoRALinear, back: bool = False) -> None:
    if layer.on is back:
        raise ValueError("this is merged already, or not yet")
    rows = torch.eye(layer.lora_A.in_features)
    update = layer.scale * layer.lora_B(layer.lora_A(rows))  # (d_in, d_out)
    sign = -1 if back else 1
    layer.base.weight += sign * (update if isinstance(layer.base, Conv1D) else update.T)
    layer.on = not layer.on


def adapter_state__by_modules(model: nn.Module) -> dict[str, Tensor]:
    state = {}
    for name, module in model.named_modules():
        if name.rpartition(".")[2] in ("lora_A", "lora_B"):
            state[f"base_model.model.{name}.weight"] = module.weight.detach().clone()
    return state


def adapter_state__by_state(model: nn.Module) -> dict[str, Tensor]:
    wanted = ["lora_A", "weight"], ["lora_B", "weight"]
    return {
        "base_model.model." + name: torch.tensor(weight.tolist())
        for name, weight in model.state_dict().items()
        if name.split(".")[-2:] in wanted
    }


def load_adapter__by_state(model: nn.Module, state: dict[str, Tensor]) -> None:
    if set(adapter_state(model)) != set(state):
        raise ValueError("these names are not the model's")
    short = {name.removeprefix("base_model.model."): weight for name, weight in state.items()}
    model.load_state_dict(short, strict=False)


def load_adapter__by_data(model: nn.Module, state: dict[str, Tensor]) -> None:
    if sorted(adapter_state(model)) != sorted(state):
        raise ValueError
    weights = dict(model.named_parameters())
    for name, new in state.items():
        weights[name[len("base_model.model.") :]].data[:] = new
