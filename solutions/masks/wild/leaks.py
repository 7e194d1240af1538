"""Wrong answers to `leaks` in other words, with the hint due."""

import torch
from solutions.masks.reference import (
    sees,
)


def leaks__allowed(model, x, mask):
    """Lists what is seen and may be seen.

    Hint: none
    """
    seen = sees(model, x)
    return [
        (q, k) for q in range(len(mask)) for k in range(len(mask[0])) if seen[q, k] and mask[q, k]
    ]


def leaks__tensor(model, x, mask):
    """Returns a tensor instead of a list of pairs.

    Hint: a_tensor
    """
    return torch.nonzero(sees(model, x) & ~mask)


def leaks__lists(model, x, mask):
    """Has lists for the pairs.

    Hint: lists_for_pairs
    """
    return (sees(model, x) & ~mask).nonzero().tolist()


def leaks__all_differences(model, x, mask):
    """Lists also what may be seen and is not.

    Hint: every_difference
    """
    wrong = sees(model, x) != mask
    return [(int(q), int(k)) for q, k in wrong.nonzero()]


def leaks__unused(model, x, mask):
    """Lists what may be seen and is not.

    Hint: what_it_misses
    """
    return list(map(tuple, torch.argwhere(mask & ~sees(model, x)).tolist()))


def leaks__key_first(model, x, mask):
    """Puts the key first in each pair.

    Hint: key_first
    """
    bad = sees(model, x) & ~mask
    return [(k, q) for q in range(bad.shape[0]) for k in range(bad.shape[1]) if bad[q, k]]


def leaks__sorted_by_key(model, x, mask):
    """Sorts by key first.

    Hint: sorted_by_key
    """
    bad = sees(model, x) & ~mask
    return [(q, k) for k in range(bad.shape[1]) for q in range(bad.shape[0]) if bad[q, k]]


def leaks__count(model, x, mask):
    """Counts the leaks.

    Hint: none
    """
    return int((sees(model, x) & ~mask).sum())


def leaks__yes_or_no(model, x, mask):
    """Says only whether there is a leak.

    Hint: none
    """
    return bool((sees(model, x) & ~mask).any())


def leaks__future_only(model, x, mask):
    """Looks for what is ahead and does not use the mask.

    Hint: the_future_only
    """
    seen = sees(model, x)
    return [(q, k) for q in range(seen.shape[0]) for k in range(q + 1, seen.shape[1]) if seen[q, k]]


def leaks__tensors_in_pairs(model, x, mask):
    """Has tensors in the pairs instead of whole numbers.

    Hint: none
    """
    q, k = torch.where(sees(model, x) & ~mask)
    return list(zip(q, k))


def leaks__where_returned(model, x, mask):
    """Returns what torch.where returns, a tensor of rows and one of columns.

    Hint: none
    """
    return torch.where(sees(model, x) & ~mask)


def leaks__last_row_missing(model, x, mask):
    """Forgets the last row.

    Hint: last_row_missing
    """
    bad = sees(model, x) & ~mask
    found = []
    for q in range(len(bad) - 1):
        for k in range(bad.shape[1]):
            if bad[q, k]:
                found.append((q, k))
    return found


def leaks__first_of_each_row(model, x, mask):
    """Finds only the first leak of each row.

    Hint: none
    """
    bad = sees(model, x) & ~mask
    found = []
    for q in range(bad.shape[0]):
        for k in range(bad.shape[1]):
            if bad[q, k]:
                found.append((q, k))
                break
    return found


def leaks__all_forbidden(model, x, mask):
    """Lists all that is forbidden, seen or not.

    Hint: none
    """
    return [tuple(pair) for pair in (~mask).nonzero().tolist()]


def leaks__all_seen(model, x, mask):
    """Lists all that is seen, forbidden or not.

    Hint: all_that_is_seen
    """
    return [tuple(pair) for pair in sees(model, x).nonzero().tolist()]


def leaks__from_one(model, x, mask):
    """Counts places from 1.

    Hint: none
    """
    bad = sees(model, x) & ~mask
    return [(q + 1, k + 1) for q, k in bad.nonzero().tolist()]


def leaks__mask_changed(model, x, mask):
    """Writes into the mask that it was given.

    Hint: none
    """
    mask ^= True
    mask &= sees(model, x)
    return [tuple(p) for p in mask.nonzero().tolist()]


def leaks__square(model, x, mask):
    """Goes through as many keys as queries.

    Hint: none
    """
    bad = sees(model, x) & ~mask
    n = len(bad)
    return [(q, k) for q in range(n) for k in range(n) if bad[q, k]]


def leaks__both_negated(model, x, mask):
    """Negates the wrong one of the two.

    Hint: what_it_misses
    """
    bad = ~sees(model, x) & mask
    return sorted((q, k) for q, k in bad.nonzero().tolist())


def leaks__set(model, x, mask):
    """Returns a set instead of a list.

    Hint: none
    """
    return {tuple(p) for p in (sees(model, x) & ~mask).nonzero().tolist()}


def leaks__mask_through_the_model(model, x, mask):
    """Gives the mask to `sees` instead of x.

    Hint: none
    """
    return [tuple(p) for p in (sees(model, mask.float()) & ~mask).nonzero().tolist()]


def leaks__none_without(model, x, mask):
    """Returns nothing where there is no leak.

    Hint: none
    """
    bad = sees(model, x) & ~mask
    if bad.any():
        return [tuple(p) for p in bad.nonzero().tolist()]


def leaks__causal_of_its_own(model, x, mask):
    """Compares with a causal mask of its own instead of the one it was given.

    Hint: the_future_only
    """
    seen = sees(model, x)
    own = torch.ones(seen.shape, dtype=torch.bool).tril()
    return [tuple(p) for p in (seen & ~own).nonzero().tolist()]


def leaks__printed(model, x, mask):
    """Prints the pairs and returns nothing.

    Hint: none
    """
    for q, k in (sees(model, x) & ~mask).nonzero().tolist():
        print((q, k))
