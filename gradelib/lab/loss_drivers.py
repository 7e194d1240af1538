"""How a loss that a student wrote is driven: its value, its gradient, and where gradients go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.checking.codec import Absent

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["loss_and_gradients"]

NO_GRAPH = "your loss has no graph: nothing can be learned from it"


def loss_and_gradients(
    answer: Callable[..., Any], tensors: dict[str, Tensor], names: Sequence[str], *more: Any
) -> dict[str, Any]:
    """Return a loss, its gradient for the first tensor, and which of the others get one.

    `names` say what the tensors are; those of whole numbers or booleans have no gradients.
    """
    import torch

    held = [
        one.clone().requires_grad_() if one.is_floating_point() else one for one in tensors.values()
    ]
    loss = answer(*held, *more)
    learning = [one for one in held if one.requires_grad]
    found: Sequence[Any] = [Absent(NO_GRAPH), *[None] * (len(learning) - 1)]
    if isinstance(loss, torch.Tensor) and loss.requires_grad and loss.numel() == 1:
        found = torch.autograd.grad(loss.sum(), learning, allow_unused=True)
    said = {name: f is not None and bool(f.any()) for name, f in zip(names, found[1:], strict=True)}
    return {
        "loss": loss,
        "gradient": found[0] if found[0] is not None else Absent(NO_GRAPH),
        **{f"a gradient goes to {name}": goes for name, goes in said.items()},
    }
