"""Section 6.2, "Draw": what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sampling.exercises.chance import (
    COPIES,
    LOOSE,
    compare_form,
    shares_of,
    unlike,
)
from gradelib.topics.sampling.exercises.inputs import (
    logits_of,
    normal,
)

sample = Exercise(  # who draws row by row needs seconds for all the draws
    "sampling.sample", points=2, difficulty=2, tolerance=LOOSE, seconds=20.0
)
distinct_n = Exercise("sampling.distinct_n", points=1, difficulty=1)
temperature = Exercise("sampling.temperature", points=1, difficulty=1)


# --- sample --------------------------------------------------------------------------------------


@sample.drive
def _sample(answer: Callable[..., Any], logits: Tensor, seed: int) -> Any:
    """Draw many times each row of logits, all rows by one call, and again from the same seed."""
    rows, vocab = logits.shape
    many = logits.repeat(COPIES, 1)  # (copy * row, token)
    before = many.clone()
    dice = torch.Generator().manual_seed(seed)
    drawn = answer(many, dice)
    next_ones = answer(many[:rows], dice)
    torch.rand(7)  # moves the global random state
    again = answer(many, torch.Generator().manual_seed(seed))
    table = drawn.reshape(-1, rows)[:COPIES]
    one_by_one = [shares_of(column, (vocab,)) for column in table.T]
    together = shares_of(table[:, 0] * vocab + table[:, 1], (vocab, vocab))
    return {
        "shape": [*next_ones.shape],
        "shape for one row": [*answer(many[:1], dice).shape],
        "type": str(next_ones.dtype),
        "the logits stay as they are": bool(many.equal(before)),
        "the same seed, the same tokens": bool(drawn.equal(again)),
        "new tokens from a used generator": not bool(
            drawn[: 20 * rows].equal(answer(many[: 20 * rows], dice))
        ),
        "tokens": torch.stack(one_by_one),
        "first two rows": together,
    }


@sample.compare
def _sampled(expected: Any, answer: Any, inputs: Inputs) -> str | None:
    if fault := compare_form(expected, answer, ("tokens", "first two rows")):
        return fault
    exact = inputs["logits"].double().softmax(dim=-1)
    if fault := unlike(answer["tokens"], exact, COPIES):
        return f"of {COPIES} draws: [row, token] = {fault}"
    both = exact[0].unsqueeze(1) * exact[1]
    if fault := unlike(answer["first two rows"], both, COPIES):
        return f"the tokens of two rows are not independent: the pair {fault}"
    return None


@sample.case
def two_rows_of_five(rng: Rng) -> Inputs:
    """Two rows of five tokens, the likeliest at 45 %."""
    logits = logits_of(rng, [0.45, 0.25, 0.15, 0.1, 0.05], [0.4, 0.3, 0.15, 0.1, 0.05])
    return {"logits": logits, "seed": int(rng.integers(1000))}


@sample.case
def two_sure_rows(rng: Rng) -> Inputs:
    """Two rows of three tokens, one of which is nearly certain."""
    logits = logits_of(rng, [0.9, 0.07, 0.03], [0.8, 0.15, 0.05])
    return {"logits": logits, "seed": int(rng.integers(1000))}


@sample.case
def a_single_token(rng: Rng) -> Inputs:
    """Two rows of one token, which always comes."""
    return {"logits": normal(rng, 2, 1), "seed": int(rng.integers(1000))}


@sample.case
def tokens_that_cannot_be(rng: Rng) -> Inputs:
    """In three rows of four tokens some logits are -inf: these never come."""
    logits = logits_of(rng, [0.5, 0.3, 0.2, 0.0], [0.6, 0.4, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0])
    return {"logits": logits, "seed": int(rng.integers(1000))}


@sample.case
def logits_far_from_zero(rng: Rng) -> Inputs:
    """Two rows of three tokens, with logits near 200 and near -200."""
    logits = logits_of(rng, [0.5, 0.3, 0.2], [0.6, 0.25, 0.15])
    return {"logits": logits + torch.tensor([[200.0], [-200.0]]), "seed": int(rng.integers(1000))}


# --- distinct_n ----------------------------------------------------------------------------------


@distinct_n.case
def pairs_in_two_texts(rng: Rng) -> Inputs:
    """Two texts that share some pairs of tokens, n = 2."""
    a, b, c, d = (int(one) for one in rng.permutation(50)[:4])
    return {"texts": [[a, b, c, a, b, d], [b, c, d, d, a]], "n": 2}


@distinct_n.case
def single_tokens(rng: Rng) -> Inputs:
    """Three texts, n = 1: the tokens themselves."""
    a, b, c, d = (int(one) for one in rng.permutation(50)[:4])
    return {"texts": [[a, b, a, a], [c, a, b, d, c], [d]], "n": 1}


@distinct_n.case
def triples_and_a_short_text(rng: Rng) -> Inputs:
    """Three texts, n = 3; one of them is too short to have a triple."""
    a, b, c, d = (int(one) for one in rng.permutation(50)[:4])
    return {"texts": [[a, b, c, a, b, c, d], [a, d], [d, a, b, c]], "n": 3}


@distinct_n.case
def pairs_by_chance(rng: Rng) -> Inputs:
    """Five texts of different length, by chance, n = 2."""
    return {"texts": [rng.integers(6, size=size).tolist() for size in (4, 9, 3, 7, 12)], "n": 2}


@distinct_n.case
def the_order_matters(rng: Rng) -> Inputs:
    """Pairs that hold the same tokens in another order are different."""
    a, b = (int(one) for one in rng.permutation(50)[:2])
    return {"texts": [[a, b, a, b, b]], "n": 2}


@distinct_n.case
def numbers_that_look_alike(rng: Rng) -> Inputs:
    """Written without a space, 1 12 looks like 11 2. Yet these are two pairs."""
    x, y, z = (int(one) for one in rng.integers(1, 10, size=3))
    last = 10 * y + z
    texts = [[x, last, x, last], [10 * x + y, z], [x + 10, last - 1], [x + 1, last - 10]]
    return {"texts": texts, "n": 2}


@distinct_n.case
def all_alike(rng: Rng) -> Inputs:
    """One token, nine times, n = 4."""
    return {"texts": [[int(rng.integers(50))] * 9], "n": 4}


@distinct_n.case
def nothing_to_count(rng: Rng) -> Inputs:
    """All texts are too short."""
    return {"texts": [[int(rng.integers(50))], []], "n": 2}


# --- temperature ---------------------------------------------------------------------------------


@temperature.case
def a_low_temperature(rng: Rng) -> Inputs:
    """Two rows of five tokens at temperature 0.5."""
    return {"logits": normal(rng, 2, 5, spread=2.0), "T": 0.5}


@temperature.case
def a_high_temperature(rng: Rng) -> Inputs:
    """Three rows of four tokens at temperature 2.5."""
    return {"logits": normal(rng, 3, 4, spread=2.0), "T": 2.5}


@temperature.case
def near_zero(rng: Rng) -> Inputs:
    """Temperature near 0, which is allowed: the logits lie far apart."""
    return {"logits": normal(rng, 2, 4), "T": float(rng.uniform(1e-5, 1e-4))}


@temperature.case
def a_token_that_is_cut_off(rng: Rng) -> Inputs:
    """One logit is -inf, and stays so."""
    logits = normal(rng, 1, 6)
    logits[0, int(rng.integers(6))] = -torch.inf
    return {"logits": logits, "T": 0.7}


@temperature.case
def a_single_token_of_each_row(rng: Rng) -> Inputs:
    """Three rows of one token."""
    return {"logits": normal(rng, 3, 1), "T": float(rng.uniform(0.4, 0.8))}


@temperature.case
def temperature_zero(rng: Rng) -> Inputs:
    """Temperature 0 is a ValueError."""
    return {"logits": normal(rng, 2, 3), "T": 0.0}


@temperature.case
def a_negative_temperature(rng: Rng) -> Inputs:
    """A negative temperature is a ValueError."""
    return {"logits": normal(rng, 2, 3), "T": -float(rng.uniform(0.2, 0.9))}
