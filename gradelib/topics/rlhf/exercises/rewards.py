"""Sections 11.2 and 11.3, learn what people prefer: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import linear, normal, random_ids, real_tokens
from gradelib.lab.flow import cut_off
from gradelib.lab.loss_drivers import loss_and_gradients
from gradelib.topics.rlhf.exercises.inputs import CausalBody

preference_loss = Exercise("rlhf.preference_loss", points=2, difficulty=2)
RewardModel = Exercise(
    "rlhf.RewardModel", points=3, difficulty=2, kind="class", given=("__init__",)
)
pair_accuracy = Exercise("rlhf.pair_accuracy", points=1, difficulty=1)


# --- preference_loss -----------------------------------------------------------------------------


@preference_loss.drive
def surprise(answer: Callable[..., Any], chosen: Tensor, rejected: Tensor) -> Any:
    """Return the loss, and what it asks of both rewards."""
    pair = {"chosen": chosen, "rejected": rejected}
    held = [one.clone().requires_grad_() for one in pair.values()]
    kept: list[Any] = []

    def asked(first: Tensor, second: Tensor) -> Any:
        kept.append(answer(first, second))
        return kept[0]

    found = loss_and_gradients(asked, pair, ["what was rejected"])
    again = answer(*held)
    if isinstance(again, Tensor) and again.requires_grad and again.numel() == 1:
        other = torch.autograd.grad(again.sum(), held[1], allow_unused=True)[0]
        found["gradient of what was rejected"] = other
    return {name: value for name, value in found.items() if "goes to" not in name}


def _rewards(rng: Rng, pairs: int, spread: float = 1.5, ahead: float = 0.0) -> Inputs:
    return {
        "chosen": normal(rng, pairs, spread=spread) + ahead,
        "rejected": normal(rng, pairs, spread=spread),
    }


@preference_loss.case
def some_pairs(rng: Rng) -> Inputs:
    """Six pairs."""
    return _rewards(rng, 6)


@preference_loss.case
def a_model_that_is_mostly_right(rng: Rng) -> Inputs:
    """Nine pairs; what was chosen has the higher reward in most."""
    return _rewards(rng, 9, ahead=2.0)


@preference_loss.case
def a_model_that_is_mostly_wrong(rng: Rng) -> Inputs:
    """Five pairs; what was chosen has the lower reward in most."""
    return _rewards(rng, 5, ahead=-3.0)


@preference_loss.case
def one_pair(rng: Rng) -> Inputs:
    """A single pair."""
    return _rewards(rng, 1)


@preference_loss.case
def far_apart(rng: Rng) -> Inputs:
    """Four pairs; in two of them the rewards lie 200 apart, once in favour of each side."""
    drawn = _rewards(rng, 4)
    drawn["rejected"][1] = drawn["chosen"][1] + 200
    drawn["rejected"][3] = drawn["chosen"][3] - 200
    return drawn


@preference_loss.case
def large_rewards(rng: Rng) -> Inputs:
    """Three pairs of rewards around 90: only their difference counts."""
    drawn = _rewards(rng, 3)
    return {name: rewards + 90 for name, rewards in drawn.items()}


@preference_loss.case
def no_opinion(rng: Rng) -> Inputs:
    """Seven pairs with the same reward on both sides: the loss is log 2, and still teaches."""
    same = normal(rng, 7)
    return {"chosen": same, "rejected": same.clone()}


# --- RewardModel ---------------------------------------------------------------------------------


@RewardModel.drive
def rewards_of(
    answer: Callable[..., Any],
    init: Inputs,
    table: Tensor,
    weights: dict[str, Tensor],
    ids: Tensor,
    attention_mask: Tensor,
) -> Any:
    """Build the model on a small body, with the weights of the case, and let it read."""
    body = CausalBody(table)
    model: nn.Module = answer(body, **init)
    model.load_state_dict({"body.table": table, **weights})
    found, weights = model.eval()(ids, attention_mask), dict(model.named_parameters())
    masks = [*body.masks]
    return {
        "rewards": found,
        "weights that no gradient reaches": cut_off(lambda: model(ids, attention_mask), weights),
        "masks that the body got": masks,
    }


def _texts(rng: Rng, lengths: list[int], d_model: int, longer: int = 0) -> Inputs:
    mask = real_tokens(lengths)
    mask = torch.cat([mask, torch.zeros(len(lengths), longer, dtype=torch.bool)], dim=1)
    return {
        "init": {"d_model": d_model},
        "table": normal(rng, 9, d_model),
        "weights": linear(rng, "head", d_model, 1),
        "ids": random_ids(rng, *mask.shape, vocab=9),
        "attention_mask": mask,
    }


@RewardModel.case
def three_texts(rng: Rng) -> Inputs:
    """Three texts of two, five and three tokens."""
    return _texts(rng, [2, 5, 3], 6)


@RewardModel.case
def texts_of_one_length(rng: Rng) -> Inputs:
    """Four texts of three tokens: there is no padding."""
    return _texts(rng, [3, 3, 3, 3], 5)


@RewardModel.case
def padding_behind_each(rng: Rng) -> Inputs:
    """Two texts, and two tokens of padding behind the longer one too."""
    return _texts(rng, [4, 1], 3, longer=2)


@RewardModel.case
def one_text_of_one_token(rng: Rng) -> Inputs:
    """One text of one token."""
    return _texts(rng, [1], 4)


@RewardModel.case
def vectors_of_one_number(rng: Rng) -> Inputs:
    """A body with vectors of one number."""
    return _texts(rng, [3, 6, 4], 1)


@RewardModel.case
def texts_that_end_like_padding(rng: Rng) -> Inputs:
    """Token 0 stands inside the texts, at their ends, and as padding: only the mask can tell."""
    drawn = _texts(rng, [4, 2, 5], 4)
    drawn["ids"][~drawn["attention_mask"]] = 0
    for row, end in enumerate([3, 1, 4]):
        drawn["ids"][row, end] = 0
    drawn["ids"][2, 1] = 0
    return drawn


# --- pair_accuracy -------------------------------------------------------------------------------


@pair_accuracy.case
def eight_pairs(rng: Rng) -> Inputs:
    """Eight pairs; three are right."""
    drawn = _rewards(rng, 8)
    low, high = torch.sort(torch.stack([drawn["chosen"], drawn["rejected"]]), dim=0)[0]
    right = torch.from_numpy(rng.permutation(8) < 3)
    return {"chosen": torch.where(right, high, low), "rejected": torch.where(right, low, high)}


@pair_accuracy.case
def a_pair_without_an_opinion(rng: Rng) -> Inputs:
    """Five pairs; in the third and the last both rewards are the same."""
    drawn = _rewards(rng, 5, ahead=0.5)
    drawn["rejected"][[2, 4]] = drawn["chosen"][[2, 4]]
    return drawn


@pair_accuracy.case
def all_right(rng: Rng) -> Inputs:
    """Four pairs, all right."""
    drawn = _rewards(rng, 4)
    return {**drawn, "chosen": drawn["rejected"] + drawn["chosen"].abs() + 0.1}


@pair_accuracy.case
def all_wrong(rng: Rng) -> Inputs:
    """Seven pairs, all wrong."""
    drawn = _rewards(rng, 7)
    return {**drawn, "chosen": drawn["rejected"] - drawn["chosen"].abs() - 0.1}


@pair_accuracy.case
def a_narrow_lead(rng: Rng) -> Inputs:
    """Six pairs whose rewards differ by less than 0.01; four are right."""
    base = normal(rng, 6)
    right = torch.from_numpy(rng.permutation(6) < 4)
    return {"chosen": base + torch.where(right, 0.006, -0.006), "rejected": base}


@pair_accuracy.case
def a_very_narrow_lead(rng: Rng) -> Inputs:
    """Seven pairs whose rewards of 1 to 4 differ by 0.000004; five are right."""
    base = 1 + torch.from_numpy(rng.integers(1, 12, 7)).float() / 4
    right = torch.from_numpy(rng.permutation(7) < 5)
    return {"chosen": base + torch.where(right, 2.0**-18, -(2.0**-18)), "rejected": base}


@pair_accuracy.case
def one_pair_that_is_right(rng: Rng) -> Inputs:
    """A single pair, and it is right."""
    reward = normal(rng, 1)
    return {"chosen": reward + 1, "rejected": reward}
