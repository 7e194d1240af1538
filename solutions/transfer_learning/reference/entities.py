"""Section 7.6: reference answers."""


def align_labels(words: list[int | None], tags: list[int]) -> list[int]:
    """Hand the tags of words on to the tokens that the words were cut into.

    `words` has a number for each token, that of its word, or None for a token that
    belongs to no word, such as [CLS]. The tokens of a word stand side by side. The
    first token of a word gets the word's tag, all its other tokens and those of no word
    get -100. A word may have no token.

    >>> align_labels([None, 0, 1, 1, None], [6, 2])
    [-100, 6, 2, -100, -100]
    """
    labels, last = [], None
    for word in words:
        first = word is not None and word != last
        labels.append(tags[word] if first else -100)
        last = word
    return labels


def entities_of(tags: list[str]) -> set[tuple[str, int, int]]:
    """Return the entities that the tags of a sentence mark: kind, start and end.

    "B-X" begins an entity of the kind X. "I-X" goes on with it if the word just before
    belongs to an entity of the kind X; else it is a fault and counts as "O", which is
    no entity. `start` is the place of an entity's first word, `end` the place after its
    last.

    Source: the scheme IOB2 (Tjong Kim Sang and Veenstra, 1999), read strictly.

    >>> sorted(entities_of(["B-PER", "I-PER", "O", "I-LOC", "B-LOC"]))
    [('LOC', 4, 5), ('PER', 0, 2)]
    """
    found: list[tuple[str, int, int]] = []
    for place, tag in enumerate(tags):
        sign, _, kind = tag.partition("-")
        if sign == "B":
            found.append((kind, place, place + 1))
        elif sign == "I" and found and found[-1][::2] == (kind, place):
            found[-1] = (kind, found[-1][1], place + 1)
    return set(found)


def entity_f1(true: list[list[str]], guessed: list[list[str]]) -> float:
    """Return the F1 of whole entities, over all sentences together.

    An entity that was guessed is a hit if one of the same kind, with the same start and
    end, is true in the same sentence. F1 is twice the number of hits, divided by the
    number of true entities and of guessed ones together. Without any entity it is 0.
    Both lists hold the tags of each sentence.

    >>> entity_f1([["B-PER", "I-PER", "O"]], [["B-PER", "O", "O"]])
    0.0
    """
    hits = total = 0
    for truth, guess in zip(true, guessed, strict=True):
        here, there = entities_of(truth), entities_of(guess)
        hits += len(here & there)
        total += len(here) + len(there)
    return 2 * hits / total if total else 0.0
