"""Sections 5.1 to 5.3, a decoder that looks into an encoder: what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import Weights, layer_of, normal, random_ids, real_tokens
from gradelib.lab.flow import said_and_learned
from gradelib.topics.encoder_decoder.exercises.inputs import (
    attention_weights,
    decoder_layer_weights,
    translator_weights,
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
shift_right = Exercise("encoder_decoder.shift_right", points=1, difficulty=1)


def back(target: int) -> Tensor:
    """A target that looks at itself and back: (1, 1, target, target)."""
    return torch.ones(1, 1, target, target, dtype=torch.bool).tril()


# --- Attention -----------------------------------------------------------------------------------


@Attention.drive
def look(
    answer: Callable[..., Any], init: Inputs, weights: Weights, x: Tensor, source: Tensor,
    mask: Tensor,
) -> Any:  # fmt: skip
    layer = layer_of(answer, init, weights)
    return said_and_learned(lambda x, source: layer(x, source, mask), layer, x=x, source=source)


def _looks(rng: Rng, heads: int, d_model: int, target: int, lengths: list[int]) -> Inputs:
    real = real_tokens(lengths)
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": attention_weights(rng, d_model),
        "x": normal(rng, len(lengths), target, d_model, spread=1.5),
        "source": normal(rng, *real.shape, d_model, spread=1.5),
        "mask": real[:, None, None],
    }


@Attention.case
def a_longer_source(rng: Rng) -> Inputs:
    """Three words of the target look at sources of two and five words; three heads."""
    return _looks(rng, 3, 12, 3, [2, 5])


@Attention.case
def a_longer_target(rng: Rng) -> Inputs:
    """Six words of the target look at sources of up to four words; two heads."""
    return _looks(rng, 2, 8, 6, [4, 1, 3])


@Attention.case
def a_text_that_looks_at_itself(rng: Rng) -> Inputs:
    """Source and target are the same, and nobody looks ahead."""
    drawn = _looks(rng, 2, 6, 4, [4, 4])
    return {**drawn, "source": drawn["x"].clone(), "mask": back(4)}


@Attention.case
def one_word_looks_at_one_word(rng: Rng) -> Inputs:
    """One word on each side, of one number, and a single head."""
    return _looks(rng, 1, 1, 1, [1])


@Attention.case
def two_texts_of_one_length(rng: Rng) -> Inputs:
    """Both texts have four words, and are not the same."""
    return _looks(rng, 2, 10, 4, [2, 4])


@Attention.case
def scores_of_hundreds(rng: Rng) -> Inputs:
    """Whole numbers that are large: what is hidden must be far below any score that is not."""
    drawn = _looks(rng, 1, 4, 3, [4, 2, 3])
    weights = {name: (3 * weight).round() for name, weight in drawn["weights"].items()}
    x, source = ((20 * drawn[name]).round() for name in ("x", "source"))
    return {**drawn, "weights": weights, "x": x, "source": source}


@Attention.case
def each_word_has_a_mask_of_its_own(rng: Rng) -> Inputs:
    """Every word of the target may look at other words of the source, at least at one."""
    drawn = _looks(rng, 4, 8, 3, [5, 5])
    mask = torch.from_numpy(rng.random(size=(2, 1, 3, 5)) < 0.4)
    return {**drawn, "mask": mask | (torch.arange(5) == int(rng.integers(5)))}


# --- DecoderLayer --------------------------------------------------------------------------------


@DecoderLayer.drive
def write_with_a_layer(
    answer: Callable[..., Any], init: Inputs, weights: Weights, x: Tensor, source: Tensor,
    self_mask: Tensor, cross_mask: Tensor,
) -> Any:  # fmt: skip
    layer = layer_of(answer, init, weights)

    def read(x: Tensor, source: Tensor) -> Any:
        return layer(x, source, self_mask, cross_mask)

    return said_and_learned(read, layer, x=x, source=source)


def _writes(
    rng: Rng, heads: int, d_model: int, target: int, lengths: list[int], spread: float = 1.0
) -> Inputs:
    real = real_tokens(lengths)
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": decoder_layer_weights(rng, d_model),
        "x": normal(rng, len(lengths), target, d_model, spread=spread),
        "source": normal(rng, *real.shape, d_model),
        "self_mask": back(target),
        "cross_mask": real[:, None, None],
    }


@DecoderLayer.case
def two_sentences(rng: Rng) -> Inputs:
    """Four words of the target, sources of three and five words, three heads."""
    return _writes(rng, 3, 12, 4, [3, 5])


@DecoderLayer.case
def the_first_word(rng: Rng) -> Inputs:
    """One word has been read so far."""
    return _writes(rng, 2, 8, 1, [2, 4, 1])


@DecoderLayer.case
def a_target_as_long_as_the_source(rng: Rng) -> Inputs:
    """Three words on both sides, so that no shape tells the two apart."""
    return _writes(rng, 2, 6, 3, [3])


@DecoderLayer.case
def a_source_of_one_word(rng: Rng) -> Inputs:
    """Each source has one word, so that all look at it."""
    return _writes(rng, 2, 4, 2, [1, 1, 1])


@DecoderLayer.case
def large_numbers(rng: Rng) -> Inputs:
    """What comes in is large, as it is after many layers."""
    return _writes(rng, 1, 4, 5, [2, 3], spread=20.0)


# --- Translator ----------------------------------------------------------------------------------


@Translator.drive
def read_and_write(
    answer: Callable[..., Any],
    init: Inputs,
    weights: Weights,
    source_ids: Tensor,
    target_ids: Tensor,
    source: Tensor,
) -> Any:
    model = layer_of(answer, init, weights)

    def decode(source: Tensor) -> Any:
        return model.decode(target_ids, source, source_ids)

    readers = nn.ModuleDict({"readers": model.readers})
    writers = nn.ModuleDict({"writers": model.writers})
    return {
        "what encode gives": said_and_learned(lambda: model.encode(source_ids), readers),
        "what decode gives": said_and_learned(decode, writers, source=source),
    }


def _translator(rng: Rng, layers: int, target: int, lengths: list[int], pad: int) -> Inputs:
    vocab, context, d_model, heads = 11, 9, 6, 2
    real = real_tokens(lengths)
    ids = random_ids(rng, *real.shape, vocab=vocab - 1)
    ids = ids + (ids >= pad)  # no real token is padding
    targets = random_ids(rng, len(lengths), target, vocab=vocab)
    return {
        "init": {
            "vocab": vocab, "context": context, "d_model": d_model,
            "heads": heads, "layers": layers, "pad": pad,
        },
        "weights": translator_weights(rng, vocab, context, d_model, layers),
        "source_ids": ids.masked_fill(~real, pad),
        "target_ids": targets,
        "source": normal(rng, *real.shape, d_model),
    }  # fmt: skip


@Translator.case
def two_layers(rng: Rng) -> Inputs:
    """Two layers each; sources of three and six words, four words of the target."""
    return _translator(rng, 2, 4, [3, 6], pad=0)


@Translator.case
def one_layer(rng: Rng) -> Inputs:
    """One layer each; a target that is longer than the source. Padding has the id 4."""
    return _translator(rng, 1, 7, [2, 4, 1], pad=4)


@Translator.case
def both_of_one_length(rng: Rng) -> Inputs:
    """Source and target have five tokens each, and one source is padded."""
    return _translator(rng, 1, 5, [3, 5], pad=2)


@Translator.case
def one_word_each(rng: Rng) -> Inputs:
    """One word on each side."""
    return _translator(rng, 2, 1, [1], pad=1)


@Translator.case
def three_layers(rng: Rng) -> Inputs:
    """Three layers, and no padding."""
    return _translator(rng, 3, 3, [5, 5], pad=10)


# --- shift_right ---------------------------------------------------------------------------------


def _shift(rng: Rng, batch: int, target: int) -> Inputs:
    return {"ids": random_ids(rng, batch, target, vocab=30), "start": int(rng.integers(40, 50))}


@shift_right.case
def three_targets(rng: Rng) -> Inputs:
    """Three rows of five ids."""
    return _shift(rng, 3, 5)


@shift_right.case
def two_ids_a_row(rng: Rng) -> Inputs:
    """Rows of two ids."""
    return _shift(rng, 4, 2)


@shift_right.case
def one_id_a_row(rng: Rng) -> Inputs:
    """Rows of one id: only the start is read."""
    return _shift(rng, 3, 1)


@shift_right.case
def a_single_row(rng: Rng) -> Inputs:
    """One row of six ids."""
    return _shift(rng, 1, 6)


@shift_right.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The ids are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"
