"""Other right answers to notebook 01, from the libraries where one has it. They must pass."""

import re
from collections import Counter
from itertools import pairwise

from gradelib.lab.text import pieces
from solutions.tokenization.reference import best_pair, count_pairs, merge_pair


def split_words__letter_by_letter(text: str) -> list[str]:
    tokens, inside = [], False
    for letter in text:
        belongs = letter.isalnum() or letter == "_"
        if belongs and inside:
            tokens[-1] += letter
        elif not letter.isspace():
            tokens.append(letter)
        inside = belongs
    return tokens


def split_words__re_split(text: str) -> list[str]:
    return [token for token in re.split(r"(\W)", text) if token.strip()]


def split_words__tokenizers(text: str) -> list[str]:
    from tokenizers import Regex
    from tokenizers.pre_tokenizers import Sequence, Split, WhitespaceSplit

    cut = Split(Regex(r"[^\w\s]"), behavior="isolated")
    return [token for token, _ in Sequence([WhitespaceSplit(), cut]).pre_tokenize_str(text)]


def build_vocab__sorted_twice(tokens: list[str], size: int) -> list[str]:
    alphabetical = sorted(set(tokens))
    alphabetical.sort(key=tokens.count, reverse=True)
    return ["<unk>", *alphabetical][:size]


def build_vocab__most_common(tokens: list[str], size: int) -> list[str]:
    return ["<unk>"] + [token for token, _ in Counter(sorted(tokens)).most_common(size - 1)]


def build_vocab__heap(tokens: list[str], size: int) -> list[str]:
    import heapq

    counts = Counter(tokens)
    best = heapq.nsmallest(size - 1, ((-count, token) for token, count in counts.items()))
    return ["<unk>", *(token for _, token in best)]


def encode_words__index(tokens: list[str], vocab: list[str]) -> list[int]:
    return [vocab.index(token) if token in vocab else 0 for token in tokens]


def encode_words__tokenizers(tokens: list[str], vocab: list[str]) -> list[int]:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel

    ids = {token: place for place, token in enumerate(vocab)}
    tokenizer = Tokenizer(WordLevel(ids, unk_token="<unk>"))
    return tokenizer.encode(tokens, is_pretokenized=True).ids


def decode_words__map(ids: list[int], vocab: list[str]) -> list[str]:
    return list(map(vocab.__getitem__, ids))


def decode_words__loop(ids: list[int], vocab: list[str]) -> list[str]:
    tokens = dict(enumerate(vocab))
    words = []
    for number in ids:
        words.append(tokens[number])
    return words


def unknown_rate__mean(ids: list[int]) -> float:
    from statistics import mean

    return float(mean(number == 0 for number in ids)) if ids else 0.0


def unknown_rate__counter(ids: list[int]) -> float:
    return Counter(ids)[0] / max(1, len(ids))


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


def train_bpe__only_what_changed(
    words: dict[tuple[int, ...], int], merges: int
) -> list[tuple[int, int]]:
    learned, counts = [], Counter(count_pairs(words))
    while counts and len(learned) < merges:
        pair, new_id = best_pair(counts), 256 + len(learned)
        old = {ids: times for ids, times in words.items() if pair in pairwise(ids)}
        new = {merge_pair(ids, pair, new_id): times for ids, times in old.items()}
        words = {ids: times for ids, times in words.items() if ids not in old} | new
        counts.update(count_pairs(new))
        counts.subtract(count_pairs(old))  # only the words that changed are counted again
        counts = +counts  # drops the pairs that are gone
        learned.append(pair)
    return learned


