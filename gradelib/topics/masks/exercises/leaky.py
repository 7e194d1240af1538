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


def _model(mixing: Tensor, weights: Tensor, limits: Tensor) -> Callable[[Tensor], Tensor]:
    """Make a model of which it is known what it sees, and that sees other things elsewhere.

    It maps (key, d_in) to (query, d_out). Query q takes mixing[q, k] of what `weights` make of key
    k, cut off at limits[q, k] on both sides. What is cut off does not change with x any more: there
    the gradient is 0, though the number itself is not.
    """

    def model(x: Tensor) -> Tensor:
        made = (x @ weights).unsqueeze(0)  # (1, key, d_out)
        cut = torch.maximum(torch.minimum(made, limits.unsqueeze(2)), -limits.unsqueeze(2))
        return (mixing.unsqueeze(2) * cut).sum(dim=1)  # (query, d_out)

    return model


def _weights(rng: Rng, d_in: int, d_out: int) -> Tensor:
    sizes = torch.from_numpy(rng.uniform(0.2, 0.6, size=(d_in, d_out)).astype(np.float32))
    return sizes * torch.from_numpy(rng.choice([-1, 1], size=(d_in, d_out)).astype(np.float32))


def _sixty_fourths(numbers: Tensor) -> Tensor:
    """Round, so that products are exact: what adds up to 0 does so in any order."""
    return (64 * numbers).round() / 64


def _limits(made: Tensor, whole: Tensor) -> Tensor:
    """Return limits that cut off all that is not to stay whole. `made` is (key, d_out)."""
    sizes = made.abs()
    narrow, wide = sizes.masked_fill(sizes == 0, torch.inf).amin(dim=1), sizes.amax(dim=1)
    return torch.where(whole, 1.2 * wide, 0.6 * narrow.nan_to_num(posinf=1.0))


def _case(
    rng: Rng, seen: Tensor, d_in: int, d_out: int, weights: Tensor | None = None, wired: float = 0.5
) -> Inputs:
    """Draw a model that sees at x exactly what `seen` says (query, key).

    Of what it does not see there, a share of `wired` is cut off; the rest is not wired at all.
    """
    weights = _weights(rng, d_in, d_out) if weights is None else weights
    x = normal(rng, seen.shape[1], len(weights), spread=0.5)
    mixing = _weights(rng, *seen.shape)
    mixing[~seen & torch.from_numpy(rng.random(seen.shape) >= wired)] = 0
    return {
        "mixing": mixing,
        "weights": weights,
        "x": x,
        "limits": _limits(x @ weights, seen | (mixing == 0)),
    }


@sees.drive
def ask_what_a_model_sees(
    answer: Callable[..., Any], mixing: Tensor, weights: Tensor, x: Tensor, limits: Tensor
) -> Any:
    seen = answer(_model(mixing, weights, limits), x)
    return {"what it sees": seen, "x asks for gradients afterwards": x.requires_grad}


@sees.case
def a_model_that_sees_this_and_that(rng: Rng) -> Inputs:
    """Four outputs, each of which sees some of five inputs, in no pattern."""
    return _case(rng, truths(rng, 4, 5), d_in=3, d_out=2)


@sees.case
def more_outputs_than_inputs(rng: Rng) -> Inputs:
    """Six outputs and three inputs; not every number of an output depends on every one of these."""
    weights = _weights(rng, 2, 4)
    weights[1, 2] = 0
    return _case(rng, truths(rng, 6, 3), d_in=2, d_out=4, weights=weights)


@sees.case
def an_output_that_sees_nothing(rng: Rng) -> Inputs:
    """The second of three outputs depends on nothing."""
    seen = truths(rng, 3, 6)
    seen[1] = False
    return _case(rng, seen, d_in=4, d_out=2, wired=0.0)


@sees.case
def a_faint_dependence(rng: Rng) -> Inputs:
    """One output depends on one input, but only very little: that counts."""
    seen, key = torch.eye(3, 4) > 0, int(rng.choice([0, 2, 3]))
    seen[1, key] = True
    given = _case(rng, seen, d_in=5, d_out=2)
    given["mixing"][1, key] = 1e-30  # so small that its square is 0
    return given


@sees.case
def outputs_that_cancel(rng: Rng) -> Inputs:
    """The three numbers of an output are 1, -2 and 1 times the same, so that their sum is 0."""
    weights = _sixty_fourths(_weights(rng, 4, 1)) * torch.tensor([1.0, -2.0, 1.0])
    given = _case(rng, truths(rng, 3, 5), d_in=4, d_out=3, weights=weights)
    return given | {"mixing": _sixty_fourths(given["mixing"])}


