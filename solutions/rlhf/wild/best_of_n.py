"""Wrong answers to `best_of_n` in other words, with the hint due."""

import torch


def best_of_n__all_columns(scores, n):
    """Ignores n.

    Hint: of_all
    """
    return torch.max(scores, dim=-1)[1]


def best_of_n__value(scores, n):
    """Returns the score.

    Hint: score
    """
    return torch.max(scores[:, :n], dim=-1)[0]


def best_of_n__smallest(scores, n):
    """Takes the lowest.

    Hint: worst
    """
    return torch.argsort(scores[:, :n], dim=1, stable=True)[:, 0]


def best_of_n__sorted_last(scores, n):
    """Sorts, and takes the last: of equals, the last one.

    Hint: last_of_equals
    """
    return torch.argsort(scores[:, :n], dim=1, stable=True)[:, -1]


def best_of_n__too_many(scores, n):
    """One too many.

    Hint: one_more
    """
    return torch.stack([row[: n + 1].argmax() for row in scores])


def best_of_n__first_axis(scores, n):
    """Wrong axis.

    Hint: of_a_column
    """
    return torch.max(scores[:, :n], dim=0)[1]


def best_of_n__topk(scores, n):
    """Takes the best by `topk`, which of equals takes any.

    Hint: none
    """
    _, indices = torch.topk(scores[:, :n], 1)
    return indices.squeeze(1)


def best_of_n__sorted_down(scores, n):
    """Sorts downwards without `stable`, so that of many equals any may come first.

    Hint: none
    """
    return scores[:, :n].argsort(1, descending=True)[:, 0]


def best_of_n__rounded(scores, n):
    """Takes scores that hardly differ for the same.

    Hint: narrow
    """
    return scores[:, :n].round(decimals=4).argmax(1)
