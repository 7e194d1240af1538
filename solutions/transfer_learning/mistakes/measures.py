"""Section 7.4: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

accuracy__unasked_count = Edit("argmax(dim=-1)[asked] == labels[asked]", "argmax(dim=-1) == labels")
"""By how many do you divide? A label of -100 is no question."""


def accuracy__unasked_are_right(logits: Tensor, labels: Tensor) -> float:
    """You count the labels of -100 as right. They are no questions."""
    right = (logits.argmax(dim=-1) == labels) | (labels == -100)
    return right.float().mean().item()


accuracy__number_of_hits = Edit("right.float().mean().item()", "right.float().sum().item()")
"""You return how many are right. The share of them is asked for."""

accuracy__a_tensor = Edit("right.float().mean().item()", "right.float().mean()")
"""You return a tensor. A float of Python is asked for."""

accuracy__lowest = Edit("argmax(dim=-1)", "argmin(dim=-1)")
"""Which class does a model guess: the one with the highest logit or the lowest?"""

accuracy__errors = Edit("== labels[asked]", "!= labels[asked]")
"""You return the share that is wrong."""


def accuracy__mean_of_rows(logits: Tensor, labels: Tensor) -> float:
    """You take a mean for each text, and then a mean of the means. Texts have different numbers of
    labels, and each label counts the same."""
    if labels.ndim == 1:
        labels, logits = labels[None], logits[None]
    asked = labels != -100
    right = (logits.argmax(dim=-1) == labels) & asked
    return (right.sum(-1) / asked.sum(-1).clamp(min=1)).mean().item()


def accuracy__last_class_for_none(logits: Tensor, labels: Tensor) -> float:
    """A label of -100 is no class, also not the last one counted from the end."""
    labels = labels.clamp(min=-1) % logits.shape[-1]
    return (logits.argmax(dim=-1) == labels).float().mean().item()


confusion_matrix__turned = Edit("classes * labels + guesses", "classes * guesses + labels")
"""Your rows and columns are swapped. Which of them is the truth?"""

confusion_matrix__too_small = Edit(
    "pairs = classes * labels + guesses\n"
    "    return pairs.bincount(minlength=classes**2).view(classes, classes)",
    "seen = torch.unique(torch.cat([labels, guesses]))\n"
    "    counts = [[((labels == a) & (guesses == b)).sum() for b in seen] for a in seen]\n"
    "    return torch.tensor(counts, dtype=torch.int64)",
)
"""Your matrix has only the classes that occur. There is a row for each of the `classes`."""

confusion_matrix__hits_only = Edit(
    ".view(classes, classes)", ".view(classes, classes).diagonal().diag()"
)
"""You count what is right. What is wrong, and for what it was taken, is the lesson of the matrix."""

confusion_matrix__shares = Edit(
    ".view(classes, classes)",
    ".view(classes, classes) / max(len(labels), 1)",
)
"""You return shares. Counts are asked for."""


def confusion_matrix__shares_of_rows(labels: Tensor, guesses: Tensor, classes: int) -> Tensor:
    """You divide each row by its sum. Counts are asked for."""
    counts = (classes * labels + guesses).bincount(minlength=classes**2).view(classes, classes)
    return counts / counts.sum(dim=1, keepdim=True).clamp(min=1)


def confusion_matrix__counted_once(labels: Tensor, guesses: Tensor, classes: int) -> Tensor:
    """Each pair adds 1 to its place, however often it comes. With `+= 1` at an index that is a list, a pair
    that comes twice adds 1 only once."""
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    counts[labels, guesses] += 1
    return counts


def confusion_matrix__floats(labels: Tensor, guesses: Tensor, classes: int) -> Tensor:
    """Counts are whole numbers. Of which type is your matrix?"""
    counts = torch.zeros(classes, classes)
    for label, guess in zip(labels.tolist(), guesses.tolist()):
        counts[label, guess] += 1
    return counts


macro_f1__accuracy = Edit(
    "(2 * hits / (texts + guesses).clamp(min=1)).mean().item()",
    "(hits.sum() / confusion.sum()).item()",
)
"""You return the share that is right: there each *text* counts the same. Here each class does."""


def macro_f1__weighted(confusion: Tensor) -> float:
    """You weight each class by its texts. In a macro mean each class counts the same, however
    rare."""
    hits, texts, guesses = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
    each = 2 * hits / (texts + guesses).clamp(min=1)
    return ((each * texts).sum() / texts.sum()).item()


def macro_f1__of_means(confusion: Tensor) -> float:
    """You take the mean precision and the mean recall, and one F1 of the two. Take the F1 of each
    class first, and the mean of those."""
    hits = confusion.diagonal()
    recall = (hits / confusion.sum(1).clamp(min=1)).mean()
    precision = (hits / confusion.sum(0).clamp(min=1)).mean()
    return (2 * precision * recall / (precision + recall).clamp(min=1e-12)).item()


def macro_f1__recall(confusion: Tensor) -> float:
    """You have the mean recall. Where is the precision, which asks how many of the guesses are
    right?"""
    return (confusion.diagonal() / confusion.sum(1).clamp(min=1)).mean().item()


def macro_f1__precision(confusion: Tensor) -> float:
    """You have the mean precision. Where is the recall, which asks how many of the texts are
    found?"""
    return (confusion.diagonal() / confusion.sum(0).clamp(min=1)).mean().item()


def macro_f1__not_a_number(confusion: Tensor) -> float:
    """What is 0 divided by 0? A class that has no hit has an F1 of 0."""
    hits = confusion.diagonal()
    recall, precision = hits / confusion.sum(1), hits / confusion.sum(0)
    return (2 * precision * recall / (precision + recall)).mean().item()


def macro_f1__only_those_that_occur(confusion: Tensor) -> float:
    """You leave out a class that does not occur, or has no hit. Its F1 is 0, and it counts."""
    hits = confusion.diagonal()
    each = 2 * hits / (confusion.sum(1) + confusion.sum(0)).clamp(min=1)
    return each[hits > 0].sum().item() / max(int((hits > 0).sum()), 1)


macro_f1__sum = Edit(".mean().item()", ".sum().item()")
"""You have the sum over the classes. What is asked for is their mean."""

macro_f1__half = Edit("2 * hits", "hits")
"""Look at the factor in the formula: with every text right, is your F1 1?"""


def macro_f1__mean_of_the_two(confusion: Tensor) -> float:
    """F1 is not half of precision and recall together: it is their harmonic mean, which is low as soon
    as one of them is."""
    hits = confusion.diagonal()
    recall = hits / confusion.sum(1).clamp(min=1)
    precision = hits / confusion.sum(0).clamp(min=1)
    return ((precision + recall) / 2).mean().item()