@sees.case
def outputs_of_zero(rng: Rng) -> Inputs:
    """All outputs are 0 at this input. They depend on it all the same."""
    seen = truths(rng, 4, 3).repeat_interleave(2, dim=1)  # equal inputs, with opposite signs
    given = _case(rng, seen, d_in=2, d_out=3, wired=0.0)
    given["x"][1::2] = given["x"][::2]
    given["mixing"][:, 1::2] = -given["mixing"][:, ::2]
    limits = _limits(given["x"] @ given["weights"], torch.ones_like(seen))
    return given | {"limits": limits}


@sees.case
def inputs_that_cancel(rng: Rng) -> Inputs:
    """Only the differences between the numbers of an input matter: their gradients sum to 0."""
    weights = _weights(rng, 1, 4)
    weights = torch.cat([weights, -weights], dim=0)
    return _case(rng, truths(rng, 5, 3), d_in=2, d_out=4, weights=weights)


@sees.case
def one_number_that_counts(rng: Rng) -> Inputs:
    """Of the three numbers of an input only the second matters, and only for one of an output."""
    weights = torch.zeros(3, 2)
    weights[1, int(rng.integers(2))] = float(rng.choice([-1, 1]))
    return _case(rng, truths(rng, 4, 6), d_in=3, d_out=2, weights=weights)


@sees.case
def one_output(rng: Rng) -> Inputs:
    """One output that sees some of four inputs, all of one number."""
    return _case(rng, truths(rng, 1, 4), d_in=1, d_out=1)


@sees.case
def one_input(rng: Rng) -> Inputs:
    """One input that is seen by some of five outputs."""
    return _case(rng, truths(rng, 1, 5).mT, d_in=3, d_out=2)


# --- leaks ---------------------------------------------------------------------------------------


@leaks.drive
def ask_for_leaks(
    answer: Callable[..., Any],
    mixing: Tensor,
    weights: Tensor,
    x: Tensor,
    limits: Tensor,
    mask: Tensor,
) -> Any:
    return answer(_model(mixing, weights, limits), x, mask)


@leaks.case
def a_model_that_keeps_to_its_mask(rng: Rng) -> Inputs:
    """The model sees exactly what it may: no leaks."""
    seen = truths(rng, 4, 5)
    return _case(rng, seen, d_in=3, d_out=2) | {"mask": seen}


@leaks.case
def a_look_ahead(rng: Rng) -> Inputs:
    """A decoder whose tokens see one token too far, with the mask of a decoder."""
    seen = torch.ones(5, 5).tril(1).bool()
    return _case(rng, seen, d_in=3, d_out=2) | {"mask": torch.ones(5, 5).tril().bool()}


@leaks.case
def leaks_anywhere(rng: Rng) -> Inputs:
    """Mask and model have nothing to do with one another."""
    mask = truths(rng, 4, 6)
    return _case(rng, truths(rng, 4, 6), d_in=2, d_out=3) | {"mask": mask}


@leaks.case
def a_model_that_looks_at_less(rng: Rng) -> Inputs:
    """The model looks at only some of what it may look at, which is no leak."""
    given = _case(rng, torch.eye(4) > 0, d_in=2, d_out=3)
    return given | {"mask": torch.ones(4, 4, dtype=torch.bool)}


@leaks.case
def two_leaks_in_one_row(rng: Rng) -> Inputs:
    """Nothing may be seen, and one output sees two inputs."""
    seen = torch.zeros(3, 5, dtype=torch.bool)
    seen[int(rng.integers(1, 3)), rng.permutation(5)[:2].copy()] = True
    return _case(rng, seen, d_in=4, d_out=2) | {"mask": torch.zeros(3, 5, dtype=torch.bool)}


@leaks.case
def a_leak_in_the_last_row(rng: Rng) -> Inputs:
    """The last output sees an input that it may not, and is the only one."""
    seen = truths(rng, 4, 3)
    mask = seen.clone()
    mask[3, int(seen[3].nonzero()[0])] = False
    return _case(rng, seen, d_in=2, d_out=2) | {"mask": mask}


@leaks.case
def one_output_that_leaks(rng: Rng) -> Inputs:
    """One output, and six inputs of one number; nothing may be seen."""
    mask = torch.zeros(1, 6, dtype=torch.bool)
    return _case(rng, truths(rng, 1, 6), d_in=1, d_out=1) | {"mask": mask}


@leaks.case
def one_input_that_leaks(rng: Rng) -> Inputs:
    """One input, which some of four outputs see and none may see."""
    mask = torch.zeros(4, 1, dtype=torch.bool)
    return _case(rng, truths(rng, 1, 4).mT, d_in=2, d_out=3) | {"mask": mask}
