"""Instructions whose obedience can be tested exactly: a record lists the checks of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from gradelib.lab.village.feelings import shows
from gradelib.lab.village.lexicon import ANIMALS, FOODS, PLACES, TRADES
from gradelib.lab.village.stories import sentences

KNOWN = {
    "animals": frozenset(entry.text for entry in ANIMALS),
    "foods": frozenset(entry.text for entry in FOODS),
    "places": frozenset(entry.text for entry in PLACES),
    "trades": frozenset(entry.text for entry in TRADES),
}


def obeys(record: Mapping[str, Any], answer: str) -> bool:
    """Say whether an answer does all that the record's instruction asks."""
    return not complaints(record, answer)


def complaints(record: Mapping[str, Any], answer: str) -> list[str]:
    """Return what an answer misses, in words; an empty list if it obeys."""
    answer = answer.strip()
    if not answer:
        return ["the answer is empty"]
    failed = (_CHECKS[check["check"]](answer, check) for check in record["checks"])
    return [complaint for complaint in failed if complaint]


def contains(text: str, phrase: str) -> bool:
    """Say whether `phrase` stands in `text` as whole words, in capitals or not."""
    return bool(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE))


def _mentions(answer: str, check: Mapping[str, Any]) -> str:
    return "" if contains(answer, check["text"]) else f"it never says {check['text']!r}"


def _avoids(answer: str, check: Mapping[str, Any]) -> str:
    return f"it says {check['text']!r}" if contains(answer, check["text"]) else ""


def _begins(answer: str, check: Mapping[str, Any]) -> str:
    first = sentences(answer)[0]
    return "" if contains(first, check["text"]) else f"its first sentence lacks {check['text']!r}"


def _sentences(answer: str, check: Mapping[str, Any]) -> str:
    count, asked = len(sentences(answer)), check["number"]
    finished = re.search(r'[.!?]"?$', answer)
    if not finished:
        return "its last sentence has no end"
    return "" if count == asked else f"expected {asked} sentences, got {count}"


def _shortly(answer: str, check: Mapping[str, Any]) -> str:
    count, most = len(answer.split()), check["number"]
    return "" if count <= most else f"expected at most {most} words, got {count}"


def _ends(answer: str, check: Mapping[str, Any]) -> str:
    feeling = check["text"]
    return "" if shows(sentences(answer)[-1], feeling) else f"its end shows no {feeling}"


def _equals(answer: str, check: Mapping[str, Any]) -> str:
    return "" if answer == check["text"] else f"expected exactly {check['text']!r}"


def _lists(answer: str, check: Mapping[str, Any]) -> str:
    items = [item.strip().lower() for item in re.split(r",|\band\b", answer.rstrip("."))]
    items = [re.sub(r"^(an?|the) ", "", item) for item in items if item]
    if len(items) != check["number"] or len(set(items)) != len(items):
        return f"expected {check['number']} different {check['text']}, got {len(set(items))}"
    strange = [item for item in items if item not in KNOWN[check["text"]]]
    return f"{strange[0]!r} is none of the village's {check['text']}" if strange else ""


_CHECKS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "mentions": _mentions,
    "avoids": _avoids,
    "begins": _begins,
    "sentences": _sentences,
    "shortly": _shortly,
    "ends": _ends,
    "equals": _equals,
    "lists": _lists,
}
