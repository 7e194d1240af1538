"""Notebook 00's reference answers agree with torch, and its exercises refuse torch's softmax."""

from dataclasses import replace

import pytest
import torch

from gradelib.checking.exercise import find
from gradelib.checking.judge import judge
from gradelib.checking.outcome import Drawn
from gradelib.checking.runner import run_cases
from solutions.start_here.reference import most_likely, softmax, surprisal

SHAPES = [(7,), (1,), (3, 5), (2, 3, 4), (2, 1, 3, 6)]
OWN = {
    "torch": lambda logits, temperature=1.0: torch.softmax(logits / temperature, -1),
    "a tensor": lambda logits, temperature=1.0: (logits / temperature).softmax(-1),
    "functional": lambda logits, temperature=1.0: torch.nn.functional.softmax(
        logits / temperature, dim=-1
    ),
    "a layer": lambda logits, temperature=1.0: torch.nn.Softmax(-1)(logits / temperature),
    "special": lambda logits, temperature=1.0: torch.special.softmax(logits / temperature, -1),
    "its logarithm": lambda logits, temperature=1.0: (logits / temperature).log_softmax(-1).exp(),
    "a distribution": lambda logits, temperature=1.0: (
        torch.distributions.Categorical(logits=logits / temperature).probs
    ),
}


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("temperature", [0.05, 0.7, 1, 3.0])
def test_softmax_agrees_with_torch(shape, temperature):
    logits = 5 * torch.randn(shape, generator=generator())
    expected = torch.softmax(logits / temperature, dim=-1)
    torch.testing.assert_close(softmax(logits, temperature), expected)


@pytest.mark.parametrize("level", [-1e30, -1000.0, 0.0, 1000.0, 1e30])
def test_softmax_survives_logits_of_any_size(level):
    logits = level + torch.randn((4, 3), generator=generator())
    torch.testing.assert_close(softmax(logits), torch.softmax(logits, dim=-1))


def test_softmax_gives_nothing_to_what_cannot_be():
    logits = torch.tensor([0.0, -torch.inf, 0.0])
    assert softmax(logits).tolist() == [0.5, 0.0, 0.5]


@pytest.mark.parametrize("temperature", [0, 0.0, -1.0])
def test_softmax_refuses_a_temperature_that_is_not_above_zero(temperature):
    with pytest.raises(ValueError, match="temperature"):
        softmax(torch.ones(3), temperature)


def test_softmax_keeps_the_precision_of_its_input():
    assert softmax(torch.ones(3, dtype=torch.float64)).dtype == torch.float64


@pytest.mark.parametrize("how", OWN)
def test_a_softmax_that_torch_has_written_does_not_pass(how):
    exercise = find("start_here.softmax")
    inputs = [exercise.draw(case, 3) for case in exercise.cases]
    expected = run_cases(exercise, softmax, inputs)
    drawn = [Drawn(*one) for one in zip(exercise.cases, inputs, expected, strict=True)]

    verdict = judge(exercise, drawn, run_cases(exercise, OWN[how], inputs))
    assert not verdict.passed
    assert "without" in verdict.findings[0].message

    allowed = replace(exercise, without=())  # without that rule only the temperatures are amiss
    verdict = judge(allowed, drawn, run_cases(allowed, OWN[how], inputs))
    assert {f.case for f in verdict.findings} <= {"temperature_zero", "a_negative_temperature"}


def test_surprisal_agrees_with_the_losses_of_torch():
    logits = torch.randn((9, 5), generator=generator())
    index = torch.randint(5, (9,), generator=generator())
    probabilities = torch.softmax(logits, dim=-1)
    losses = torch.nn.functional.cross_entropy(logits, index, reduction="none")
    torch.testing.assert_close(surprisal(probabilities, index), losses)
    losses = torch.nn.functional.nll_loss(probabilities.log(), index, reduction="none")
    torch.testing.assert_close(surprisal(probabilities, index), losses)


def test_the_surprisal_to_be_expected_is_the_entropy_of_torch():
    probabilities = torch.softmax(torch.randn(6, generator=generator()), dim=-1)
    every = surprisal(probabilities.expand(6, 6), torch.arange(6))
    entropy = torch.distributions.Categorical(probabilities).entropy()
    torch.testing.assert_close((probabilities * every).sum(), entropy)


def test_surprisal_is_zero_for_the_certain_and_infinite_for_the_impossible():
    told = surprisal(torch.tensor([[1.0, 0.0], [1.0, 0.0]]), torch.tensor([0, 1]))
    assert told.tolist() == [0.0, float("inf")]


def test_the_first_of_equally_likely_words_wins():
    assert most_likely(["tea", "milk", "salt"], torch.tensor([0.2, 0.4, 0.4])) == "milk"
