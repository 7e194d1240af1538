"""For authors: from stories and solutions to notebooks and records. Not in a student's copy."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["StoryError"]


class StoryError(Exception):
    """Something that an author has to mend: `file:line: what to do`."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        inside = path.is_relative_to(Path.cwd())
        shown = os.path.relpath(path) if inside else str(path)
        super().__init__(f"{shown}:{line}: {message}")
