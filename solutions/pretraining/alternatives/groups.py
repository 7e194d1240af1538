"""Section 9.3: other right answers. They must pass."""

from torch import Tensor


def lsh_pairs__all_against_all(signatures: Tensor, bands: int) -> list[tuple[int, int]]:
    documents, hashes = signatures.shape
    parts = signatures.reshape(documents, bands, hashes // bands)
    same = (parts[:, None] == parts[None]).all(dim=3).any(dim=2)  # (document, document)
    return [(i, j) for i in range(documents) for j in range(i + 1, documents) if same[i, j]]


def lsh_pairs__by_hand(signatures: Tensor, bands: int) -> list[tuple[int, int]]:
    table = signatures.tolist()
    rows = len(table[0]) // bands
    found = []
    for i, one in enumerate(table):
        for j in range(i + 1, len(table)):
            spans = [slice(k * rows, (k + 1) * rows) for k in range(bands)]
            if any(one[span] == table[j][span] for span in spans):
                found.append((i, j))
    return found


def clusters__union_find(pairs: list[tuple[int, int]], count: int) -> list[int]:
    parents = list(range(count))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parents[high] = low
    return [root(number) for number in range(count)]


def clusters__sets(pairs: list[tuple[int, int]], count: int) -> list[int]:
    families = [{number} for number in range(count)]
    for one, other in pairs:
        together = families[one] | families[other]
        for number in together:
            families[number] = together
    return [min(family) for family in families]


def clusters__spread(pairs: list[tuple[int, int]], count: int) -> list[int]:
    first = list(range(count))
    changed = True
    while changed:
        changed = False
        for one, other in pairs:
            low = min(first[one], first[other])
            if (first[one], first[other]) != (low, low):
                first[one] = first[other] = low
                changed = True
    return first
