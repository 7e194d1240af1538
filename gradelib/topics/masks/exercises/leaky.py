"""Section 2.7, "Does it leak?": what is asked."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.masks.exercises.inputs import (
    normal,
    truths,
)

sees = Exercise("masks.sees", points=3, difficulty=3)
leaks = Exercise("masks.leaks", points=1, difficulty=1)


# --- sees ----------------------------------------------------------------------------------------


def _model(mixing: Tensor, weights: Tensor, bend: bool) -> Callable[[Tensor], Tensor]:
    """Make a model of which it is known what it sees: query q sees key k if mixing[q, k] is not 0.

    It maps (key, d_in) to (query, d_out), in a straight line or, with `bend`, in a curve.
    """

    def model(x: Tensor) -> Tensor:
        mixed = mixing @ x @ weights
        return torch.tanh(mixed) if bend else mixed

    return model


def _weights(rng: Rng, d_in: int, d_out: int) -> Tensor:
    sizes = torch.from_numpy(rng.uniform(0.2, 0.6, size=(d_in, d_out)).astype(np.float32))
    return sizes * torch.from_numpy(rng.choice([-1, 1], size=(d_in, d_out)).astype(np.float32))


def _mixing(rng: Rng, query: int, key: int) -> Tensor:
    """Draw how much each query takes of each key: nothing, or something of either sign."""
    return _weights(rng, query, key) * truths(rng, query, key)


def _case(rng: Rng, mixing: Tensor, d_in: int, d_out: int, bend: bool = True) -> Inputs:
    weights, x = _weights(rng, d_in, d_out), normal(rng, mixing.shape[1], d_in, spread=0.5)
    return {"mixing": mixing, "weights": weights, "x": x, "bend": bend}


@sees.drive
def ask_what_a_model_sees(
    answer: Callable[..., Any], mixing: Tensor, weights: Tensor, x: Tensor, bend: bool
) -> Any:
    return answer(_model(mixing, weights, bend), x)


@sees.case
def a_model_that_sees_this_and_that(rng: Rng) -> Inputs:
    """Four outputs, each of which sees some of five inputs, in no pattern."""
    return _case(rng, _mixing(rng, 4, 5), d_in=3, d_out=2)


@sees.case
def more_outputs_than_inputs(rng: Rng) -> Inputs:
    """Six outputs and three inputs; not every number of an output depends on every one of these."""
    given = _case(rng, _mixing(rng, 6, 3), d_in=2, d_out=4)
    given["weights"][1, 2] = 0
    return given


@sees.case
def an_output_that_sees_nothing(rng: Rng) -> Inputs:
    """The first of three outputs depends on nothing."""
    mixing = _mixing(rng, 3, 6)
    mixing[0] = 0
    return _case(rng, mixing, d_in=4, d_out=2)


@sees.case
def a_faint_dependence(rng: Rng) -> Inputs:
    """One output depends on one input, but only very little: that counts."""
    mixing = torch.eye(3, 4)
    mixing[0, int(rng.integers(1, 4))] = 1e-7
    return _case(rng, mixing, d_in=5, d_out=2)


@sees.case
def outputs_that_cancel(rng: Rng) -> Inputs:
    """Each number of an output stands beside its negative, so that their sum is always 0."""
    given = _case(rng, _mixing(rng, 3, 5), d_in=4, d_out=1, bend=False)
    return given | {"weights": torch.cat([given["weights"], -given["weights"]], dim=1)}


@sees.case
def inputs_that_cancel(rng: Rng) -> Inputs:
    """Only the differences between the numbers of an input matter: their gradients sum to 0."""
    given = _case(rng, _mixing(rng, 5, 3), d_in=1, d_out=4, bend=False)
    given["x"] = normal(rng, 3, 2)
    return given | {"weights": torch.cat([given["weights"], -given["weights"]], dim=0)}


@sees.case
def one_number_that_counts(rng: Rng) -> Inputs:
    """Of the three numbers of an input only the second matters, and only for one of an output."""
    given = _case(rng, _mixing(rng, 4, 6), d_in=3, d_out=2, bend=False)
    weights = torch.zeros(3, 2)
    weights[1, int(rng.integers(2))] = float(rng.choice([-1, 1]))
    return given | {"weights": weights}


# --- leaks ---------------------------------------------------------------------------------------


@leaks.drive
def ask_for_leaks(
    answer: Callable[..., Any], mixing: Tensor, weights: Tensor, x: Tensor, bend: bool, mask: Tensor
) -> Any:
    return answer(_model(mixing, weights, bend), x, mask)


@leaks.case
def a_model_that_keeps_to_its_mask(rng: Rng) -> Inputs:
    """The model sees exactly what it may: no leaks."""
    mixing = _mixing(rng, 4, 5)
    return _case(rng, mixing, d_in=3, d_out=2) | {"mask": mixing != 0}


@leaks.case
def a_look_ahead(rng: Rng) -> Inputs:
    """A decoder whose tokens see one token too far, with the mask of a decoder."""
    mixing = _weights(rng, 5, 5).tril(1)
    return _case(rng, mixing, d_in=3, d_out=2) | {"mask": torch.ones(5, 5).tril().bool()}


@leaks.case
def leaks_anywhere(rng: Rng) -> Inputs:
    """Mask and model have nothing to do with one another."""
    mask = truths(rng, 4, 6)
    return _case(rng, _mixing(rng, 4, 6), d_in=2, d_out=3) | {"mask": mask}


@leaks.case
def a_model_that_looks_at_less(rng: Rng) -> Inputs:
    """The model looks at only some of what it may look at, which is no leak."""
    mixing = torch.diag(_weights(rng, 1, 4)[0])
    return _case(rng, mixing, d_in=2, d_out=3) | {"mask": torch.ones(4, 4, dtype=torch.bool)}


@leaks.case
def two_leaks_in_one_row(rng: Rng) -> Inputs:
    """Nothing may be seen, and one output sees two inputs."""
    mixing = torch.zeros(3, 5)
    mixing[int(rng.integers(3)), rng.permutation(5)[:2].copy()] = 1.0
    return _case(rng, mixing, d_in=4, d_out=2) | {"mask": torch.zeros(3, 5, dtype=torch.bool)}