def train_bpe__tokenizers(words: dict[tuple[int, ...], int], merges: int) -> list[tuple[int, int]]:
    import json

    from tokenizers import Tokenizer
    from tokenizers.models import BPE
    from tokenizers.trainers import BpeTrainer

    letters = [chr(256 + byte) for byte in range(256)]  # in the order of the bytes, none is a space
    trainer = BpeTrainer(
        vocab_size=256 + merges, initial_alphabet=letters, show_progress=False, min_frequency=0
    )
    tokenizer = Tokenizer(BPE())
    corpus = ("".join(letters[byte] for byte in ids) for ids, n in words.items() for _ in range(n))
    tokenizer.train_from_iterator(corpus, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return [tuple(model["vocab"][part] for part in pair) for pair in model["merges"]]


def encode_bpe__merge_after_merge(text: str, merges: list[tuple[int, int]]) -> list[int]:
    encoded = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for new_id, pair in enumerate(merges, start=256):
            ids = merge_pair(ids, pair, new_id)
        encoded += ids
    return encoded


def encode_bpe__tokenizers(text: str, merges: list[tuple[int, int]]) -> list[int]:
    from tokenizers import Tokenizer
    from tokenizers.models import BPE

    table = [chr(256 + byte) for byte in range(256)]
    pairs = []
    for left, right in merges:
        pairs.append((table[left], table[right]))
        table.append(table[left] + table[right])
    vocab = {token: place for place, token in enumerate(table)}
    tokenizer = Tokenizer(BPE(vocab, pairs))
    parts = ["".join(chr(256 + byte) for byte in piece.encode()) for piece in pieces(text)]
    return [number for part in parts for number in tokenizer.encode(part).ids]


def decode_bpe__recursive(ids: list[int], merges: list[tuple[int, int]]) -> str:
    def expand(number: int) -> bytes:
        if number < 256:
            return bytes([number])
        left, right = merges[number - 256]
        return expand(left) + expand(right)

    return b"".join(map(expand, ids)).decode("utf-8", errors="replace")


def decode_bpe__stack(ids: list[int], merges: list[tuple[int, int]]) -> str:
    waiting, data = list(reversed(ids)), bytearray()
    while waiting:
        number = waiting.pop()
        if number < 256:
            data.append(number)
        else:
            waiting.extend(reversed(merges[number - 256]))
    return str(data, "utf-8", "replace")


def wordpiece_score__one_after_the_other(
    pair_count: int, first_count: int, second_count: int
) -> float:
    return pair_count / first_count / second_count


def wordpiece_score__fraction(pair_count: int, first_count: int, second_count: int) -> float:
    from fractions import Fraction

    return float(Fraction(pair_count, first_count * second_count))


def wordpiece_encode__tokenizers(word: str, vocab: set[str]) -> list[str]:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece

    ids = {token: place for place, token in enumerate(sorted(vocab | {"[UNK]"}))}
    return Tokenizer(WordPiece(ids, unk_token="[UNK]")).encode(word).tokens


def wordpiece_encode__while_in_while(word: str, vocab: set[str]) -> list[str]:
    tokens, rest = [], word
    while rest:
        end = len(rest)
        while end > 0 and ("##" if tokens else "") + rest[:end] not in vocab:
            end -= 1
        if end == 0:
            return ["[UNK]"]
        tokens.append(("##" if tokens else "") + rest[:end])
        rest = rest[end:]
    return tokens


def wordpiece_encode__regular_expression(word: str, vocab: set[str]) -> list[str]:
    def longest(tokens: list[str]) -> re.Pattern:
        return re.compile("|".join(map(re.escape, sorted(tokens, key=len, reverse=True))) or "(?!)")

    first = longest([token for token in vocab if not token.startswith("##")])
    later = longest([token[2:] for token in vocab if token.startswith("##")])
    found, place = [], 0
    while place < len(word):
        match = (later if place else first).match(word, place)
        if match is None:
            return ["[UNK]"]
        found.append(("##" if place else "") + match[0])
        place = match.end()
    return found


def build_pair__appending(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    pair = {"input_ids": [cls], "token_type_ids": [0]}
    for part, ids in enumerate((a, b)):
        for number in [*ids, sep]:
            pair["input_ids"].append(number)
            pair["token_type_ids"].append(part)
    return pair


def build_pair__tokenizers(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.processors import BertProcessing

    tokenizer = Tokenizer(WordLevel({str(number): number for number in [*a, *b, cls, sep]}))
    tokenizer.post_processor = BertProcessing((str(sep), sep), (str(cls), cls))
    parts = [list(map(str, ids)) for ids in (a, b)]
    encoded = tokenizer.encode(*parts, is_pretokenized=True)
    return {"input_ids": encoded.ids, "token_type_ids": encoded.type_ids}


def tokens_per_word__mean(tokenized: list[list[str]]) -> float:
    from statistics import fmean

    return fmean(len(tokens) for tokens in tokenized) if tokenized else 0.0


def tokens_per_word__numpy(tokenized: list[list[str]]) -> float:
    import numpy as np

    return np.mean([len(tokens) for tokens in tokenized]) if len(tokenized) else 0.0
