"""Section 6.3, "Cut the tail": what is asked."""

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sampling.exercises.inputs import logits_of, normal

top_k = Exercise("sampling.top_k", points=1, difficulty=1)
top_p = Exercise("sampling.top_p", points=3, difficulty=3)
min_p = Exercise("sampling.min_p", points=1, difficulty=1)
warp = Exercise("sampling.warp", points=1, difficulty=1)


# --- top_k ---------------------------------------------------------------------------------------


@top_k.case
def three_of_seven(rng: Rng) -> Inputs:
    """Two rows of seven tokens, of which three stay."""
    return {
        "logits": torch.from_numpy(rng.permuted(np.arange(14.0).reshape(2, 7), axis=1) - 6),
        "k": 3,
    }


@top_k.case
def rows_on_different_levels(rng: Rng) -> Inputs:
    """Three rows of five tokens; all logits of one row lie above those of the others."""
    levels = torch.tensor([[-20.0], [0.0], [20.0]])
    steps = torch.from_numpy(rng.permuted(np.tile(np.arange(5.0), (3, 1)), axis=1)).float()
    return {"logits": steps + levels, "k": 2}


@top_k.case
def a_tie_at_the_border(rng: Rng) -> Inputs:
    """In the second row two tokens are as likely as the second best: all three stay with k = 2."""
    rows = np.array([[3.0, 1.5, 1.25, 1.0, 0.5, -1.0], [3.0, 1.5, 1.5, 1.5, 0.5, -1.0]])
    return {"logits": torch.from_numpy(rng.permuted(rows, axis=1)).float(), "k": 2}


@top_k.case
def a_tie_above_the_border(rng: Rng) -> Inputs:
    """In the second row the best two tokens are equally likely: with k = 2 no others stay."""
    rows = np.array([[3.0, 1.5, 1.0, 0.5, -1.0], [2.0, 2.0, 1.0, 0.5, -1.0]])
    return {"logits": torch.from_numpy(rng.permuted(rows, axis=1)).float(), "k": 2}


@top_k.case
def far_below_the_best(rng: Rng) -> Inputs:
    """All but the best lie hundreds below it, and some at -inf. k = 3 goes by the logits alone."""
    rows = np.array([[0.0, -150, -250, -350, -450], [9.0, -300, -400, -500, -np.inf]])
    return {"logits": torch.from_numpy(rng.permuted(rows, axis=1)).float(), "k": 3}


@top_k.case
def only_the_best(rng: Rng) -> Inputs:
    """k = 1: one token stays in each of four rows."""
    return {"logits": normal(rng, 4, 3, spread=3.0), "k": 1}


@top_k.case
def one_token_in_each_row(rng: Rng) -> Inputs:
    """Three rows of one token, which stays."""
    return {"logits": normal(rng, 3, 1), "k": int(rng.integers(1, 4))}


@top_k.case
def one_row(rng: Rng) -> Inputs:
    """One row of six tokens, of which four stay."""
    return {"logits": normal(rng, 1, 6), "k": 4}


@top_k.case
def more_than_there_are(rng: Rng) -> Inputs:
    """k is larger than the number of tokens: nothing changes."""
    return {"logits": normal(rng, 2, 5), "k": int(rng.integers(6, 20))}


# --- top_p ---------------------------------------------------------------------------------------


@top_p.case
def sets_of_different_size(rng: Rng) -> Inputs:
    """Three rows of five tokens; at p = 0.7 one, two and four of them stay."""
    rows = [0.8, 0.1, 0.06, 0.03, 0.01], [0.5, 0.3, 0.12, 0.05, 0.03], [0.24, 0.22, 0.2, 0.18, 0.16]
    return {"logits": logits_of(rng, *rows), "p": 0.7}


