"""Section 1.4, "Byte-pair encoding", part 1: known wrong answers, each with its hint below it."""

from collections import Counter
from itertools import pairwise

from gradelib.author.edits import Edit

count_pairs__each_word_once = Edit("+= times", "+= 1")
"""How often does a word occur in the text, and how often do you count its pairs?"""

count_pairs__the_last_word_counts = Edit("+= times", "= times")
"""A pair can stand in several words. What happens to its count when it comes again?"""

count_pairs__once_in_a_word = Edit("pairwise(ids)", "set(pairwise(ids))")
"""A pair can stand twice in the same word. Does your count see both?"""


def count_pairs__without_overlaps(
    words: dict[tuple[int, ...], int],
) -> dict[tuple[int, int], int]:
    """How many pairs are in (7, 7, 7)? Here it is about counting, not about merging."""
    counts = Counter()
    for ids, times in words.items():
        used = False
        for first, second in pairwise(ids):
            used = first == second and not used
            counts[first, second] += times * (used or first != second)
    return dict(counts)


count_pairs__every_second = Edit("pairwise(ids)", "zip(ids[::2], ids[1::2], strict=False)")
"""Write down the pairs of (1, 2, 3, 4). Is (2, 3) among yours?"""


def count_pairs__across_words(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """Does the last id of one word make a pair with the first id of the next?"""
    counts, before = Counter(), None
    for ids, times in words.items():
        if before and ids:
            counts[before[-1], ids[0]] += 1
        for pair in pairwise(ids):
            counts[pair] += times
        before = ids
    return dict(counts)


count_pairs__without_order = Edit("counts[pair]", "counts[min(pair), max(pair)]")
"""Are (1, 2) and (2, 1) the same pair?"""

count_pairs__loses_the_last = Edit("pairwise(ids)", "pairwise(ids[:-1])")
"""How many pairs does a word of two ids have? Look at where your loop ends."""

count_pairs__round_the_end = Edit("pairwise(ids)", "zip(ids[-1:] + ids, ids)")
"""Which pair do you make first in a word? Position -1 is the end of it."""

best_pair__first_of_a_tie = Edit("(-counts[pair], pair)", "-counts[pair]")
"""When several pairs are equally frequent, which one does `max` give you: the first that it meets,
or the smallest?"""


def best_pair__last_of_a_tie(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """When several pairs are equally frequent, your loop keeps the last of them. Which one
    should it be?"""
    best, most = None, 0
    for pair, times in counts.items():
        if times >= most:
            best, most = pair, times
    return best


best_pair__largest_of_a_tie = Edit(
    "min(counts, key=lambda pair: (-counts", "max(counts, key=lambda pair: (counts"
)
"""`max` wants the most frequent pair, which is right. What does it then want of the pair?"""

best_pair__tie_by_the_second_id = Edit(", pair)", ", pair[1], pair[0])")
"""Which of the two ids decides first when several pairs are equally frequent?"""

best_pair__only_the_first_id = Edit(", pair)", ", pair[0])")
"""Two of the most frequent pairs can begin with the same id. What decides then?"""

best_pair__rarest = Edit("-counts", "counts")
"""Is the count of your pair the highest one or the lowest?"""

best_pair__smallest = Edit(", key=lambda pair: (-counts[pair], pair)", "")
"""Does it matter to your answer how often a pair occurs?"""

best_pair__count = Edit(
    "min(counts, key=lambda pair: (-counts[pair], pair))", "max(counts.values())"
)
"""Does your answer say which pair it is, or how often it occurs?"""

best_pair__with_its_count = Edit(
    "counts, key=lambda pair: (-counts[pair], pair)",
    "counts.items(), key=lambda item: (-item[1], item[0])",
)
"""Your answer has the right pair and something more. What is asked for?"""

merge_pair__list = Edit("tuple(merged)", "merged")
"""The ids are right. Which type should hold them, so that a word can be a dictionary key?"""


def merge_pair__only_the_first(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    """A pair can stand at several places. What does your answer do after the first?"""
    for place, found in enumerate(pairwise(ids)):
        if found == pair:
            return ids[:place] + (new_id,) + ids[place + 2 :]
    return ids


def merge_pair__from_the_right(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    """Of (7, 7, 7), which two should merge: the first two or the last two?"""
    merged, place = [], len(ids)
    while place > 0:
        found = ids[max(0, place - 2) : place] == pair
        merged.append(new_id if found else ids[place - 1])
        place -= 2 if found else 1
    return tuple(reversed(merged))


def merge_pair__uses_an_id_twice(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    """In (7, 7, 7), can the one in the middle belong to two pairs?"""
    merged, after = [], None
    for place, found in enumerate([*pairwise(ids), None]):
        if found == pair:
            merged.append(new_id)
        elif after != pair:
            merged.extend(ids[place : place + 1])
        after = found
    return tuple(merged)


merge_pair__keeps_the_second = Edit("2 if found else 1", "1")
"""Where a pair was found, how far does your loop go on? The second id is used up too."""


def merge_pair__each_of_the_two(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    """Is an id replaced when it stands without its partner?"""
    return tuple(new_id if number in pair else number for number in ids)


merge_pair__either_way_round = Edit("== pair", "in (pair, pair[::-1])")
"""Is (2, 1) the pair (1, 2)?"""

merge_pair__loses_the_last = Edit("len(ids):", "len(ids) - 1:")
"""What becomes of the last id when it is in no pair? Look at where your loop ends."""

merge_pair__past_the_end = Edit(
    "ids[position : position + 2]", "(ids[position], ids[position + 1])"
)
"""What does your loop read when it stands on the last id and looks at the next?"""
