"""Wrong answers to `precision_recall` in other words, with the hint due."""

import numpy as np


def precision_recall__recall_first(kept, good):
    """Gives recall first.

    Hint: none
    """
    k, g = np.array(kept, bool), np.array(good, bool)
    tp = int((k & g).sum())
    recall = tp / int(g.sum()) if g.sum() else 1.0
    precision = tp / int(k.sum()) if k.sum() else 1.0
    return recall, precision


def precision_recall__agreement(kept, good):
    """Counts where both agree, also on what is thrown away.

    Hint: none
    """
    same = sum(1 for k, g in zip(kept, good) if k == g)
    return (
        same / sum(kept) if sum(kept) else 1.0,
        same / sum(good) if sum(good) else 1.0,
    )


def precision_recall__zero(kept, good):
    """Says 0 where there is nothing.

    Hint: none
    """
    tp = len([1 for i in range(len(kept)) if kept[i] and good[i]])
    p = tp / sum(kept) if sum(kept) > 0 else 0.0
    r = tp / sum(good) if sum(good) > 0 else 0.0
    return p, r


def precision_recall__of_all(kept, good):
    """Divides by the number of texts.

    Hint: none
    """
    n = len(kept)
    if n == 0:
        return 1.0, 1.0
    tp = sum(k and g for k, g in zip(kept, good))
    return tp / n, tp / n


def precision_recall__unguarded(kept, good):
    """Divides by nothing.

    Hint: none
    """
    tp = sum(k and g for k, g in zip(kept, good))
    fp = sum(k and not g for k, g in zip(kept, good))
    fn = sum(g and not k for k, g in zip(kept, good))
    return tp / (tp + fp), tp / (tp + fn)


def precision_recall__of_the_bad(kept, good):
    """Takes what is thrown away for the positive ones.

    Hint: none
    """
    tn = sum(not k and not g for k, g in zip(kept, good))
    out, bad = len(kept) - sum(kept), len(good) - sum(good)
    return (tn / out if out else 1.0, tn / bad if bad else 1.0)


def precision_recall__one_if_no_hits(kept, good):
    """Says 1 and 1 where nothing good was kept.

    Hint: none
    """
    tp = sum(k and g for k, g in zip(kept, good))
    if tp == 0:
        return 1.0, 1.0
    return tp / sum(kept), tp / sum(good)


def precision_recall__both_or_none(kept, good):
    """Returns 1 and 1 if either is empty.

    Hint: none
    """
    if not any(kept) or not any(good):
        return 1.0, 1.0
    tp = sum(k and g for k, g in zip(kept, good))
    return tp / sum(kept), tp / sum(good)


def precision_recall__specificity(kept, good):
    """Gives how much of the bad was thrown away as the second.

    Hint: none
    """
    tp = sum(k and g for k, g in zip(kept, good))
    tn = sum(not k and not g for k, g in zip(kept, good))
    bad = good.count(False)
    return (tp / sum(kept) if any(kept) else 1.0, tn / bad if bad else 1.0)


def precision_recall__percent(kept, good):
    """Gives percent.

    Hint: none
    """
    tp = sum(k and g for k, g in zip(kept, good))
    return (
        100 * tp / sum(kept) if any(kept) else 100.0,
        100 * tp / sum(good) if any(good) else 100.0,
    )


def precision_recall__two_digits(kept, good):
    """Rounds.

    Hint: any.rounded
    """
    tp = sum(k and g for k, g in zip(kept, good))
    return (
        round(tp / sum(kept), 2) if any(kept) else 1.0,
        round(tp / sum(good), 2) if any(good) else 1.0,
    )