@top_p.case
def the_token_that_reaches_p(rng: Rng) -> Inputs:
    """Two tokens have 0.65 together, so at p = 0.8 a third one is needed, and reaches 0.9."""
    return {
        "logits": logits_of(
            rng, [0.4, 0.25, 0.25001, 0.06, 0.02, 0.01999], [0.36, 0.29, 0.25, 0.05, 0.03, 0.02]
        ),
        "p": 0.8,
    }


@top_p.case
def nearly_all(rng: Rng) -> Inputs:
    """At p = 0.95 only the tail of each row goes."""
    return {
        "logits": logits_of(
            rng, [0.5, 0.2, 0.13, 0.09, 0.04, 0.03, 0.01], [0.3, 0.25, 0.2, 0.1, 0.08, 0.06, 0.01]
        ),
        "p": 0.95,
    }


@top_p.case
def a_very_small_p(rng: Rng) -> Inputs:
    """However small p is, the most likely token of each row stays."""
    rows = [0.7, 0.2, 0.06, 0.04], [0.4, 0.3, 0.2, 0.1], [0.28, 0.26, 0.24, 0.22]
    return {"logits": logits_of(rng, *rows), "p": 1e-9}


@top_p.case
def a_row_alone(rng: Rng) -> Inputs:
    """One row of five tokens, of which three stay."""
    return {"logits": logits_of(rng, [0.4, 0.3, 0.15, 0.1, 0.05]), "p": 0.8}


@top_p.case
def rows_of_one_token(rng: Rng) -> Inputs:
    """Two rows of one token, which stays."""
    return {"logits": normal(rng, 2, 1), "p": float(rng.uniform(0.2, 0.9))}


@top_p.case
def all_of_them(rng: Rng) -> Inputs:
    """At p = 1 nothing goes, however unlikely; a logit of -inf stays what it is."""
    rows = (
        [0.4, 0.3, 0.2, 0.08, 0.02],
        [0.7, 0.2, 0.0999, 0.0001, 0.0],
        [1.0, 1e-8, 1e-9, 1e-9, 0.0],
    )
    return {"logits": logits_of(rng, *rows), "p": 1.0}


@top_p.case
def a_level_far_from_zero(rng: Rng) -> Inputs:
    """Two rows of four tokens, with logits near 200 and near -200."""
    logits = logits_of(rng, [0.5, 0.3, 0.15, 0.05], [0.4, 0.3, 0.2, 0.1])
    return {"logits": logits + torch.tensor([[200.0], [-200.0]]), "p": 0.75}


@top_p.invariant
def what_stays_keeps_its_logit(inputs: Inputs, answer: Tensor) -> bool:
    """A logit either stays as it is or becomes -inf."""
    return bool(((answer == inputs["logits"]) | (answer == -torch.inf)).all())


# --- min_p ---------------------------------------------------------------------------------------


@min_p.case
def a_sure_and_an_unsure_row(rng: Rng) -> Inputs:
    """At m = 0.2 a sure row keeps two of five tokens, an unsure one keeps four."""
    rows = [0.7, 0.16, 0.08, 0.05, 0.01], [0.3, 0.26, 0.22, 0.18, 0.04]
    return {"logits": logits_of(rng, *rows), "m": 0.2}


@min_p.case
def between_the_borders(rng: Rng) -> Inputs:
    """Three rows of four tokens at m = 0.5; some are likelier than m times themselves."""
    rows = [0.4, 0.3, 0.22, 0.08], [0.6, 0.28, 0.1, 0.02], [0.34, 0.33, 0.165, 0.165]
    return {"logits": logits_of(rng, *rows), "m": 0.5}


@min_p.case
def far_from_zero(rng: Rng) -> Inputs:
    """Two rows of four tokens, with logits near 200 and near -200."""
    logits = logits_of(rng, [0.5, 0.3, 0.15, 0.05], [0.45, 0.4, 0.1, 0.05])
    return {"logits": logits + torch.tensor([[200.0], [-200.0]]), "m": 0.4}


