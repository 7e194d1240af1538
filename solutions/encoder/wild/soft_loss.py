"""Wrong answers to `soft_loss` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def soft_loss__factor_forgotten(student, teacher, T):
    """Never multiplies.

    Hint: no_square
    """
    p = F.softmax(teacher.detach() / T, -1).flatten(0, -2)
    q = F.log_softmax(student / T, -1).flatten(0, -2)
    return F.kl_div(q, p, reduction="batchmean")


def soft_loss__wrong_mean(student, teacher, T):
    """Falls into the trap of kl_div.

    Hint: mean_of_everything
    """
    p = F.softmax(teacher.detach() / T, -1)
    q = F.log_softmax(student / T, -1)
    return F.kl_div(q, p, reduction="mean") * T**2


def soft_loss__arguments_swapped(student, teacher, T):
    """Has the two in the wrong order.

    Hint: turned_round
    """
    p = F.log_softmax(teacher.detach() / T, -1).flatten(0, -2)
    q = F.softmax(student / T, -1).flatten(0, -2)
    return F.kl_div(p, q, reduction="batchmean") * T**2


def soft_loss__hot_teacher_only(student, teacher, T):
    """Softens the teacher alone.

    Hint: only_the_teacher_is_soft
    """
    p = torch.log_softmax(teacher.detach() / T, dim=-1)
    q = torch.log_softmax(student, dim=-1)
    return T * T * (p.exp() * (p - q)).sum(-1).mean()


def soft_loss__both_learn(student, teacher, T):
    """Lets a gradient go to the teacher.

    Hint: teacher_learns
    """
    p = torch.log_softmax(teacher / T, dim=-1).flatten(0, -2)
    q = torch.log_softmax(student / T, dim=-1).flatten(0, -2)
    return F.kl_div(q, p, log_target=True, reduction="batchmean") * T**2


def soft_loss__surprise(student, teacher, T):
    """Takes the cross-entropy.

    Hint: cross_entropy
    """
    p = (teacher.detach() / T).softmax(-1)
    return T**2 * -(p * (student / T).log_softmax(-1)).sum(-1).mean()
