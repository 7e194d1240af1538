"""Wrong answers to `macro_f1` in other words, with the hint due."""

import torch


def macro_f1__micro(confusion):
    """All classes in one.

    Hint: accuracy
    """
    return (confusion.trace() / confusion.sum()).item()


def macro_f1__by_support(confusion):
    """Weighted by how many texts a class has.

    Hint: weighted
    """
    total, score = confusion.sum().item(), 0.0
    for c in range(len(confusion)):
        tp = confusion[c, c].item()
        p, r = tp / max(1, confusion[:, c].sum().item()), tp / max(1, confusion[c].sum().item())
        f = 2 * p * r / (p + r) if p + r > 0 else 0.0
        score += f * confusion[c].sum().item() / total
    return score


def macro_f1__f1_of_averages(confusion):
    """The harmonic mean of macro precision and macro recall.

    Hint: of_means
    """
    n = len(confusion)
    p = sum(confusion[c, c].item() / max(1, confusion[:, c].sum().item()) for c in range(n)) / n
    r = sum(confusion[c, c].item() / max(1, confusion[c].sum().item()) for c in range(n)) / n
    return 2 * p * r / (p + r) if p + r else 0.0


def macro_f1__balanced_accuracy(confusion):
    """Mean recall.

    Hint: recall
    """
    n = len(confusion)
    return sum(confusion[c, c].item() / max(1, confusion[c].sum().item()) for c in range(n)) / n


def macro_f1__nan(confusion):
    """Divides by zero.

    Hint: not_a_number
    """
    tp = torch.diagonal(confusion).float()
    p, r = tp / confusion.sum(0), tp / confusion.sum(1)
    f = 2 * p * r / (p + r)
    return f.mean().item()


def macro_f1__skips_absent(confusion):
    """Leaves out classes that have no hit.

    Hint: only_those_that_occur
    """
    scores = []
    for c in range(len(confusion)):
        tp = confusion[c, c].item()
        if tp > 0:
            p, r = tp / confusion[:, c].sum().item(), tp / confusion[c].sum().item()
            scores.append(2 * p * r / (p + r))
    return sum(scores) / len(scores) if scores else 0.0
