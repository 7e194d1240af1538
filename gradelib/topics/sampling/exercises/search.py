"""Section 6.5, "Look ahead", part 2: what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sampling.exercises.inputs import (
    normal,
    pool_of,
)

may_stop = Exercise("sampling.may_stop", points=1, difficulty=1)
beam_search = Exercise("sampling.beam_search", points=3, difficulty=3)


# --- may_stop ------------------------------------------------------------------------------------


@may_stop.drive
def _may_stop(answer: Callable[..., Any], best: float | list[float], **inputs: Any) -> Any:
    """Ask about one running beam, or about many."""
    if isinstance(best, list):
        return [answer(best=each, **inputs) for each in best]
    return answer(best=best, **inputs)


@may_stop.case
def the_pool_is_not_full(rng: Rng) -> Inputs:
    """Two of three places are taken, and the running beam is far worse: go on."""
    return {"pool": pool_of(rng, 2, -0.4), "best": -6.0, "beams": 3}


@may_stop.case
def full_and_better(rng: Rng) -> Inputs:
    """The pool is full and better than what runs: stop."""
    return {"pool": pool_of(rng, 3, -0.4), "best": -float(rng.uniform(1, 2)), "beams": 3}


@may_stop.case
def the_running_beam_beats_the_last(rng: Rng) -> Inputs:
    """The running beam beats the last of the pool, but not the others: go on."""
    return {"pool": pool_of(rng, 4, -0.5, 0.3), "best": -float(rng.uniform(1.2, 1.3)), "beams": 4}


@may_stop.case
def the_running_beam_beats_all(rng: Rng) -> Inputs:
    """The running beam beats the whole pool: go on."""
    return {"pool": pool_of(rng, 2, -1.5), "best": -float(rng.uniform(0.2, 1)), "beams": 2}


@may_stop.case
def exactly_as_good(rng: Rng) -> Inputs:
    """The running beam is exactly as good as the last of the pool: it does not beat it, so stop."""
    first = float(rng.uniform(-1.4, -1.1))
    return {"pool": [(first, [1, 4]), (-1.5, [2, 4])], "best": -1.5, "beams": 2}


@may_stop.case
def many_beams(rng: Rng) -> Inputs:
    """A full pool, and twenty different running beams, one after the other."""
    return {"pool": pool_of(rng, 3, -0.9), "best": rng.uniform(-1.5, -0.5, 20).tolist(), "beams": 3}


# --- beam_search ---------------------------------------------------------------------------------


@beam_search.drive
def _beam_search(answer: Callable[..., Any], after: Tensor, **inputs: Any) -> Any:
    """Search by a table of what follows two ids, and note for how many rows it was asked."""
    rows = []

    def next_logits(ids: Tensor) -> Tensor:
        rows.append(len(ids))
        return after[ids[:, -2], ids[:, -1]]

    best = answer(next_logits, **inputs)
    return {"best": [(float(score), list(ids)) for score, ids in best], "rows asked for": rows}


def _search(rng: Rng, texts: int, vocab: int, position: int, end: int, wish: float = 0.0) -> Inputs:
    """A table whose end token has its logit raised by `wish`, and prompts without an end."""
    after = normal(rng, vocab, vocab, vocab, spread=2.0)
    after[:, :, end] += wish
    prompts = rng.integers(1, vocab - 1, (texts, position)) + 1
    prompts[prompts == end] = 1
    return {"after": after, "prompts": torch.from_numpy(prompts), "end": end}


@beam_search.case
def three_beams(rng: Rng) -> Inputs:
    """Two texts, three beams, up to five new tokens."""
    return _search(rng, 2, 9, 3, 0) | {"beams": 3, "max_new": 5}


@beam_search.case
def a_single_beam(rng: Rng) -> Inputs:
    """Three texts with one beam each, up to seven new tokens."""
    return _search(rng, 3, 6, 2, 4, 1.0) | {"beams": 1, "max_new": 7}


@beam_search.case
def long_ones_are_favoured(rng: Rng) -> Inputs:
    """A penalty of 2, and an end token that often comes."""
    return _search(rng, 4, 10, 2, 0, 2.5) | {"beams": 2, "max_new": 8, "penalty": 2.0}


@beam_search.case
def short_ones_are_favoured(rng: Rng) -> Inputs:
    """A penalty of 0, and an end token that often comes."""
    return _search(rng, 3, 11, 4, 5, 1.0) | {"beams": 2, "max_new": 6, "penalty": 0.0}


@beam_search.case
def texts_that_end_early(rng: Rng) -> Inputs:
    """Five texts with an end token that comes nearly always: all are done before the last round."""
    return _search(rng, 5, 8, 3, 0, 5.0) | {"beams": 2, "max_new": 12}


@beam_search.case
def done_stays_done(rng: Rng) -> Inputs:
    """One text is done early; waiting longer would find something that scores better."""
    return _patient(rng)


def _story(size: int, *followers: tuple[int, dict[int, float]]) -> Tensor:
    """A table of logits in which what follows a token depends on that token alone."""
    after = torch.full((size, size, size), -14.0)
    for token, probabilities in followers:
        after[:, token, list(probabilities)] = torch.tensor(list(probabilities.values())).log()
    return after


def _patient(rng: Rng) -> Inputs:
    """Text one is done after two rounds, but its running beam is then sure of what follows."""
    a, b, c, d, e, f = (int(one) for one in rng.permutation(6) + 1)
    after = _story(
        8,
        (a, {0: 0.52, b: 0.48}),
        (b, {0: 0.55, c: 0.45}),
        (c, {d: 1.0}),
        (d, {d: 1.0}),
        (e, {e: 0.55, f: 0.45}),  # text two goes on and on
        (f, {e: 0.45, f: 0.55}),
    )
    prompts = torch.tensor([[7, e, a], [7, a, e]])
    return {"after": after, "prompts": prompts, "end": 0, "beams": 2, "max_new": 9, "penalty": 1.0}


@beam_search.case
def an_end_among_the_best(rng: Rng) -> Inputs:
    """The best first token ends the text; another one that looks poor leads to something better."""
    a, b, c, *rest = (int(one) for one in rng.permutation(8) + 1)
    after = _story(
        9,
        (a, {0: 0.4, b: 0.35, c: 0.25}),
        (b, dict.fromkeys(rest, 0.2)),
        (c, {0: 1.0}),
        *((token, {0: 0.5, token: 0.5}) for token in rest),
    )
    prompts = torch.tensor([[b, a]])
    return {"after": after, "prompts": prompts, "end": 0, "beams": 2, "max_new": 4, "penalty": 1.0}


@beam_search.case
def all_beams_end_at_once(rng: Rng) -> Inputs:
    """The likeliest continuation of each of three beams ends it, and three others go on."""
    a, b, c, d, e, f, g, *rest = (int(one) for one in rng.permutation(11) + 1)
    after = _story(
        12,
        (a, {b: 0.4, c: 0.35, d: 0.25}),
        (b, {0: 0.52, e: 0.48}),
        (c, {0: 0.52, f: 0.48}),
        (d, {0: 0.52, g: 0.48}),
        *((token, dict.fromkeys(rest, 0.25)) for token in (e, f, *rest)),
        (g, {0: 1.0}),
    )
    prompts = torch.tensor([[c, b, d, a]])
    return {"after": after, "prompts": prompts, "end": 0, "beams": 3, "max_new": 5, "penalty": 1.0}
