"""Wrong answers to `confusion_matrix` in other words, with the hint due."""

import torch


def confusion_matrix__guess_rows(labels, guesses, classes):
    """Rows are guesses.

    Hint: turned
    """
    m = torch.zeros((classes, classes), dtype=torch.long)
    for t, g in zip(labels, guesses):
        m[g, t] += 1
    return m


def confusion_matrix__fancy(labels, guesses, classes):
    """Adds by index, where equal pairs add once.

    Hint: counted_once
    """
    m = torch.zeros((classes, classes), dtype=torch.long)
    m[labels, guesses] = m[labels, guesses] + 1
    return m


def confusion_matrix__only_right(labels, guesses, classes):
    """Fills the diagonal alone.

    Hint: hits_only
    """
    m = torch.zeros((classes, classes), dtype=torch.long)
    for c in range(classes):
        m[c, c] = ((labels == c) & (guesses == c)).sum()
    return m


def confusion_matrix__float(labels, guesses, classes):
    """Counts in floats.

    Hint: floats
    """
    m = torch.zeros(classes, classes)
    for t, g in zip(labels, guesses):
        m[t, g] += 1.0
    return m


def confusion_matrix__normalised(labels, guesses, classes):
    """Divides rows by their sums.

    Hint: shares_of_rows
    """
    m = torch.zeros(classes, classes)
    for t, g in zip(labels, guesses):
        m[t, g] += 1.0
    total = m.sum(1, keepdim=True)
    total[total == 0] = 1
    return m / total


def confusion_matrix__int32(labels, guesses, classes):
    """Counts in int32.

    Hint: none
    """
    m = torch.zeros((classes, classes), dtype=torch.int32)
    for t, g in zip(labels, guesses):
        m[t, g] += 1
    return m
