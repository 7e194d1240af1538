"""With which week a copy of gradelib was handed out: a small file that its release put into it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["FILE", "HandedOut", "handed_out_with"]

PACKAGE = Path(__file__).resolve().parents[1]
FILE = "handed_out.json"  # in the package; a checkout and the index's gradelib have none


@dataclass(frozen=True)
class HandedOut:
    """A week, and the notebooks that were handed out until then, without .ipynb."""

    name: str
    notebooks: tuple[str, ...]

    def as_file(self) -> str:
        return f"{json.dumps(asdict(self), indent=1)}\n"


def handed_out_with() -> HandedOut | None:
    """Return the week of this copy, or None where it was not handed out with one."""
    path = PACKAGE / FILE
    if not path.is_file():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    return HandedOut(said["name"], tuple(said["notebooks"]))
