"""How a layer that a student wrote is driven: in both modes, and after an earlier batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gradelib.checking.codec import Absent
from gradelib.lab.flow import said_and_learned

if TYPE_CHECKING:
    from torch import Tensor, nn

    from gradelib.checking.exercise import Inputs

__all__ = ["asked", "asked_after"]

DROPS = "in training mode it says something else: there is no dropout here"
CLOSE = 1e-3  # of what is said in both modes: dropout is far from it


def asked(model: nn.Module, read: Callable[..., Any], *learning: nn.Module, **x: Tensor) -> Any:
    """Return what a model says by `read`.

    It is Absent where a part of the model, or an input, cannot learn from that, or where training
    changes what is said.
    """
    import torch

    for part in learning:
        said = said_and_learned(read, part, **x)
        if isinstance(said, Absent):
            return said
    if isinstance(said, torch.Tensor) and said.device.type == "cpu":  # elsewhere: a wait for it
        model.train()
        with torch.no_grad():
            other = read(**x)
        model.eval()
        if not torch.allclose(said, other, rtol=CLOSE, atol=CLOSE, equal_nan=True):
            return Absent(DROPS)
    return said


def asked_after(
    layer: nn.Module, read: Callable[..., Any], earlier: Inputs | None, **x: Tensor
) -> Any:
    """Return what a layer says, after it has read an earlier batch, if there is one."""
    import torch

    if earlier is None:
        return asked(layer, read, layer, **x)
    with torch.no_grad():
        before = layer(*earlier.values())
    return [before, asked(layer, read, layer, **x)]
