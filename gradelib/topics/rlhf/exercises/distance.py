"""Section 11.4, how far the policy has gone: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal, random_ids
from gradelib.lab.flow import cut_off
from gradelib.topics.rlhf.exercises.inputs import drawn_log_probs, written

token_log_probs = Exercise("rlhf.token_log_probs", points=2, difficulty=2)
kl_estimates = Exercise("rlhf.kl_estimates", points=2, difficulty=2)
shaped_reward = Exercise("rlhf.shaped_reward", points=3, difficulty=3)

CUT = "what no gradient reaches"


# --- token_log_probs -----------------------------------------------------------------------------


@token_log_probs.drive
def of_tokens(answer: Callable[..., Any], logits: Tensor, ids: Tensor, temperature: float) -> Any:
    """Return the log-probabilities, and whether a policy could learn by them, if there are any."""
    held = logits.clone().requires_grad_()
    found = answer(held, ids, temperature)
    learns = isinstance(found, Tensor) and (found.requires_grad or not found.numel())
    cut = _cut_off(found, lambda: answer(held, ids, temperature), {"logits": held})
    return {"log-probabilities": found, "it can learn": learns, CUT: cut}


def _cut_off(found: Any, again: Callable[[], Any], learning: dict[str, Tensor]) -> list[str]:
    """Return what a gradient reaches in part only; nothing where there is none at all."""
    flows = isinstance(found, Tensor) and found.requires_grad and found.numel() > 0
    return cut_off(again, learning) if flows else []


def _logits(rng: Rng, *shape: int, temperature: float = 1.0, spread: float = 2.0) -> Inputs:
    return {
        "logits": normal(rng, *shape, spread=spread),
        "ids": random_ids(rng, *shape[:2], vocab=shape[2]),
        "temperature": temperature,
    }


@token_log_probs.case
def a_temperature_of_one(rng: Rng) -> Inputs:
    """Two texts of five tokens, seven kinds of token, temperature 1."""
    return _logits(rng, 2, 5, 7)


@token_log_probs.case
def a_low_temperature(rng: Rng) -> Inputs:
    """Three texts of four tokens, temperature 0.7."""
    return _logits(rng, 3, 4, 6, temperature=0.7)


@token_log_probs.case
def a_very_low_temperature(rng: Rng) -> Inputs:
    """Two texts of three tokens, a temperature below 0.4."""
    return _logits(rng, 2, 3, 5, temperature=float(np.round(rng.uniform(0.1, 0.4), 2)))


@token_log_probs.case
def a_high_temperature(rng: Rng) -> Inputs:
    """Two texts of six tokens, a temperature above 1."""
    return _logits(rng, 2, 6, 5, temperature=float(np.round(rng.uniform(1.3, 2.5), 2)))


@token_log_probs.case
def one_text_of_two_tokens(rng: Rng) -> Inputs:
    """One text of two tokens: one log-probability."""
    return _logits(rng, 1, 2, 4, temperature=1.5)


@token_log_probs.case
def a_vocabulary_of_one(rng: Rng) -> Inputs:
    """One kind of token: it is never a surprise."""
    return _logits(rng, 3, 4, 1, temperature=0.5)


@token_log_probs.case
def large_logits(rng: Rng) -> Inputs:
    """Logits of hundreds: the probability of some tokens is too small to be written down."""
    return _logits(rng, 2, 4, 5, temperature=0.8, spread=300.0)


@token_log_probs.case
def a_text_of_one_token(rng: Rng) -> Inputs:
    """Two texts of one token: nothing predicts the first, so there are no columns."""
    return _logits(rng, 2, 1, 4)


# --- kl_estimates --------------------------------------------------------------------------------


@kl_estimates.drive
def of_a_policy_that_learns(answer: Callable[..., Any], policy: Tensor, reference: Tensor) -> Any:
    """Return the estimates, and whether a policy could learn by all of them."""
    held = policy.clone().requires_grad_()
    found = answer(held, reference)
    parts = found if isinstance(found, tuple | list) else [found]
    learns = all(isinstance(one, Tensor) and one.requires_grad for one in parts)

    def again(place: int) -> Any:
        return answer(held, reference)[place]

    cut = []
    if learns and isinstance(found, tuple):
        for place, part in enumerate(found):
            cut += _cut_off(part, partial(again, place), {f"policy, from k{place + 1}": held})
    return {"estimates": found, "it can learn": learns, CUT: cut}


def _pair(rng: Rng, *shape: int, apart: float) -> Inputs:
    policy = drawn_log_probs(rng, *shape)
    return {"policy": policy, "reference": drawn_log_probs(rng, *shape, apart=apart, near=policy)}


@kl_estimates.case
def near_each_other(rng: Rng) -> Inputs:
    """Two texts of five tokens; policy and reference are near each other."""
    return _pair(rng, 2, 5, apart=0.3)


@kl_estimates.case
def far_from_each_other(rng: Rng) -> Inputs:
    """Three texts of four tokens; policy and reference differ by some nats."""
    return _pair(rng, 3, 4, apart=2.5)


@kl_estimates.case
def very_far_from_each_other(rng: Rng) -> Inputs:
    """Six tokens; what one of the two finds likely has for the other less than e^-25."""
    likely, unlikely = drawn_log_probs(rng, 6), drawn_log_probs(rng, 6, apart=1.0) - 25
    surer = torch.from_numpy(rng.permutation(6) < 3)
    policy, reference = likely.where(surer, unlikely), unlikely.where(surer, likely)
    return {"policy": policy, "reference": reference}


@kl_estimates.case
def the_policy_is_surer(rng: Rng) -> Inputs:
    """Six tokens, each of which the policy finds likelier than the reference."""
    drawn = _pair(rng, 6, apart=0.1)
    return {**drawn, "reference": drawn["policy"] - normal(rng, 6).abs() - 0.2}


@kl_estimates.case
def the_reference_is_surer(rng: Rng) -> Inputs:
    """Four tokens, each of which the reference finds likelier."""
    drawn = _pair(rng, 4, apart=0.1)
    return {**drawn, "policy": drawn["reference"] - normal(rng, 4).abs() - 0.2}


@kl_estimates.case
def the_same(rng: Rng) -> Inputs:
    """The policy is still the reference: all estimates are 0."""
    policy = drawn_log_probs(rng, 2, 3)
    return {"policy": policy, "reference": policy.clone()}


@kl_estimates.case
def one_token(rng: Rng) -> Inputs:
    """One text of one token."""
    return _pair(rng, 1, 1, apart=1.0)


# --- shaped_reward -------------------------------------------------------------------------------


def _shaped(
    rng: Rng, spans: list[tuple[int, int]], tokens: int, weight: float, apart: float = 0.6
) -> Inputs:
    drawn = _pair(rng, len(spans), tokens, apart=apart)
    scores = normal(rng, len(spans), spread=2.0)
    return {"scores": scores, **drawn, "mask": written(spans, tokens), "weight": weight}


@shaped_reward.case
def after_a_beginning(rng: Rng) -> Inputs:
    """Three stories; the policy wrote two to four tokens of each, behind its beginning."""
    return _shaped(rng, [(2, 4), (1, 5), (3, 6)], 6, weight=0.2)


@shaped_reward.case
def with_padding_behind(rng: Rng) -> Inputs:
    """Two stories, and padding behind both of them."""
    return _shaped(rng, [(1, 4), (0, 2)], 5, weight=0.5)


@shaped_reward.case
def no_price(rng: Rng) -> Inputs:
    """A weight of 0: only the last token gets something, the score."""
    return _shaped(rng, [(0, 3), (2, 4), (1, 2)], 4, weight=0.0)


@shaped_reward.case
def a_high_price(rng: Rng) -> Inputs:
    """A weight of 3: the distance counts for more than the score."""
    return _shaped(rng, [(1, 5), (0, 4)], 6, weight=3.0)


@shaped_reward.case
def one_token_each(rng: Rng) -> Inputs:
    """One story of one token."""
    return _shaped(rng, [(0, 1)], 1, weight=0.1)


@shaped_reward.case
def all_of_it_written(rng: Rng) -> Inputs:
    """Three stories without a beginning, and without padding."""
    return _shaped(rng, [(0, 4)] * 3, 4, weight=0.3)


@shaped_reward.case
def no_number_outside(rng: Rng) -> Inputs:
    """Where the policy did not write stands minus infinity, on both sides."""
    drawn = _shaped(rng, [(2, 4), (1, 4), (1, 2)], 5, weight=0.4)
    for name in ("policy", "reference"):
        drawn[name] = drawn[name].masked_fill(~drawn["mask"], -torch.inf)
    return drawn


@shaped_reward.case
def high_scores_and_far_away(rng: Rng) -> Inputs:
    """Four stories with scores of tens; the policy is some tens of nats away, on both sides."""
    drawn = _shaped(rng, [(1, 4), (0, 5), (2, 5), (0, 2)], 5, weight=0.3, apart=12.0)
    return {**drawn, "scores": 25 * drawn["scores"]}
