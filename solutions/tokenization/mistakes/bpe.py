"""Section 1.4, "Byte-pair encoding", part 2: known wrong answers, each with its hint below it."""

from itertools import pairwise

from gradelib.author.edits import Edit
from gradelib.lab.text import pieces
from solutions.tokenization.reference import count_pairs, merge_pair


def train_bpe__counts_only_once(
    words: dict[tuple[int, ...], int], merges: int
) -> list[tuple[int, int]]:
    """After a merge the words have changed. Do you count the pairs of the words as they are now?
    Is there an id above 255 in any of your pairs?"""
    counts = count_pairs(words)
    return sorted(counts, key=lambda pair: (-counts[pair], pair))[:merges]


train_bpe__each_word_once = Edit("learned = []", "learned, words = [], dict.fromkeys(words, 1)")
"""Should a word that occurs twenty times weigh as much as one that occurs once? Look at what
becomes of the counts of the words."""

train_bpe__ties_as_they_come = Edit("best_pair(counts)", "max(counts, key=counts.get)")
"""Look at a step where several pairs are equally frequent: which one does the task want, and which
one do you take? There is a function for this above."""

train_bpe__ids_from_257 = Edit("256 +", "257 +")
"""Which id does your first merge make? The bytes are 0 to 255."""

train_bpe__one_too_many = Edit("< merges", "<= merges")
"""How many pairs do you learn for `merges=0`?"""

train_bpe__no_end = Edit(
    " and (counts := count_pairs(words))",
    "",
    "best_pair(counts)",
    "best_pair(count_pairs(words))",
)
"""What is left to merge when every word has become a single id?"""

train_bpe__wants_two = Edit(
    "(counts := count_pairs(words))", "max((counts := count_pairs(words)).values(), default=0) > 1"
)
"""You stop when the best pair occurs only once. When does the task want you to stop?"""

train_bpe__new_ids_too = Edit(
    "learned = []",
    "learned = {}",
    "learned.append(pair)",
    "learned[pair] = new_id",
)
"""Your answer maps each pair to its id. What does the task want to get back?"""

train_bpe__always_256 = Edit("256 + len(learned)", "256")
"""Which id does your second merge make? Two merges must not share one."""

encode_bpe__across_pieces = Edit("pieces(text)", "[text]")
"""May a merge reach from the end of one word into the space after it? Look at `pieces`."""

encode_bpe__code_points = Edit('piece.encode("utf-8")', "map(ord, piece)")
"""What numbers do you begin with: the bytes of "ä", or its number in Unicode?"""


def encode_bpe__last_merge_first(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """In which order were the merges learned, and in which order do you apply them?"""
    encoded = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for place in reversed(range(len(merges))):
            ids = merge_pair(ids, merges[place], 256 + place)
        encoded.extend(ids)
    return encoded


encode_bpe__ids_from_257 = Edit("256 + place", "257 + place")
"""Which id does the first merge make? The bytes are 0 to 255, and later merges use its id."""

encode_bpe__leftmost_pair_first = Edit(
    "present := new_ids.keys() & pairwise(ids)",
    "present := [pair for pair in pairwise(ids) if pair in new_ids]",
    "min(present, key=new_ids.get)",
    "present[0]",
)
"""You merge the first pair that you meet in the text. Which pair of a piece comes first: the one
furthest to the left, or the one that was learned first?"""


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


encode_bpe__loses_spaces = Edit("pieces(text)", "text.split()")
"""Decode your ids: where are the spaces?"""

encode_bpe__a_list_of_pieces = Edit("extend(ids)", "append(list(ids))")
"""Your answer is a list of lists, one a piece. What shape should it have?"""

decode_bpe__token_by_token = Edit(
    'b"".join(table[position] for position in ids).decode("utf-8", errors="replace")',
    '"".join(table[position].decode("utf-8", errors="replace") for position in ids)',
)
"""A letter can be spread over two tokens. Can you read half of it?"""

decode_bpe__stops_at_bad_bytes = Edit(', errors="replace"', "")
"""Ids can end in the middle of a letter. What should then become of its first byte?"""

decode_bpe__drops_bad_bytes = Edit('"replace"', '"ignore"')
"""Bytes that are no valid UTF-8 vanish from your text. What should stand in their place?"""

decode_bpe__bytes_as_letters = Edit(
    "bytes([byte])",
    "chr(byte)",
    'b"".join(table[position] for position in ids).decode("utf-8", errors="replace")',
    '"".join(table[position] for position in ids)',
)
"""You make one letter of each byte. How many bytes has an "ä" in UTF-8?"""


def decode_bpe__one_level(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """A pair may hold ids above 255. Which bytes do these stand for?"""
    data = []
    for position in ids:
        data.extend([position] if position < 256 else merges[position - 256])
    return bytes(data).decode("utf-8", errors="replace")


decode_bpe__right_before_left = Edit("table[left] + table[right]", "table[right] + table[left]")
"""Look at the letters inside one token: which half of a pair comes first?"""

decode_bpe__with_spaces = Edit('b""', 'b" "')
"""Where do the spaces of your text come from? Those of the text are among the bytes."""

decode_bpe__bytes = Edit('.decode("utf-8", errors="replace")', "")
"""These are the right bytes. How do bytes become a string?"""
