"""Who draws row by row in notebook 06 is slow, and right: there is time for it."""

import pytest
import torch

from gradelib.checking.exercise import find
from gradelib.checking.judge import judge
from gradelib.checking.records import load
from gradelib.checking.runner import run_cases
from solutions.sampling.reference import residual


def sample(logits, generator):
    rows = [torch.multinomial(row.softmax(0), 1, generator=generator)[0] for row in logits]
    return torch.stack(rows)


def speculative_step(tokens, draft, target, generator):
    taken, kept = [], []
    for row, token in enumerate(tokens.tolist()):
        chance = (target[row, token] / draft[row, token]).item()
        kept.append(torch.rand((), generator=generator).item() < min(1.0, chance))
        if not kept[-1]:
            left = residual(target[row : row + 1], draft[row : row + 1])
            token = int(torch.multinomial(left, 1, generator=generator))
        taken.append(token)
    return torch.tensor(taken), torch.tensor(kept)


@pytest.mark.parametrize("answer", [sample, speculative_step], ids=lambda one: one.__name__)
def test_an_answer_that_goes_row_by_row_has_time(answer):
    name = f"sampling.{answer.__name__}"
    exercise, drawn = find(name), load("sampling").drawn(name)[:1]
    outcomes = run_cases(exercise, answer, [one.inputs for one in drawn])
    assert judge(exercise, drawn, outcomes).passed
    assert outcomes[0].seconds < exercise.seconds / 2
