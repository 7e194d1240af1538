"""Section 5.6: other right answers. They must pass."""

import math
from collections import Counter

from solutions.encoder_decoder.reference import brevity_penalty, clipped_matches


def ngram_counts__zip(tokens: list[str], n: int) -> dict[tuple[str, ...], int]:
    counts: dict[tuple[str, ...], int] = {}
    for ngram in zip(*(tokens[start:] for start in range(n)), strict=False):
        counts[ngram] = counts.get(ngram, 0) + 1
    return counts


def clipped_matches__intersection(
    translation: list[str], reference: list[str], n: int
) -> tuple[int, int]:
    def counter(tokens: list[str]) -> Counter[tuple[str, ...]]:
        return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))

    said = counter(translation)
    return (said & counter(reference)).total(), said.total()


def brevity_penalty__cases(translated: int, wanted: int) -> float:
    if translated >= wanted:
        return 1.0
    return math.exp(1 - wanted / translated) if translated else 0.0


def bleu__sacrebleu(translations: list[list[str]], references: list[list[str]]) -> float:
    import sacrebleu

    lines = [" ".join(tokens) for tokens in translations]
    wanted = [" ".join(tokens) for tokens in references]
    return sacrebleu.corpus_bleu(lines, [wanted], tokenize="none", smooth_method="none").score


def bleu__product(translations: list[list[str]], references: list[list[str]]) -> float:
    product = 1.0
    for n in range(1, 5):
        matches = total = 0
        for said, wanted in zip(translations, references, strict=True):
            some, all_of_them = clipped_matches(said, wanted, n)
            matches, total = matches + some, total + all_of_them
        product *= matches / total if total else 0.0
    sizes = sum(map(len, translations)), sum(map(len, references))
    return 100 * product**0.25 * brevity_penalty(*sizes)


def chrf__sacrebleu(translation: str, reference: str) -> float:
    import sacrebleu

    return sacrebleu.sentence_chrf(translation, [reference]).score
