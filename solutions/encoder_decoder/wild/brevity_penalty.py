"""Wrong answers to `brevity_penalty` in other words, with the hint due."""

import math


def brevity_penalty__no_cap(translated, wanted):
    """Gives more than 1 for long ones.

    Hint: rewards_length
    """
    return math.exp(1 - wanted / translated) if translated > 0 else 0.0


def brevity_penalty__wrong_way(translated, wanted):
    """Divides the wrong number.

    Hint: turned_round
    """
    if translated == 0:
        return 0.0
    return 1.0 if translated >= wanted else math.exp(1 - translated / wanted)


def brevity_penalty__a_share(translated, wanted):
    """Returns the share of words that are there.

    Hint: plain_share
    """
    return 1.0 if translated > wanted else translated / wanted


def brevity_penalty__nothing(translated, wanted):
    """Forgets that one cannot divide by zero.

    Hint: divides_by_zero
    """
    return min(1.0, math.exp(1 - wanted / translated))


def brevity_penalty__both_sides(translated, wanted):
    """Marks down what is too long as well.

    Hint: punishes_length
    """
    return math.exp(-abs(translated - wanted) / translated) if translated else 0.0


def brevity_penalty__long_ones(translated, wanted):
    """Marks down the long ones.

    Hint: negative
    """
    if translated == 0:
        return 0.0
    return 1.0 if translated < wanted else math.exp(1 - wanted / translated)


def brevity_penalty__at_least_a_little(translated, wanted):
    """Lets no penalty go below 0.01.

    Hint: none
    """
    if not translated:
        return 0.0
    return min(1.0, max(0.01, math.exp(1 - wanted / translated)))
