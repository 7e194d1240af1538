"""Outcomes as a kernel sends them."""

from collections.abc import Sequence
from typing import Any

from gradelib.checking.outcome import PARTS, Outcome


def as_table(outcomes: Sequence[Outcome]) -> dict[str, list[Any]]:
    return {part: [getattr(one, part) for one in outcomes] for part in PARTS}
