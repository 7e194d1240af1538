"""Sections 7.2 and 7.4, one vector for a text, and a head on it: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import linear, normal, random_ids, real_tokens
from gradelib.lab.flow import said_and_learned
from gradelib.topics.transfer_learning.exercises.models import SmallBody

pool = Exercise("transfer_learning.pool", points=2, difficulty=2)
Classifier = Exercise(
    "transfer_learning.Classifier",
    points=1,
    difficulty=1,
    kind="class",
    given=("__init__",),
)

# --- pool ----------------------------------------------------------------------------------------


@pool.drive
def chosen(answer: Callable[..., Any], hidden: Tensor, attention_mask: Tensor, how: str) -> Any:
    """Return what the head gets to see, or why the body could not learn by it."""

    def read(hidden: Tensor) -> Any:
        return answer(hidden, attention_mask, how)

    return said_and_learned(read, nn.Module(), hidden=hidden)


def _hidden(rng: Rng, lengths: list[int], d_model: int, how: str) -> Inputs:
    mask = real_tokens(lengths)
    return {"hidden": normal(rng, *mask.shape, d_model) + 1.5, "attention_mask": mask, "how": how}


@pool.case
def the_first_of_each_text(rng: Rng) -> Inputs:
    """The vectors of [CLS] in texts of two, five and three tokens."""
    return _hidden(rng, [2, 5, 3], 4, "cls")


@pool.case
def the_mean_of_each_text(rng: Rng) -> Inputs:
    """The means of texts of four, one and three real tokens."""
    return _hidden(rng, [4, 1, 3], 5, "mean")


@pool.case
def all_vectors(rng: Rng) -> Inputs:
    """All vectors as they are, those of padding too."""
    return _hidden(rng, [3, 2], 4, "each")


@pool.case
def all_vectors_of_one_text(rng: Rng) -> Inputs:
    """All vectors of one text."""
    return _hidden(rng, [4], 3, "each")


@pool.case
def all_vectors_of_short_texts(rng: Rng) -> Inputs:
    """All vectors of two texts of one token each."""
    return _hidden(rng, [1, 1], 5, "each")


@pool.case
def one_text_of_one_token(rng: Rng) -> Inputs:
    """One text, one token: its mean is its vector."""
    return _hidden(rng, [1], 3, "mean")


@pool.case
def one_text(rng: Rng) -> Inputs:
    """[CLS] of one text of four tokens."""
    return _hidden(rng, [4], 2, "cls")


@pool.case
def one_feature(rng: Rng) -> Inputs:
    """Vectors of a single number; the mean."""
    return _hidden(rng, [2, 4, 1, 3], 1, "mean")


@pool.case
def padding_that_is_not_a_number(rng: Rng) -> Inputs:
    """At the places of padding stands NaN, which times 0 is NaN; the mean."""
    drawn = _hidden(rng, [3, 2, 4], 3, "mean")
    padding = ~drawn["attention_mask"][..., None]
    return {**drawn, "hidden": drawn["hidden"].masked_fill(padding, torch.nan)}


@pool.case
def padding_that_is_infinite(rng: Rng) -> Inputs:
    """At the places of padding stands infinity, above zero or below it; the mean."""
    drawn = _hidden(rng, [2, 4, 1], 3, "mean")
    endless = torch.tensor([torch.inf, -torch.inf, torch.inf])
    return {
        **drawn,
        "hidden": torch.where(drawn["attention_mask"][..., None], drawn["hidden"], endless),
    }


@pool.case
def vectors_of_zeros(rng: Rng) -> Inputs:
    """Some real tokens have vectors of zeros: they count in the mean all the same."""
    drawn = _hidden(rng, [3, 5, 2], 4, "mean")
    drawn["hidden"][1, [1, 3]] = 0
    drawn["hidden"][2, 1] = 0
    return drawn


@pool.case
def all_vectors_some_not_a_number(rng: Rng) -> Inputs:
    """All vectors as they are: where NaN or infinity stands, it stays."""
    drawn = _hidden(rng, [2, 4, 3], 3, "each")
    drawn["hidden"][0, 2:] = torch.nan
    drawn["hidden"][2, 3] = torch.inf
    return drawn


@pool.case
def a_part_of_a_word(rng: Rng) -> Inputs:
    """A `how` that is only a part of one of the three: a ValueError."""
    return _hidden(rng, [2, 3], 4, str(rng.choice(["cl", "mea", "eac", "s", "a"])))


@pool.case
def a_word_that_begins_alike(rng: Rng) -> Inputs:
    """A `how` that begins like one of the three: a ValueError."""
    return _hidden(rng, [3, 1], 4, str(rng.choice(["max", "means", "each token", "cls_token"])))


@pool.case
def a_word_in_capitals(rng: Rng) -> Inputs:
    """One of the three in capitals is another word: a ValueError."""
    return _hidden(rng, [2, 2], 4, str(rng.choice(["CLS", "Mean", "EACH"])))


@pool.case
def another_word(rng: Rng) -> Inputs:
    """A `how` that is none of the three: a ValueError."""
    return _hidden(rng, [2, 3], 4, "last")


# --- Classifier ----------------------------------------------------------------------------------


@Classifier.drive
def logits_of(
    answer: Callable[..., Any],
    init: Inputs,
    table: Tensor,
    weights: dict[str, Tensor],
    ids: Tensor,
    attention_mask: Tensor,
) -> Any:
    """Build the model on a small body, with the weights of the case, and let it read."""
    body = SmallBody(table)
    model: nn.Module = answer(body, **init)
    model.load_state_dict({"body.table": table, **weights})
    model.eval()
    logits = model(ids, attention_mask)
    found: dict[str, Any] = {"it can learn": isinstance(logits, Tensor) and logits.requires_grad}
    found["readings of the body"] = len(body.called)
    logits = said_and_learned(lambda: model(ids, attention_mask), model)
    model.train()
    trained = said_and_learned(lambda: model(ids, attention_mask), model)
    modes = {"the body stays in training mode": body.training}
    body.eval()
    model(ids, attention_mask)
    modes["the body alone stays in evaluation mode"] = not body.training
    model.eval()
    body.train()
    model(ids, attention_mask)
    modes["the body alone stays in training mode"] = body.training
    return {"logits": logits, **found, "logits in training mode": trained, **modes}


def _classified(rng: Rng, lengths: list[int], sizes: tuple[int, int], how: str) -> Inputs:
    d_model, classes = sizes
    mask = real_tokens(lengths)
    return {
        "init": {"d_model": d_model, "classes": classes, "how": how},
        "table": normal(rng, 9, d_model),
        "weights": linear(rng, "head", d_model, classes),
        "ids": random_ids(rng, *mask.shape, vocab=9),
        "attention_mask": mask,
    }


@Classifier.case
def from_the_first_token(rng: Rng) -> Inputs:
    """Three texts of two to five tokens, four classes, read from [CLS]."""
    return _classified(rng, [2, 5, 3], (6, 4), "cls")


@Classifier.case
def from_the_mean(rng: Rng) -> Inputs:
    """Two texts of four tokens and one, three classes, read from the mean."""
    return _classified(rng, [4, 1], (5, 3), "mean")


@Classifier.case
def a_class_for_each_token(rng: Rng) -> Inputs:
    """Two texts of three tokens and two, five classes for each token."""
    return _classified(rng, [3, 2], (4, 5), "each")


@Classifier.case
def a_class_for_each_token_of_one_text(rng: Rng) -> Inputs:
    """One text of three tokens, two classes for each token."""
    return _classified(rng, [3], (4, 2), "each")


@Classifier.case
def one_text_of_one_token_again(rng: Rng) -> Inputs:
    """One text of one token, read from [CLS]."""
    return _classified(rng, [1], (3, 2), "cls")


@Classifier.case
def one_class_and_one_feature(rng: Rng) -> Inputs:
    """A body with vectors of one number, and one class; the mean."""
    return _classified(rng, [3, 4], (1, 1), "mean")
