"""What the pictures and the training of notebook 3 ask of the student's own classes. Only types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["CausalAttention", "Decoder", "KeyValueCache", "SplitHeads"]

SplitHeads = Callable[["Tensor", int], "Tensor"]
CausalAttention = Callable[["Tensor", "Tensor", "Tensor"], "Tensor"]


class KeyValueCache(Protocol):
    """The keys and values of the tokens so far, in one block: a `KVCache`."""

    @property
    def length(self) -> int:
        """How many tokens it knows."""

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Add those of new tokens, and return those of all."""


class Decoder(Protocol):
    """Ids in, logits out: a `DecoderLM`, or a model of `transformers` behind its interface."""

    @property
    def blocks(self) -> Sequence[Any]:
        """The blocks, one a layer, each of a class of the student's."""

    def __call__(self, ids: Tensor, caches: Sequence[KeyValueCache] = (), /) -> Tensor:
        """Return the logits: (batch, token) -> (batch, token, vocab)."""
