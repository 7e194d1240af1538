"""A verdict, and how it looks to people: HTML in a notebook, text elsewhere. Never says "wrong".

The HTML has its styles inline and takes its colours from JupyterLab's theme where there is one,
so that it looks the same in JupyterLab, VS Code, Colab and nbgrader's feedback.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from jinja2 import Environment

from gradelib.checking.exercise import Inputs
from gradelib.checking.inline import inline

__all__ = ["Finding", "Verdict", "VerdictStatus", "as_html", "as_text"]

VerdictStatus = Literal["passed", "failed", "error", "not attempted"]

SHOWN = 2  # findings that are shown; the others are counted
CELLS = 24  # largest side of the picture of a tensor
MARKS = {"passed": "✓", "failed": "✗", "error": "!", "not attempted": "○"}
INK = "#FFFFFF"  # of the verdict's word, on its colour
COLOURS = {  # so dark that white can be read on them, so light that they show on a dark page
    "passed": "#00805D",
    "failed": "#BF5200",
    "error": "#AD4A83",
    "not attempted": "#707070",
}

PAGE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """
<div class="gradelib-verdict" data-status="{{ v.status }}" style="border-left: 5px solid
 {{ colour }}; padding: 6px 14px; margin: 4px 0; line-height: 1.5; max-width: 60em;
 background: var(--jp-layout-color1, transparent); color: var(--jp-content-font-color1, inherit)">
<div><b style="color: {{ ink }}; background: {{ colour }}; padding: 1px 8px">{{ mark }}
 {{ v.status }}</b>
 &nbsp;<code>{{ v.exercise }}</code>&nbsp; {{ points }}</div>
{% set pre = "margin: 4px 0; white-space: pre-wrap; word-break: break-word" %}
{% for finding in v.findings[:shown] %}
<div style="margin-top: 6px">{% if finding.text %}<b>{{ inline(finding.text) }}</b><br>{% endif %}
{{ finding.message }}
{% if finding.inputs %}<br>
<span style="font-size: 90%">Input: <code>{{ finding.inputs }}</code></span>{% endif %}</div>
{{ pictures[loop.index0] }}
{% if finding.lines %}<pre style="{{ pre }}">{{ finding.lines }}</pre>{% endif %}
{% if finding.printed %}<div>It printed:</div>
<pre style="{{ pre }}">{{ finding.printed }}</pre>{% endif %}
{% endfor %}
{% if more %}<div style="margin-top: 6px">{{ more }}</div>{% endif %}
{% if v.hint %}<div style="margin-top: 6px"><b>Hint.</b> {{ hint }}</div>{% endif %}
{% if v.note %}<div style="margin-top: 6px">{{ inline(v.note) }}</div>{% endif %}
{% if v.call %}<div style="margin-top: 6px; font-size: 90%">To try this input again, in the next
 cell: <code>{{ v.call }}</code></div>{% endif %}
