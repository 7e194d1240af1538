"""Section 1.2, "Words": right answers in other forms."""

import re
from collections import Counter


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
