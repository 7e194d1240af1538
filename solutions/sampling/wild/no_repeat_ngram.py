"""Wrong answers to `no_repeat_ngram` in other words, with the hint due."""

import torch


def no_repeat_ngram__last_n(logits, ids, n):
    """Compares with the last n ids instead of n - 1.

    Hint: longer
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        if len(row) < n:
            continue
        tail = row[-n:]
        for i in range(len(row) - n):
            if row[i : i + n] == tail:
                out[r, row[i + n]] = -torch.inf
    return out


def no_repeat_ngram__every_token(logits, ids, n):
    """Forbids every token of the row.

    Hint: every_token
    """
    if ids.shape[1] < n:
        return logits
    return logits.scatter(1, ids, -torch.inf)


def no_repeat_ngram__all_rows(logits, ids, n):
    """Searches the n-grams of all rows.

    Hint: in_all_rows
    """
    out = logits.clone()
    rows = ids.tolist()
    grams = {tuple(row[i : i + n]) for row in rows for i in range(len(row) - n + 1)}
    for r, row in enumerate(rows):
        if len(row) < n:
            continue
        tail = tuple(row[len(row) - n + 1 :])
        for gram in grams:
            if gram[:-1] == tail:
                out[r, gram[-1]] = -torch.inf
    return out


def no_repeat_ngram__first_match(logits, ids, n):
    """Forbids only what followed at the first place.

    Hint: first_match_only
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        for i in range(len(row) - n + 1):
            if row[i : i + n - 1] == row[len(row) - n + 1 :]:
                out[r, row[i + n - 1]] = -torch.inf
                break
    return out


def no_repeat_ngram__tail_of_nothing(logits, ids, n):
    """Takes ids[-0:] for nothing when n is 1.

    Hint: none
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        tail = row[-(n - 1) :]
        for i in range(len(row) - n + 1):
            if row[i : i + n - 1] == tail:
                out[r, row[i + n - 1]] = -torch.inf
    return out


def no_repeat_ngram__in_any_order(logits, ids, n):
    """Compares n-grams without their order.

    Hint: any_order
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        tail = sorted(row[len(row) - n + 1 :]) if len(row) >= n else None
        for i in range(len(row) - n + 1):
            if sorted(row[i : i + n - 1]) == tail:
                out[r, row[i + n - 1]] = -torch.inf
    return out


def no_repeat_ngram__zeros(logits, ids, n):
    """Sets the logit to zero.

    Hint: zeros
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        for i in range(len(row) - n + 1):
            if row[i : i + n - 1] == row[len(row) - n + 1 :]:
                out[r, row[i + n - 1]] = 0.0
    return out


def no_repeat_ngram__in_place(logits, ids, n):
    """Writes into the logits.

    Hint: in_place
    """
    for r, row in enumerate(ids.tolist()):
        for i in range(len(row) - n + 1):
            if row[i : i + n - 1] == row[len(row) - n + 1 :]:
                logits[r, row[i + n - 1]] = -torch.inf
    return logits


def no_repeat_ngram__written_together(logits, ids, n):
    """Writes the ids of an n-gram together, so that 1 12 and 11 2 are the same.

    Hint: none
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        last = "".join(map(str, row[len(row) - n + 1 :]))
        for i in range(len(row) - n + 1):
            if "".join(map(str, row[i : i + n - 1])) == last:
                out[r, row[i + n - 1]] = -torch.inf
    return out
