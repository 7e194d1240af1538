"""Section 7.6: other right answers. They must pass."""

from solutions.transfer_learning.reference import entities_of


def align_labels__by_neighbours(words: list[int | None], tags: list[int]) -> list[int]:
    labels = []
    for place, word in enumerate(words):
        if word is None or (place > 0 and words[place - 1] == word):
            labels.append(-100)
        else:
            labels.append(tags[word])
    return labels


def align_labels__seen(words: list[int | None], tags: list[int]) -> list[int]:
    seen: set[int | None] = {None}
    labels = [-100] * len(words)
    for place, word in enumerate(words):
        if word not in seen:
            labels[place] = tags[word]
            seen.add(word)
    return labels


def entities_of__state(tags: list[str]) -> set[tuple[str, int, int]]:
    found = set()
    kind, start = "", 0
    for place, tag in enumerate([*tags, "O"]):
        if kind and tag != "I-" + kind:
            found.add((kind, start, place))
            kind = ""
        if tag[:2] == "B-":
            kind, start = tag[2:], place
    return found


def entities_of__ahead(tags: list[str]) -> set[tuple[str, int, int]]:
    found = set()
    for start, tag in enumerate(tags):
        if tag.startswith("B-"):
            end = start + 1
            while end < len(tags) and tags[end] == f"I-{tag[2:]}":
                end += 1
            found.add((tag[2:], start, end))
    return found


def entity_f1__numbered(true: list[list[str]], guessed: list[list[str]]) -> float:
    truth = {(n, *one) for n, tags in enumerate(true) for one in entities_of(tags)}
    guess = {(n, *one) for n, tags in enumerate(guessed) for one in entities_of(tags)}
    return 2 * len(truth & guess) / max(len(truth) + len(guess), 1)


def entity_f1__precision_and_recall(true: list[list[str]], guessed: list[list[str]]) -> float:
    hits = there = here = 0
    for truth, guess in zip(true, guessed, strict=True):
        right, found = entities_of(truth), entities_of(guess)
        hits += sum(one in right for one in found)
        here, there = here + len(right), there + len(found)
    if hits == 0:
        return 0.0
    precision, recall = hits / there, hits / here
    return 2 * precision * recall / (precision + recall)
