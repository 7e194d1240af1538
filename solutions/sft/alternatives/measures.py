"""Sections 10.6 and 10.9: other right answers. They must pass."""

import math

from solutions.sft.reference import obey_rate


def obey_rate__of_the_library(obeyed: list[bool]) -> tuple[float, float]:
    import statistics

    numbers = [float(yes) for yes in obeyed]
    return statistics.fmean(numbers), statistics.pstdev(numbers) / math.sqrt(len(numbers))


def obey_rate__numpy(obeyed: list[bool]) -> tuple[float, float]:
    import numpy as np

    numbers = np.array(obeyed, dtype=float)
    return float(numbers.mean()), float(numbers.std() / np.sqrt(len(numbers)))


def by_kind__once_more(kinds: list[str], obeyed: list[bool]) -> dict[str, tuple[float, float]]:
    pairs = list(zip(kinds, obeyed, strict=True))
    return {
        kind: obey_rate([yes for one, yes in pairs if one == kind]) for kind in dict.fromkeys(kinds)
    }


def by_kind__sorted_and_grouped(
    kinds: list[str], obeyed: list[bool]
) -> dict[str, tuple[float, float]]:
    from itertools import groupby

    first = {kind: kinds.index(kind) for kind in kinds}
    pairs = sorted(zip(kinds, obeyed, strict=True), key=lambda pair: first[pair[0]])
    groups = groupby(pairs, key=lambda pair: pair[0])
    return {kind: obey_rate([yes for _, yes in group]) for kind, group in groups}


def rate_difference__numpy(first: list[bool], second: list[bool]) -> tuple[float, float]:
    import numpy as np

    apart = np.array(second, dtype=float) - np.array(first, dtype=float)
    return float(apart.mean()), float(apart.std() / np.sqrt(len(apart)))


def rate_difference__counted(first: list[bool], second: list[bool]) -> tuple[float, float]:
    count = len(first)
    won = sum(b and not a for a, b in zip(first, second, strict=True)) / count
    lost = sum(a and not b for a, b in zip(first, second, strict=True)) / count
    return won - lost, ((won + lost - (won - lost) ** 2) / count) ** 0.5


def invented__of_the_village(answer: str, story: str, words: list[str]) -> bool:
    from gradelib.lab.village.instructions import contains

    named = [word for word in words if contains(answer, word)]
    return any(not contains(story, word) for word in named)


def invented__padded(answer: str, story: str, words: list[str]) -> bool:
    def plain(text: str) -> str:
        return " " + text.lower() + " "

    def whole(text: str, word: str) -> bool:
        at = text.find(word)
        while at >= 0:
            around = text[at - 1] + text[at + len(word)]
            if not any(one.isalnum() or one == "_" for one in around):
                return True
            at = text.find(word, at + 1)
        return False

    return any(
        whole(plain(answer), word.lower()) and not whole(plain(story), word.lower())
        for word in words
    )


def obey_rate__in_float32(obeyed: list[bool]) -> tuple[float, float]:
    import torch

    said = torch.tensor(obeyed).float()
    return said.mean().item(), (said.std(correction=0) / len(obeyed) ** 0.5).item()


def rate_difference__in_float32(first: list[bool], second: list[bool]) -> tuple[float, float]:
    import torch

    apart = torch.tensor(second).float() - torch.tensor(first).float()
    return apart.mean().item(), (apart.var(correction=0) / len(apart)).sqrt().item()
