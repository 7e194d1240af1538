"""What is odd about one student's files, as lines of the table: few, and each said once."""

from __future__ import annotations

from gradelib.terminal import plain

__all__ = ["Remarks"]

MOST = 8  # lines of one student
LONGEST = 300  # characters of a line
LABEL = 100  # characters of a file's name with its folders


class Remarks:
    """Gathers remarks; the same about many files is one line."""

    def __init__(self) -> None:
        self._labels: dict[str, list[str]] = {}
        self._left_out = 0

    def add(self, remark: str, label: str = "") -> None:
        """Add a remark about a file, if it is about one. A student may have written both."""
        text = plain(remark, LONGEST)
        if text not in self._labels and len(self._labels) >= 10 * MOST:
            self._left_out += 1
            return
        labels = self._labels.setdefault(text, [])
        if label:
            labels.append(_end(label) if len(labels) < 2 else "")

    @property
    def lines(self) -> list[str]:
        """The remarks, each in one line, at most MOST and one."""
        lines = [_line(text, labels) for text, labels in self._labels.items()]
        more = len(lines) - MOST + self._left_out
        return [*lines[:MOST], f"and {more} more remarks"] if more > 0 else lines


def _line(text: str, labels: list[str]) -> str:
    if not labels:
        return text
    others = f" and {len(labels) - 1} more" if len(labels) > 1 else ""
    return f"{labels[0]}{others}: {text}"


def _end(label: str) -> str:
    """Return the end of a long label: there the file's own name is."""
    text = plain(label[-4 * LABEL :])
    return text if len(text) <= LABEL else f"…{text[-LABEL:]}"
