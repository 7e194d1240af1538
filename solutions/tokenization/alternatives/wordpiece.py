"""Section 1.6, "WordPiece": right answers in other forms."""

import re


def wordpiece_score__one_after_the_other(
    pair_count: int, first_count: int, second_count: int
) -> float:
    return pair_count / first_count / second_count


def wordpiece_score__fraction(pair_count: int, first_count: int, second_count: int) -> float:
    from fractions import Fraction

    return float(Fraction(pair_count, first_count * second_count))


def wordpiece_encode__long_words_unknown(word: str, vocab: set[str]) -> list[str]:
    if len(word) > 100:  # as the code of BERT does
        return ["[UNK]"]
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


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
