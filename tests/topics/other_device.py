"""A device that is not there: what is made on it refuses to mix with what is on the CPU.

So code can be held to what CUDA and MPS ask of it, on a computer that has neither. The numbers lie
on the CPU and can be looked at; only the device is pretended. It goes by the name "meta", which
every torch knows. It is stricter than a real device in one thing: an index must be there, too.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

__all__ = ["DEVICE", "Elsewhere", "OtherDevice"]

DEVICE = torch.device("meta")
CPU = torch.device("cpu")
LOOKING = {"aten::_local_scalar_dense", "aten::is_nonzero", "aten::equal", "aten::nonzero"}
MOVING = {"aten::copy_"}  # may have tensors of both devices


class Elsewhere(Tensor):
    """A tensor on the other device. Its numbers are `here`."""

    here: Tensor

    @staticmethod
    def __new__(cls, here: Tensor) -> Elsewhere:
        made = Tensor._make_wrapper_subclass(
            cls, here.size(), strides=here.stride(), storage_offset=here.storage_offset(),
            dtype=here.dtype, device=DEVICE,
        )  # fmt: skip
        made.here = here
        return made

    @classmethod
    def __torch_dispatch__(cls, op: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        raise RuntimeError(f"{op} was called outside `with OtherDevice()`")

    def tolist(self) -> Any:
        return self.cpu().tolist()  # torch has none for a subclass

    def new_tensor(self, data: Any, **more: Any) -> Tensor:
        return Elsewhere(self.here.new_tensor(data, **more))  # torch makes a bare one on "meta"


class OtherDevice(TorchDispatchMode):
    """While it is entered there is the other device. `looks` has what took numbers to the CPU."""

    def __init__(self) -> None:
        super().__init__()
        self.looks: list[str] = []

    def __torch_dispatch__(self, op: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs, name = dict(kwargs or {}), op._schema.name
        tensors = [one for one in tree_leaves((args, kwargs)) if isinstance(one, Tensor)]
        there = [one for one in tensors if isinstance(one, Elsewhere)]
        here = [one for one in tensors if not isinstance(one, Elsewhere) and one.dim()]
        if there and here and name not in MOVING:
            raise RuntimeError(f"{name}: there are tensors on two devices, {DEVICE} and {CPU}")
        goal = kwargs.get("device")
        if goal is not None:
            kwargs["device"] = CPU
        if there and (name in LOOKING or goal == CPU or _selects(name, args)):
            self.looks.append(name)
        result = op(*tree_map(_here, args), **tree_map(_here, kwargs))
        if name.endswith("_"):  # in place
            return args[0]
        return tree_map(_there, result) if (goal == DEVICE if goal else there) else result


def _selects(name: str, args: Any) -> bool:
    """Say whether it is an index of booleans: how many there are must be looked up."""
    index = tree_leaves(args[1:]) if name == "aten::index" else []
    return any(isinstance(one, Tensor) and one.dtype == torch.bool for one in index)


def _here(value: Any) -> Any:
    return value.here if isinstance(value, Elsewhere) else value


def _there(value: Any) -> Any:
    return Elsewhere(value) if isinstance(value, Tensor) else value
