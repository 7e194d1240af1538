"""Section 7.4: other right answers, from scikit-learn where it has one. They must pass."""

import torch
from torch import Tensor


def accuracy__sums(logits: Tensor, labels: Tensor) -> float:
    hits = (logits.max(dim=-1).indices == labels).sum()
    return (hits / (labels >= 0).sum()).item()


def accuracy__sklearn(logits: Tensor, labels: Tensor) -> float:
    from sklearn.metrics import accuracy_score

    asked = labels >= 0
    return float(accuracy_score(labels[asked].numpy(), logits.argmax(-1)[asked].numpy()))


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


def macro_f1__sklearn(confusion: Tensor) -> float:
    from sklearn.metrics import f1_score

    classes = range(len(confusion))
    pairs = [(i, j) for i in classes for j in classes for _ in range(int(confusion[i, j]))]
    labels, guesses = zip(*pairs, strict=True)
    score = f1_score(labels, guesses, labels=list(classes), average="macro", zero_division=0)
    return float(score)


def macro_f1__nan_to_num(confusion: Tensor) -> float:
    counts = confusion.double()
    recall, precision = (counts.diag() / counts.sum(axis) for axis in (1, 0))
    return (2 * precision * recall / (precision + recall)).nan_to_num(0.0).mean().item()
