"""What became of the recorded tunings of notebook 10: rates with their standard errors."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gradelib.topics.sft.assistant import Instruction, instructions
from gradelib.topics.sft.questions import Question, questions, says_so
from gradelib.topics.sft.tuning import obeyed_of, recorded

__all__ = ["ByKind", "Invented", "ObeyRate", "Rate", "Rates", "copied", "invention_of",
           "less_curves", "of_lesson", "pooled", "recorded_lessons", "recorded_rates",
           "spread_of"]  # fmt: skip

Rate = tuple[float, float]  # a share, and its standard error
Rates = Mapping[str, Rate]  # by kind
ObeyRate = Callable[[list[bool]], Rate]
ByKind = Callable[[list[str], list[bool]], dict[str, Rate]]
Invented = Callable[[str, str, list[str]], bool]
LESSONS = {  # as they are recorded -> as they are shown
    "teach: only what it says": "only answerable questions",
    "teach: guesses": "all unanswerable ones guessed",
    "teach: one in four says so": "one in four says so",
    "teach: half say so": "half say so",
    "teach: says so": "all say so",
}


def pooled(runs: Sequence[Sequence[bool]]) -> Rate:
    """Return the mean share of several tunings on the same questions, and its standard error.

    Both are uncertain, which questions were drawn and which seeds: the errors of both are added
    as variances are.

    >>> rate, error = pooled([[True, False, True, False], [True, True, True, False]])
    >>> round(rate, 3), round(error, 3)
    (0.625, 0.242)
    """
    rates = [sum(run) / len(run) for run in runs]
    means = [sum(answers) / len(answers) for answers in zip(*runs, strict=True)]
    mean = sum(rates) / len(rates)
    drawn = sum((one - mean) ** 2 for one in means) / len(means) ** 2
    if len(runs) == 1:
        return mean, math.sqrt(drawn)
    seeds = sum((one - mean) ** 2 for one in rates) / (len(rates) - 1) / len(rates)
    return mean, math.sqrt(drawn + seeds)


def recorded_rates(name: str, records: Sequence[Instruction], by_kind: ByKind) -> dict[str, Rate]:
    """Return how often a recorded model obeys, by kind, of all test instructions.

    `records` are the test instructions, or the first of them: kinds come in turn.
    """
    obeyed = obeyed_of(recorded()["runs"][name]["0"])
    kinds = [records[place % len(records)]["kind"] for place in range(len(obeyed))]
    return by_kind(kinds, obeyed)


def less_curves() -> dict[str, tuple[list[int], list[float], list[float]]]:
    """Return for good records alone and for filled up ones: how many are good, rates, errors."""
    runs: dict[str, dict[str, Any]] = recorded()["runs"]
    curves = {}
    for way in ("alone", "filled"):
        found = {
            int(name.partition(": ")[2]): list(seeds.values())
            for name, seeds in runs.items()
            if name.startswith(f"{way}: ")
        }
        found[4000] = list(runs["long: answers"].values())
        good = sorted(found)
        rates = [pooled([obeyed_of(run) for run in found[number]]) for number in good]
        curves[way] = (good, [rate for rate, _ in rates], [error for _, error in rates])
    return curves


def spread_of(values: Sequence[float]) -> Rate:
    """Return the mean of some seeds, and the standard error of this mean.

    >>> mean, error = spread_of([0.5, 0.7])
    >>> round(mean, 3), round(error, 3)
    (0.6, 0.1)
    """
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, math.sqrt(variance / len(values))


def copied() -> dict[int, tuple[int, int]]:
    """Return for each number of good answers how many recorded stories are copies, and of how many.

    A copy stands letter by letter among the good answers of the training instructions.
    """
    known = {one["answer"] for one in instructions("train")}
    runs, asked_of = recorded()["runs"], instructions("test")
    found: dict[int, tuple[int, int]] = {}
    for name, seeds in runs.items():
        way, _, good = name.partition(": ")
        if way != "alone" and name != "long: answers":
            continue
        stories = [
            text
            for run in seeds.values()
            for one, text in zip(asked_of, run["answers"], strict=False)
            if not one["input"] and one["kind"] != "list"
        ]
        same = sum(text in known for text in stories)
        found[int(good) if way == "alone" else 4000] = same, len(stories)
    return dict(sorted(found.items()))


def recorded_lessons() -> dict[str, dict[str, Rate]]:
    """Return for each long lesson how often is invented, and how often the answer is right."""
    shown = ("invents, where it says nothing", "right, where it says it",
             "“does not say”, where it says it")  # fmt: skip
    found = {name: of_lesson(name) for name in LESSONS}
    return {LESSONS[name]: {what: of[what] for what in shown} for name, of in found.items()}


def of_lesson(name: str) -> dict[str, Rate]:
    """Return how often models of a recorded lesson invent, admit, and are right."""
    kept = list(recorded()["runs"][name].values())
    there = [bool(one.right) for one in questions("test", len(kept[0]["right"]))]

    def rate(what: str, where: bool) -> Rate:
        return pooled(
            [
                [sign == "1" for sign, yes in zip(run[what], there, strict=True) if yes == where]
                for run in kept
            ]
        )

    return {
        "invents, where it says nothing": rate("invented", False),
        "“does not say”, where it says nothing": rate("says so", False),
        "right, where it says it": rate("right", True),
        "“does not say”, where it says it": rate("says so", True),
    }


def invention_of(
    asked_of: Sequence[Question], said: Sequence[str], invented: Invented, obey_rate: ObeyRate
) -> dict[str, Rate]:
    """Return how often answers invent, admit, and are right."""
    pairs = list(zip(asked_of, said, strict=True))
    makes_up = [invented(text, one.story, one.words) for one, text in pairs]
    right = [
        not false and any(word in text.lower() for word in one.right)
        for (one, text), false in zip(pairs, makes_up, strict=True)
    ]
    admits = [says_so(text) for text in said]
    there = [bool(one.right) for one in asked_of]

    def rate(values: Sequence[bool], where: bool) -> Rate:
        return obey_rate([yes for yes, one in zip(values, there, strict=True) if one == where])

    return {
        "invents, where it says nothing": rate(makes_up, False),
        "“does not say”, where it says nothing": rate(admits, False),
        "right, where it says it": rate(right, True),
        "“does not say”, where it says it": rate(admits, True),
    }
