"""What notebook 00 asks: a most likely word, a softmax, a surprise."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Tolerance

Inputs = dict[str, Any]

WORDS = ("apple", "bread", "cheese", "figs", "honey", "lemon", "milk", "olives", "salt", "tea")

most_likely = Exercise("start_here.most_likely", points=1, difficulty=1)
softmax = Exercise(
    "start_here.softmax",
    points=3,
    difficulty=2,
    tolerance=Tolerance(relative=5e-4),  # at 1000, float32 leaves about four digits to exp
    without=(
        "torch.softmax",
        "torch.log_softmax",
        "torch.Tensor.softmax",
        "torch.Tensor.log_softmax",
        "torch.special.softmax",
        "torch.special.log_softmax",
        "torch.nn.functional.softmax",
        "torch.nn.functional.log_softmax",
        "torch.nn.functional.softmin",
        "torch.nn.functional.gumbel_softmax",
        "torch.nn.Softmax",
        "torch.nn.LogSoftmax",
        "torch.nn.Softmin",
        "scipy.special.softmax",
        "scipy.special.log_softmax",
    ),
)
surprisal = Exercise(
    "start_here.surprisal",
    points=2,
    difficulty=1,
    tolerance=Tolerance(relative=1e-5, absolute=1e-6),  # a logarithm loses nothing more
)


def _normal(rng: np.random.Generator, *shape: int, spread: float = 1.0) -> Tensor:
    return torch.from_numpy((spread * rng.normal(size=shape)).astype(np.float32))


def _distributions(rng: np.random.Generator, rows: int, choices: int) -> Tensor:
    return torch.from_numpy(rng.dirichlet(np.full(choices, 2.0), rows).astype(np.float32))


def _choices(rng: np.random.Generator, rows: int, choices: int) -> Tensor:
    """Draw one choice a row, such that not all rows make the same one."""
    index = rng.integers(choices, size=rows)
    index[:2] = rng.permutation(choices)[:2]
    return torch.from_numpy(index)


def _menu(rng: np.random.Generator, count: int, backwards: bool = False) -> list[str]:
    chosen = sorted(rng.permutation(len(WORDS))[:count], reverse=backwards)
    return [WORDS[place] for place in chosen]


# --- most_likely ---------------------------------------------------------------------------------


@most_likely.case
def five_words(rng: np.random.Generator) -> Inputs:
    """Five words; one in the middle is the most likely."""
    words, steps = _menu(rng, 5), rng.permutation(5)
    steps[steps == 4], steps[2] = steps[2], 4
    return {"words": words, "probabilities": (torch.from_numpy(steps) + 1) / 15}


@most_likely.case
def the_last_of_four(rng: np.random.Generator) -> Inputs:
    """The last of four words is the most likely."""
    words = _menu(rng, 4, backwards=True)
    return {"words": words, "probabilities": torch.tensor([0.2, 0.1, 0.3, 0.4])}


@most_likely.case
def two_words_share_the_first_place(rng: np.random.Generator) -> Inputs:
    """Two of six words have the same, highest probability."""
    shared = torch.tensor([0.125, 0.0625, 0.3125, 0.125, 0.3125, 0.0625])
    return {"words": _menu(rng, 6, backwards=True), "probabilities": shared}


@most_likely.case
def three_words_share_the_first_place(rng: np.random.Generator) -> Inputs:
    """Three words have the same, highest probability; the first of them is in the middle of the
    alphabet."""
    first, *others, last = _menu(rng, 5)
    shared = torch.tensor([0.1, 0.28, 0.28, 0.06, 0.28])
    return {"words": [others[0], others[1], last, others[2], first], "probabilities": shared}


@most_likely.case
def words_that_are_nearly_as_likely(rng: np.random.Generator) -> Inputs:
    """The highest probability is ahead by less than the digits below show: that is enough."""
    steps = torch.from_numpy(rng.permutation(3)).float()
    close = torch.cat([torch.tensor([0.25]), 0.25 + 2**-22 * (1 + steps)])
    return {"words": _menu(rng, 4), "probabilities": close}


@most_likely.case
def the_best_comes_early(rng: np.random.Generator) -> Inputs:
    """The second of five words is the most likely; after it the probabilities fall and rise."""
    words = _menu(rng, 5)
    return {"words": words, "probabilities": torch.tensor([0.15, 0.4, 0.1, 0.25, 0.1])}


@most_likely.case
def a_single_word(rng: np.random.Generator) -> Inputs:
    """There is only one word."""
    return {"words": _menu(rng, 1), "probabilities": torch.tensor([1.0])}


# --- softmax -------------------------------------------------------------------------------------


@softmax.case
def one_distribution(rng: np.random.Generator) -> Inputs:
    """A single distribution over five choices, at the usual temperature of 1."""
    return {"logits": _normal(rng, 5)}


@softmax.case
def two_leading_axes(rng: np.random.Generator) -> Inputs:
    """Logits of shape (2, 3, 4) at temperature 0.7: six distributions over four choices."""
    return {"logits": _normal(rng, 2, 3, 4), "temperature": 0.7}


@softmax.case
def a_high_temperature(rng: np.random.Generator) -> Inputs:
    """Temperature 5 makes the choices more alike."""
    return {"logits": _normal(rng, 3, 5, spread=2.0), "temperature": 5.0}


@softmax.case
def a_low_temperature(rng: np.random.Generator) -> Inputs:
    """Temperature 0.25 favours the largest logit."""
    return {"logits": _normal(rng, 3, 5), "temperature": 0.25}


@softmax.case
def large_logits(rng: np.random.Generator) -> Inputs:
    """All logits are close to 1000, where exp gives infinity."""
    return {"logits": 1000 + _normal(rng, 2, 6)}


@softmax.case
def rows_on_different_levels(rng: np.random.Generator) -> Inputs:
    """One row is close to -1000, one close to 0 and one close to 1000."""
    levels = torch.tensor([[-1000.0], [0.0], [1000.0]])
    return {"logits": levels + _normal(rng, 3, 4)}


@softmax.case
def very_low_logits(rng: np.random.Generator) -> Inputs:
    """All logits are close to -1000, where exp gives zero."""
    return {"logits": -1000 + _normal(rng, 2, 6)}


@softmax.case
def far_apart_in_a_row(rng: np.random.Generator) -> Inputs:
    """One logit of each row is -1000. The others are close to 0 in the first row, and close to 1000
    in the second."""
    logits = torch.tensor([[0.0], [1000.0]]) + _normal(rng, 2, 4)
    first, second = rng.permutation(4)[:2]
    logits[0, first] = logits[1, second] = -1000.0
    return {"logits": logits}


@softmax.case
def a_temperature_close_to_zero(rng: np.random.Generator) -> Inputs:
    """All logits are close to 40 and the temperature is 0.0625: divided, they are close to 640."""
    steps = torch.stack([torch.from_numpy(rng.permutation(8)[:5].copy()) for _ in range(3)])
    return {"logits": 40 + steps.float() / 32, "temperature": 0.0625}  # exact, divided too


@softmax.case
def a_choice_that_cannot_be(rng: np.random.Generator) -> Inputs:
    """Two logits are -inf: these choices have probability 0, the others share the 1."""
    logits = _normal(rng, 2, 5)
    first, second = rng.permutation(5)[:2]
    logits[0, first] = logits[1, second] = -torch.inf
    return {"logits": logits}


@softmax.case
def axes_of_size_one(rng: np.random.Generator) -> Inputs:
    """Logits of shape (1, 1, 3): the answer has these axes too."""
    return {"logits": _normal(rng, 1, 1, 3), "temperature": float(rng.uniform(1.5, 2))}


@softmax.case
def nothing_to_choose(rng: np.random.Generator) -> Inputs:
    """Four distributions over a single choice, which has probability 1."""
    return {"logits": _normal(rng, 4, 1)}


@softmax.case
def temperature_zero(rng: np.random.Generator) -> Inputs:
    """Temperature 0 is a ValueError."""
    return {"logits": _normal(rng, 4), "temperature": 0.0}


@softmax.case
def a_negative_temperature(rng: np.random.Generator) -> Inputs:
    """A negative temperature is a ValueError."""
    return {"logits": _normal(rng, 4), "temperature": -float(rng.uniform(0.5, 1.5))}


@softmax.invariant
def each_distribution_sums_to_one(inputs: Inputs, answer: Tensor) -> bool | str:
    """Along the last axis the probabilities sum to 1."""
    sums = answer.sum(dim=-1).flatten()
    worst = sums[(sums - 1).abs().argmax()].item()
    return abs(worst - 1) < 1e-3 or f"one sum is {worst:.4g}"


@softmax.invariant
def no_probability_is_negative(inputs: Inputs, answer: Tensor) -> bool:
    """Every probability is 0 or more."""
    return not (answer < 0).any()


@softmax.invariant
def what_cannot_be_has_none(inputs: Inputs, answer: Tensor) -> bool:
    """A logit of -inf has a probability of exactly 0."""
    return not answer[inputs["logits"] == -torch.inf].any()


# --- surprisal -----------------------------------------------------------------------------------


@surprisal.case
def seven_rows(rng: np.random.Generator) -> Inputs:
    """Seven rows with four choices each."""
    return {"probabilities": _distributions(rng, 7, 4), "index": _choices(rng, 7, 4)}


@surprisal.case
def more_choices_than_rows(rng: np.random.Generator) -> Inputs:
    """Three rows with eight choices each."""
    return {"probabilities": _distributions(rng, 3, 8), "index": _choices(rng, 3, 8)}


@surprisal.case
def a_single_row(rng: np.random.Generator) -> Inputs:
    """One row: the answer still has an axis, of size 1."""
    return {"probabilities": _distributions(rng, 1, 5), "index": torch.tensor([3])}


@surprisal.case
def a_single_choice(rng: np.random.Generator) -> Inputs:
    """Three rows with one choice each, so that nothing is a surprise."""
    return {"probabilities": torch.ones(3, 1), "index": torch.zeros(3, dtype=torch.int64)}


@surprisal.case
def what_was_certain(rng: np.random.Generator) -> Inputs:
    """In one row the outcome had probability 1, so nothing about it is a surprise."""
    probabilities = _distributions(rng, 4, 3)
    probabilities[2] = torch.tensor([0.0, 1.0, 0.0])
    return {"probabilities": probabilities, "index": torch.tensor([0, 2, 1, 0])}


@surprisal.case
def what_could_not_happen(rng: np.random.Generator) -> Inputs:
    """In one row the outcome had probability 0: its surprisal is infinite."""
    probabilities = _distributions(rng, 5, 3)
    probabilities[1] = torch.tensor([0.5, 0.0, 0.5])
    return {"probabilities": probabilities, "index": torch.tensor([2, 1, 0, 1, 2])}


@surprisal.invariant
def no_surprise_is_negative(inputs: Inputs, answer: Tensor) -> bool:
    """No outcome is less surprising than a certain one: no surprisal is below 0."""
    return not (answer < 0).any()
