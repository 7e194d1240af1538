"""Section 1.4, "Byte-pair encoding", part 1: right answers in other forms."""

from collections import Counter
from itertools import pairwise


def count_pairs__counter(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = Counter()
    for ids, times in words.items():
        found = Counter(ids[place : place + 2] for place in range(len(ids) - 1))
        counts.update({pair: times * count for pair, count in found.items()})
    return counts


def count_pairs__defaultdict(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    from collections import defaultdict

    counts = defaultdict(int)
    for ids in words:
        for i in range(1, len(ids)):
            counts[ids[i - 1], ids[i]] += words[ids]
    return counts


def count_pairs__get(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = {}
    for ids, times in words.items():
        for first, second in pairwise(ids):
            counts[(first, second)] = counts.get((first, second), 0) + times
    return counts


def best_pair__sorted(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[0][0]


def best_pair__in_two_steps(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    most = max(counts.values())
    return min(pair for pair, times in counts.items() if times == most)


def best_pair__max_of_sorted(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    return max(sorted(counts), key=lambda pair: counts[pair])


def merge_pair__list_in_place(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    merged, place = list(ids), 0
    while place < len(merged) - 1:
        if (merged[place], merged[place + 1]) == pair:
            merged[place : place + 2] = [new_id]
        place += 1
    return tuple(merged)


def merge_pair__recursive(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    def merge(rest: tuple[int, ...]) -> tuple[int, ...]:
        if len(rest) < 2:
            return rest
        if rest[:2] == pair:
            return (new_id, *merge(rest[2:]))
        return (rest[0], *merge(rest[1:]))

    return merge(ids)


def merge_pair__string_replace(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    text = "".join(map(chr, ids)).replace(chr(pair[0]) + chr(pair[1]), chr(new_id))
    return tuple(map(ord, text))
