"""Known wrong answers to notebook 01. Each docstring is the hint that its answer earns."""

import re
from collections import Counter
from itertools import pairwise

from gradelib.lab.text import pieces
from solutions.tokenization.reference import best_pair, count_pairs, merge_pair


def split_words__only_white_space(text: str) -> list[str]:
    """Look at the last token of "The end.": is the full stop a token of its own?"""
    return text.split()


def split_words__loses_punctuation(text: str) -> list[str]:
    """Join your tokens and compare with the text: which characters have gone?"""
    return re.findall(r"\w+", text)


def split_words__marks_in_runs(text: str) -> list[str]:
    """How many tokens should three full stops in a row give, and how many do you get?"""
    return re.findall(r"\w+|[^\w\s]+", text)


def split_words__keeps_white_space(text: str) -> list[str]:
    """A space is not a word character, and not a token either. What is `\\W`, and what is not?"""
    return re.findall(r"\w+|\W", text)


def split_words__only_english_letters(text: str) -> list[str]:
    """Try a German and a Greek word. Which letters does your pattern know?"""
    return re.findall(r"[A-Za-z0-9_]+|[^A-Za-z0-9_\s]", text)


def split_words__small_letters(text: str) -> list[str]:
    """Compare the first letter of the text with that of your first token."""
    return re.findall(r"\w+|[^\w\s]", text.lower())


def split_words__each_once(text: str) -> list[str]:
    """A text is not a vocabulary: what happens to a word that comes a second time?"""
    return list(dict.fromkeys(re.findall(r"\w+|[^\w\s]", text)))


def split_words__loses_digits(text: str) -> list[str]:
    """What becomes of "room_12"? Digits and the underscore are word characters too."""
    return re.findall(r"[^\W\d_]+|[^\w\s]", text)


def build_vocab__one_too_many(tokens: list[str], size: int) -> list[str]:
    """How long is your vocabulary for `size=1`? Does "<unk>" take a place?"""
    counts = Counter(tokens)
    by_frequency = sorted(counts, key=lambda token: (-counts[token], token))
    return ["<unk>", *by_frequency[:size]]


def build_vocab__unknown_at_the_end(tokens: list[str], size: int) -> list[str]:
    """Which id does "<unk>" have in your vocabulary, and which should it have?"""
    counts = Counter(tokens)
    by_frequency = sorted(counts, key=lambda token: (-counts[token], token))
    return [*by_frequency[: size - 1], "<unk>"]


def build_vocab__without_unknown(tokens: list[str], size: int) -> list[str]:
    """What stands at position 0 of your vocabulary? A place is needed for words not in it."""
    counts = Counter(tokens)
    return sorted(counts, key=lambda token: (-counts[token], token))[:size]


def build_vocab__ties_as_they_come(tokens: list[str], size: int) -> list[str]:
    """Look at two tokens that are equally frequent: is their order that of the text, or that of
    `sorted`?"""
    return ["<unk>", *(token for token, _ in Counter(tokens).most_common(size - 1))]


def build_vocab__ties_backwards(tokens: list[str], size: int) -> list[str]:
    """The most frequent come first, but look at two tokens that are equally frequent: does
    turning the order round turn theirs as well?"""
    counts = Counter(tokens)
    by_frequency = sorted(counts, key=lambda token: (counts[token], token), reverse=True)
    return ["<unk>", *by_frequency[: size - 1]]


def build_vocab__rarest_first(tokens: list[str], size: int) -> list[str]:
    """Does `sorted` begin with the smallest count or with the largest?"""
    counts = Counter(tokens)
    by_frequency = sorted(counts, key=lambda token: (counts[token], token))
    return ["<unk>", *by_frequency[: size - 1]]


def build_vocab__by_the_alphabet(tokens: list[str], size: int) -> list[str]:
    """Does it matter to your vocabulary how often a token occurs?"""
    return ["<unk>", *sorted(set(tokens))[: size - 1]]


def build_vocab__as_they_come(tokens: list[str], size: int) -> list[str]:
    """Your vocabulary holds the tokens that come first. Which ones should it hold?"""
    return ["<unk>", *list(dict.fromkeys(tokens))[: size - 1]]


