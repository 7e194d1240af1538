"""What notebook 00 asks."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng

centred = Exercise("new_topic.centred", points=1, difficulty=1)


def _normal(rng: Rng, *shape: int) -> Tensor:
    return torch.from_numpy(rng.normal(size=shape).astype(np.float32))


@centred.case
def three_rows(rng: Rng) -> Inputs:
    """Three rows of five numbers."""
    return {"numbers": _normal(rng, 3, 5)}


@centred.case
def rows_on_different_levels(rng: Rng) -> Inputs:
    """Two rows of seven numbers, one of which lies far above the other."""
    return {"numbers": _normal(rng, 2, 7) + torch.tensor([[20.0], [-10.0]])}


@centred.case
def a_single_row(rng: Rng) -> Inputs:
    """One row of four numbers."""
    return {"numbers": _normal(rng, 1, 4)}


@centred.invariant
def every_row_sums_to_zero(inputs: Inputs, answer: Any) -> bool:
    """Each row sums to zero."""
    return bool((answer.sum(dim=1).abs() < 1e-3).all())
