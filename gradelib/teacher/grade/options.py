"""How a week is graded: what `gradelib grade` can be told about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gradelib.sandbox.confine import wanted

__all__ = ["GradingOptions", "Progress"]

Progress = Callable[[str], object]  # is told how far it is


@dataclass(frozen=True)
class GradingOptions:
    """What to run, where, and how many kernels at a time."""

    force: bool = False  # everything again, from the start
    exercises: tuple[str, ...] = ()  # topic.function: ask these again
    jobs: int = 1  # kernels at a time on this computer
    sandboxed: bool = field(default_factory=wanted)  # whether kernels are shut in
    cluster: str | None = None  # address of a Dask scheduler, whose workers then run the kernels

    @property
    def anew(self) -> bool:
        """Whether something is run again that was graded already."""
        return self.force or bool(self.exercises)
