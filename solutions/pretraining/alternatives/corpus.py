"""Section 9.1: other right answers. They must pass."""

import re

from gradelib.topics.pretraining.words import ENDS, PUNCTUATION, STOP_WORDS


def broken_rules__one_by_one(text: str, least: int) -> list[str]:
    found = []
    words = text.split()
    if len(words) < least:
        found.append("short")
    if sum(any(c.isalpha() for c in word) for word in words) < 0.8 * len(words):
        found.append("letters")
    seen = set()
    for word in words:
        bare = word.strip(PUNCTUATION).lower()
        if bare in STOP_WORDS:
            seen.add(bare)
    if len(seen) <= 1:
        found.append("stop words")
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len([line for line in lines if line[-1] in ENDS]) <= 0.12 * len(lines):
        found.append("line ends")
    return found


def broken_rules__shares(text: str, least: int) -> list[str]:
    def share(flags: list[bool], of_nothing: float) -> float:
        return sum(flags) / len(flags) if flags else of_nothing

    words = text.split()
    lines = [line for line in text.splitlines() if not re.fullmatch(r"\s*", line)]
    letters = share([any(map(str.isalpha, word)) for word in words], 1.0)
    closed = share([line.rstrip().endswith(ENDS) for line in lines], 0.0)
    known = STOP_WORDS.intersection(word.strip(PUNCTUATION).lower() for word in words)
    rules = ["short", "letters", "stop words", "line ends"]
    kept = [len(words) >= least, letters >= 0.8, len(known) >= 2, closed > 0.12]
    return [rule for rule, well in zip(rules, kept, strict=True) if not well]
