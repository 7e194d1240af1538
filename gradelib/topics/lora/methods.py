"""What stands around the student's parts: a decoder to adapt, and models with the parts inside.

Each model maps ids and attention mask to logits, (text, token, vocab). Nothing here trains.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from gradelib.lab import models
from gradelib.topics.lora.texts import Texts, decoder_texts

if TYPE_CHECKING:
    from gradelib.topics.lora.texts import Batch

__all__ = ["Behind", "Decoder", "MadeAgain", "Plain", "Prefixed", "Prompted", "layers_of",
           "loss_of", "put_behind", "replace_layers"]  # fmt: skip

Pairs = Callable[[Tensor, int, int], list[tuple[Tensor, Tensor]]]
Prepend = Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]]
NEW, OLD = 100, 16  # texts that a loss is measured on


class Decoder:
    """The tiny decoder of the course, copies of it, and texts that it knows and does not know."""

    def __init__(self) -> None:
        self.model, self.tokenizer = models.load("decoder")
        of: Any = self.model.config
        self.d_model, self.heads, self.layers = int(of.n_embd), int(of.n_head), int(of.n_layer)
        self.old = self.texts("stories", "validation", OLD).in_order()
        self.new = self.texts("sentences", "validation", NEW).in_order()

    def copy(self) -> Any:
        """Return the decoder as it was trained, a copy of its own; no weight of it is shared."""
        return copy.deepcopy(self.model)

    def texts(self, sort: str, split: str, most: int | None = None) -> Texts:
        """Return texts of a sort, as this decoder's tokenizer cuts them."""
        return decoder_texts(sort, split, self.tokenizer, most)


class Plain(nn.Module):
    """A decoder of transformers, called with ids and attention mask."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        found = self.model(ids, attention_mask=attention_mask.long(), use_cache=False)
        logits: Tensor = found.logits
        return logits


class Prompted(nn.Module):
    """A frozen decoder with the vectors of a soft prompt before each text."""

    def __init__(self, model: Any, length: int, prepend_prompt: Prepend) -> None:
        super().__init__()
        self.model, self.prepend_prompt = model.requires_grad_(False), prepend_prompt
        table = model.transformer.wte.weight
        some = torch.randint(len(table), (length,))  # it begins as vectors of tokens, at random
        self.prompt = nn.Parameter(table[some].detach().clone())

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        vectors = self.model.transformer.wte(ids)
        vectors, mask = self.prepend_prompt(self.prompt, vectors, attention_mask)
        found = self.model(inputs_embeds=vectors, attention_mask=mask.long(), use_cache=False)
        logits: Tensor = found.logits[:, len(self.prompt) :]
        return logits


class Prefixed(nn.Module):
    """A frozen decoder whose cache holds a prefix before each text begins."""

    def __init__(self, model: Any, length: int, prefix_pairs: Pairs, spread: float = 0.5) -> None:
        super().__init__()
        of = model.config
        self.model, self.prefix_pairs = model.requires_grad_(False), prefix_pairs
        shape = of.n_layer, 2, length, of.n_embd
        self.prefix = nn.Parameter(spread * torch.randn(shape))

    def forward(self, ids: Tensor, attention_mask: Tensor, start: int = 0) -> Tensor:
        """Return logits of texts whose first token stands at the position `start`."""
        from transformers import DynamicCache

        batch, token = ids.shape
        cache, length = DynamicCache(), self.prefix.shape[2]
        pairs = self.prefix_pairs(self.prefix, self.model.config.n_head, batch)
        for layer, (keys, values) in enumerate(pairs):
            cache.update(keys, values, layer)
        mask = torch.cat([attention_mask.new_ones(batch, length), attention_mask], dim=1)
        positions = torch.arange(start, start + token).expand(batch, -1)  # the text's own
        found = self.model(
            ids, attention_mask=mask.long(), position_ids=positions, past_key_values=cache
        )
        logits: Tensor = found.logits
        return logits


class Behind(nn.Module):
    """A layer, and something behind it that reads what it says."""

    def __init__(self, layer: nn.Module, then: nn.Module) -> None:
        super().__init__()
        self.layer, self.then = layer, then

    def forward(self, x: Tensor) -> Tensor:
        said: Tensor = self.then(self.layer(x))
        return said


def put_behind(model: Any, build: Callable[[], nn.Module]) -> Any:
    """Freeze a decoder, put a new module behind the MLP of each block, and return the decoder."""
    model.requires_grad_(False)
    for block in model.transformer.h:
        block.mlp = Behind(block.mlp, build())
    return model


def layers_of(model: nn.Module) -> Iterator[tuple[str, Any]]:
    """Yield the layers that have an update beside them, with their names."""
    for name, part in model.named_modules():
        if hasattr(part, "lora_A") and hasattr(part, "lora_B"):
            yield name, part


def replace_layers(model: nn.Module, change: Callable[[Any], nn.Module]) -> nn.Module:
    """Put `change(layer)` in the place of each layer with an update, and return the model."""
    for name, layer in list(layers_of(model)):
        model.set_submodule(name, change(layer))
    return model


class MadeAgain(nn.Module):
    """A layer whose inner tensors are not kept for the backward pass, but made a second time."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor) -> Tensor:
        from torch.utils.checkpoint import checkpoint

        said: Tensor = checkpoint(self.layer, x, use_reentrant=False)
        return said


def loss_of(model: Any, batch: Batch) -> Tensor:
    """Return the mean surprisal of the next token in a batch, in nats; padding does not count."""
    ids, mask = batch
    labels = ids.masked_fill(~mask, -100)[:, 1:]
    guesses = model(ids, mask)[:, :-1]
    return nn.functional.cross_entropy(guesses.flatten(0, 1), labels.flatten())
