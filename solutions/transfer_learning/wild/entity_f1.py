"""Wrong answers to `entity_f1` in other words, with the hint due."""

from solutions.transfer_learning.reference import (
    entities_of,
)


def entity_f1__words(true, guessed):
    """F1 of words.

    Hint: by_word
    """
    tp = fp = fn = 0
    for t, g in zip(true, guessed):
        for a, b in zip(t, g):
            if a != "O" and a == b:
                tp += 1
            else:
                fp += b != "O"
                fn += a != "O"
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0


def entity_f1__tags_right(true, guessed):
    """Accuracy of tags.

    Hint: token_accuracy
    """
    a = [t for s in true for t in s]
    b = [t for s in guessed for t in s]
    return sum(x == y for x, y in zip(a, b)) / len(a)


def entity_f1__averaged(true, guessed):
    """A mean over sentences.

    Hint: mean_of_sentences
    """
    out = 0.0
    for t, g in zip(true, guessed):
        a, b = entities_of(t), entities_of(g)
        if a or b:
            out += 2 * len(a & b) / (len(a) + len(b))
    return out / len(true)


def entity_f1__flattened(true, guessed):
    """All sentences in one set.

    Hint: one_long_sentence
    """
    a, b = set(), set()
    for t, g in zip(true, guessed):
        a |= entities_of(t)
        b |= entities_of(g)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def entity_f1__found_share(true, guessed):
    """Recall.

    Hint: recall
    """
    hits = sum(len(entities_of(t) & entities_of(g)) for t, g in zip(true, guessed))
    n = sum(len(entities_of(t)) for t in true)
    return hits / n if n else 0.0


def entity_f1__crashes_on_none(true, guessed):
    """Divides by zero where there is nothing.

    Hint: zero_division
    """
    hits = sum(len(entities_of(t) & entities_of(g)) for t, g in zip(true, guessed))
    p = hits / sum(len(entities_of(g)) for g in guessed)
    r = hits / sum(len(entities_of(t)) for t in true)
    return 2 * p * r / (p + r)


def entity_f1__one_text(true, guessed):
    """Makes one long text of all sentences.

    Hint: joined
    """
    flat = [[tag for tags in sentences for tag in tags] for sentences in (true, guessed)]
    here, there = map(entities_of, flat)
    return 2 * len(here & there) / (len(here) + len(there)) if here or there else 0.0


def entity_f1__kind_and_end(true, guessed):
    """Compares the sentence, the kind and the end.

    Hint: start_ignored
    """
    a = {(i, e[0], e[2]) for i, tags in enumerate(true) for e in entities_of(tags)}
    b = {(i, e[0], e[2]) for i, tags in enumerate(guessed) for e in entities_of(tags)}
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def entity_f1__by_what_was_guessed(true, guessed):
    """Looks the truth up by what was guessed, so that of two same guesses one is lost.

    Hint: none
    """
    hits = total = 0
    for g, t in {tuple(g): t for t, g in zip(true, guessed)}.items():
        a, b = entities_of(t), entities_of(list(g))
        hits += len(a & b)
        total += len(a) + len(b)
    return 2 * hits / total if total else 0.0