@min_p.case
def nothing_goes(rng: Rng) -> Inputs:
    """At m = 0 every token stays."""
    return {"logits": logits_of(rng, [0.9, 0.06, 0.03, 0.005, 0.004, 0.001]), "m": 0.0}


@min_p.case
def single_tokens(rng: Rng) -> Inputs:
    """Three rows of one token, which stays."""
    return {"logits": normal(rng, 3, 1), "m": 0.6}


@min_p.case
def only_the_likeliest(rng: Rng) -> Inputs:
    """At m = 1 only the most likely token of each row stays."""
    return {"logits": logits_of(rng, [0.5, 0.45, 0.05], [0.4, 0.35, 0.25]), "m": 1.0}


# --- warp ----------------------------------------------------------------------------------------


@warp.case
def all_four(rng: Rng) -> Inputs:
    """Two rows of seven tokens through all four steps."""
    rows = [0.3, 0.24, 0.18, 0.12, 0.08, 0.05, 0.03], [0.5, 0.2, 0.12, 0.08, 0.05, 0.03, 0.02]
    return {"logits": logits_of(rng, *rows), "T": 1.5, "k": 6, "p": 0.9, "m": 0.25}


@warp.case
def top_k_before_top_p(rng: Rng) -> Inputs:
    """After top-k the rest sums to one again, so that top-p takes fewer tokens."""
    rows = [0.9, 0.06, 0.02, 0.01, 0.01], [0.34, 0.26, 0.18, 0.12, 0.1]
    return {"logits": logits_of(rng, *rows), "k": 3, "p": 0.75}


@warp.case
def temperature_before_top_p(rng: Rng) -> Inputs:
    """A high temperature evens the row out, so that top-p takes more tokens."""
    rows = [0.6, 0.2, 0.1, 0.06, 0.03, 0.01], [0.45, 0.3, 0.1, 0.08, 0.05, 0.02]
    return {"logits": logits_of(rng, *rows), "T": 3.0, "p": 0.7}


@warp.case
def temperature_before_min_p(rng: Rng) -> Inputs:
    """A low temperature makes the best token stand out, so that min-p takes fewer."""
    rows = [0.5, 0.3, 0.15, 0.05], [0.4, 0.35, 0.2, 0.05], [0.7, 0.2, 0.07, 0.03]
    return {"logits": logits_of(rng, *rows), "T": 0.5, "m": 0.3}


@warp.case
def top_k_before_min_p(rng: Rng) -> Inputs:
    """Top-k and min-p alone, at m = 0: what top-k takes away must not come back."""
    return {
        "logits": logits_of(rng, [0.5, 0.3, 0.15, 0.05], [0.4, 0.35, 0.2, 0.05]),
        "k": 2,
        "m": 0.0,
    }


@warp.case
def top_p_before_min_p(rng: Rng) -> Inputs:
    """Top-p counts what min-p will take away: min-p comes last."""
    rows = [0.45, 0.3, 0.1, 0.08, 0.07], [0.36, 0.28, 0.26, 0.06, 0.04]
    return {"logits": logits_of(rng, *rows), "p": 0.58, "m": 0.5}


@warp.case
def one_row_through_all(rng: Rng) -> Inputs:
    """One row of six tokens through all four steps."""
    row = [0.4, 0.25, 0.15, 0.1, 0.06, 0.04]
    return {"logits": logits_of(rng, row), "T": 1.25, "k": 5, "p": 0.85, "m": 0.2}


@warp.case
def single_tokens_through_all(rng: Rng) -> Inputs:
    """Two rows of one token, which stays."""
    return {"logits": normal(rng, 2, 1), "T": 0.5, "k": 3, "p": 0.5, "m": 0.5}


@warp.case
def nothing_at_all(rng: Rng) -> Inputs:
    """Without any number the logits stay as they are."""
    return {"logits": normal(rng, 2, 5)}
