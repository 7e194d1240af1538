"""Wrong answers to `choose_masked` in other words, with the hint due."""

import torch


def choose_masked__dice_alone(ids, special, dice, rate):
    """Lets the dice decide alone.

    Hint: special_too
    """
    return torch.lt(dice, rate)


def choose_masked__or_equal(ids, special, dice, rate):
    """Counts the border in.

    Hint: on_the_border
    """
    chosen = dice <= rate
    for number in special:
        chosen = chosen & (ids != number)
    return chosen


def choose_masked__large_dice(ids, special, dice, rate):
    """Chooses where the dice are large.

    Hint: above_the_rate
    """
    ordinary = torch.tensor([[token not in special for token in row] for row in ids.tolist()])
    return ordinary & ~(dice < rate)


def choose_masked__exactly_the_special(ids, special, dice, rate):
    """Chooses among the special ones.

    Hint: only_special
    """
    among = sum((ids == number) for number in special).bool()
    return among & (dice < rate)


def choose_masked__ends_of_the_row(ids, special, dice, rate):
    """Thinks that the first and the last place are the special ones.

    Hint: positions_of_the_ends
    """
    chosen = dice < rate
    chosen[:, 0] = False
    chosen[:, -1] = False
    return chosen


def choose_masked__padding_only(ids, special, dice, rate):
    """Leaves out only the smallest special id.

    Hint: none
    """
    return (ids != min(special)) & (dice < rate)


def choose_masked__one_at_least(ids, special, dice, rate):
    """Chooses the lowest number of a row where the dice choose none.

    Hint: none
    """
    ordinary = ~torch.isin(ids, torch.tensor(sorted(special)))
    chosen = (dice < rate) & ordinary
    lowest = dice.masked_fill(~ordinary, 2.0).argmin(dim=1)
    for row, place in enumerate(lowest.tolist()):
        if rate > 0 and not chosen[row].any():
            chosen[row, place] = ordinary[row, place]
    return chosen


def choose_masked__one_of_all(ids, special, dice, rate):
    """Chooses the first token where the dice choose none.

    Hint: none
    """
    ordinary = ~torch.isin(ids, torch.tensor(sorted(special)))
    chosen = (dice < rate) & ordinary
    if rate > 0 and not chosen.any():
        chosen[0, 0] = ordinary[0, 0]
    return chosen
