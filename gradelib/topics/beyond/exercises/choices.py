"""Sections 12.1 and 12.2, from choices to a policy: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal, random_ids
from gradelib.lab.flow import cut_off
from gradelib.lab.loss_drivers import loss_and_gradients

answer_log_prob = Exercise("beyond.answer_log_prob", points=3, difficulty=3)
implicit_reward = Exercise("beyond.implicit_reward", points=1, difficulty=1)
dpo_loss = Exercise("beyond.dpo_loss", points=3, difficulty=2)


# --- answer_log_prob -----------------------------------------------------------------------------


@answer_log_prob.drive
def of_answers(
    answer: Callable[..., Any], logits: Tensor, ids: Tensor, mask: Tensor, mean: bool | None
) -> Any:
    """Return the log-probabilities, and whether a policy could learn by them."""
    how = [] if mean is None else [mean]
    held = logits.clone().requires_grad_()
    found = answer(held, ids, mask, *how)
    learns = isinstance(found, Tensor) and found.requires_grad
    measured = learns and logits.device.type == "cpu" and bool(logits.isfinite().all())
    cut = cut_off(lambda: answer(held, ids, mask, *how), {"logits": held}) if measured else []
    return {"log-probabilities": found, "it can learn": learns, "what no gradient reaches": cut}


def _texts(
    rng: Rng,
    spans: list[tuple[int, int]],
    tokens: int,
    vocab: int,
    mean: bool | None = False,
    spread: float = 2.0,
) -> Inputs:
    at = torch.arange(tokens)
    mask = torch.stack([(at >= start) & (at < end) for start, end in spans])
    return {
        "logits": normal(rng, len(spans), tokens, vocab, spread=spread),
        "ids": random_ids(rng, len(spans), tokens, vocab=vocab),
        "mask": mask,
        "mean": mean,
    }


@answer_log_prob.case
def behind_a_prompt(rng: Rng) -> Inputs:
    """Three texts of six tokens: prompts of two or three tokens, answers of two to four."""
    return _texts(rng, [(2, 5), (3, 5), (2, 6)], 6, 7)


@answer_log_prob.case
def with_padding(rng: Rng) -> Inputs:
    """Two texts, and padding behind both answers."""
    return _texts(rng, [(1, 4), (3, 6)], 8, 5)


@answer_log_prob.case
def the_mean_of_each(rng: Rng) -> Inputs:
    """Four answers of one to five tokens, and the mean of each is asked for."""
    return _texts(rng, [(2, 7), (4, 5), (3, 6), (1, 5)], 7, 6, mean=True)


@answer_log_prob.case
def unless_told_otherwise(rng: Rng) -> Inputs:
    """Two texts, and nothing is said of a mean: the sum is meant."""
    return _texts(rng, [(1, 3), (2, 6)], 6, 8, mean=None)


@answer_log_prob.case
def one_token_behind_one(rng: Rng) -> Inputs:
    """One text of two tokens, of which the second is the answer."""
    return _texts(rng, [(1, 2)], 2, 4, mean=True)


@answer_log_prob.case
def one_longer_answer(rng: Rng) -> Inputs:
    """One text, with an answer of three tokens."""
    return _texts(rng, [(2, 5)], 6, 5)


@answer_log_prob.case
def answers_of_one_token(rng: Rng) -> Inputs:
    """Three texts of two tokens, and the second of each is the answer."""
    return _texts(rng, [(1, 2)] * 3, 2, 6)


@answer_log_prob.case
def a_vocabulary_of_one(rng: Rng) -> Inputs:
    """There is one kind of token: no answer is a surprise."""
    return _texts(rng, [(1, 3), (2, 4), (1, 4)], 4, 1)


@answer_log_prob.case
def large_logits(rng: Rng) -> Inputs:
    """Logits of hundreds: some probabilities are too small to be written down."""
    return _texts(rng, [(2, 4), (1, 5)], 5, 6, spread=300.0)


@answer_log_prob.case
def impossible_prompts(rng: Rng) -> Inputs:
    """The second token of each prompt, and the padding, has a logit of minus infinity."""
    drawn = _texts(rng, [(2, 4), (3, 5)], 7, 5, mean=True)
    for place in (1, 5, 6):
        rows = torch.arange(2)
        drawn["logits"][rows, place - 1, drawn["ids"][:, place]] = -torch.inf
    return drawn


# --- implicit_reward -----------------------------------------------------------------------------


@implicit_reward.drive
def of_a_policy(answer: Callable[..., Any], policy: Tensor, reference: Tensor, beta: float) -> Any:
    """Return the rewards, and where gradients go."""
    held = policy.clone().requires_grad_(), reference.clone().requires_grad_()
    found = answer(*held, beta)
    gradients: tuple[Any, ...] = (None, None)
    if isinstance(found, Tensor) and found.requires_grad:
        gradients = torch.autograd.grad(found.sum(), held, allow_unused=True)
    return {
        "rewards": found,
        "a gradient goes to the policy": gradients[0] is not None and bool(gradients[0].any()),
        "a gradient goes to the reference": gradients[1] is not None and bool(gradients[1].any()),
    }


def _answers(rng: Rng, count: int, apart: float = 3.0, far: float = 40.0) -> tuple[Tensor, Tensor]:
    """Return log-probabilities of whole answers, by a reference and by a policy."""
    reference = -normal(rng, count, spread=far / 3).abs() - far
    return reference + normal(rng, count, spread=apart), reference


def _reward_inputs(rng: Rng, count: int, beta: float, apart: float = 3.0) -> Inputs:
    policy, reference = _answers(rng, count, apart)
    return {"policy": policy, "reference": reference, "beta": beta}


@implicit_reward.case
def five_answers(rng: Rng) -> Inputs:
    """Five answers, beta 0.1."""
    return _reward_inputs(rng, 5, 0.1)


@implicit_reward.case
def a_large_beta(rng: Rng) -> Inputs:
    """Seven answers, beta 2.5."""
    return _reward_inputs(rng, 7, 2.5)


@implicit_reward.case
def one_answer(rng: Rng) -> Inputs:
    """One answer."""
    return _reward_inputs(rng, 1, 0.3)


@implicit_reward.case
def likelier_than_before(rng: Rng) -> Inputs:
    """Four answers, each likelier than before: all rewards are above 0."""
    drawn = _reward_inputs(rng, 4, 0.5)
    more = normal(rng, 4, spread=2.0).abs() + 1
    return {**drawn, "policy": drawn["reference"] + more}


@implicit_reward.case
def before_the_first_step(rng: Rng) -> Inputs:
    """The policy is still the reference: no answer has a reward."""
    drawn = _reward_inputs(rng, 6, 0.2)
    return {**drawn, "policy": drawn["reference"].clone()}


@implicit_reward.case
def long_answers(rng: Rng) -> Inputs:
    """Three long answers: their probabilities are too small to be written down."""
    policy, reference = ((8 * x).round() / 8 for x in _answers(rng, 3, 4.0, far=300.0))
    return {"policy": policy, "reference": reference, "beta": 0.5}


# --- dpo_loss ------------------------------------------------------------------------------------


@dpo_loss.drive
def surprise(
    answer: Callable[..., Any],
    chosen: Tensor,
    rejected: Tensor,
    reference_chosen: Tensor,
    reference_rejected: Tensor,
    beta: float,
) -> Any:
    """Return the loss, what it asks of both answers, and where gradients go."""
    given = {
        "chosen": chosen,
        "rejected": rejected,
        "reference_chosen": reference_chosen,
        "reference_rejected": reference_rejected,
    }
    names = ["what was rejected", "the reference of the chosen", "the reference of the rejected"]
    return loss_and_gradients(answer, given, names, beta)


def _pairs(rng: Rng, count: int, beta: float, apart: float = 3.0, ahead: float = 0.0) -> Inputs:
    chosen, reference_chosen = _answers(rng, count, apart)
    rejected, reference_rejected = _answers(rng, count, apart)
    return {
        "chosen": chosen + ahead,
        "rejected": rejected,
        "reference_chosen": reference_chosen,
        "reference_rejected": reference_rejected,
        "beta": beta,
    }


@dpo_loss.case
def six_pairs(rng: Rng) -> Inputs:
    """Six pairs, beta 0.1."""
    return _pairs(rng, 6, 0.1)


@dpo_loss.case
def a_larger_beta(rng: Rng) -> Inputs:
    """Five pairs, beta 0.7."""
    return _pairs(rng, 5, 0.7, apart=1.5)


@dpo_loss.case
def a_policy_that_has_learned(rng: Rng) -> Inputs:
    """Eight pairs; the chosen answer has become likelier in most."""
    return _pairs(rng, 8, 0.3, ahead=5.0)


@dpo_loss.case
def a_policy_that_is_mostly_wrong(rng: Rng) -> Inputs:
    """Four pairs; the chosen answer has become less likely in most."""
    return _pairs(rng, 4, 0.4, ahead=-6.0)


@dpo_loss.case
def one_pair(rng: Rng) -> Inputs:
    """A single pair."""
    return _pairs(rng, 1, 0.2)


@dpo_loss.case
def the_first_step(rng: Rng) -> Inputs:
    """The policy is still the reference: the loss is log 2, and there is a gradient."""
    drawn = _pairs(rng, 7, 0.1)
    same = {"chosen": "reference_chosen", "rejected": "reference_rejected"}
    return drawn | {name: drawn[other].clone() for name, other in same.items()}


@dpo_loss.case
def far_apart(rng: Rng) -> Inputs:
    """Four pairs, beta 1; in two of them the rewards lie 200 apart, once on each side."""
    drawn = _pairs(rng, 4, 1.0)
    drawn["chosen"][1] -= 200
    drawn["chosen"][3] += 200
    return drawn
