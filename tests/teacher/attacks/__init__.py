"""Submissions that attack the grader, as small as they can be, and what each must score.

An attack is code in a cell of its own, before the answers (`cell`), or in place of the answer
to softmax (`answer`), or both. `lost` are the exercises whose points it must lose; it keeps all
others. COURSE, ZYGOTES, PORT and SOCKET stand for what an attacker may have found out, and LEAK
for a word that no source contains.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.teacher.attacks import credit, reach, starve

__all__ = ["ALL", "ATTACKS", "Attack"]

ALL = ("most_likely", "softmax", "surprisal", "quiz_temperature")


@dataclass(frozen=True)
class Attack:
    name: str
    cell: str
    answer: str
    lost: tuple[str, ...]


def _read(text: str) -> list[Attack]:
    """Read attacks: `#### name: lost lost`, the cell's code, `## answer`, the answer's code."""
    attacks = []
    for block in text.split("\n#### ")[1:]:
        head, _, body = block.partition("\n")
        name, _, lost = head.partition(":")
        cell, _, answer = body.partition("## answer\n")
        lost_names = ALL if lost.strip() == "all" else tuple(lost.split())
        attacks.append(Attack(name.strip(), cell.strip(), answer.strip(), lost_names))
    return attacks


ATTACKS = [attack for text in (credit.TEXT, reach.TEXT, starve.TEXT) for attack in _read(text)]
