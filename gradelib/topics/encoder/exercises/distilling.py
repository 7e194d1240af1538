"""Section 4.6, a small model that learns from a large one: what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import layer_norm, normal, random_ids
from gradelib.topics.encoder.exercises.inputs import layer_weights

soft_loss = Exercise("encoder.soft_loss", points=3, difficulty=3)
distillation_loss = Exercise("encoder.distillation_loss", points=2, difficulty=2)
every_other = Exercise("encoder.every_other", points=2, difficulty=2)


def _gradients(
    answer: Callable[..., Any], student: Tensor, teacher: Tensor, *more: Any
) -> dict[str, Any]:
    """Return the loss and what it asks of student and teacher."""
    held = student.clone().requires_grad_(), teacher.clone().requires_grad_()
    loss = answer(*held, *more)
    found: tuple[Any, ...] = (
        Absent("your loss has no graph: nothing can be learned from it"),
        None,
    )
    if isinstance(loss, Tensor) and loss.requires_grad and loss.numel() == 1:
        found = torch.autograd.grad(loss.sum(), held, allow_unused=True)
    if found[0] is None:
        found = (Absent("your loss does not depend on the student"), found[1])
    to_teacher = found[1] is not None and bool(found[1].any())
    return {
        "loss": loss,
        "gradient of the student": found[0],
        "a gradient goes to the teacher": to_teacher,
    }


# --- soft_loss -----------------------------------------------------------------------------------


@soft_loss.drive
def soft_loss_and_gradients(
    answer: Callable[..., Any], student: Tensor, teacher: Tensor, T: float
) -> Any:
    return _gradients(answer, student, teacher, T)


def _two_guesses(rng: Rng, *shape: int, T: float, spread: float = 2.0) -> Inputs:
    return {
        "student": normal(rng, *shape, spread=spread),
        "teacher": normal(rng, *shape, spread=spread),
        "T": T,
    }


@soft_loss.case
def four_rows_at_two_degrees(rng: Rng) -> Inputs:
    """Four rows of six choices, at temperature 2."""
    return _two_guesses(rng, 4, 6, T=2.0)


@soft_loss.case
def at_temperature_one(rng: Rng) -> Inputs:
    """Temperature 1: nothing is softened."""
    return _two_guesses(rng, 3, 5, T=1.0)


@soft_loss.case
def a_hot_one(rng: Rng) -> Inputs:
    """Temperature 8, at which all choices come close to each other."""
    return _two_guesses(rng, 2, 7, T=8.0, spread=5.0)


@soft_loss.case
def a_temperature_below_one(rng: Rng) -> Inputs:
    """A temperature of a half sharpens both guesses."""
    return _two_guesses(rng, 3, 4, T=0.5)


@soft_loss.case
def every_place_of_a_batch(rng: Rng) -> Inputs:
    """Two texts of three tokens: six rows, and each counts the same."""
    return _two_guesses(rng, 2, 3, 5, T=3.0)


@soft_loss.case
def one_row(rng: Rng) -> Inputs:
    """One row of two choices, about which student and teacher do not agree."""
    low, high = torch.from_numpy(rng.uniform(0.5, 2, size=(2, 1, 1))).float()
    return {"student": torch.cat([-low, low], 1), "teacher": torch.cat([high, -high], 1), "T": 2.5}


@soft_loss.case
def one_text_of_a_batch(rng: Rng) -> Inputs:
    """A batch of one text."""
    return _two_guesses(rng, 1, 4, 6, T=2.0)


@soft_loss.case
def one_choice(rng: Rng) -> Inputs:
    """A single choice, about which all agree: nothing is to be learned."""
    return _two_guesses(rng, 3, 1, T=2.0)


@soft_loss.case
def they_agree_in_one_row(rng: Rng) -> Inputs:
    """Student and teacher say the same, but for a constant, in the last of four rows."""
    teacher = normal(rng, 4, 6)
    student = normal(rng, 4, 6)
    student[3] = teacher[3] + float(rng.normal())
    return {"student": student, "teacher": teacher, "T": 2.0}


@soft_loss.case
def a_teacher_that_is_sure(rng: Rng) -> Inputs:
    """Logits of some hundreds: a probability that is 0 in floating point has no logarithm."""
    return _two_guesses(rng, 3, 5, T=1.5, spread=200.0)


# --- distillation_loss ---------------------------------------------------------------------------


@distillation_loss.drive
def distillation_loss_and_gradients(
    answer: Callable[..., Any],
    student: Tensor,
    teacher: Tensor,
    labels: Tensor,
    T: float,
    alpha: float,
) -> Any:
    return _gradients(answer, student, teacher, labels, T, alpha)


def _lesson(rng: Rng, row: int, choice: int, T: float, alpha: float) -> Inputs:
    return {
        "student": normal(rng, row, choice, spread=2.0),
        "teacher": normal(rng, row, choice, spread=2.0),
        "labels": random_ids(rng, row, vocab=choice),
        "T": T,
        "alpha": alpha,
    }


@distillation_loss.case
def half_and_half(rng: Rng) -> Inputs:
    """Five rows, temperature 2, a mean of the two."""
    return _lesson(rng, 5, 4, 2.0, 0.5)


@distillation_loss.case
def mostly_the_teacher(rng: Rng) -> Inputs:
    """Nine tenths of the teacher, at temperature 4."""
    return _lesson(rng, 3, 6, 4.0, 0.9)


@distillation_loss.case
def the_label_alone(rng: Rng) -> Inputs:
    """alpha is 0: the teacher does not count."""
    return _lesson(rng, 4, 5, 3.0, 0.0)


@distillation_loss.case
def the_teacher_alone(rng: Rng) -> Inputs:
    """alpha is 1: the labels do not count."""
    return _lesson(rng, 2, 5, 1.5, 1.0)


@distillation_loss.case
def some_labels_are_missing(rng: Rng) -> Inputs:
    """Two of six rows have no label. They count for the soft loss, and not for the hard one."""
    drawn = _lesson(rng, 6, 4, 2.0, 0.3)
    labels = drawn["labels"].clone()
    labels[torch.from_numpy(rng.permutation(6)[:2])] = -100
    return {**drawn, "labels": labels}


@distillation_loss.case
def no_label_at_all(rng: Rng) -> Inputs:
    """No row has a label: only the soft loss is left."""
    return {**_lesson(rng, 3, 5, 2.0, 0.6), "labels": torch.full((3,), -100)}


@distillation_loss.case
def a_single_choice(rng: Rng) -> Inputs:
    """There is one choice only, and nothing to be learned."""
    return _lesson(rng, 4, 1, 2.0, 0.5)


@distillation_loss.case
def a_single_row(rng: Rng) -> Inputs:
    """One row."""
    return _lesson(rng, 1, 3, 2.5, 0.25)


# --- every_other ---------------------------------------------------------------------------------


def _teacher(rng: Rng, layers: int) -> Inputs:
    weights = {"tokens.weight": normal(rng, 7, 4), **layer_norm(rng, "norm", 4)}
    for number in range(layers):
        weights |= layer_weights(rng, 4, 6, f"layers.{number}.")
    return {"weights": weights}


@every_other.case
def four_layers(rng: Rng) -> Inputs:
    """Four layers become two."""
    return _teacher(rng, 4)


@every_other.case
def five_layers(rng: Rng) -> Inputs:
    """Five layers become three: the last one stays."""
    return _teacher(rng, 5)


@every_other.case
def one_layer(rng: Rng) -> Inputs:
    """A single layer stays."""
    return _teacher(rng, 1)


@every_other.case
def twelve_layers(rng: Rng) -> Inputs:
    """Twelve layers, so that there are numbers of two digits."""
    weights = {f"layers.{number}.up.bias": normal(rng, 3) for number in range(12)}
    return {"weights": weights}


@every_other.case
def weights_of_no_layer(rng: Rng) -> Inputs:
    """Names with numbers or layers in them that do not begin with "layers."."""
    names = ("head.1.weight", "positions.weight", "old.layers.1.up.bias", "layers.1.down.weight",
             "layers.2.norm_1.bias", "layers_of_the_head.1.bias")  # fmt: skip
    weights = {name: normal(rng, 2, 3) for name in names}
    return {"weights": {**weights, "layers.0.gate.weight": normal(rng, 1, 1)}}


@every_other.case
def numbers_within_a_layer(rng: Rng) -> Inputs:
    """The parts of a layer have numbers too. They stay: only the layer gets a new one."""
    parts = [int(number) for number in rng.permutation(range(1, 7))]
    names = [f"layers.{layer}.experts.{part}.bias" for layer in range(5) for part in parts]
    names += [f"layers.{layer}.layers.{part}.bias" for layer, part in enumerate(parts[:5])]
    return {"weights": {name: normal(rng, 2) for name in names}}


@every_other.case
def another_order(rng: Rng) -> Inputs:
    """The weights come in another order than the layers."""
    drawn = _teacher(rng, 4)["weights"]
    names = list(drawn)
    return {"weights": {names[place]: drawn[names[place]] for place in rng.permutation(len(names))}}
