"""Wrong answers to `repetition_rate` in other words, with the hint due."""


def repetition_rate__anywhere_before(ids, window):
    """Looks at everything before, whatever the window is.

    Hint: anywhere
    """
    if not ids:
        return 0.0
    seen, hits = set(), 0
    for token in ids:
        hits += token in seen
        seen.add(token)
    return hits / len(ids)


def repetition_rate__window_one_short(ids, window):
    """Counts the token itself among the window.

    Hint: window_too_short
    """
    if len(ids) == 0:
        return 0.0
    n = 0
    for i, token in enumerate(ids):
        if token in ids[max(0, i - window + 1) : i]:
            n += 1
    return n / len(ids)


def repetition_rate__negative_start(ids, window):
    """Lets the slice begin below zero.

    Hint: negative_start
    """
    if not ids:
        return 0.0
    return sum(ids[i] in ids[i - window : i] for i in range(len(ids))) / len(ids)


def repetition_rate__full_windows_only(ids, window):
    """Begins where the window is full.

    Hint: negative_start
    """
    if not ids:
        return 0.0
    hits = [ids[i] in ids[i - window : i] for i in range(window, len(ids))]
    return sum(hits) / len(ids)


def repetition_rate__first_not_counted(ids, window):
    """Divides by the tokens that can repeat something.

    Hint: without_the_first
    """
    if len(ids) < 2:
        return 0.0
    hits = sum(ids[i] in ids[max(i - window, 0) : i] for i in range(1, len(ids)))
    return hits / (len(ids) - 1)


def repetition_rate__counted(ids, window):
    """Returns the number of repetitions.

    Hint: a_count
    """
    return float(sum(ids[i] in ids[max(i - window, 0) : i] for i in range(len(ids))))


def repetition_rate__zero_division(ids, window):
    """Divides by the length of nothing.

    Hint: no_text
    """
    return sum(ids[i] in ids[max(i - window, 0) : i] for i in range(len(ids))) / len(ids)


def repetition_rate__distinct_tokens(ids, window):
    """Counts each token that repeats once.

    Hint: none
    """
    if not ids:
        return 0.0
    found = {ids[i] for i in range(len(ids)) if ids[i] in ids[max(i - window, 0) : i]}
    return len(found) / len(ids)


def repetition_rate__rounded(ids, window):
    """Rounds to two digits.

    Hint: none
    """
    if not ids:
        return 0.0
    hits = sum(ids[i] in ids[max(i - window, 0) : i] for i in range(len(ids)))
    return round(hits / len(ids), 2)
