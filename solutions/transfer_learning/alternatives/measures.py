"""Sections 7.2 and 7.3: other right answers. They must pass."""

import torch
from torch import Tensor


def accuracy__sums(logits: Tensor, labels: Tensor) -> float:
    hits = (logits.max(dim=-1).indices == labels).sum()
    return (hits / (labels >= 0).sum()).item()


def accuracy__negative_labels_out(logits: Tensor, labels: Tensor) -> float:
    guesses, truth = logits.flatten(0, -2).argmax(dim=1).tolist(), labels.flatten().tolist()
    asked = [(guess, label) for guess, label in zip(guesses, truth, strict=True) if label >= 0]
    return sum(guess == label for guess, label in asked) / len(asked)


def confusion_matrix__loop(labels: Tensor, guesses: Tensor, classes: int) -> Tensor:
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    for label, guess in zip(labels.tolist(), guesses.tolist(), strict=True):
        counts[label, guess] += 1
    return counts


def confusion_matrix__one_hot(labels: Tensor, guesses: Tensor, classes: int) -> Tensor:
    rows = torch.nn.functional.one_hot(labels, classes)
    return rows.T @ torch.nn.functional.one_hot(guesses, classes)


def confusion_matrix__index_put(labels: Tensor, guesses: Tensor, classes: int) -> Tensor:
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    return counts.index_put((labels, guesses), torch.ones_like(labels), accumulate=True)


def macro_f1__from_precision_and_recall(confusion: Tensor) -> float:
    scores = []
    for number in range(len(confusion)):
        hits = confusion[number, number].item()
        if not hits:
            scores.append(0.0)
            continue
        precision = hits / confusion[:, number].sum().item()
        recall = hits / confusion[number].sum().item()
        scores.append(2 * precision * recall / (precision + recall))
    return sum(scores) / len(scores)


def macro_f1__nan_to_num(confusion: Tensor) -> float:
    counts = confusion.double()
    recall, precision = (counts.diag() / counts.sum(axis) for axis in (1, 0))
    return (2 * precision * recall / (precision + recall)).nan_to_num(0.0).mean().item()
