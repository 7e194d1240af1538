"""Wrong answers to `distillation_loss` in other words, with the hint due."""

import torch.nn.functional as F
from solutions.encoder.reference import (
    soft_loss,
)


def distillation_loss__weights_swapped(student, teacher, labels, T, alpha):
    """Weighs the labels by alpha.

    Hint: turned_round
    """
    known = labels >= 0
    hard = F.cross_entropy(student[known], labels[known]) if known.any() else student.sum() * 0
    return (1 - alpha) * soft_loss(student, teacher, T) + alpha * hard


def distillation_loss__added(student, teacher, labels, T, alpha):
    """Forgets alpha.

    Hint: sum
    """
    known = labels >= 0
    hard = F.cross_entropy(student[known], labels[known]) if known.any() else 0.0
    return soft_loss(student, teacher, T) + hard


def distillation_loss__hot_labels(student, teacher, labels, T, alpha):
    """Predicts the labels at the temperature, too.

    Hint: hard_is_soft_too
    """
    known = labels >= 0
    hard = F.cross_entropy((student / T)[known], labels[known]) if known.any() else 0.0
    return alpha * soft_loss(student, teacher, T) + (1 - alpha) * hard


def distillation_loss__plain_cross_entropy(student, teacher, labels, T, alpha):
    """Does not think of a batch without labels.

    Hint: nan_without_labels
    """
    hard = F.cross_entropy(student, labels)
    return soft_loss(student, teacher, T) * alpha + hard * (1 - alpha)


def distillation_loss__labelled_rows_only(student, teacher, labels, T, alpha):
    """Leaves out rows without a label altogether.

    Hint: only_labelled_rows_are_soft
    """
    known = labels >= 0
    if not known.any():
        return student.sum() * 0
    s, t = student[known], teacher[known]
    return alpha * soft_loss(s, t, T) + (1 - alpha) * F.cross_entropy(s, labels[known])
