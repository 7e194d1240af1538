"""Section 8.3, what else can be added: an adapter, a prompt, a prefix. What is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import Weights, linear, normal, real_tokens
from gradelib.lab.flow import said_and_passed_back
from gradelib.topics.lora.exercises.models import (
    kept,
    made_anew,
    passes,
    put_in,
    reached,
    trained,
)

Adapter = Exercise("lora.Adapter", points=1, difficulty=1, kind="class")
prepend_prompt = Exercise("lora.prepend_prompt", points=1, difficulty=1)
PromptEncoder = Exercise(
    "lora.PromptEncoder", points=0, difficulty=1, kind="class", given=("__init__",)
)
prefix_pairs = Exercise("lora.prefix_pairs", points=2, difficulty=2)


# --- Adapter -------------------------------------------------------------------------------------


@Adapter.drive
def behind_a_layer(answer: Callable[..., Any], init: Inputs, weights: Weights, x: Tensor) -> Any:
    """Build the adapter, look at how it begins, load the weights of the case, and let it answer."""
    adapter: Any = answer(**init)
    trains, version = trained(adapter), x._version
    begins = {"says at first": kept(adapter(x)), "trains": trains}
    if x._version != version:
        return Absent("`x` itself is changed, as by `+=`: who handed it in needs it as it was")
    begins["a gradient passes by"] = passes(adapter, x)
    begins["down is zero at first"] = ~adapter.down.weight.any()
    begins["weights with a gradient at first"] = reached(adapter, adapter(x))
    if other := put_in(adapter, weights):
        return other
    says = adapter(x)
    found = said_and_passed_back(says, adapter, x=x)
    reaches = reached(adapter, says)
    quiet = kept(adapter.eval()(x))
    return {"says": found, "weights with a gradient": reaches, **begins, "says in .eval()": quiet}


def _adapted(rng: Rng, rows: tuple[int, ...], d_model: int, bottleneck: int) -> Inputs:
    down = linear(rng, "down", d_model, bottleneck)
    return {
        "init": {"d_model": d_model, "bottleneck": bottleneck},
        "weights": down | linear(rng, "up", bottleneck, d_model),
        "x": normal(rng, *rows, d_model, spread=2.0),
    }


@Adapter.case
def two_texts(rng: Rng) -> Inputs:
    """Two texts of three tokens, vectors of 5 numbers, a bottleneck of 2."""
    return _adapted(rng, (2, 3), 5, 2)


@Adapter.case
def one_row(rng: Rng) -> Inputs:
    """One text of one token, vectors of 4 numbers, a bottleneck of 3."""
    return _adapted(rng, (1, 1), 4, 3)


@Adapter.case
def rows_alone(rng: Rng) -> Inputs:
    """Four vectors of 3 numbers, a bottleneck of 1."""
    return _adapted(rng, (4,), 3, 1)


@Adapter.case
def large_numbers(rng: Rng) -> Inputs:
    """Three vectors of 4 numbers of about 30: the GELU gets large numbers of both signs."""
    drawn = _adapted(rng, (3,), 4, 2)
    return {**drawn, "x": 15 * drawn["x"]}


@Adapter.case
def vectors_of_one_number(rng: Rng) -> Inputs:
    """Vectors of a single number, and a bottleneck that is wider than they are."""
    return _adapted(rng, (3, 2), 1, 4)


# --- prepend_prompt ------------------------------------------------------------------------------


@prepend_prompt.drive
def prompted(
    answer: Callable[..., Any], prompt: Tensor, vectors: Tensor, attention_mask: Tensor
) -> Any:
    """Let a prompt that wants a gradient be put in front."""
    prompt.requires_grad_()
    longer, mask = answer(prompt, vectors, attention_mask)
    return {"vectors": longer, "mask": mask, "gradient of the prompt": _gradient([longer], prompt)}


def _gradient(parts: list[Tensor], learns: Tensor) -> Tensor:
    """Return the gradient of the sum of all squares; zeros where there is none."""
    flow = [part.flatten() for part in parts if part.requires_grad]
    if not flow:
        return torch.zeros_like(learns)
    return torch.autograd.grad(torch.cat(flow).square().sum(), learns)[0]


def _prompted(rng: Rng, length: int, lengths: list[int], d_model: int) -> Inputs:
    mask = real_tokens(lengths)
    return {
        "prompt": normal(rng, length, d_model),
        "vectors": normal(rng, *mask.shape, d_model),
        "attention_mask": mask,
    }


@prepend_prompt.case
def before_three_texts(rng: Rng) -> Inputs:
    """Two vectors before three texts of four tokens, one and three."""
    return _prompted(rng, 2, [4, 1, 3], 5)


@prepend_prompt.case
def a_long_prompt(rng: Rng) -> Inputs:
    """Six vectors before two texts of two tokens and three."""
    return _prompted(rng, 6, [2, 3], 4)


@prepend_prompt.case
def padding_on_the_left(rng: Rng) -> Inputs:
    """Three vectors before two texts that are padded on the left."""
    drawn = _prompted(rng, 3, [2, 4], 3)
    return {**drawn, "attention_mask": real_tokens([2, 4], side="left")}


@prepend_prompt.case
def one_of_everything(rng: Rng) -> Inputs:
    """One vector of one number, before one text of one token."""
    return _prompted(rng, 1, [1], 1)


# --- PromptEncoder -------------------------------------------------------------------------------


@PromptEncoder.drive
@made_anew
def a_prompt_from_a_network(answer: Callable[..., Any], init: Inputs, weights: Weights) -> Any:
    """Build the network, load the weights of the case, and ask for the prompt."""
    network: nn.Module = answer(**init)
    network.load_state_dict(weights)
    prompt = network()
    said, reaches = kept(prompt), reached(network, prompt)
    network.eval()
    with torch.no_grad():
        for weight in network.parameters():
            weight.mul_(1.5)
    later = kept(network())
    return {
        "prompt": said,
        "weights with a gradient": reaches,
        "prompt in .eval(), when all weights have changed": later,
    }


def _network(rng: Rng, length: int, d_model: int, d_hidden: int) -> Inputs:
    weights = {"table.weight": normal(rng, length, d_model)}
    weights |= linear(rng, "up", d_model, d_hidden) | linear(rng, "middle", d_hidden, d_hidden)
    weights |= linear(rng, "down", d_hidden, d_model)
    return {
        "init": {"length": length, "d_model": d_model, "d_hidden": d_hidden},
        "weights": weights,
    }


@PromptEncoder.case
def three_vectors(rng: Rng) -> Inputs:
    """A prompt of 3 vectors of 4 numbers, with 6 numbers inside."""
    return _network(rng, 3, 4, 6)


@PromptEncoder.case
def five_vectors(rng: Rng) -> Inputs:
    """A prompt of 5 vectors of 3 numbers, with 8 numbers inside."""
    return _network(rng, 5, 3, 8)


@PromptEncoder.case
def one_vector(rng: Rng) -> Inputs:
    """A prompt of one vector of one number."""
    return _network(rng, 1, 1, 5)


@PromptEncoder.case
def as_many_inside_as_outside(rng: Rng) -> Inputs:
    """A prompt of 2 vectors of 5 numbers, with 5 numbers inside."""
    return _network(rng, 2, 5, 5)


# --- prefix_pairs --------------------------------------------------------------------------------


@prefix_pairs.drive
def for_the_cache(answer: Callable[..., Any], prefix: Tensor, heads: int, batch: int) -> Any:
    """Let a prefix that wants a gradient be cut into pairs."""
    prefix.requires_grad_()
    pairs = answer(prefix, heads, batch)
    parts = [part for pair in pairs for part in pair]
    return {"pairs": pairs, "gradient of the prefix": _gradient(parts, prefix)}


def _prefix(rng: Rng, layers: int, length: int, heads: int, wide: int, batch: int) -> Inputs:
    return {"prefix": normal(rng, layers, 2, length, heads * wide), "heads": heads, "batch": batch}


@prefix_pairs.case
def three_layers(rng: Rng) -> Inputs:
    """Three layers, a prefix of 4 places, 2 heads of 5 numbers, and 6 texts."""
    return _prefix(rng, 3, 4, 2, 5, 6)


@prefix_pairs.case
def one_head(rng: Rng) -> Inputs:
    """Two layers, 5 places, one head of 3 numbers, and 4 texts."""
    return _prefix(rng, 2, 5, 1, 3, 4)


@prefix_pairs.case
def one_place_and_one_text(rng: Rng) -> Inputs:
    """Two layers, a prefix of one place, 3 heads of 2 numbers, and one text."""
    return _prefix(rng, 2, 1, 3, 2, 1)


@prefix_pairs.case
def two_of_many(rng: Rng) -> Inputs:
    """Two layers, 2 places, 2 heads of 2 numbers, and 2 texts: every axis fits every other."""
    return _prefix(rng, 2, 2, 2, 2, 2)


@prefix_pairs.case
def one_number(rng: Rng) -> Inputs:
    """One layer, 3 places, vectors of one number, and 5 texts."""
    return _prefix(rng, 1, 3, 1, 1, 5)
