"""Sections 7.2 and 7.3, how good it is: what is asked."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal, random_ids

accuracy = Exercise("transfer_learning.accuracy", points=1, difficulty=1)
confusion_matrix = Exercise("transfer_learning.confusion_matrix", points=2, difficulty=2)
macro_f1 = Exercise("transfer_learning.macro_f1", points=2, difficulty=2)


# --- accuracy ------------------------------------------------------------------------------------


def _questions(rng: Rng, *shape: int, classes: int, unasked: int = 0) -> Inputs:
    labels = random_ids(rng, *shape, vocab=classes).flatten()
    labels[torch.from_numpy(rng.permutation(len(labels))[:unasked].copy())] = -100
    return {"logits": normal(rng, *shape, classes, spread=3.0), "labels": labels.view(shape)}


@accuracy.case
def a_class_for_each_text(rng: Rng) -> Inputs:
    """Seven texts, four classes; about half of them are right."""
    drawn = _questions(rng, 7, classes=4)
    right = torch.from_numpy(rng.permutation(7)[:3].copy())
    drawn["logits"][right, drawn["labels"][right]] += 20
    return drawn


@accuracy.case
def a_class_for_each_token(rng: Rng) -> Inputs:
    """Three texts of six tokens, three classes, and seven labels of -100."""
    return _questions(rng, 3, 6, classes=3, unasked=7)


@accuracy.case
def masks_to_be_filled(rng: Rng) -> Inputs:
    """Two texts of nine tokens, of which three are asked for; one answer of the three is right."""
    drawn = _questions(rng, 2, 9, classes=30, unasked=15)
    row, token = (place[-1] for place in torch.where(drawn["labels"] >= 0))
    drawn["logits"][row, token, drawn["labels"][row, token]] = 40.0
    return drawn


@accuracy.case
def the_last_class_is_right(rng: Rng) -> Inputs:
    """The last of five classes is always guessed; some labels are -100, some are the last class."""
    labels = torch.tensor([4, -100, 4, 1, -100, 0, 4])
    logits = normal(rng, 7, 5)
    logits[:, 4] += 30
    return {"logits": logits, "labels": labels}


@accuracy.case
def one_text(rng: Rng) -> Inputs:
    """One text of one token, three classes, and a right answer."""
    logits = torch.zeros(1, 1, 3)
    logits[0, 0, 2] = float(rng.uniform(1, 2))
    return {"logits": logits, "labels": torch.tensor([[2]])}


@accuracy.case
def one_class(rng: Rng) -> Inputs:
    """A single class is always right, whatever its logit is."""
    return {"logits": normal(rng, 4, 1), "labels": torch.tensor([0, -100, 0, 0])}


@accuracy.case
def all_wrong(rng: Rng) -> Inputs:
    """Five texts, all of them wrong; logits below zero."""
    labels = random_ids(rng, 5, vocab=3)
    logits = -normal(rng, 5, 3).abs() - 1
    logits[torch.arange(5), labels] -= 10
    return {"logits": logits, "labels": labels}


@accuracy.case
def large_logits(rng: Rng) -> Inputs:
    """Six texts with logits of hundreds and of thousands, above zero and below it."""
    logits = torch.from_numpy(rng.permutation(24) * 90.0 - 1000).view(6, 4).float()
    logits[4] = 700 + 50 * torch.arange(4.0)
    labels = logits.argmax(dim=-1)
    labels[2] = (labels[2] + 1) % 4
    return {"logits": logits, "labels": labels}


# --- confusion_matrix ----------------------------------------------------------------------------


def _guesses(rng: Rng, texts: int, classes: int, most: int | None = None) -> Inputs:
    labels, guesses = (random_ids(rng, texts, vocab=most or classes) for _ in range(2))
    return {"labels": labels, "guesses": guesses, "classes": classes}


@confusion_matrix.case
def many_texts(rng: Rng) -> Inputs:
    """Thirty texts of four classes."""
    return _guesses(rng, 30, 4)


@confusion_matrix.case
def always_the_same_guess(rng: Rng) -> Inputs:
    """Every text is taken for class 2."""
    drawn = _guesses(rng, 12, 3)
    return {**drawn, "guesses": torch.full((12,), 2)}


@confusion_matrix.case
def classes_that_do_not_occur(rng: Rng) -> Inputs:
    """Six classes, of which the last three never occur, neither as label nor as guess."""
    return _guesses(rng, 10, 6, most=3)


@confusion_matrix.case
def one_text_again(rng: Rng) -> Inputs:
    """One text, taken for another class."""
    return {"labels": torch.tensor([1]), "guesses": torch.tensor([3]), "classes": 5}


@confusion_matrix.case
def one_class_again(rng: Rng) -> Inputs:
    """A single class."""
    return _guesses(rng, int(rng.integers(3, 9)), 1)


@confusion_matrix.case
def no_text_at_all(rng: Rng) -> Inputs:
    """No texts: a matrix of zeros."""
    empty = torch.zeros(0, dtype=torch.int64)
    return {"labels": empty, "guesses": empty.clone(), "classes": 3}


@confusion_matrix.case
def hundreds_of_texts(rng: Rng) -> Inputs:
    """Three hundred texts of two classes: counts beyond what 8 bits hold."""
    labels = torch.from_numpy((rng.random(700) < 0.1).astype(np.int64))
    guesses = torch.from_numpy((rng.random(700) < 0.05).astype(np.int64))
    return {"labels": labels, "guesses": guesses, "classes": 2}


@confusion_matrix.invariant
def every_text_counts_once(inputs: Inputs, answer: Tensor) -> bool:
    """All counts together are the number of texts."""
    return int(answer.sum()) == len(inputs["labels"])


@confusion_matrix.invariant
def counts_are_int64(inputs: Inputs, answer: Tensor) -> bool | str:
    """The counts are whole numbers, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"


