"""Small models for the cases: modules by name, and a body that says who called it, and how."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

__all__ = ["SmallBody", "built"]


def built(
    shapes: Mapping[str, tuple[int, ...]], shared: Mapping[str, str] | None = None
) -> nn.Module:
    """Return a model with a parameter of each name and shape; a `shared` one is another's."""
    model = nn.Module()
    for name, shape in shapes.items():
        _put(model, name, nn.Parameter(torch.zeros(tuple(shape))))
    parameters = dict(model.named_parameters())
    for name, other in (shared or {}).items():
        _put(model, name, parameters[other])
    return model


def _put(model: nn.Module, name: str, weight: nn.Parameter) -> None:
    *modules, last = name.split(".")
    for module in modules:
        if not hasattr(model, module):
            model.add_module(module, nn.Module())
        model = getattr(model, module)
    model.register_parameter(last, weight)


class SmallBody(nn.Module):
    """A table of vectors, each mixed with the mean of its text. It keeps how it was called.

    In training mode it says something else, as a body with dropout does, but always the same: what
    does so lies deep in it, as dropout does.
    """

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        self.table = nn.Parameter(table.clone())
        self.layers = nn.Sequential(nn.Sequential(_Smaller()))
        self.called: list[str] = []

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        kept = "gradients kept" if torch.is_grad_enabled() else "no gradients"
        self.called.append(f"{self.mode}, {kept}")
        own = self.table[ids]  # (batch, token, d_model)
        seen = attention_mask.unsqueeze(-1).to(own.dtype)
        mean = (own * seen).sum(dim=1, keepdim=True) / seen.sum(dim=1, keepdim=True)
        hidden: Tensor = self.layers(torch.tanh(own + mean))
        return hidden

    @property
    def mode(self) -> str:
        """Say in which mode it is, with all that lies in it."""
        modes = {module.training for module in self.modules()}
        if len(modes) > 1:
            return "training, but for a part of it"
        return "training" if self.training else "evaluation"


class _Smaller(nn.Module):
    """Makes numbers smaller in training mode."""

    def forward(self, x: Tensor) -> Tensor:
        return 0.6 * x if self.training else x