def build_vocab__sorted_after_all(tokens: list[str], size: int) -> list[str]:
    """The right tokens are there. In which order should they stand after "<unk>"?"""
    counts = Counter(tokens)
    by_frequency = sorted(counts, key=lambda token: (-counts[token], token))
    return ["<unk>", *sorted(by_frequency[: size - 1])]


def encode_words__leaves_out_unknown(tokens: list[str], vocab: list[str]) -> list[int]:
    """Count the tokens and your ids. What should become of a word that is not in `vocab`?"""
    ids = {token: position for position, token in enumerate(vocab)}
    return [ids[token] for token in tokens if token in ids]


def encode_words__stops_at_unknown(tokens: list[str], vocab: list[str]) -> list[int]:
    """An unknown word is no error: it has an id of its own. Which one?"""
    ids = {token: position for position, token in enumerate(vocab)}
    return [ids[token] for token in tokens]


def encode_words__not_in_list(tokens: list[str], vocab: list[str]) -> list[int]:
    """`list.index` raises an error for what it does not find. Which id does such a word get?"""
    return [vocab.index(token) for token in tokens]


def encode_words__minus_one(tokens: list[str], vocab: list[str]) -> list[int]:
    """Which token of `vocab` would your id for unknown words decode to?"""
    ids = {token: position for position, token in enumerate(vocab)}
    return [ids.get(token, -1) for token in tokens]


def encode_words__counts_from_one(tokens: list[str], vocab: list[str]) -> list[int]:
    """Look up your ids in `vocab`: is each of them the place of its own token, or of the next?"""
    ids = {token: position for position, token in enumerate(vocab, start=1)}
    return [ids.get(token, 0) for token in tokens]


def encode_words__any_case(tokens: list[str], vocab: list[str]) -> list[int]:
    """Is "Tea" in a vocabulary that has "tea"? Look at what you do to the letters."""
    ids = {token.lower(): position for position, token in enumerate(vocab)}
    return [ids.get(token.lower(), 0) for token in tokens]


def encode_words__invents_ids(tokens: list[str], vocab: list[str]) -> list[int]:
    """Your unknown words get new ids. How many ids does a vocabulary of this size have?"""
    ids = {token: position for position, token in enumerate(vocab)}
    return [ids.setdefault(token, len(ids)) for token in tokens]


def decode_words__one_string(ids: list[int], vocab: list[str]) -> list[str]:
    """Does the task ask for a string or for a list of tokens?"""
    return " ".join(vocab[position] for position in ids)


def decode_words__one_off(ids: list[int], vocab: list[str]) -> list[str]:
    """Which token does your answer give for id 0?"""
    return [vocab[position - 1] for position in ids]


def decode_words__leaves_out_unknown(ids: list[int], vocab: list[str]) -> list[str]:
    """Count the ids and your tokens. What does id 0 stand for?"""
    return [vocab[position] for position in ids if position]


def decode_words__each_once(ids: list[int], vocab: list[str]) -> list[str]:
    """What happens to an id that comes a second time?"""
    return [vocab[position] for position in dict.fromkeys(ids)]


def decode_words__in_the_order_of_the_vocabulary(ids: list[int], vocab: list[str]) -> list[str]:
    """Which order should the tokens have: that of the ids, or that of `vocab`?"""
    return [token for position, token in enumerate(vocab) if position in ids]


def decode_words__looks_up_words(ids: list[int], vocab: list[str]) -> list[str]:
    """Which way does your dictionary go: from tokens to ids, or from ids to tokens?"""
    tokens = {token: position for position, token in enumerate(vocab)}
    return [tokens.get(position, "<unk>") for position in ids]


def unknown_rate__known(ids: list[int]) -> float:
    """What share do you get when no word is unknown? Which words do you count?"""
    return sum(position != 0 for position in ids) / len(ids) if ids else 0.0


def unknown_rate__per_cent(ids: list[int]) -> float:
    """Between which two numbers does a share lie?"""
    return 100 * ids.count(0) / len(ids) if ids else 0.0


def unknown_rate__count(ids: list[int]) -> float:
    """How often does 0 occur, or how large a part of all ids is it?"""
    return float(ids.count(0))


def unknown_rate__divides_by_zero(ids: list[int]) -> float:
    """What does your formula divide by when there are no ids at all?"""
    return ids.count(0) / len(ids)


