"""Wrong answers to `residual` in other words, with the hint due."""

import torch


def residual__not_shared_anew(target, draft):
    """Does not divide by the sum.

    Hint: not_divided
    """
    return torch.relu(target - draft)


def residual__absolute(target, draft):
    """Takes the difference without its sign.

    Hint: absolute
    """
    rest = torch.abs(target - draft)
    total = rest.sum(-1, keepdim=True)
    return torch.where(total > 0, rest / total, target)


def residual__swapped(target, draft):
    """Takes the target away from the draft.

    Hint: the_other_way
    """
    rest = (draft - target).clamp_min(0)
    total = rest.sum(dim=-1, keepdim=True)
    return torch.where(total > 0, rest / total, target)


def residual__nan(target, draft):
    """Divides zero by zero where the two are equal.

    Hint: nan
    """
    rest = (target - draft).clamp(min=0)
    return rest / rest.sum(-1, keepdim=True)


def residual__zeros_for_equal(target, draft):
    """Returns zeros where the two are equal.

    Hint: none
    """
    rest = (target - draft).clamp(min=0)
    return (rest / rest.sum(-1, keepdim=True)).nan_to_num(0.0)


def residual__over_rows(target, draft):
    """Divides by the sum of a column.

    Hint: none
    """
    rest = (target - draft).clamp(min=0)
    total = rest.sum(0, keepdim=True)
    return torch.where(total > 0, rest / total, target)


def residual__one_sum(target, draft):
    """Divides by the sum of everything.

    Hint: one_sum_for_all
    """
    rest = torch.clamp(target - draft, min=0)
    return rest / rest.sum() if rest.sum() > 0 else target


def residual__softmax(target, draft):
    """Takes a softmax of the difference.

    Hint: softmax
    """
    return torch.softmax(target - draft, dim=-1)


def residual__small_number(target, draft):
    """Adds a small number below, which gives zeros where the two are equal.

    Hint: none
    """
    rest = torch.relu(target - draft)
    return rest / (rest.sum(-1, keepdim=True) + 1e-9)


def residual__nearly_equal(target, draft):
    """Takes rows for equal that differ by little.

    Hint: none
    """
    rest = torch.relu(target - draft)
    total = rest.sum(-1, keepdim=True)
    return torch.where(total > 1e-3, rest / total, target)


def residual__one_is_equal(target, draft):
    """Takes rows for equal if one of their tokens is.

    Hint: none
    """
    rest = torch.relu(target - draft)
    equal = (target == draft).any(1, keepdim=True)
    return torch.where(equal, target, rest / rest.sum(1, keepdim=True))
