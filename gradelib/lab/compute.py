"""How torch computes: with how many threads, and what it keeps for the backward pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import Tensor

__all__ = ["Quickest", "kept_for_gradients", "threads"]

TRIED = 8  # steps at the beginning in which one thread and all of them take turns


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Let torch work with `count` threads inside the block, and with as many as before after it."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class Quickest:
    """Find out whether one thread or all of them are quicker: on a busy computer it is one."""

    def __init__(self, cores: int) -> None:
        self.seconds: dict[int, list[float]] = {count: [] for count in (cores, 1)}
        self.count = cores

    def took(self, seconds: float) -> None:
        """Note how long a step took, and choose the count for the next one."""
        self.seconds[self.count].append(seconds)
        if sum(map(len, self.seconds.values())) < TRIED:
            self.count = min(self.seconds, key=lambda count: len(self.seconds[count]))
        else:
            self.count = min(self.seconds, key=lambda count: min(self.seconds[count]))


def kept_for_gradients(model: torch.nn.Module, loss: Callable[[], Tensor]) -> int:
    """Return how many bytes `loss` keeps for the backward pass, beside the model's own tensors."""
    import torch

    own = [*model.parameters(), *model.buffers()]
    addresses = {one.untyped_storage().data_ptr() for one in own}
    kept: dict[int, int] = {}

    def keep(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in addresses:
            kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        found = loss()
        del found  # only now may what was kept go, so that no two tensors had one address
    return sum(kept.values())
