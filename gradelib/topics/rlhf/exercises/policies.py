"""Sections 11.6 and 11.7, change the policy: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal
from gradelib.lab.loss_drivers import loss_and_gradients
from gradelib.topics.rlhf.exercises.inputs import (
    drawn_log_probs,
    policy_inputs,
    without_nan_outside,
    written,
)

reinforce_loss = Exercise("rlhf.reinforce_loss", points=2, difficulty=2)
ppo_loss = Exercise("rlhf.ppo_loss", points=3, difficulty=3)
clip_fraction = Exercise("rlhf.clip_fraction", points=2, difficulty=2)


# --- reinforce_loss ------------------------------------------------------------------------------


@reinforce_loss.drive
def of_the_past(
    answer: Callable[..., Any], log_probs: Tensor, advantages: Tensor, mask: Tensor
) -> Any:
    """Return the loss, and where gradients go."""
    given = {"log_probs": log_probs, "advantages": advantages, "mask": mask}
    return loss_and_gradients(answer, given, ["advantages"])


def _past(rng: Rng, spans: list[tuple[int, int]], tokens: int) -> Inputs:
    shape = len(spans), tokens
    return {
        "log_probs": drawn_log_probs(rng, *shape),
        "advantages": normal(rng, *shape, spread=1.5),
        "mask": written(spans, tokens),
    }


@reinforce_loss.case
def three_stories(rng: Rng) -> Inputs:
    """Three stories of which the policy wrote two to four tokens."""
    return _past(rng, [(1, 5), (2, 4), (0, 3)], 5)


@reinforce_loss.case
def one_story(rng: Rng) -> Inputs:
    """One story of four tokens."""
    return _past(rng, [(0, 4)], 4)


@reinforce_loss.case
def a_long_and_a_short_story(rng: Rng) -> Inputs:
    """Two stories of nine tokens and of one: each *token* counts the same."""
    return _past(rng, [(0, 9), (3, 4)], 9)


@reinforce_loss.case
def one_token(rng: Rng) -> Inputs:
    """One token in all."""
    return _past(rng, [(0, 1)], 1)


@reinforce_loss.case
def no_number_outside(rng: Rng) -> Inputs:
    """Outside stand log-probabilities of minus infinity, and advantages of 0."""
    drawn = _past(rng, [(1, 3), (2, 5)], 6)
    return {
        "log_probs": drawn["log_probs"].masked_fill(~drawn["mask"], -torch.inf),
        "advantages": drawn["advantages"].masked_fill(~drawn["mask"], 0),
        "mask": drawn["mask"],
    }


@reinforce_loss.case
def unlikely_tokens_and_large_advantages(rng: Rng) -> Inputs:
    """Three stories of tokens with probabilities below e^-40; advantages are tens."""
    drawn = _past(rng, [(0, 3), (1, 4), (2, 5)], 5)
    far = {"log_probs": drawn["log_probs"] - 40, "advantages": 30 * drawn["advantages"]}
    return {**drawn, **far}


@reinforce_loss.case
def only_good_tokens(rng: Rng) -> Inputs:
    """Two stories in which each advantage is positive."""
    drawn = _past(rng, [(0, 3), (1, 4)], 4)
    return {**drawn, "advantages": drawn["advantages"].abs() + 0.2}


# --- ppo_loss ------------------------------------------------------------------------------------


@ppo_loss.drive
def clipped(
    answer: Callable[..., Any],
    new: Tensor,
    old: Tensor,
    advantages: Tensor,
    mask: Tensor,
    clip: float | None,
) -> Any:
    """Return the loss, and where gradients go; without a clip the usual one is meant."""
    given = {"new": new, "old": old, "advantages": advantages, "mask": mask}
    limits = [] if clip is None else [clip]
    found = loss_and_gradients(answer, given, ["old", "advantages"], *limits)
    return without_nan_outside(found, mask)


@ppo_loss.case
def near_where_it_was(rng: Rng) -> Inputs:
    """Three stories; hardly any ratio is further from 1 than the clip of 0.3."""
    return policy_inputs(rng, [(1, 5), (2, 4), (0, 3)], 5, apart=0.1) | {"clip": 0.3}


@ppo_loss.case
def the_first_step(rng: Rng) -> Inputs:
    """Nothing has changed yet: each ratio is 1, and there is a gradient all the same."""
    drawn = policy_inputs(rng, [(0, 4), (1, 3)], 4)
    return {**drawn, "new": drawn["old"].clone(), "clip": 0.2}


@ppo_loss.case
def gone_far(rng: Rng) -> Inputs:
    """Four stories; many ratios are beyond the usual clip, on both sides."""
    spans = [(0, 6), (2, 6), (1, 4), (3, 5)]
    return policy_inputs(rng, spans, 6, apart=0.8) | {"clip": None}


@ppo_loss.case
def good_tokens_that_became_likelier(rng: Rng) -> Inputs:
    """All advantages are positive, all ratios above 1.5: no gradient is left."""
    drawn = policy_inputs(rng, [(0, 3), (1, 4)], 4)
    more = 0.5 + normal(rng, 2, 4, spread=0.5).abs()
    return {
        **drawn,
        "new": drawn["old"] + more,
        "advantages": drawn["advantages"].abs() + 0.1,
        "clip": 0.2,
    }


@ppo_loss.case
def bad_tokens_that_became_likelier(rng: Rng) -> Inputs:
    """All advantages are negative, all ratios above 1.5: this is not clipped."""
    drawn = policy_inputs(rng, [(1, 4), (0, 2)], 5)
    more = 0.5 + normal(rng, 2, 5, spread=0.5).abs()
    return {
        **drawn,
        "new": drawn["old"] + more,
        "advantages": -drawn["advantages"].abs() - 0.1,
        "clip": 0.2,
    }


@ppo_loss.case
def a_long_and_a_short_story_again(rng: Rng) -> Inputs:
    """Two stories of eight tokens and of one: each *token* counts the same."""
    return policy_inputs(rng, [(0, 8), (3, 4)], 8, apart=0.4) | {"clip": 0.1}


@ppo_loss.case
def one_token_again(rng: Rng) -> Inputs:
    """One token in all."""
    return policy_inputs(rng, [(0, 1)], 1, apart=0.1) | {"clip": 0.5}


@ppo_loss.case
def zero_outside(rng: Rng) -> Inputs:
    """Outside stand a log-probability of 0 before and of -30 now, and advantages of 0."""
    drawn = policy_inputs(rng, [(1, 3), (2, 6)], 6)
    keep = drawn["mask"]
    return {
        "new": torch.where(keep, drawn["new"], -30.0),
        "old": torch.where(keep, drawn["old"], 0.0),
        "advantages": torch.where(keep, drawn["advantages"], 0.0),
        "mask": keep,
        "clip": 0.2,
    }


@ppo_loss.case
def no_number_outside_again(rng: Rng) -> Inputs:
    """Outside stands minus infinity as log-probability, now and before."""
    drawn = policy_inputs(rng, [(1, 4), (0, 2), (2, 5)], 6)
    for name in ("new", "old"):
        drawn[name] = drawn[name].masked_fill(~drawn["mask"], -torch.inf)
    return {**drawn, "clip": 0.2}


@ppo_loss.case
def gone_very_far(rng: Rng) -> Inputs:
    """Tokens of a probability below e^-25 became e^23 times likelier; most of them are bad ones."""
    drawn = policy_inputs(rng, [(0, 4), (1, 5)], 5)
    drawn["old"] = drawn["old"] - 25
    drawn["new"] = drawn["old"] + 23 + normal(rng, 2, 5, spread=0.2)
    drawn["advantages"][:, 1:4] = -drawn["advantages"][:, 1:4].abs() - 0.1
    return {**drawn, "clip": 0.2}


@ppo_loss.case
def gone_very_far_the_other_way(rng: Rng) -> Inputs:
    """Good tokens are now e^8 times less likely: this is not clipped, however small a ratio is."""
    drawn = policy_inputs(rng, [(0, 4), (1, 3), (2, 5)], 5)
    drawn["new"] = drawn["old"] - 8 + normal(rng, 3, 5, spread=0.5)
    return {**drawn, "advantages": drawn["advantages"].abs() + 0.1, "clip": 0.3}


# --- clip_fraction -------------------------------------------------------------------------------


@clip_fraction.case
def four_stories(rng: Rng) -> Inputs:
    """Four stories, ratios on both sides of the clip, advantages of both signs."""
    spans = [(0, 6), (2, 6), (1, 4), (3, 5)]
    return policy_inputs(rng, spans, 6, apart=0.5) | {"clip": 0.2}


@clip_fraction.case
def nothing_has_changed(rng: Rng) -> Inputs:
    """Each ratio is 1: nothing is clipped."""
    drawn = policy_inputs(rng, [(0, 4), (1, 3), (2, 5)], 5)
    return {**drawn, "new": drawn["old"].clone(), "clip": 0.2}


@clip_fraction.case
def all_became_likelier(rng: Rng) -> Inputs:
    """All ratios are above 1.5: only tokens with a positive advantage are clipped."""
    drawn = policy_inputs(rng, [(0, 5), (1, 6)], 6)
    more = 0.5 + normal(rng, 2, 6, spread=0.5).abs()
    return {**drawn, "new": drawn["old"] + more, "clip": 0.2}


@clip_fraction.case
def all_became_less_likely(rng: Rng) -> Inputs:
    """All ratios are below 0.6: only tokens with a negative advantage are clipped."""
    drawn = policy_inputs(rng, [(0, 5), (2, 6), (1, 3)], 6)
    less = 0.6 + normal(rng, 3, 6, spread=0.5).abs()
    return {**drawn, "new": drawn["old"] - less, "clip": 0.2}


@clip_fraction.case
def the_usual_clip(rng: Rng) -> Inputs:
    """Two stories, and no clip is handed in: the usual one is meant."""
    return policy_inputs(rng, [(0, 6), (1, 8)], 8, apart=0.4)


@clip_fraction.case
def no_room_at_all(rng: Rng) -> Inputs:
    """A clip of 0. Half of the ratios are 1 exactly: these are neither above nor below."""
    drawn = policy_inputs(rng, [(0, 6), (1, 6)], 6, apart=0.5)
    drawn["new"][:, ::2] = drawn["old"][:, ::2]
    return {**drawn, "clip": 0.0}


@clip_fraction.case
def a_wide_clip(rng: Rng) -> Inputs:
    """A clip of 0.6, which few ratios leave."""
    return policy_inputs(rng, [(0, 7), (1, 6)], 7, apart=0.6) | {"clip": 0.6}


@clip_fraction.case
def far_away_outside(rng: Rng) -> Inputs:
    """Outside the ratios are far above the clip: these tokens do not count."""
    drawn = policy_inputs(rng, [(1, 4), (2, 6), (0, 3)], 7, apart=0.3)
    far = torch.where(drawn["mask"], drawn["new"], drawn["old"] + 2)
    return {**drawn, "new": far, "clip": 0.2}


@clip_fraction.case
def one_token_that_is_clipped(rng: Rng) -> Inputs:
    """One token in all, and it is clipped."""
    drawn = policy_inputs(rng, [(0, 1)], 1)
    up = {"new": drawn["old"] + 0.4, "advantages": drawn["advantages"].abs() + 0.1}
    return {**drawn, **up, "clip": 0.2}


@clip_fraction.case
def no_advantage(rng: Rng) -> Inputs:
    """The advantage of each second token is 0: from these no gradient is taken."""
    drawn = policy_inputs(rng, [(0, 6), (0, 6)], 6, apart=0.7)
    drawn["advantages"][:, ::2] = 0
    return {**drawn, "clip": 0.2}