def unknown_rate__of_different_ids(ids: list[int]) -> float:
    """Do words that come again count again?"""
    return len({0} & set(ids)) / len(set(ids)) if ids else 0.0


def unknown_rate__against_the_known(ids: list[int]) -> float:
    """Do you divide by the number of known ids, or by the number of all ids?"""
    known = len(ids) - ids.count(0)
    return ids.count(0) / known if known else 0.0


def unknown_rate__whole_numbers(ids: list[int]) -> float:
    """What is 3 // 4, and what is 3 / 4?"""
    return float(ids.count(0) // len(ids)) if ids else 0.0


def unknown_rate__rounded(ids: list[int]) -> float:
    """Your share is always 0 or 1. What makes it a whole number?"""
    return float(round(ids.count(0) / len(ids))) if ids else 0.0


def count_pairs__each_word_once(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """How often does a word occur in the text, and how often do you count its pairs?"""
    counts = Counter()
    for ids in words:
        counts.update(pairwise(ids))
    return dict(counts)


def count_pairs__the_last_word_counts(
    words: dict[tuple[int, ...], int],
) -> dict[tuple[int, int], int]:
    """A pair can stand in several words. What happens to its count when it comes again?"""
    counts = {}
    for ids, times in words.items():
        for pair in pairwise(ids):
            counts[pair] = times
    return counts


def count_pairs__once_in_a_word(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """A pair can stand twice in the same word. Does your count see both?"""
    counts = Counter()
    for ids, times in words.items():
        for pair in set(pairwise(ids)):
            counts[pair] += times
    return dict(counts)


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


def count_pairs__every_second(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """Write down the pairs of (1, 2, 3, 4). Is (2, 3) among yours?"""
    counts = Counter()
    for ids, times in words.items():
        for pair in zip(ids[::2], ids[1::2], strict=False):
            counts[pair] += times
    return dict(counts)


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


def count_pairs__without_order(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """Are (1, 2) and (2, 1) the same pair?"""
    counts = Counter()
    for ids, times in words.items():
        for first, second in pairwise(ids):
            counts[min(first, second), max(first, second)] += times
    return dict(counts)


def count_pairs__loses_the_last(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """How many pairs does a word of two ids have? Look at where your loop ends."""
    counts = Counter()
    for ids, times in words.items():
        for place in range(len(ids) - 2):
            counts[ids[place], ids[place + 1]] += times
    return dict(counts)


def count_pairs__round_the_end(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """Which pair do you make first in a word? Position -1 is the end of it."""
    counts = Counter()
    for ids, times in words.items():
        for place in range(len(ids)):
            counts[ids[place - 1], ids[place]] += times
    return dict(counts)


def best_pair__first_of_a_tie(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """When several pairs are equally frequent, which one does `max` give you: the first that it
    meets, or the smallest?"""
    return max(counts, key=counts.get)


def best_pair__last_of_a_tie(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """When several pairs are equally frequent, your loop keeps the last of them. Which one
    should it be?"""
    best, most = None, 0
    for pair, times in counts.items():
        if times >= most:
            best, most = pair, times
    return best


def best_pair__largest_of_a_tie(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """`max` wants the most frequent pair, which is right. What does it then want of the pair?"""
    return max(counts, key=lambda pair: (counts[pair], pair))


def best_pair__tie_by_the_second_id(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Which of the two ids decides first when several pairs are equally frequent?"""
    return min(counts, key=lambda pair: (-counts[pair], pair[1], pair[0]))


def best_pair__only_the_first_id(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Two of the most frequent pairs can begin with the same id. What decides then?"""
    return min(counts, key=lambda pair: (-counts[pair], pair[0]))


def best_pair__rarest(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Is the count of your pair the highest one or the lowest?"""
    return min(counts, key=lambda pair: (counts[pair], pair))


def best_pair__smallest(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Does it matter to your answer how often a pair occurs?"""
    return min(counts)


def best_pair__count(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Does your answer say which pair it is, or how often it occurs?"""
    return max(counts.values())


def best_pair__with_its_count(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Your answer has the right pair and something more. What is asked for?"""
    return min(counts.items(), key=lambda item: (-item[1], item[0]))


def merge_pair__list(ids: tuple[int, ...], pair: tuple[int, int], new_id: int) -> tuple[int, ...]:
    """The ids are right. Which type should hold them, so that a word can be a dictionary key?"""
    merged, place = [], 0
    while place < len(ids):
        found = ids[place : place + 2] == pair
        merged.append(new_id if found else ids[place])
        place += 2 if found else 1
    return merged


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


def merge_pair__keeps_the_second(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    """Where a pair was found, how far does your loop go on? The second id is used up too."""
    return tuple(
        new_id if ids[place : place + 2] == pair else ids[place] for place in range(len(ids))
    )


def merge_pair__each_of_the_two(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    """Is an id replaced when it stands without its partner?"""
    return tuple(new_id if number in pair else number for number in ids)


def merge_pair__either_way_round(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    """Is (2, 1) the pair (1, 2)?"""
    merged, place = [], 0
    while place < len(ids):
        found = ids[place : place + 2] in (pair, pair[::-1])
        merged.append(new_id if found else ids[place])
        place += 2 if found else 1
    return tuple(merged)


def merge_pair__loses_the_last(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    """What becomes of the last id when it is in no pair? Look at where your loop ends."""
    merged, place = [], 0
    while place < len(ids) - 1:
        found = ids[place : place + 2] == pair
        merged.append(new_id if found else ids[place])
        place += 2 if found else 1
    return tuple(merged)


def merge_pair__past_the_end(
    ids: tuple[int, ...], pair: tuple[int, int], new_id: int
) -> tuple[int, ...]:
    """What does your loop read when it stands on the last id and looks at the next?"""
    merged, place = [], 0
    while place < len(ids):
        found = (ids[place], ids[place + 1]) == pair
        merged.append(new_id if found else ids[place])
        place += 2 if found else 1
    return tuple(merged)


def train_bpe__counts_only_once(
    words: dict[tuple[int, ...], int], merges: int
) -> list[tuple[int, int]]:
    """After a merge the words have changed. Do you count the pairs of the words as they are now?
    Is there an id above 255 in any of your pairs?"""
    counts = count_pairs(words)
    return sorted(counts, key=lambda pair: (-counts[pair], pair))[:merges]


def train_bpe__each_word_once(
    words: dict[tuple[int, ...], int], merges: int
) -> list[tuple[int, int]]:
    """Should a word that occurs twenty times weigh as much as one that occurs once? Look at what
    becomes of the counts of the words."""
    learned, words = [], dict.fromkeys(words, 1)
    while len(learned) < merges and (counts := count_pairs(words)):
        learned.append(best_pair(counts))
        words = {merge_pair(ids, learned[-1], 255 + len(learned)): 1 for ids in words}
    return learned


def train_bpe__ties_as_they_come(
    words: dict[tuple[int, ...], int], merges: int
) -> list[tuple[int, int]]:
    """Look at a step where several pairs are equally frequent: which one does the task want, and
    which one do you take? There is a function for this above."""
    learned = []
    while len(learned) < merges and (counts := count_pairs(words)):
        learned.append(max(counts, key=counts.get))
        new_id = 255 + len(learned)
        words = {merge_pair(ids, learned[-1], new_id): n for ids, n in words.items()}
    return learned


def train_bpe__ids_from_257(
    words: dict[tuple[int, ...], int], merges: int
) -> list[tuple[int, int]]:
    """Which id does your first merge make? The bytes are 0 to 255."""
    learned = []
    while len(learned) < merges and (counts := count_pairs(words)):
        learned.append(best_pair(counts))
        new_id = 256 + len(learned)
        words = {merge_pair(ids, learned[-1], new_id): n for ids, n in words.items()}
    return learned


def train_bpe__one_too_many(
    words: dict[tuple[int, ...], int], merges: int
) -> list[tuple[int, int]]:
    """How many pairs do you learn for `merges=0`?"""
    learned = []
    while len(learned) <= merges and (counts := count_pairs(words)):
        learned.append(best_pair(counts))
        new_id = 255 + len(learned)
        words = {merge_pair(ids, learned[-1], new_id): n for ids, n in words.items()}
    return learned


def train_bpe__no_end(words: dict[tuple[int, ...], int], merges: int) -> list[tuple[int, int]]:
    """What is left to merge when every word has become a single id?"""
    learned = []
    for new_id in range(256, 256 + merges):
        learned.append(best_pair(count_pairs(words)))
        words = {merge_pair(ids, learned[-1], new_id): n for ids, n in words.items()}
    return learned


def train_bpe__wants_two(words: dict[tuple[int, ...], int], merges: int) -> list[tuple[int, int]]:
    """You stop when the best pair occurs only once. When does the task want you to stop?"""
    learned = []
    while len(learned) < merges and max((counts := count_pairs(words)).values(), default=0) > 1:
        learned.append(best_pair(counts))
        new_id = 255 + len(learned)
        words = {merge_pair(ids, learned[-1], new_id): n for ids, n in words.items()}
    return learned


def train_bpe__new_ids_too(words: dict[tuple[int, ...], int], merges: int) -> list[tuple[int, int]]:
    """Your answer maps each pair to its id. What does the task want to get back?"""
    learned = {}
    while len(learned) < merges and (counts := count_pairs(words)):
        pair, new_id = best_pair(counts), 256 + len(learned)
        learned[pair] = new_id
        words = {merge_pair(ids, pair, new_id): n for ids, n in words.items()}
    return learned


def train_bpe__always_256(words: dict[tuple[int, ...], int], merges: int) -> list[tuple[int, int]]:
    """Which id does your second merge make? Two merges must not share one."""
    learned = []
    while len(learned) < merges and (counts := count_pairs(words)):
        learned.append(best_pair(counts))
        words = {merge_pair(ids, learned[-1], 256): n for ids, n in words.items()}
    return learned


def encode_bpe__across_pieces(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """May a merge reach from the end of one word into the space after it? Look at `pieces`."""
    ids = tuple(text.encode("utf-8"))
    for new_id, pair in enumerate(merges, start=256):
        ids = merge_pair(ids, pair, new_id)
    return list(ids)


def encode_bpe__code_points(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """What numbers do you begin with: the bytes of "ä", or its number in Unicode?"""
    encoded = []
    for piece in pieces(text):
        ids = tuple(ord(letter) for letter in piece)
        for new_id, pair in enumerate(merges, start=256):
            ids = merge_pair(ids, pair, new_id)
        encoded.extend(ids)
    return encoded


def encode_bpe__last_merge_first(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """In which order were the merges learned, and in which order do you apply them?"""
    encoded = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for place in reversed(range(len(merges))):
            ids = merge_pair(ids, merges[place], 256 + place)
        encoded.extend(ids)
    return encoded


def encode_bpe__ids_from_257(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Which id does the first merge make? The bytes are 0 to 255, and later merges use its id."""
    encoded = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for new_id, pair in enumerate(merges, start=257):
            ids = merge_pair(ids, pair, new_id)
        encoded.extend(ids)
    return encoded


def encode_bpe__leftmost_pair_first(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """You merge the first pair that you meet in the text. Which pair of a piece comes first: the
    one furthest to the left, or the one that was learned first?"""
    new_ids = {pair: 256 + place for place, pair in enumerate(merges)}
    encoded = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        while pair := next((pair for pair in pairwise(ids) if pair in new_ids), None):
            ids = merge_pair(ids, pair, new_ids[pair])
        encoded.extend(ids)
    return encoded


def encode_bpe__each_merge_once(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """A pair can stand twice in one piece. Does a merge apply at all its places?"""
    encoded = []
    for piece in pieces(text):
        ids = list(piece.encode("utf-8"))
        for new_id, pair in enumerate(merges, start=256):
            places = [place for place, found in enumerate(pairwise(ids)) if found == pair]
            if places:
                ids[places[0] : places[0] + 2] = [new_id]
        encoded.extend(ids)
    return encoded


def encode_bpe__longest_match(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """You take the longest token that fits, as WordPiece does. What does byte-pair encoding do
    with the list of merges?"""
    table = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        table.append(table[left] + table[right])
    ids, encoded = {token: place for place, token in enumerate(table)}, []
    for piece in pieces(text):
        rest = piece.encode("utf-8")
        while rest:
            end = next(end for end in range(len(rest), 0, -1) if rest[:end] in ids)
            encoded.append(ids[rest[:end]])
            rest = rest[end:]
    return encoded


def encode_bpe__loses_spaces(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Decode your ids: where are the spaces?"""
    encoded = []
    for word in text.split():
        ids = tuple(word.encode("utf-8"))
        for new_id, pair in enumerate(merges, start=256):
            ids = merge_pair(ids, pair, new_id)
        encoded.extend(ids)
    return encoded


def encode_bpe__a_list_of_pieces(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Your answer is a list of lists, one a piece. What shape should it have?"""
    encoded = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for new_id, pair in enumerate(merges, start=256):
            ids = merge_pair(ids, pair, new_id)
        encoded.append(list(ids))
    return encoded


def decode_bpe__token_by_token(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """A letter can be spread over two tokens. Can you read half of it?"""
    table = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        table.append(table[left] + table[right])
    return "".join(table[position].decode("utf-8", errors="replace") for position in ids)


def decode_bpe__stops_at_bad_bytes(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """Ids can end in the middle of a letter. What should then become of its first byte?"""
    table = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        table.append(table[left] + table[right])
    return b"".join(table[position] for position in ids).decode("utf-8")


def decode_bpe__drops_bad_bytes(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """Bytes that are no valid UTF-8 vanish from your text. What should stand in their place?"""
    table = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        table.append(table[left] + table[right])
    return b"".join(table[position] for position in ids).decode("utf-8", errors="ignore")


def decode_bpe__bytes_as_letters(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """You make one letter of each byte. How many bytes has an "ä" in UTF-8?"""
    table = [chr(byte) for byte in range(256)]
    for left, right in merges:
        table.append(table[left] + table[right])
    return "".join(table[position] for position in ids)


def decode_bpe__one_level(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """A pair may hold ids above 255. Which bytes do these stand for?"""
    data = []
    for position in ids:
        data.extend([position] if position < 256 else merges[position - 256])
    return bytes(data).decode("utf-8", errors="replace")


def decode_bpe__right_before_left(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """Look at the letters inside one token: which half of a pair comes first?"""
    table = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        table.append(table[right] + table[left])
    return b"".join(table[position] for position in ids).decode("utf-8", errors="replace")


def decode_bpe__with_spaces(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """Where do the spaces of your text come from? Those of the text are among the bytes."""
    table = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        table.append(table[left] + table[right])
    return b" ".join(table[position] for position in ids).decode("utf-8", errors="replace")


def decode_bpe__bytes(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """These are the right bytes. How do bytes become a string?"""
    table = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        table.append(table[left] + table[right])
    return b"".join(table[position] for position in ids)


def wordpiece_score__count(pair_count: int, first_count: int, second_count: int) -> float:
    """This is what byte-pair encoding looks at. What do the counts of the parts do?"""
    return float(pair_count)


def wordpiece_score__sum(pair_count: int, first_count: int, second_count: int) -> float:
    """How are the counts of the two parts combined: added or multiplied?"""
    return pair_count / (first_count + second_count)


def wordpiece_score__brackets(pair_count: int, first_count: int, second_count: int) -> float:
    """In which order does Python work out a / b * c?"""
    return pair_count / first_count * second_count


def wordpiece_score__first_part_only(pair_count: int, first_count: int, second_count: int) -> float:
    """A pair has two parts. Does a frequent second part lower your score?"""
    return pair_count / first_count


def wordpiece_score__upside_down(pair_count: int, first_count: int, second_count: int) -> float:
    """Should the score rise or fall when the pair occurs more often?"""
    return first_count * second_count / pair_count


def wordpiece_score__square_root(pair_count: int, first_count: int, second_count: int) -> float:
    """There is a square root in your formula. Is there one in the task?"""
    return pair_count / (first_count * second_count) ** 0.5


def wordpiece_score__whole_numbers(pair_count: int, first_count: int, second_count: int) -> float:
    """What is 3 // 4, and what is 3 / 4?"""
    return float(pair_count // (first_count * second_count))


def wordpiece_encode__shortest_first(word: str, vocab: set[str]) -> list[str]:
    """Several pieces fit at one place: do you try the long ones or the short ones first?"""
    tokens, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(start + 1, len(word) + 1)
        end = next((end for end in ends if mark + word[start:end] in vocab), None)
        if end is None:
            return ["[UNK]"]
        tokens.append(mark + word[start:end])
        start = end
    return tokens


def wordpiece_encode__without_marks(word: str, vocab: set[str]) -> list[str]:
    """How does `vocab` write a piece that continues a word? Look at what you look up."""
    tokens, start = [], 0
    while start < len(word):
        ends = range(len(word), start, -1)
        end = next((end for end in ends if word[start:end] in vocab), None)
        if end is None:
            return ["[UNK]"]
        tokens.append(word[start:end])
        start = end
    return tokens


def wordpiece_encode__hides_the_marks(word: str, vocab: set[str]) -> list[str]:
    """You look up the right pieces. How should those that continue a word look in the result?"""
    tokens, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in vocab), None)
        if end is None:
            return ["[UNK]"]
        tokens.append(word[start:end])
        start = end
    return tokens


def wordpiece_encode__keeps_what_it_had(word: str, vocab: set[str]) -> list[str]:
    """When no piece fits, what becomes of the pieces that were already found?"""
    tokens, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in vocab), None)
        if end is None:
            return [*tokens, "[UNK]"]
        tokens.append(mark + word[start:end])
        start = end
    return tokens


def wordpiece_encode__one_letter_unknown(word: str, vocab: set[str]) -> list[str]:
    """When no piece fits, you go on after one letter. Is the rest of the word still asked for?"""
    tokens, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in vocab), None)
        tokens.append("[UNK]" if end is None else mark + word[start:end])
        start = end or start + 1
    return tokens


def wordpiece_encode__never_ends(word: str, vocab: set[str]) -> list[str]:
    """When no piece fits, does your loop still go on to the next place? It has to end there."""
    tokens, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        for end in range(len(word), start, -1):
            if mark + word[start:end] in vocab:
                tokens.append(mark + word[start:end])
                start = end
                break
    return tokens


def wordpiece_encode__goes_back(word: str, vocab: set[str]) -> list[str]:
    """Your answer finds a way where the longest match gets stuck. May a choice be taken back?"""

    def split(start: int) -> list[str] | None:
        if start == len(word):
            return []
        for end in range(len(word), start, -1):
            token = ("##" if start else "") + word[start:end]
            if token in vocab and (rest := split(end)) is not None:
                return [token, *rest]
        return None

    tokens = split(0)
    return ["[UNK]"] if tokens is None else tokens


def wordpiece_encode__whole_words(word: str, vocab: set[str]) -> list[str]:
    """What happens to a word that is not in `vocab` as a whole?"""
    return [word] if word in vocab else ["[UNK]"]


def wordpiece_encode__small_letters(word: str, vocab: set[str]) -> list[str]:
    """Compare the letters of your tokens with those of the word: capital or small?"""
    tokens, start, word = [], 0, word.lower()
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in vocab), None)
        if end is None:
            return ["[UNK]"]
        tokens.append(mark + word[start:end])
        start = end
    return tokens


def wordpiece_encode__a_string(word: str, vocab: set[str]) -> list[str]:
    """Your tokens are right. What do you return for a word that gets stuck: a string or a list?"""
    tokens, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in vocab), None)
        if end is None:
            return "[UNK]"
        tokens.append(mark + word[start:end])
        start = end
    return tokens


def build_pair__no_last_sep(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    """How many [SEP] are there in [CLS] a [SEP] b [SEP]? Look at the end of your ids."""
    return {
        "input_ids": [cls, *a, sep, *b],
        "token_type_ids": [0] * (len(a) + 2) + [1] * len(b),
    }


def build_pair__no_cls(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    """With which token should your ids begin?"""
    return {
        "input_ids": [*a, sep, *b, sep],
        "token_type_ids": [0] * (len(a) + 1) + [1] * (len(b) + 1),
    }


def build_pair__two_cls(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    """How many [CLS] are there in [CLS] a [SEP] b [SEP]?"""
    return {
        "input_ids": [cls, *a, sep, cls, *b, sep],
        "token_type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 2),
    }


def build_pair__two_sep(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    """How many [SEP] stand between `a` and `b`? RoBERTa has two; what has BERT?"""
    return {
        "input_ids": [cls, *a, sep, sep, *b, sep],
        "token_type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 2),
    }


def build_pair__sep_belongs_to_b(
    a: list[int], b: list[int], cls: int, sep: int
) -> dict[str, list[int]]:
    """The ids are right. To which part does the first [SEP] belong?"""
    return {
        "input_ids": [cls, *a, sep, *b, sep],
        "token_type_ids": [0] * (len(a) + 1) + [1] * (len(b) + 2),
    }


def build_pair__specials_are_zero(
    a: list[int], b: list[int], cls: int, sep: int
) -> dict[str, list[int]]:
    """The ids are right. To which part does the last [SEP] belong?"""
    return {
        "input_ids": [cls, *a, sep, *b, sep],
        "token_type_ids": [0] * (len(a) + 2) + [1] * len(b) + [0],
    }


def build_pair__all_zero(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    """How does the model know which tokens are of the second part? Look at the types."""
    return {
        "input_ids": [cls, *a, sep, *b, sep],
        "token_type_ids": [0] * (len(a) + len(b) + 3),
    }


def build_pair__types_from_one(
    a: list[int], b: list[int], cls: int, sep: int
) -> dict[str, list[int]]:
    """The two parts are told apart, but with which two numbers?"""
    return {
        "input_ids": [cls, *a, sep, *b, sep],
        "token_type_ids": [1] * (len(a) + 2) + [2] * (len(b) + 1),
    }


def build_pair__types_of_the_words_only(
    a: list[int], b: list[int], cls: int, sep: int
) -> dict[str, list[int]]:
    """Compare the lengths of your two lists. Do special tokens have a type?"""
    return {
        "input_ids": [cls, *a, sep, *b, sep],
        "token_type_ids": [0] * len(a) + [1] * len(b),
    }


def build_pair__cls_and_sep_swapped(
    a: list[int], b: list[int], cls: int, sep: int
) -> dict[str, list[int]]:
    """Which of the two special ids stands at the beginning?"""
    return {
        "input_ids": [sep, *a, cls, *b, cls],
        "token_type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 1),
    }


def tokens_per_word__words_per_token(tokenized: list[list[str]]) -> float:
    """Can a word have fewer tokens than one? Which number do you divide by which?"""
    tokens = sum(map(len, tokenized))
    return len(tokenized) / tokens if tokens else 0.0


def tokens_per_word__characters(tokenized: list[list[str]]) -> float:
    """Do you count the tokens of a word, or the characters of its tokens?"""
    characters = sum(len(token) for tokens in tokenized for token in tokens)
    return characters / len(tokenized) if tokenized else 0.0


def tokens_per_word__divides_by_zero(tokenized: list[list[str]]) -> float:
    """What does your formula divide by when there are no words?"""
    return sum(map(len, tokenized)) / len(tokenized)


def tokens_per_word__total(tokenized: list[list[str]]) -> float:
    """How many tokens are there in all, or how many has one word?"""
    return float(sum(map(len, tokenized)))


def tokens_per_word__only_split_words(tokenized: list[list[str]]) -> float:
    """Do words that stay whole count as words too?"""
    split = [tokens for tokens in tokenized if len(tokens) > 1]
    return sum(map(len, split)) / len(split) if split else 0.0


def tokens_per_word__without_unknown(tokenized: list[list[str]]) -> float:
    """Is a word that became "[UNK]" a word? How many tokens has it?"""
    known = [tokens for tokens in tokenized if tokens != ["[UNK]"]]
    return sum(map(len, known)) / len(known) if known else 0.0


def tokens_per_word__different_words(tokenized: list[list[str]]) -> float:
    """Do words that come again count again?"""
    words = {tuple(tokens) for tokens in tokenized}
    return sum(map(len, words)) / len(words) if words else 0.0


def tokens_per_word__whole_numbers(tokenized: list[list[str]]) -> float:
    """What is 7 // 4, and what is 7 / 4?"""
    return float(sum(map(len, tokenized)) // len(tokenized)) if tokenized else 0.0


def tokens_per_word__median(tokenized: list[list[str]]) -> float:
    """Is your number the average, or what stands in the middle?"""
    lengths = sorted(map(len, tokenized))
    return float(lengths[len(lengths) // 2]) if lengths else 0.0
