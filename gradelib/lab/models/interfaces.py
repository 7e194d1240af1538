"""What the course asks of models and tokenizers of transformers. Only types: nothing runs here.

Which class a model has is decided by its name when it is loaded. So what goes in and what comes out
of it is not known here; that it can be called and asked to generate is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Conversation", "PretrainedModel", "Tokenizer"]

Conversation = Sequence[Mapping[str, str]]  # messages: {"role": …, "content": …}


class Tokenizer(Protocol):
    """A tokenizer: text in, ids out, and back."""

    eos_token_id: int
    pad_token_id: int | None

    def __call__(self, text: str | Sequence[str], **options: Any) -> Mapping[str, Any]:
        """Return "input_ids" and "attention_mask": lists, or tensors with return_tensors="pt"."""

    def decode(self, ids: Sequence[int] | Tensor, *, skip_special_tokens: bool = False) -> str:
        """Return the text of one row of ids."""

    def apply_chat_template(self, conversation: Conversation, **options: Any) -> str:
        """Return a conversation as one text; with tokenize=False, which is not the default."""


class PretrainedModel(Protocol):
    """A model with its weights, ready to evaluate."""

    config: Any  # of a class that belongs to the model's

    def parameters(self) -> Iterator[Tensor]:
        """Give all weights."""

    def __call__(self, *inputs: Tensor, **more: Any) -> Any:
        """Return what this class of models returns: with logits, or with last_hidden_state."""

    def generate(self, *inputs: Tensor, **more: Any) -> Tensor:
        """Return ids, (row, position), if it is a model that generates."""
