"""From text to numbers and back: words, byte-pair encoding, WordPiece, special tokens."""

import re
from collections import Counter
from itertools import pairwise

from gradelib.lab.text import pieces


def split_words(text: str) -> list[str]:
    r"""Split a text into words and punctuation marks, in the order of the text.

    A word is as long a run as possible of word characters: letters of any language, digits and
    `_`, which is what `\w` stands for in a regular expression. Every other character that is not
    white space is a token by itself, so "..." gives three tokens. White space separates tokens
    and is in none. Upper and lower case stay as they are.

    >>> split_words("It's 5 o'clock, Zoë...")
    ['It', "'", 's', '5', 'o', "'", 'clock', ',', 'Zoë', '.', '.', '.']
    """
    return re.findall(r"\w+|[^\w\s]", text)


def build_vocab(tokens: list[str], size: int) -> list[str]:
    """Return a vocabulary of at most `size` tokens: "<unk>", then the most frequent ones.

    "<unk>" stands first and takes one of the `size` places. Then come the most frequent of
    `tokens`, the most frequent one first. Tokens that are equally frequent stand in the order in
    which `sorted` puts strings. If there are fewer different tokens than places, the vocabulary
    is shorter. `size` is at least 1, and `tokens` never contains "<unk>".

    >>> build_vocab(["the", "sea", "and", "the", "sky", "and", "the", "sun"], size=4)
    ['<unk>', 'the', 'and', 'sea']
    """
    counts = Counter(tokens)
    by_frequency = sorted(counts, key=lambda token: (-counts[token], token))
    return ["<unk>", *by_frequency[: size - 1]]


def encode_words(tokens: list[str], vocab: list[str]) -> list[int]:
    """Return the id of each token: its position in `vocab`.

    A token that is not in `vocab` gets id 0, the id of "<unk>". No token is left out, and upper
    and lower case are different. Each token of `vocab` stands there once.

    >>> encode_words(["the", "quiet", "sea"], ["<unk>", "the", "and", "sea"])
    [1, 0, 3]
    """
    ids = {token: position for position, token in enumerate(vocab)}
    return [ids.get(token, 0) for token in tokens]


def decode_words(ids: list[int], vocab: list[str]) -> list[str]:
    """Return the token of each id, as a list; id 0 gives "<unk>".

    The ids are positions in `vocab`. This undoes `encode_words`, but for the unknown words: what
    they were is lost.

    >>> decode_words([1, 0, 3], ["<unk>", "the", "and", "sea"])
    ['the', '<unk>', 'sea']
    """
    return [vocab[position] for position in ids]


def unknown_rate(ids: list[int]) -> float:
    """Return the share of ids that are 0, the id of "<unk>": a number between 0 and 1.

    For an empty list the share is 0.0.

    >>> unknown_rate([1, 0, 3, 7])
    0.25
    """
    return ids.count(0) / len(ids) if ids else 0.0


def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """Count how often each pair of neighbouring ids occurs in the text that `words` stands for.

    `words` maps each distinct word, as a tuple of ids, to how often the text has it, and each of
    these occurrences counts. A pair is (left, right): (1, 2) and (2, 1) are different. Pairs may
    overlap: (7, 7, 7) has the pair (7, 7) twice. There are no pairs across the border of two
    words. Only pairs that occur are in the result; in which order does not matter.

    >>> count_pairs({(1, 2, 3): 10, (2, 3): 5, (4,): 2})
    {(1, 2): 10, (2, 3): 15}
    """
    counts = Counter()
    for ids, times in words.items():
        for pair in pairwise(ids):
            counts[pair] += times
    return dict(counts)


