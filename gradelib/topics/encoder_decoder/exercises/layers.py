"""Sections 5.2 and 5.3, a decoder that looks into an encoder: what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import Weights, layer_of
from gradelib.lab.layer_drivers import asked, asked_after
from gradelib.topics.encoder_decoder.exercises.inputs import (
    back,
    draw_looks,
    draw_translator,
    draw_writes,
)

Attention = Exercise(
    "encoder_decoder.Attention", points=3, difficulty=2, given=("__init__",), seconds=5.0
)
DecoderLayer = Exercise(
    "encoder_decoder.DecoderLayer", points=3, difficulty=2, given=("__init__",), seconds=5.0
)
Translator = Exercise(
    "encoder_decoder.Translator", points=4, difficulty=3, given=("__init__", "embed"), seconds=5.0
)


# --- Attention -----------------------------------------------------------------------------------


@Attention.drive
def look(
    answer: Callable[..., Any], init: Inputs, weights: Weights, x: Tensor, source: Tensor,
    mask: Tensor, earlier: Inputs | None = None,
) -> Any:  # fmt: skip
    layer = layer_of(answer, init, weights)

    def read(x: Tensor, source: Tensor) -> Any:
        return layer(x, source, mask)

    return asked_after(layer, read, earlier, x=x, source=source)


@Attention.case
def a_longer_source(rng: Rng) -> Inputs:
    """Three words of the target look at sources of two and five words; three heads."""
    return draw_looks(rng, 3, 12, 3, [2, 5])


@Attention.case
def a_longer_target(rng: Rng) -> Inputs:
    """Six words of the target look at sources of up to four words; two heads."""
    return draw_looks(rng, 2, 8, 6, [4, 1, 3])


@Attention.case
def a_text_that_looks_at_itself(rng: Rng) -> Inputs:
    """Source and target are the same, and nobody looks ahead."""
    drawn = draw_looks(rng, 2, 6, 4, [4, 4])
    return {**drawn, "source": drawn["x"].clone(), "mask": back(4)}


@Attention.case
def one_word_looks_at_one_word(rng: Rng) -> Inputs:
    """One word on each side, of one number, and a single head."""
    return draw_looks(rng, 1, 1, 1, [1])


@Attention.case
def two_texts_of_one_length(rng: Rng) -> Inputs:
    """Both texts have four words, and are not the same."""
    return draw_looks(rng, 2, 10, 4, [2, 4])


@Attention.case
def scores_of_hundreds(rng: Rng) -> Inputs:
    """Whole numbers that are large: what is hidden must be far below any score that is not."""
    drawn = draw_looks(rng, 1, 4, 3, [4, 2, 3])
    weights = {name: (3 * weight).round() for name, weight in drawn["weights"].items()}
    x, source = ((20 * drawn[name]).round() for name in ("x", "source"))
    return {**drawn, "weights": weights, "x": x, "source": source}


@Attention.case
def each_word_has_a_mask_of_its_own(rng: Rng) -> Inputs:
    """Every word of the target may look at other words of the source, at least at one."""
    drawn = draw_looks(rng, 4, 8, 3, [5, 5])
    mask = torch.from_numpy(rng.random(size=(2, 1, 3, 5)) < 0.4)
    return {**drawn, "mask": mask | (torch.arange(5) == int(rng.integers(5)))}


@Attention.case
def a_mask_of_two_axes(rng: Rng) -> Inputs:
    """One mask for all rows, of the shape (query, key), to which broadcasting adds the rest."""
    drawn = draw_looks(rng, 2, 6, 3, [4, 4])
    mask = torch.from_numpy(rng.random(size=(3, 4)) < 0.5)
    return {**drawn, "mask": mask | (torch.arange(4) == int(rng.integers(4)))}


@Attention.case
def a_second_batch(rng: Rng) -> Inputs:
    """Two batches, one after the other: the second has padding at other places."""
    drawn, earlier = (draw_looks(rng, 2, 6, 3, lengths) for lengths in ([2, 4], [4, 3]))
    return {**drawn, "earlier": {name: earlier[name] for name in ("x", "source", "mask")}}


# --- DecoderLayer --------------------------------------------------------------------------------


@DecoderLayer.drive
def write_with_a_layer(
    answer: Callable[..., Any], init: Inputs, weights: Weights, x: Tensor, source: Tensor,
    self_mask: Tensor, cross_mask: Tensor, earlier: Inputs | None = None,
) -> Any:  # fmt: skip
    layer = layer_of(answer, init, weights)

    def read(x: Tensor, source: Tensor) -> Any:
        return layer(x, source, self_mask, cross_mask)

    return asked_after(layer, read, earlier, x=x, source=source)


@DecoderLayer.case
def two_sentences(rng: Rng) -> Inputs:
    """Four words of the target, sources of three and five words, three heads."""
    return draw_writes(rng, 3, 12, 4, [3, 5])


@DecoderLayer.case
def the_first_word(rng: Rng) -> Inputs:
    """One word has been read so far."""
    return draw_writes(rng, 2, 8, 1, [2, 4, 1])


@DecoderLayer.case
def a_target_as_long_as_the_source(rng: Rng) -> Inputs:
    """Three words on both sides, so that no shape tells the two apart."""
    return draw_writes(rng, 2, 6, 3, [3])


@DecoderLayer.case
def a_source_of_one_word(rng: Rng) -> Inputs:
    """Each source has one word, so that all look at it."""
    return draw_writes(rng, 2, 4, 2, [1, 1, 1])


@DecoderLayer.case
def large_numbers(rng: Rng) -> Inputs:
    """What comes in is large, as it is after many layers."""
    return draw_writes(rng, 1, 4, 5, [2, 3], spread=20.0)


@DecoderLayer.case
def a_mask_that_is_no_triangle(rng: Rng) -> Inputs:
    """`self_mask` hides other words than those that come later, and none hides itself."""
    drawn = draw_writes(rng, 2, 6, 5, [3, 2])
    mask = torch.from_numpy(rng.random(size=(1, 1, 5, 5)) < 0.5)
    return {**drawn, "self_mask": mask | torch.eye(5, dtype=torch.bool)}


@DecoderLayer.case
def a_second_batch_for_the_layer(rng: Rng) -> Inputs:
    """Two batches, one after the other: the first has a longer target, and other padding."""
    drawn, earlier = draw_writes(rng, 2, 6, 3, [2, 4]), draw_writes(rng, 2, 6, 5, [4, 3])
    names = ("x", "source", "self_mask", "cross_mask")
    return {**drawn, "earlier": {name: earlier[name] for name in names}}


# --- Translator ----------------------------------------------------------------------------------


@Translator.drive
def read_and_write(
    answer: Callable[..., Any],
    init: Inputs,
    weights: Weights,
    source_ids: Tensor,
    target_ids: Tensor,
    source: Tensor,
    earlier: Inputs | None = None,
) -> Any:
    model = layer_of(answer, init, weights)

    def decode(source: Tensor) -> Any:
        return model.decode(target_ids, source, source_ids)

    @torch.no_grad()
    def before(**x: Tensor) -> Any:
        return [model.encode(x["source_ids"]), model.decode(*x.values())]

    tables = nn.ModuleDict({"tokens": model.tokens, "positions": model.positions})
    ends = [
        nn.ModuleDict({name: getattr(model, name) for name in names})
        for names in (("readers", "read_norm"), ("writers", "write_norm"))
    ]
    first = {} if earlier is None else {"what came before": before(**earlier)}
    said = {"what encode gives": asked(model, lambda: model.encode(source_ids), tables, ends[0])}
    again = {} if earlier is None else {"what comes between": before(**earlier)}
    written = asked(model, decode, tables, ends[1], source=source)
    return {**first, **said, **again, "what decode gives": written}


@Translator.case
def two_layers(rng: Rng) -> Inputs:
    """Two layers each; sources of three and six words, four words of the target."""
    return draw_translator(rng, 2, 4, [3, 6], pad=0)


@Translator.case
def one_layer(rng: Rng) -> Inputs:
    """One layer each; a target that is longer than the source. Padding has the id 4."""
    return draw_translator(rng, 1, 7, [2, 4, 1], pad=4)


@Translator.case
def both_of_one_length(rng: Rng) -> Inputs:
    """Source and target have five tokens each, and one source is padded."""
    return draw_translator(rng, 1, 5, [3, 5], pad=2)


@Translator.case
def one_word_each(rng: Rng) -> Inputs:
    """One word on each side."""
    return draw_translator(rng, 2, 1, [1], pad=1)


@Translator.case
def three_layers(rng: Rng) -> Inputs:
    """Three layers, and no padding."""
    return draw_translator(rng, 3, 3, [5, 5], pad=10)


@Translator.case
def padding_on_the_left(rng: Rng) -> Inputs:
    """Sources whose padding stands on the left. It is hidden by its id, wherever it stands."""
    drawn = draw_translator(rng, 1, 3, [2, 5, 4], pad=6)
    return {**drawn, "source_ids": drawn["source_ids"].flip(1)}


@Translator.case
def one_batch_after_another(rng: Rng) -> Inputs:
    """Another batch is read and written before, and once more between `encode` and `decode`: its
    target is longer, and its padding stands elsewhere."""
    drawn = draw_translator(rng, 1, 3, [2, 4], pad=3)
    other = draw_translator(rng, 1, 5, [4, 3], pad=3)
    names = ("target_ids", "source", "source_ids")
    return {**drawn, "earlier": {name: other[name] for name in names}}
