"""Section 4.6: other right answers. They must pass."""

import torch
from torch import Tensor, nn

from solutions.encoder.reference import soft_loss


def soft_loss__kl_div(student: Tensor, teacher: Tensor, T: float) -> Tensor:
    guess = nn.functional.log_softmax(student / T, dim=-1).flatten(0, -2)
    target = nn.functional.log_softmax(teacher.detach() / T, dim=-1).flatten(0, -2)
    return T * T * nn.functional.kl_div(guess, target, log_target=True, reduction="batchmean")


def soft_loss__without_a_gradient(student: Tensor, teacher: Tensor, T: float) -> Tensor:
    with torch.no_grad():
        target = torch.log_softmax(teacher / T, dim=-1)
    guess = torch.log_softmax(student / T, dim=-1)
    rows = (target.exp() * target).sum(-1) - (target.exp() * guess).sum(-1)
    return rows.mean() * T**2


def distillation_loss__ignore_index(
    student: Tensor, teacher: Tensor, labels: Tensor, T: float, alpha: float
) -> Tensor:
    hard = nn.functional.cross_entropy(student, labels, reduction="sum")
    known = (labels != -100).sum().clamp(min=1)
    return alpha * soft_loss(student, teacher, T) + (1 - alpha) * hard / known


def every_other__regular_expression(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    import re

    student = {}
    for name, weight in weights.items():
        found = re.match(r"layers\.(\d+)\.", name)
        if found is None:
            student[name] = weight
        elif int(found[1]) % 2 == 0:
            student[f"layers.{int(found[1]) // 2}." + name[found.end() :]] = weight
    return student


def every_other__number_by_number(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    student = {name: one for name, one in weights.items() if not name.startswith("layers.")}
    number = 0
    while any(name.startswith(f"layers.{number}.") for name in weights):
        for name, one in weights.items():
            if number % 2 == 0 and name.startswith(f"layers.{number}."):
                rest = name.removeprefix(f"layers.{number}.")
                student[f"layers.{number // 2}.{rest}"] = one
        number += 1
    return student
