"""The weights of a GPT-2 of `transformers` for our decoder: names, sizes, and how to load them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from gradelib.lab.models.interfaces import PretrainedModel

    Module = TypeVar("Module", bound=torch.nn.Module)

__all__ = ["Sizes", "gpt2_names", "load_weights", "sizes_of", "tables_of"]

PARTS = {  # in a block: a module of GPT-2 in transformers, and ours
    "ln_1": "norm_1",
    "attn.c_attn": "attention.qkv",
    "attn.c_proj": "attention.out",
    "ln_2": "norm_2",
    "mlp.c_fc": "mlp.up",
    "mlp.c_proj": "mlp.down",
}
ENDS = {"wte": "tokens", "wpe": "positions", "ln_f": "norm"}


class Sizes(NamedTuple):
    """What a `DecoderLM` is made with, in this order."""

    vocab: int
    context: int
    d_model: int
    heads: int
    layers: int


def sizes_of(model: PretrainedModel) -> Sizes:
    """Return with which sizes our decoder is built like a GPT-2 of `transformers`."""
    of = model.config
    return Sizes(of.vocab_size, of.n_positions, of.n_embd, of.n_head, of.n_layer)


def tables_of(model: Any) -> tuple[Tensor, Tensor]:
    """Return the vectors of the tokens and of the positions of a GPT-2."""
    read = model.transformer
    return read.wte.weight.detach(), read.wpe.weight.detach()


def gpt2_names(layers: int) -> dict[str, str]:
    """Return how each module of a GPT-2 of `transformers` is called in our decoder.

    >>> gpt2_names(1)["transformer.h.0.attn.c_attn"]
    'blocks.0.attention.qkv'
    """
    names = {f"transformer.{theirs}": ours for theirs, ours in ENDS.items()}
    for number in range(layers):
        for theirs, ours in PARTS.items():
            names[f"transformer.h.{number}.{theirs}"] = f"blocks.{number}.{ours}"
    return names


def load_weights(ours: Module, theirs: Any) -> Module:
    """Copy all weights of a GPT-2 of `transformers` into our decoder, and return it."""
    import torch
    from transformers.pytorch_utils import Conv1D

    with torch.no_grad():
        for their_name, our_name in gpt2_names(sizes_of(theirs).layers).items():
            source, target = theirs.get_submodule(their_name), ours.get_submodule(our_name)
            for kind, weight in source.named_parameters():
                lies = isinstance(source, Conv1D) and weight.dim() == 2  # (in, out)
                target.get_parameter(kind).copy_(weight.mT if lies else weight)
    return ours
