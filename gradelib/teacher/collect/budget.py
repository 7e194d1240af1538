"""What may be unpacked of a zip, and of those around it."""

from __future__ import annotations

__all__ = ["SMALL", "Budget", "Refused"]

MEMBERS = 50_000  # in one zip, and in all that are in it
RATIO = 100  # how often its own size a zip may unpack to; a notebook is some ten times its zip
SMALL = 2  # how many files of the largest size a zip may hold in any case


class Refused(ValueError):
    """This is not opened. The message says why."""


class Budget:
    """What may still be unpacked: of one zip, and of those around it."""

    def __init__(self, size: int, largest: int, around: Budget | None = None) -> None:
        self.left = max(SMALL * largest, RATIO * size)
        self.members = MEMBERS
        self.around = around

    def spend(self, size: int) -> None:
        """Raise Refused if a member of this size is too much."""
        budget: Budget | None = self
        while budget is not None:
            budget.left -= size
            budget.members -= 1
            if budget.left < 0:
                raise Refused(f"the rest is not unpacked: it is more than {RATIO} times the zip")
            if budget.members < 0:
                raise Refused(f"the rest is not unpacked: it holds more than {MEMBERS} files")
            budget = budget.around
