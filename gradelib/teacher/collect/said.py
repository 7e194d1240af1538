"""What the checks said in the student's own notebook, as far as its outputs have kept it.

It is no proof: anybody can write it. But where it says *passed* and the grade says otherwise, a
person should look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gradelib.student.notebook import saved_cells

__all__ = ["said_by_checks"]

STATUSES = "passed|failed|error|not attempted"
TEXT = re.compile(rf"\A\W*({STATUSES})\s+([a-z]\w*\.\w+)\b")
HTML = re.compile(rf'data-status="({STATUSES})".{{0,2000}}?<code>([a-z]\w*\.\w+)</code>', re.S)
LONGEST = 20_000  # characters of an output that are looked at


def said_by_checks(data: bytes) -> dict[str, str]:
    """Return what each check said last, by exercise. Nothing where the file cannot be read."""
    try:
        cells = saved_cells(data)
        return {name: status for cell in cells for status, name in _in_cell(cell)}
    except (ValueError, TypeError, AttributeError, RecursionError, MemoryError):
        return {}


def _in_cell(cell: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the statuses and names that a cell's outputs have."""
    for output in cell.get("outputs") or ():
        kept = output.get("metadata", {}).get("gradelib")
        if isinstance(kept, dict) and kept.get("status") in STATUSES.split("|"):
            yield str(kept["status"]), str(kept.get("exercise"))
            continue
        shown = output.get("data", {})
        for mime, pattern in (("text/plain", TEXT), ("text/html", HTML)):
            text = shown.get(mime, "")
            text = "".join(map(str, text)) if isinstance(text, list) else str(text)
            if found := pattern.search(text[:LONGEST]):
                yield found.group(1), found.group(2)
                break
