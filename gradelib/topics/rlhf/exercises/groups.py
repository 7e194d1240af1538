"""Section 11.8, compare within a group: what is asked."""

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
)

grpo_loss = Exercise("rlhf.grpo_loss", points=3, difficulty=3)


@grpo_loss.drive
def of_groups(
    answer: Callable[..., Any],
    new: Tensor,
    old: Tensor,
    reference: Tensor,
    scores: Tensor,
    mask: Tensor,
    weight: float,
) -> Any:
    """Return the loss and its gradient; only the policy of now gets one."""
    given = {"new": new, "old": old, "reference": reference.detach(), "mask": mask}

    def asked(now: Tensor, before: Tensor, far: Tensor, where: Tensor) -> Any:
        return answer(now, before, far.detach(), scores, where, weight)

    return without_nan_outside(loss_and_gradients(asked, given, ["old", "the reference"]), mask)


def _groups(
    rng: Rng, groups: int, spans: list[tuple[int, int]], tokens: int, weight: float
) -> Inputs:
    drawn = policy_inputs(rng, spans, tokens, apart=0.3)
    shape = len(spans), tokens
    return {
        "new": drawn["new"],
        "old": drawn["old"],
        "reference": drawn_log_probs(rng, *shape, apart=0.5, near=drawn["old"]),
        "scores": normal(rng, groups, len(spans) // groups, spread=2.0),
        "mask": drawn["mask"],
        "weight": weight,
    }


@grpo_loss.case
def two_groups_of_three(rng: Rng) -> Inputs:
    """Two groups of three stories of two to five tokens."""
    spans = [(0, 5), (1, 3), (2, 5), (0, 4), (3, 5), (1, 5)]
    return _groups(rng, 2, spans, 5, weight=0.1)


@grpo_loss.case
def three_groups_of_two(rng: Rng) -> Inputs:
    """Three groups of two stories, and a high weight."""
    spans = [(1, 4), (0, 6), (2, 3), (1, 6), (0, 2), (3, 6)]
    return _groups(rng, 3, spans, 6, weight=1.5)


@grpo_loss.case
def no_weight(rng: Rng) -> Inputs:
    """One group of four stories; the distance costs nothing."""
    return _groups(rng, 1, [(0, 3), (1, 4), (2, 4), (0, 2)], 4, weight=0.0)


@grpo_loss.case
def the_first_step_again(rng: Rng) -> Inputs:
    """Nothing has changed yet: all ratios are 1 and the distance is 0. The gradient is not."""
    drawn = _groups(rng, 1, [(0, 3), (1, 2), (0, 2), (0, 1)], 3, weight=0.2)
    return {**drawn, "new": drawn["old"].clone(), "reference": drawn["old"].clone()}


@grpo_loss.case
def one_story_alone(rng: Rng) -> Inputs:
    """One story of one token: it has no advantage, and only the distance counts."""
    return _groups(rng, 1, [(0, 1)], 1, weight=0.4)


@grpo_loss.case
def far_from_the_reference(rng: Rng) -> Inputs:
    """Two groups of two; the reference is some nats away, on both sides."""
    drawn = _groups(rng, 2, [(0, 4), (1, 3), (0, 2), (2, 4)], 4, weight=0.3)
    far = drawn_log_probs(rng, 4, 4, apart=1.5, near=drawn["old"])
    return {**drawn, "reference": far}


@grpo_loss.case
def very_far_from_where_it_was(rng: Rng) -> Inputs:
    """Two groups of two; tokens became e^12 times likelier than when they were drawn."""
    drawn = _groups(rng, 2, [(0, 4), (1, 3), (0, 2), (2, 4)], 4, weight=0.3)
    return {**drawn, "old": drawn["old"] - 12, "new": drawn["old"] + normal(rng, 4, 4, spread=0.2)}


@grpo_loss.case
def very_far_from_the_reference(rng: Rng) -> Inputs:
    """One group of four; the reference finds tokens e^12 times likelier, or less likely."""
    drawn = _groups(rng, 1, [(0, 3), (1, 4), (0, 4), (2, 4)], 4, weight=0.2)
    side = torch.from_numpy(rng.permutation([12.0, -12.0] * 8)).float().view(4, 4)
    return {**drawn, "reference": drawn["old"] + side}


@grpo_loss.case
def no_number_outside_of_stories(rng: Rng) -> Inputs:
    """Where the policy did not write stands minus infinity, in all three."""
    drawn = _groups(rng, 2, [(1, 4), (0, 3), (2, 5), (1, 2)], 5, weight=0.3)
    for name in ("new", "old", "reference"):
        drawn[name] = drawn[name].masked_fill(~drawn["mask"], -torch.inf)
    return drawn


@grpo_loss.case
def groups_of_one_score(rng: Rng) -> Inputs:
    """Two groups; in the second all stories have the same score."""
    drawn = _groups(rng, 2, [(0, 3), (1, 4), (2, 4), (0, 4), (1, 3), (0, 2)], 4, weight=0.2)
    drawn["scores"][1] = float(rng.integers(1, 4))
    return drawn
