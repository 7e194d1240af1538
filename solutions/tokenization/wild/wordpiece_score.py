"""Wrong answers to `wordpiece_score` in other words, with the hint due."""

import math

import torch


def wordpiece_score__brackets_forgotten(pair_count, first_count, second_count):
    """Forgets the brackets below the line, so that the second count multiplies.

    Hint: brackets
    """
    return pair_count / first_count * second_count


def wordpiece_score__sum_below(pair_count, first_count, second_count):
    """Divides by the sum of the counts.

    Hint: sum
    """
    return pair_count / (first_count + second_count)


def wordpiece_score__logarithm(pair_count, first_count, second_count):
    """Takes the logarithm.

    Hint: none
    """
    return math.log(pair_count / (first_count * second_count))


def wordpiece_score__log_difference(pair_count, first_count, second_count):
    """Takes logarithms apart and forgets to go back.

    Hint: none
    """
    return math.log(pair_count) - math.log(first_count) - math.log(second_count)


def wordpiece_score__upside_down(pair_count, first_count, second_count):
    """Divides the wrong way round.

    Hint: upside_down
    """
    expected = first_count * second_count
    return expected / pair_count


def wordpiece_score__whole_number(pair_count, first_count, second_count):
    """Divides as whole numbers.

    Hint: whole_numbers
    """
    return pair_count // (first_count * second_count)


def wordpiece_score__difference(pair_count, first_count, second_count):
    """Takes the difference instead of the ratio.

    Hint: none
    """
    return float(pair_count - first_count * second_count)


def wordpiece_score__rounded(pair_count, first_count, second_count):
    """Rounds to four digits, as the table shows them.

    Hint: none
    """
    return round(pair_count / (first_count * second_count), 4)


def wordpiece_score__given_the_first(pair_count, first_count, second_count):
    """Divides by the count of the first part only.

    Hint: first_part_only
    """
    return pair_count / first_count


def wordpiece_score__root_below(pair_count, first_count, second_count):
    """Divides by the root of the product.

    Hint: square_root
    """
    return pair_count / (first_count * second_count) ** 0.5


def wordpiece_score__smaller_part_below(pair_count, first_count, second_count):
    """Divides by the smaller of the two counts.

    Hint: first_part_only
    """
    return pair_count / min(first_count, second_count)


def wordpiece_score__small_number_below(pair_count, first_count, second_count):
    """Adds a small number below the line, which cannot be zero.

    Hint: none
    """
    return pair_count / (first_count * second_count + 1e-6)


def wordpiece_score__one_added(pair_count, first_count, second_count):
    """Smooths by adding one.

    Hint: none
    """
    return (pair_count + 1) / ((first_count + 1) * (second_count + 1))


def wordpiece_score__first_squared(pair_count, first_count, second_count):
    """Multiplies the first count by itself.

    Hint: first_part_only
    """
    return pair_count / (first_count * first_count)


def wordpiece_score__the_count(pair_count, first_count, second_count):
    """Returns the count of the pair, as byte-pair encoding goes by it.

    Hint: count
    """
    return float(pair_count)


def wordpiece_score__printed(pair_count, first_count, second_count):
    """Prints the score and returns nothing.

    Hint: none
    """
    score = pair_count / (first_count * second_count)
    print(score)


def wordpiece_score__shares_below(pair_count, first_count, second_count):
    """Divides by shares of the total instead of counts.

    Hint: none
    """
    total = first_count + second_count
    return pair_count / ((first_count / total) * (second_count / total))


def wordpiece_score__text(pair_count, first_count, second_count):
    """Returns a text.

    Hint: none
    """
    return f"{pair_count / (first_count * second_count):.2f}"


def wordpiece_score__tensor(pair_count, first_count, second_count):
    """Returns a tensor of one number.

    Hint: none
    """
    return torch.tensor(pair_count) / (first_count * second_count)


def wordpiece_score__a_part_once(pair_count, first_count, second_count):
    """Divides once only where both parts are equally frequent, as if they were the same.

    Hint: none
    """
    score = 1
    for count in {first_count, second_count}:
        score = score / count
    return pair_count * score