</div>
"""
)


@dataclass(frozen=True)
class Finding:
    """What is not as it should be in one case, for a student to read."""

    case: str
    text: str  # the case's docstring
    message: str
    differs: np.ndarray | None = None  # where a tensor differs
    inputs: str = ""  # what went in, in a few words
    lines: str = ""  # the student's own lines of a traceback
    printed: str = ""
    kind: Literal["failed", "error"] = "failed"
    number: int = -1  # of the case among all that were run; below 0 where it is of no case


@dataclass(frozen=True)
class Verdict:
    """What a check says. `points` is all of `possible` or nothing."""

    exercise: str
    status: VerdictStatus
    possible: int
    cases: int = 0
    findings: list[Finding] = field(default_factory=list)
    hint: str | None = None
    hint_is_certain: bool = True
    note: str | None = None
    failing: Callable[[], Inputs] | None = field(default=None, compare=False)
    call: str = ""  # how to call the answer on `inputs`

    @property
    def passed(self) -> bool:
        return self.status == "passed"

    @property
    def inputs(self) -> Inputs:
        """The arguments of the first case that fails, made anew each time: `f(**verdict.inputs)`.

        Raises LookupError where no case has failed.
        """
        if self.failing is None:
            raise LookupError(f"{self.exercise} is {self.status}: no case has failed")
        return self.failing()

    @property
    def points(self) -> int:
        return self.possible if self.passed else 0

    def __str__(self) -> str:
        return as_text(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return as_html(self)


def as_text(verdict: Verdict) -> str:
    """Return the verdict as plain text."""
    lines = [f"{MARKS[verdict.status]} {verdict.status}  {verdict.exercise}  {_points(verdict)}"]
    for finding in verdict.findings[:SHOWN]:
        lines += [part for part in (finding.text, finding.message) if part]
        lines += [f"Input: {finding.inputs}"] if finding.inputs else []
        lines += ["  " + line for line in finding.lines.splitlines()]
        if finding.printed:
            lines += ["It printed:", *("  " + line for line in finding.printed.splitlines())]
    lines += [part for part in (_more(verdict),) if part]
    lines += [f"Hint. {_perhaps(verdict)}{verdict.hint}"] if verdict.hint else []
    lines += [verdict.note] if verdict.note else []
    lines += [f"To try this input again, in the next cell: {verdict.call}"] if verdict.call else []
    return lines[0] + "".join(f"\n  {line}" for line in lines[1:])


def as_html(verdict: Verdict) -> str:
    """Return the verdict as a piece of HTML."""
    return PAGE.render(
        v=verdict,
        colour=COLOURS[verdict.status],
        ink=INK,
        mark=MARKS[verdict.status],
        points=_points(verdict),
        shown=SHOWN,
        pictures=[_picture(finding) for finding in verdict.findings],
        more=_more(verdict),
        hint=_perhaps(verdict) + inline(verdict.hint or ""),
        inline=inline,
    )


def _points(verdict: Verdict) -> str:
    if not verdict.possible:
        return "extra: worth no points"
    noun = "point" if verdict.possible == 1 else "points"
    return f"{verdict.points} of {verdict.possible} {noun}"


def _perhaps(verdict: Verdict) -> str:
    return "" if verdict.hint_is_certain else "It looks as if this were the reason. "


def _more(verdict: Verdict) -> str:
    """Count what is not shown. An empty text where everything is."""
    bad = len(verdict.findings)
    if not bad or verdict.cases <= 1:
        return ""
    hidden = bad - SHOWN
    noun = "case is" if hidden == 1 else "cases are"
    not_shown = f"{hidden} more {noun} not right yet. " if hidden > 0 else ""
    return f"{not_shown}{verdict.cases - bad} of {verdict.cases} cases are right."


def _picture(finding: Finding) -> str:
    """Draw where a tensor differs, as a small grid: its last two axes at the first bad place."""
    from markupsafe import Markup

    grid = _grid(finding.differs)
    if grid is None:
        return ""
    rows, columns = grid.shape
    side = 10
    squares = "".join(
        f'<rect x="{column * side}" y="{row * side}" width="{side - 1}" height="{side - 1}"'
        f' fill="{COLOURS["failed"] if grid[row, column] else "#9ecae1"}"/>'
        for row in range(rows)
        for column in range(columns)
    )
    size = f'width="{columns * side}" height="{rows * side}"'
    title = "where the values differ"
    return Markup(
        f'<div style="margin: 6px 0"><svg {size} role="img" aria-label="{title}">{squares}</svg>'
        f'<div style="font-size: 85%">Orange: {title}{_axes(finding.differs, grid)}.</div></div>'
    )


def _grid(differs: np.ndarray | None) -> np.ndarray | None:
    if differs is None or differs.ndim == 0 or differs.size < 2:
        return None
    while differs.ndim > 2:  # the first slice in which something differs
        slices = differs.reshape(len(differs), -1).any(axis=1)
        differs = differs[int(np.argmax(slices))]
    return np.atleast_2d(differs)[:CELLS, :CELLS]


def _axes(differs: np.ndarray | None, grid: np.ndarray) -> str:
    if differs is None or differs.ndim < 2:
        return ""
    whole = "" if grid.shape == differs.shape[-2:] else f", the first {CELLS} of each"
    return f" (rows: axis {differs.ndim - 2}, columns: axis {differs.ndim - 1}{whole})"