def best_pair(counts: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Return the most frequent pair.

    If several pairs are equally frequent, it is the smallest of them: the one with the smallest
    first id and, where these are the same too, with the smallest second id. So the choice never
    depends on the order of `counts`. There is always at least one pair.

    >>> best_pair({(5, 6): 3, (2, 9): 8, (2, 4): 8})
    (2, 4)
    """
    return min(counts, key=lambda pair: (-counts[pair], pair))


def merge_pair(ids: tuple[int, ...], pair: tuple[int, int], new_id: int) -> tuple[int, ...]:
    """Replace each occurrence of `pair` in `ids` by `new_id`, from left to right.

    An id that has been merged is used up: in (7, 7, 7) the first two merge, and the third stays
    as it is. The result is a tuple, also when nothing was replaced or `ids` is empty.

    >>> merge_pair((1, 2, 3, 1, 2), (1, 2), 256)
    (256, 3, 256)
    >>> merge_pair((7, 7, 7), (7, 7), 256)
    (256, 7)
    """
    merged, position = [], 0
    while position < len(ids):
        found = ids[position : position + 2] == pair
        merged.append(new_id if found else ids[position])
        position += 2 if found else 1
    return tuple(merged)


def train_bpe(words: dict[tuple[int, ...], int], merges: int) -> list[tuple[int, int]]:
    """Learn byte-pair encoding: return the pairs to merge, in the order in which to merge them.

    Over and over, find the best pair (see `best_pair`) of all the words as they are by now, add
    it to the list, and merge it in every word. The first merge makes the new id 256, the second
    257, and so on; ids below 256 are bytes. After `merges` merges it stops, or earlier when no
    word has a pair left. `words` is as for `count_pairs`, and must not be changed.

    Source: Sennrich, Haddow and Birch (2016), section 3.2; here it begins with bytes, as GPT-2
    does, Radford et al. (2019), section 2.2. Use what you have written above.

    >>> train_bpe({(1, 2, 3): 10, (2, 3): 5, (9, 9): 7}, merges=2)
    [(2, 3), (1, 256)]
    """
    learned = []
    while len(learned) < merges and (counts := count_pairs(words)):
        pair, new_id = best_pair(counts), 256 + len(learned)
        words = {merge_pair(ids, pair, new_id): times for ids, times in words.items()}
        learned.append(pair)
    return learned


def encode_bpe(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Return the ids of a text under the merges that `train_bpe` learned.

    `pieces(text)` cuts the text into pieces, which are encoded one by one: no merge reaches
    across the border of two pieces. A piece begins as the bytes of its UTF-8 encoding. Then the
    merges are applied in the order in which they were learned, each one wherever its pair stands:
    the first pair becomes id 256, the second 257, and so on. The ids of all pieces make one list.

    Source: Sennrich, Haddow and Birch (2016), section 3.2; Radford et al. (2019), section 2.2.

    >>> encode_bpe("to be", merges=[(98, 101), (32, 256)])
    [116, 111, 257]
    """
    new_ids = {pair: 256 + place for place, pair in enumerate(merges)}
    encoded = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        while present := new_ids.keys() & pairwise(ids):
            first = min(present, key=new_ids.get)
            ids = merge_pair(ids, first, new_ids[first])
        encoded.extend(ids)
    return encoded


def decode_bpe(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """Return the text that the ids stand for. It undoes `encode_bpe`, for any text in Unicode.

    Ids below 256 are bytes. Id 256 stands for the bytes of the two ids in `merges[0]`, id 257
    for those in `merges[1]`, and so on; such a pair may itself hold ids of earlier merges. All
    the bytes together are read as UTF-8. Bytes that are no valid UTF-8, such as half of an "ä",
    become the replacement character "\ufffd" as `bytes.decode` has it with errors="replace".

    >>> decode_bpe([116, 111, 257], merges=[(98, 101), (32, 256)])
    'to be'
    """
    table = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        table.append(table[left] + table[right])
    return b"".join(table[position] for position in ids).decode("utf-8", errors="replace")


def wordpiece_score(pair_count: int, first_count: int, second_count: int) -> float:
    """Return how much more often a pair occurs than the counts of its two parts suggest.

    The score is the count of the pair, divided by the product of the counts of its first and
    second part. WordPiece merges the pair with the highest score, where byte-pair encoding takes
    the pair with the highest count. All counts are at least 1.

    Source: Schuster and Nakajima (2012) merge what most raises the likelihood of the training
    text; this score is the usual way to put it.

    >>> wordpiece_score(pair_count=6, first_count=10, second_count=30)
    0.02
    """
    return pair_count / (first_count * second_count)


def wordpiece_encode(word: str, vocab: set[str]) -> list[str]:
    """Split a word into the longest tokens that `vocab` has, from left to right.

    First comes the longest token of `vocab` with which the word begins, then the longest with
    which the rest begins, and so on to the end of the word. A token that continues a word is
    written with "##" in front, in `vocab` and in the result. A choice is never taken back: if no
    token fits at some place, the whole word becomes ["[UNK]"]. An empty word gives an empty list.
    `vocab` decides alone: nothing is changed to lower case.

    Source: Wu et al. (2016), section 4.1; the longest match and the "##" are from the code that
    Devlin et al. (2018) published with BERT.

    >>> wordpiece_encode("tokens", {"to", "token", "##s", "##kens"})
    ['token', '##s']
    >>> wordpiece_encode("tokenize", {"to", "token", "##s", "##kens"})
    ['[UNK]']
    """
    tokens, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in vocab), None)
        if end is None:
            return ["[UNK]"]
        tokens.append(mark + word[start:end])
        start = end
    return tokens


def build_pair(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    """Join two sequences of ids as BERT reads them: [CLS] a [SEP] b [SEP].

    Returns a dictionary with two lists of the same length. "input_ids" holds the ids, where
    `cls` is the id of [CLS] and `sep` that of [SEP]. "token_type_ids" says for each of them to
    which part it belongs: 0 for [CLS], `a` and the first [SEP], and 1 for `b` and the last [SEP].
    All three special tokens are there even if `a` or `b` is empty. `a` and `b` stay unchanged.

    Source: Devlin et al. (2018), section 3.

    >>> build_pair([7, 8], [9], cls=101, sep=102)
    {'input_ids': [101, 7, 8, 102, 9, 102], 'token_type_ids': [0, 0, 0, 0, 1, 1]}
    """
    first, second = [cls, *a, sep], [*b, sep]
    return {
        "input_ids": first + second,
        "token_type_ids": [0] * len(first) + [1] * len(second),
    }


def tokens_per_word(tokenized: list[list[str]]) -> float:
    """Return how many tokens a word has on average.

    `tokenized` has a list for each word of a text: its tokens. For no words the result is 0.0.

    >>> tokens_per_word([["the"], ["token", "##izer"], ["split", "##s"]])
    1.6666666666666667
    """
    return sum(map(len, tokenized)) / len(tokenized) if tokenized else 0.0
