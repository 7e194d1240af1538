"""Section 6.5, "Look ahead", part 1: what is asked."""

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sampling.exercises.inputs import (
    Pool,
    distributions,
    normal,
    pool_of,
    random_ids,
)

sequence_log_probability = Exercise("sampling.sequence_log_probability", points=2, difficulty=2)
beam_score = Exercise("sampling.beam_score", points=1, difficulty=1)
beam_step = Exercise("sampling.beam_step", points=3, difficulty=3)
keep_running = Exercise("sampling.keep_running", points=2, difficulty=2)
keep_finished = Exercise("sampling.keep_finished", points=2, difficulty=2)


# --- sequence_log_probability --------------------------------------------------------------------


@sequence_log_probability.case
def after_a_prompt_of_two(rng: Rng) -> Inputs:
    """Three rows of six ids; the first two are the prompt."""
    return {
        "logits": normal(rng, 3, 6, 4, spread=2.0),
        "ids": random_ids(rng, 3, 6, vocab=4),
        "start": 2,
    }


@sequence_log_probability.case
def from_the_second_id_on(rng: Rng) -> Inputs:
    """Two rows of five ids; only the first id is given."""
    return {
        "logits": normal(rng, 2, 5, 7, spread=2.0),
        "ids": random_ids(rng, 2, 5, vocab=7),
        "start": 1,
    }


@sequence_log_probability.case
def only_the_last_id(rng: Rng) -> Inputs:
    """Four rows of three ids, all but the last one given."""
    return {
        "logits": normal(rng, 4, 3, 6, spread=2.0),
        "ids": random_ids(rng, 4, 3, vocab=6),
        "start": 2,
    }


@sequence_log_probability.case
def logits_on_any_level(rng: Rng) -> Inputs:
    """The logits of each position lie on a level of their own, up to 500."""
    levels = torch.from_numpy(rng.uniform(300, 500, size=(2, 4, 1)).astype(np.float32))
    return {
        "logits": levels + normal(rng, 2, 4, 5),
        "ids": random_ids(rng, 2, 4, vocab=5),
        "start": 1,
    }


@sequence_log_probability.invariant
def no_probability_is_above_one(inputs: Inputs, answer: Tensor) -> bool:
    """No log probability is above 0."""
    return not (answer > 1e-4).any()


# --- beam_score ----------------------------------------------------------------------------------


def _nats(rng: Rng, *shape: int) -> Tensor:
    return -torch.from_numpy(rng.uniform(5, 20, size=shape).astype(np.float32))


@beam_score.case
def the_mean(rng: Rng) -> Inputs:
    """With a penalty of 1 it is the mean log probability of a token."""
    return {"log_probabilities": _nats(rng, 3), "length": 7, "penalty": 1.0}


@beam_score.case
def a_large_penalty(rng: Rng) -> Inputs:
    """A penalty of 2 favours long sequences."""
    return {"log_probabilities": _nats(rng, 2, 4), "length": 5, "penalty": 2.0}


@beam_score.case
def a_small_penalty(rng: Rng) -> Inputs:
    """A penalty of 0.6 lies between the sum and the mean."""
    return {"log_probabilities": _nats(rng, 5), "length": 12, "penalty": 0.6}


@beam_score.case
def no_penalty(rng: Rng) -> Inputs:
    """With a penalty of 0 the length plays no role."""
    return {"log_probabilities": _nats(rng, 4), "length": 9, "penalty": 0.0}


@beam_score.case
def a_negative_penalty(rng: Rng) -> Inputs:
    """A negative penalty favours short sequences."""
    return {"log_probabilities": _nats(rng, 6), "length": 4, "penalty": -0.5}


@beam_score.case
def a_single_sequence(rng: Rng) -> Inputs:
    """A single log probability, which has no axis: its score has none either."""
    return {"log_probabilities": _nats(rng), "length": 3, "penalty": 1.5}


# --- beam_step -----------------------------------------------------------------------------------


def _beams(rng: Rng, texts: int, beams: int, position: int, vocab: int) -> Inputs:
    """Beams whose ids are all different, their scores close together, and what may follow them."""
    ids = torch.from_numpy(rng.permutation(texts * beams * position)).view(texts, beams, position)
    scores = -torch.from_numpy(np.sort(rng.uniform(1, 3, (texts, beams)), axis=1)).float()
    log_probs = distributions(rng, texts, beams, vocab).clamp(min=1e-6).log()
    return {"ids": ids, "scores": scores, "log_probs": log_probs}


@beam_step.case
def two_texts(rng: Rng) -> Inputs:
    """Two texts with three beams of four ids, five tokens, and the best six candidates of each."""
    return _beams(rng, 2, 3, 4, 5) | {"count": 6}


@beam_step.case
def one_text_is_far_worse(rng: Rng) -> Inputs:
    """All beams of one of three texts are far less likely than those of the others."""
    drawn = _beams(rng, 3, 2, 1, 7)
    drawn["scores"][1] -= 100
    return drawn | {"count": 4}


@beam_step.case
def one_beam_wins_all(rng: Rng) -> Inputs:
    """One of four beams is so much likelier that all candidates continue it."""
    drawn = _beams(rng, 1, 4, 3, 6)
    drawn["scores"][:, 1:] -= 50
    return drawn | {"count": 2}


