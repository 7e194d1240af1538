"""No case hangs on the last bits of its numbers: moved by as much, they give the same answer.

Two processors, or two right ways to compute, differ by that much. A case whose answer changes with
it would fail one of them: a token at the border of a nucleus, two beams that are as good as equal.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from gradelib.checking.exercise import find
from gradelib.checking.judge import judge
from gradelib.checking.outcome import Drawn
from gradelib.checking.records import load
from gradelib.checking.runner import run_cases
from tests.topics.references import exercises, reference

LAST_BITS = 3e-7  # relative: some of the last bits of a float32
OF_PYTHON = 6e-16  # and of a float of plain Python
SEEDS = range(5)


def moved(value: Any, bits: float = LAST_BITS) -> Any:
    """Move numbers, equal ones by the same, and opposite ones oppositely.

    Whole numbers and eighths stay: nobody computes them, and a case may stand on them on purpose.
    """
    if isinstance(value, dict):
        return {key: moved(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(moved(part) for part in value)
    if isinstance(value, torch.Tensor) and value.is_floating_point():
        return torch.from_numpy(moved(value.numpy()))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        with np.errstate(invalid="ignore"):
            other = value * (1 + bits * np.sin(1e3 * np.abs(value)))
            return np.where(8 * value == np.round(8 * value), value, other).astype(value.dtype)
    if isinstance(value, float):
        return float(moved(np.array(value), OF_PYTHON))
    return value


def test_what_is_moved_is_moved_little_and_whole_numbers_are_not():
    before = torch.tensor([0.3, -0.3, 0.3, 2.0, 0.125, -torch.inf])
    after = moved({"x": [before]})["x"][0]
    assert after[0] == after[2] == -after[1] != before[0]
    assert after[3:].equal(before[3:])
    torch.testing.assert_close(after, before, rtol=1e-6, atol=0)


@pytest.mark.parametrize("name", exercises())
def test_a_case_does_not_hang_on_the_last_bits_of_its_numbers(name):
    exercise, answer = find(name), reference(name)
    recorded = [(drawn.case, drawn.inputs) for drawn in load(exercise.topic).drawn(name)]
    fresh = [(case, exercise.draw(case, seed)) for case in exercise.cases for seed in SEEDS]
    cases = [*recorded, *fresh]
    inputs = [moved(given) for _, given in cases]
    expected = run_cases(exercise, answer, [given for _, given in cases])
    drawn = [
        Drawn(case, given, outcome)
        for (case, _), given, outcome in zip(cases, inputs, expected, strict=True)
    ]
    verdict = judge(exercise, drawn, run_cases(exercise, answer, inputs))
    assert verdict.passed, str(verdict)
