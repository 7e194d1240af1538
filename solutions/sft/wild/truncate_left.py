"""Wrong answers to `truncate_left` in other words, with the hint due."""


def truncate_left__from_the_end(ids, mask, most):
    """Cuts the end, as truncation mostly does.

    Hint: on_the_right
    """
    return ids[:most], mask[:most]


def truncate_left__last_ones(ids, mask, most):
    """Keeps the last ones, and loses the first token.

    Hint: first_goes_too
    """
    return ids[-most:], mask[-most:]


def truncate_left__minus_zero(ids, mask, most):
    """Takes the last most - 1, which is all of them where most is 1.

    Hint: everything
    """
    if len(ids) <= most:
        return ids, mask
    keep = most - 1
    return [ids[0]] + ids[-keep:], [mask[0]] + mask[-keep:]


def truncate_left__first_comes_on_top(ids, mask, most):
    """Does not count the first token: one too many.

    Hint: one_too_many
    """
    if len(ids) <= most:
        return ids, mask
    return ids[:1] + ids[-most:], mask[:1] + mask[-most:]


def truncate_left__short_ones_too(ids, mask, most):
    """Does not ask whether it is short enough: the first token is doubled.

    Hint: always_cuts
    """
    start = max(0, len(ids) - (most - 1))
    return ids[:1] + ids[start:], mask[:1] + mask[start:]


def truncate_left__strictly_shorter(ids, mask, most):
    """Cuts what has just as many as it may, and one more than it must.

    Hint: one_too_few
    """
    if len(ids) < most:
        return ids, mask
    gone = len(ids) - most + 1
    return [ids[0], *ids[1 + gone :]], [mask[0], *mask[1 + gone :]]


def truncate_left__mask_without_the_first(ids, mask, most):
    """Cuts the mask as if the first token went as well.

    Hint: mask_without_first
    """
    if len(ids) > most:
        ids = ids[:1] + ids[len(ids) - most + 1 :]
        mask = mask[-most:]
    return ids, mask


def truncate_left__mask_not_cut(ids, mask, most):
    """Cuts the ids alone.

    Hint: mask_as_it_was
    """
    over = max(len(ids) - most, 0)
    return ids[:1] + ids[1 + over :], mask


def truncate_left__mask_from_the_other_side(ids, mask, most):
    """Cuts the mask on the right.

    Hint: mask_on_the_right
    """
    over = max(len(ids) - most, 0)
    return ids[:1] + ids[1 + over :], mask[:most]


def truncate_left__learned_first(ids, mask, most):
    """Drops what is not learned from left to right, also between two answers.

    Hint: none
    """
    over = len(ids) - most
    keep = [True] * len(ids)
    for i in range(1, len(ids)):
        if over > 0 and not mask[i]:
            keep[i] = False
            over -= 1
    for i in range(1, len(ids)):
        if over > 0 and keep[i]:
            keep[i] = False
            over -= 1
    out = [i for i, k in zip(ids, keep) if k]
    return out, [m for m, k in zip(mask, keep) if k]


def truncate_left__keeps_the_answer_whole(ids, mask, most):
    """Never cuts into the answer, even if it is longer than most.

    Hint: none
    """
    if len(ids) <= most:
        return ids, mask
    start = len(ids) - most + 1
    if True in mask:
        start = min(start, max(mask.index(True), 1))
    return ids[:1] + ids[start:], mask[:1] + mask[start:]


def truncate_left__zero_in_front(ids, mask, most):
    """Writes 0 and False in front, whatever stood there.

    Hint: none
    """
    if len(ids) <= most:
        return ids, mask
    start = len(ids) - most + 1
    return [0] + ids[start:], [False] + mask[start:]


def truncate_left__false_in_front(ids, mask, most):
    """Takes it as given that the first token is not learned.

    Hint: none
    """
    if len(ids) <= most:
        return ids, mask
    start = len(ids) - most + 1
    return ids[:1] + ids[start:], [False] + mask[start:]


def truncate_left__pops(ids, mask, most):
    """Throws the tokens out of the caller's own list.

    Hint: none
    """
    while len(ids) > most:
        ids.pop(1 if len(ids) > 1 else 0)
        mask.pop(1 if len(mask) > 1 else 0)
    return ids, mask


def truncate_left__pops_the_first(ids, mask, most):
    """Throws out from the front until it fits.

    Hint: first_goes_too
    """
    ids, mask = list(ids), list(mask)
    while len(ids) > most:
        ids.pop(0)
        mask.pop(0)
    return ids, mask


def truncate_left__number_to_cut(ids, mask, most):
    """Takes `most` for how many are to be cut.

    Hint: none
    """
    return ids[:1] + ids[1 + most :], mask[:1] + mask[1 + most :]