# --- macro_f1 ------------------------------------------------------------------------------------


def _counts(rng: Rng, classes: int, most: int = 9) -> Tensor:
    return torch.from_numpy(rng.integers(most, size=(classes, classes))) + torch.eye(
        classes, dtype=torch.int64
    )


@macro_f1.case
def four_classes(rng: Rng) -> Inputs:
    """Four classes, each with some hits."""
    return {"confusion": _counts(rng, 4)}


@macro_f1.case
def a_rare_class(rng: Rng) -> Inputs:
    """Class 1 is rare and mostly missed; the others are frequent and mostly found."""
    confusion = _counts(rng, 3, most=5) + torch.diag(torch.tensor([200, 0, 300]))
    confusion[1] = torch.tensor([6, 1, 3])
    return {"confusion": confusion}


@macro_f1.case
def a_class_that_is_never_guessed(rng: Rng) -> Inputs:
    """No text is taken for class 2: it has no guesses, so no precision."""
    confusion = _counts(rng, 4)
    confusion[:, 2] = 0
    return {"confusion": confusion}


@macro_f1.case
def a_class_without_texts(rng: Rng) -> Inputs:
    """No text has the label 1, but some are taken for it: it has no recall."""
    confusion = _counts(rng, 3)
    confusion[1] = 0
    return {"confusion": confusion}


@macro_f1.case
def a_class_that_does_not_occur(rng: Rng) -> Inputs:
    """The last class is neither a label nor a guess: its F1 is 0, and it counts."""
    confusion = _counts(rng, 4)
    confusion[3], confusion[:, 3] = 0, 0
    return {"confusion": confusion}


@macro_f1.case
def one_class_only(rng: Rng) -> Inputs:
    """A single class, always right."""
    return {"confusion": torch.tensor([[int(rng.integers(2, 9))]])}


@macro_f1.case
def nothing_is_right(rng: Rng) -> Inputs:
    """No hit at all."""
    confusion = _counts(rng, 3)
    return {"confusion": confusion - torch.diag(confusion.diagonal())}


@macro_f1.case
def all_is_right(rng: Rng) -> Inputs:
    """Every text is right, and the classes are of different size."""
    return {"confusion": torch.diag(torch.from_numpy(rng.integers(1, 40, size=5)))}