@beam_step.case
def the_first_step(rng: Rng) -> Inputs:
    """Four texts with a single beam each, as at the beginning."""
    drawn = _beams(rng, 4, 1, 2, 8)
    drawn["scores"] = torch.zeros(4, 1)
    return drawn | {"count": 3}


@beam_step.case
def the_last_beam_is_the_best(rng: Rng) -> Inputs:
    """The beams need not come in the order of their scores."""
    drawn = _beams(rng, 2, 4, 3, 5)
    drawn["scores"] = drawn["scores"].flip(1) + torch.tensor([0.0, 0.0, 0.0, 2.0])
    return drawn | {"count": 7}


@beam_step.invariant
def the_best_candidate_comes_first(inputs: Inputs, answer: tuple[Tensor, Tensor]) -> bool:
    """The scores of each text never rise from one candidate to the next."""
    return not (answer[0].diff(dim=1) > 0).any()


# --- keep_running --------------------------------------------------------------------------------


def _candidates(
    rng: Rng, texts: int, count: int, position: int, end: int, ended: list[list[int]]
) -> Inputs:
    """Candidates in the order of their scores; `ended` says for each text which ones end."""
    ids = torch.from_numpy(rng.integers(1, 40, (texts, count, position)))
    ids[ids == end] += 40
    for text, places in enumerate(ended):
        ids[text, places, -1] = end
    totals = -torch.from_numpy(np.sort(rng.uniform(1, 9, (texts, count)), axis=1)).float()
    return {"totals": totals, "ids": ids, "end": end}


@keep_running.case
def some_have_ended(rng: Rng) -> Inputs:
    """Two texts with six candidates, of which other ones have ended."""
    return _candidates(rng, 2, 6, 4, 5, [[0, 2], [1, 3]]) | {"beams": 3}


@keep_running.case
def none_has_ended(rng: Rng) -> Inputs:
    """Three texts with four candidates, none of which has ended: the first two go on."""
    return _candidates(rng, 3, 4, 5, 0, [[], [], []]) | {"beams": 2}


@keep_running.case
def the_best_have_all_ended(rng: Rng) -> Inputs:
    """The best three of six candidates have ended, so that the other three go on."""
    return _candidates(rng, 1, 6, 2, 7, [[0, 1, 2]]) | {"beams": 3}


@keep_running.case
def an_end_in_the_middle(rng: Rng) -> Inputs:
    """The end token stands before the last position: that means nothing."""
    drawn = _candidates(rng, 2, 8, 3, 9, [[1], [0, 4]])
    drawn["ids"][0, 0, 1] = drawn["ids"][0, 2, 0] = drawn["ids"][1, 1, 1] = 9
    return drawn | {"beams": 4}


# --- keep_finished -------------------------------------------------------------------------------


def _ranked(rng: Rng, count: int, end: int, ended: list[int], best: float = -1.0) -> Pool:
    """Candidates of four ids, whose scores begin at `best`; `ended` says which ones end."""
    drawn = _candidates(rng, 1, count, 4, end, [ended])
    scores = drawn["totals"][0] - drawn["totals"][0, 0] + best
    return list(zip(scores.tolist(), drawn["ids"][0].tolist(), strict=True))


@keep_finished.case
def into_an_empty_pool(rng: Rng) -> Inputs:
    """Two of the first three candidates have ended, and so has the fourth, which is too late."""
    return {"pool": [], "candidates": _ranked(rng, 6, 3, [0, 2, 3]), "beams": 3, "end": 3}


@keep_finished.case
def into_a_full_pool(rng: Rng) -> Inputs:
    """The pool is full: the best of old and new stay, and here the new one is the best."""
    candidates = _ranked(rng, 4, 0, [0], best=-2.0)
    return {"pool": pool_of(rng, 2, -3.0), "candidates": candidates, "beams": 2, "end": 0}


@keep_finished.case
def not_good_enough(rng: Rng) -> Inputs:
    """The pool is full of better ones, so that what has ended does not stay."""
    candidates = _ranked(rng, 8, 7, [0, 3], best=-2.5)
    return {"pool": pool_of(rng, 4, -1.2), "candidates": candidates, "beams": 4, "end": 7}


@keep_finished.case
def in_between(rng: Rng) -> Inputs:
    """A new one comes in between the old ones, and there is still a place for all of them."""
    pool = pool_of(rng, 2, -0.5 - float(rng.uniform(0, 0.2)), 2.0)
    return {"pool": pool, "candidates": _ranked(rng, 6, 5, [0]), "beams": 3, "end": 5}


@keep_finished.case
def an_end_before_the_end(rng: Rng) -> Inputs:
    """The end token stands before the last position: that finishes nothing."""
    candidates = _ranked(rng, 6, 9, [1])
    candidates[0][1][1] = candidates[2][1][0] = 9
    return {"pool": pool_of(rng, 1, -3.0), "candidates": candidates, "beams": 3, "end": 9}


@keep_finished.case
def the_last_step(rng: Rng) -> Inputs:
    """In the last step the first three candidates all count as finished."""
    given = {"pool": pool_of(rng, 1, -0.2), "candidates": _ranked(rng, 6, 1, [1, 4])}
    return given | {"beams": 3, "end": 1, "last": True}


@keep_finished.case
def nothing_has_ended(rng: Rng) -> Inputs:
    """No candidate has ended: the pool is what it was."""
    return {
        "pool": pool_of(rng, 1, -2.0),
        "candidates": _ranked(rng, 4, 8, []),
        "beams": 2,
        "end": 8,
    }
