"""Charts of a report as SVG inside the page, in the palette of the course, with alt text."""

from __future__ import annotations

import base64
import html
import io
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab.alt_text import describe
from gradelib.lab.figures import COLOURS, colour, figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gradelib.teacher.report.data import About

__all__ = ["STATUSES", "distribution", "of_exercises", "of_weeks"]

STATUSES = {  # what became of an answer, in colours that colour-blind readers can tell apart
    "passed": COLOURS["Greek"],
    "failed": COLOURS["library"],
    "error": COLOURS["words"],
    "blank": colour("baseline"),
}
MOST_BARS = 16


def distribution(totals: Sequence[float], possible: float) -> str:
    """Draw how many students have how many points."""
    wide = max(1, math.ceil(possible / MOST_BARS))
    bins = int(max(possible, *totals, 0) // wide) + 1
    counts = [0] * bins
    for total in totals:
        counts[int(max(total, 0) // wide)] += 1
    starts = [wide * number for number in range(bins)]
    axes = figure("How many students have how many points", height=2.8)
    axes.bar(starts, counts, 0.9 * wide, align="edge", color=colour("yours"))
    axes.set(xlabel=f"points of {possible:g}", ylabel="students")
    _whole(axes.yaxis)
    there = [(start, count) for start, count in zip(starts, counts, strict=True) if count]
    return _image(axes, [f"{_range(start, wide)} points: {count}" for start, count in there])


def _range(start: int, wide: int) -> str:
    return f"{start}" if wide == 1 else f"{start} to {start + wide - 1}"


def of_exercises(exercises: Sequence[About]) -> str:
    """Draw for each exercise how many passed, failed, raised an error, were blank."""
    axes = figure("What became of each exercise", height=1.2 + 0.3 * len(exercises))
    said = []
    before = [0] * len(exercises)
    for status, shade in STATUSES.items():
        counts = [getattr(about, status) for about in exercises]
        axes.barh(range(len(exercises)), counts, 0.75, left=before, color=shade, label=status)
        before = [left + count for left, count in zip(before, counts, strict=True)]
    for about in exercises:
        counts = [f"{getattr(about, status)} {status}" for status in STATUSES]
        said.append(f"{about.name}: {', '.join(counts)}")
    names = [about.name.partition(".")[2] for about in exercises]
    axes.set(yticks=range(len(exercises)), yticklabels=names, xlabel="students")
    _whole(axes.xaxis)
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.legend(ncols=4, loc="lower right", bbox_to_anchor=(1, 1), frameon=False)
    return _image(axes, said)


def of_weeks(shares: Mapping[str, Sequence[float]]) -> str:
    """Draw each student's share of each week's points, and the median. Shares are percentages."""
    axes = figure("Share of each week's points: every student, and the median", height=3.0)
    said = []
    for place, (week, values) in enumerate(shares.items()):
        ordered = sorted(values)
        spread = [
            place + 0.5 * (number / max(1, len(ordered) - 1) - 0.5) for number in _mixed(ordered)
        ]
        axes.plot(spread, ordered, "o", color=colour("baseline"), markersize=4, alpha=0.7)
        middle = _median(ordered)
        axes.plot([place - 0.3, place + 0.3], [middle, middle], color=colour("yours"))
        said.append(f"{week}: {len(ordered)} students, median {middle:.0f} percent")
    axes.set(xticks=range(len(shares)), xticklabels=list(shares), ylabel="percent", ylim=(-4, 104))
    return _image(axes, said)


def _mixed(values: Sequence[float]) -> list[int]:
    """Return places side by side for values in order, so that equal ones do not hide each other."""
    count = len(values)
    return sorted(range(count), key=lambda number: (number * 0.618034) % 1)


def _median(ordered: Sequence[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _whole(axis: Any) -> None:
    """Number an axis by whole numbers: it counts people."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True))


def _image(axes: Axes, said: Sequence[str]) -> str:
    """Return a figure as an HTML image of SVG, and let go of it."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    drawn: Any = axes.figure
    drawn.set_label("; ".join(said))
    alt = html.escape(describe(drawn))
    picture = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "gradelib"}):  # the same figure is the same bytes
        drawn.savefig(picture, format="svg", metadata={"Date": None})
    plt.close(drawn)
    data = base64.b64encode(picture.getvalue()).decode("ascii")
    return f'<img alt="{alt}" src="data:image/svg+xml;base64,{data}">'
