"""Sections 7.2 and 7.3: reference answers."""

from torch import Tensor


def accuracy(logits: Tensor, labels: Tensor) -> float:
    """Return the share of labels that have the highest of their logits.

    A label of -100 is no question: it does not count. At least one label does. In each
    row one logit is higher than all others.

    Shapes:
        logits:  (..., choice)
        labels:  (...), numbers of classes, or -100
        returns: a float of Python, between 0 and 1

    >>> logits = torch.tensor([[0.2, 0.9], [0.7, 0.1], [0.5, 0.4]])
    >>> accuracy(logits, torch.tensor([1, 1, -100]))
    0.5
    """
    asked = labels != -100
    right = logits.argmax(dim=-1)[asked] == labels[asked]
    return right.float().mean().item()


def confusion_matrix(labels: Tensor, guesses: Tensor, classes: int) -> Tensor:
    """Count how often each class was taken for each.

    In row i and column j stands how many texts have the label i and the guess j. There
    is a row and a column for each of the `classes`, also for one that does not occur.

    Shapes:
        labels:  (text,), numbers from 0 to classes - 1
        guesses: (text,), numbers from 0 to classes - 1
        returns: (classes, classes), int64

    >>> confusion_matrix(torch.tensor([0, 1, 1]), torch.tensor([0, 0, 1]), classes=2)
    tensor([[1, 0],
            [1, 1]])
    """
    pairs = classes * labels + guesses
    return pairs.bincount(minlength=classes**2).view(classes, classes)


def macro_f1(confusion: Tensor) -> float:
    """Return the mean of the F1 of all classes: each counts the same, however rare.

    A row of `confusion` is a true class, a column a guess. The precision of a class is
    the share of its guesses that are right, its recall the share of its texts that are
    found, and its F1 is 2 · precision · recall / (precision + recall). That is the same
    as twice its hits, divided by its texts and its guesses together. A class without
    any hit has an F1 of 0.

    Shapes:
        confusion: (choice, choice), whole numbers
        returns:   a float of Python, between 0 and 1

    >>> round(macro_f1(torch.tensor([[1, 0], [1, 1]])), 4)
    0.6667
    """
    hits = confusion.diagonal()
    texts, guesses = confusion.sum(dim=1), confusion.sum(dim=0)
    return (2 * hits / (texts + guesses).clamp(min=1)).mean().item()
