"""Sections 7.1 to 7.4: other right answers. They must pass."""

import torch
from torch import Tensor, nn

from solutions.transfer_learning.reference import pool


def freeze__in_two_rounds(model: nn.Module, parts: list[str]) -> None:
    model.requires_grad_(True)
    for part in parts:
        model.get_submodule(part).requires_grad_(False)


def freeze__with_dots(model: nn.Module, parts: list[str]) -> None:
    beginnings = tuple(part + "." for part in parts)
    for name, weight in model.named_parameters():
        weight.requires_grad = not name.startswith(beginnings)


def count_weights__loop(model: nn.Module) -> tuple[int, int]:
    trained = every = 0
    for weight in model.parameters():
        every += weight.nelement()
        if weight.requires_grad:
            trained += weight.nelement()
    return trained, every


def count_weights__by_identity(model: nn.Module) -> tuple[int, int]:
    found = {id(w): w for module in model.modules() for w in module.parameters(recurse=False)}
    sizes = [(w.shape.numel(), w.requires_grad) for w in found.values()]
    return sum(n for n, trains in sizes if trains), sum(n for n, _ in sizes)


def pool__row_by_row(hidden: Tensor, attention_mask: Tensor, how: str) -> Tensor:
    if how not in ("cls", "mean", "each"):
        raise ValueError(how)
    if how == "mean":
        rows = zip(hidden, attention_mask, strict=True)
        return torch.stack([row[real].mean(dim=0) for row, real in rows])
    return hidden[:, 0, :] if how == "cls" else hidden.clone()


def pool__where(hidden: Tensor, attention_mask: Tensor, how: str) -> Tensor:
    match how:
        case "cls":
            return hidden.select(1, 0)
        case "each":
            return hidden
        case "mean":
            real = attention_mask.unsqueeze(-1)
            kept = torch.where(real, hidden, torch.zeros_like(hidden))
            return kept.sum(1) / real.sum(1).clamp(min=1)
    raise ValueError("an unknown way")


class Classifier__by_keywords(nn.Module):
    def __init__(self, body: nn.Module, d_model: int, classes: int, how: str) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(d_model, classes)
        self.how = how

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        seen = pool(self.body(ids, attention_mask), attention_mask, how=self.how)
        return nn.functional.linear(seen, self.head.weight, self.head.bias)


class Classifier__head_and_mean(nn.Module):
    def __init__(self, body: nn.Module, d_model: int, classes: int, how: str) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(d_model, classes)
        self.how = how

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        logits = self.head(self.body(ids, attention_mask))  # a mean of logits is one of vectors
        return pool(logits, attention_mask, self.how)
