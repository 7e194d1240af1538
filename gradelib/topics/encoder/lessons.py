"""What became of the students of notebook 4: a picture whose title is computed from these runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures
from gradelib.topics.encoder.students import FEW

if TYPE_CHECKING:
    from gradelib.topics.encoder.students import Mark, Student

__all__ = ["draw_lessons", "lead"]


def lead(students: Sequence[Student], few: bool) -> float:
    """Return by how many nats the student with a teacher is ahead of the one without."""
    ends = {one.way.is_taught: one.marks[-1].loss for one in students if one.way.few == few}
    return ends[False] - ends[True]


def draw_lessons(students: Sequence[Student], teacher: Mark, planned: int) -> Any:
    """Draw the loss of each student in two panels; the title says by how much a teacher helps."""
    steps = students[0].steps[-1]
    many, rare = (lead(students, few) for few in (False, True))
    done = f"{steps} steps" if steps == planned else f"{steps} of {planned} steps (slow computer)"
    title = f"After {done} a teacher saves {many:.2f} nats with all labels, {rare:.2f} with few"
    axes = figures.panels(title, 2, width=9.2, height=3.8)
    for panel, few in zip(axes, (False, True), strict=True):
        _draw_panel(panel, [one for one in students if one.way.few == few], teacher)
        what = f"{FEW} texts have labels" if few else "every text has labels"
        panel.set(title=what, xlabel="step", xlim=(0, planned * 1.8))  # room for names
        panel.set_xticks([planned * part / 4 for part in range(5)])
    axes[0].set_ylabel("loss (nats a hidden token)")
    return axes


def _draw_panel(panel: Any, students: Sequence[Student], teacher: Mark) -> None:
    last = max(student.marks[-1].loss for student in students)
    for student in students:
        losses = [mark.loss for mark in student.marks[1:]]
        shade = figures.colour("yours" if student.way.is_taught else "baseline")
        panel.plot(student.steps[1:], losses, color=shade, marker="o", markersize=4)
        name = "labels and teacher" if student.way.is_taught else "labels alone"
        above = 6 if losses[-1] == last else -6
        figures.label(panel, student.steps[-1], losses[-1], f"{name} {losses[-1]:.2f}", shade,
                      xytext=(6, above))  # fmt: skip
    panel.axhline(teacher.loss, color=figures.colour("truth"), linestyle="--")
    said, black = f"the teacher itself {teacher.loss:.2f}", figures.colour("truth")
    end = students[0].steps[-1], teacher.loss
    figures.label(panel, *end, said, black, xytext=(6, 9))
