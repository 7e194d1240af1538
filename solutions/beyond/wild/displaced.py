"""Wrong answers to `displaced` in other words, with the hint due."""

import torch


def displaced__of_those_won(chosen, rejected):
    """Divides by the pairs that are won.

    Hint: of_the_won
    """
    won = chosen > rejected
    if won.sum() == 0:
        return 0.0
    return (won & (chosen < 0)).sum().item() / won.sum().item()


def displaced__all_fallen(chosen, rejected):
    """Counts each chosen answer that fell, won or not.

    Hint: lost_too
    """
    return sum(1 for c in chosen.tolist() if c < 0) / len(chosen)


def displaced__ties_too(chosen, rejected):
    """A tie is a win.

    Hint: ties_too
    """
    return torch.logical_and(chosen >= rejected, chosen < 0).float().mean().item()


def displaced__zero_too(chosen, rejected):
    """A reward of 0 is a fall.

    Hint: zero_too
    """
    return torch.logical_and(chosen > rejected, chosen <= 0).double().mean().item()


def displaced__lost_pairs(chosen, rejected):
    """Counts the pairs which are lost.

    Hint: none
    """
    count = 0
    for c, r in zip(chosen, rejected, strict=True):
        if c < r and c < 0:
            count += 1
    return count / len(chosen)


def displaced__number(chosen, rejected):
    """Returns how many, not the share.

    Hint: count
    """
    return float(((chosen > rejected) & (chosen < 0)).sum())


def displaced__tensor(chosen, rejected):
    """Returns a tensor.

    Hint: any.form
    """
    return torch.mean(((chosen > rejected) & (chosen < 0)).float())


def displaced__both_fell(chosen, rejected):
    """Asks whether both fell, not which is higher.

    Hint: both_alone
    """
    return ((chosen < 0) & (rejected < 0)).float().mean().item()


def displaced__rejected_below_zero(chosen, rejected):
    """Looks at the rejected one's reward, which should fall.

    Hint: rejected_fell
    """
    return ((chosen > rejected) & (rejected < 0)).float().mean().item()


def displaced__python_and(chosen, rejected):
    """Joins two tensors by `and`.

    Hint: any.truth_of_a_tensor
    """
    return (chosen > rejected and chosen < 0).float().mean().item()


def displaced__no_brackets(chosen, rejected):
    """Forgets that & binds tighter than >.

    Hint: none
    """
    return (chosen > rejected & chosen < 0).float().mean().item()


def displaced__won_only(chosen, rejected):
    """Counts the pairs that are won.

    Hint: won
    """
    return (chosen > rejected).float().mean().item()


def displaced__risen(chosen, rejected):
    """Counts what is won by a chosen answer that rose.

    Hint: none
    """
    return ((chosen > rejected) & (chosen > 0)).float().mean().item()


def displaced__margin_below_zero(chosen, rejected):
    """Looks at the margin's sign only.

    Hint: none
    """
    return (chosen - rejected < 0).float().mean().item()


def displaced__percent(chosen, rejected):
    """Returns per cent.

    Hint: none
    """
    return 100 * ((chosen > rejected) & (chosen < 0)).float().mean().item()


def displaced__of_the_fallen(chosen, rejected):
    """Divides by the chosen answers which fell.

    Hint: none
    """
    fallen = chosen < 0
    if not fallen.any():
        return 0.0
    return (chosen > rejected)[fallen].float().mean().item()
