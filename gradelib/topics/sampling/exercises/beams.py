"""Section 6.5, "Look ahead", part 1: what is asked."""

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sampling.exercises.inputs import distributions, normal, random_ids

sequence_log_probability = Exercise("sampling.sequence_log_probability", points=2, difficulty=2)
beam_score = Exercise("sampling.beam_score", points=1, difficulty=1)
beam_step = Exercise("sampling.beam_step", points=3, difficulty=3)


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


@sequence_log_probability.case
def unlikely_ids(rng: Rng) -> Inputs:
    """The model is sure, and what stands there is something else: probabilities near zero."""
    logits = normal(rng, 3, 7, 5, spread=200.0)
    ids = torch.cat([torch.zeros(3, 1, dtype=torch.int64), logits[:, :-1].argmin(dim=2)], dim=1)
    ids[0] = random_ids(rng, 7, vocab=5)
    return {"logits": logits, "ids": ids, "start": 3}


@sequence_log_probability.case
def long_rows(rng: Rng) -> Inputs:
    """Two rows of three hundred ids: the probability of a whole row is too small to be stored."""
    return {
        "logits": normal(rng, 2, 300, 9, spread=2.0),
        "ids": random_ids(rng, 2, 300, vocab=9),
        "start": 4,
    }


@sequence_log_probability.case
def a_prompt_that_cannot_be(rng: Rng) -> Inputs:
    """A prompt holds an id whose logit is -inf: it is given, whatever the model says of it."""
    logits, ids = normal(rng, 2, 6, 5), random_ids(rng, 2, 6, vocab=5)
    logits[1, 0, ids[1, 1]] = -torch.inf
    return {"logits": logits, "ids": ids, "start": 3}


@sequence_log_probability.case
def one_row_of_two_ids(rng: Rng) -> Inputs:
    """A single row, of which only the second id counts."""
    given = {"logits": normal(rng, 1, 2, 3), "ids": random_ids(rng, 1, 2, vocab=3)}
    return given | {"start": 1}


@sequence_log_probability.case
def one_token_there_is(rng: Rng) -> Inputs:
    """A vocabulary of one token: all that happens is certain."""
    ids = torch.zeros(2, 4, dtype=torch.int64)
    return {"logits": normal(rng, 2, 4, 1), "ids": ids, "start": 2}


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
def any_penalty(rng: Rng) -> Inputs:
    """Any penalty between 0 and 3, and very unlikely sequences."""
    given = {"log_probabilities": 300 * _nats(rng, 1, 3), "length": int(rng.integers(20, 90))}
    return given | {"penalty": float(rng.uniform(1.2, 2.8))}


@beam_score.case
def a_single_token(rng: Rng) -> Inputs:
    """A sequence of one token: the penalty plays no role."""
    return {"log_probabilities": _nats(rng, 2, 1), "length": 1, "penalty": 0.7}


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
def very_unlikely_beams(rng: Rng) -> Inputs:
    """Long beams, whose log probabilities lie far below -1000."""
    drawn, steps = _beams(rng, 2, 3, 6, 4), rng.permuted(np.tile(np.arange(12.0), (2, 1)), axis=1)
    drawn["scores"] = (-3000 - torch.arange(3) / 16).expand(2, 3).clone()  # all sums are exact
    drawn["log_probs"] = -torch.from_numpy(steps).float().view(2, 3, 4) / 4
    return drawn | {"count": 5}


@beam_step.case
def one_of_each(rng: Rng) -> Inputs:
    """Two texts with two beams, a vocabulary of one token, and the best candidate of each."""
    return _beams(rng, 2, 2, 1, 1) | {"count": 1}


@beam_step.case
def one_text_with_one_beam(rng: Rng) -> Inputs:
    """One text with one beam of one id, and the best two candidates."""
    return _beams(rng, 1, 1, 1, 6) | {"count": 2}


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
