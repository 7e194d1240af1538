"""The page to read answers on, the CSV to mark them in, and the marks that come back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup
from nbconvert.filters import markdown2html
from nbgrader.api import Gradebook

from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.gradebook import locks
from gradelib.teacher.gradebook.export import FORMULA, harmless, write_csv
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.sanitize import sanitize_html
from gradelib.teacher.report.examples import shortened
from gradelib.teacher.report.page import framed, pages
from gradelib.teacher.tables import cells_of
from gradelib.teacher.written.answers import Asked, Written, answers_to

__all__ = [
    "MarksRead",
    "as_written",
    "page_of",
    "points_in",
    "read_marks",
    "rows_of",
    "write_sheet",
]

COLUMNS = ("question", "code", "points", "of", "comment", "words")
LONGEST = 30_000  # characters of one cell: spreadsheets take 32767
LINES, WIDTH = 200, 400  # of an answer on the page
LARGE = 2_000_000  # bytes of a picture: a class may paste hundreds
PAGE = r"""
<p>Answers have no names, and an order that says nothing. The code beside each stands in
<code>{{ sheet }}</code>, where the points go.</p>
{% for q in questions %}
<h2 id="{{ q.name }}"><code>{{ q.name }}</code>, {{ "%g" | format(q.most) }} points</h2>
<div class="course">{{ shown(q.question) }}</div>
<h3>Marking guide</h3>
<div class="course">{{ shown(q.guide.replace("\n", "\n\n") or "There is none.") }}</div>
{% for a in q.answers %}
<h3 id="{{ a.code }}"><code>{{ a.code }}</code>{% if a.points is not none %}: {{
"%g" | format(a.points) }} points{% endif %}</h3>
<pre class="words">{{ short(a.words) or "(nothing)" }}</pre>
{% for p in a.pictures %}{% if p.data|length <= most %}
<p><img alt="{{ p.said }}" src="{{ p.address }}"></p>
{% else %}<p class="said">{{ p.said }} is too large for this page: it is in the feedback.</p>
{% endif %}{% endfor %}
{% if a.comment %}<p class="said">{{ a.comment }}</p>{% endif %}
{% endfor %}{% endfor %}
<style>
pre.words { white-space: pre-wrap; font: inherit; }
img { max-width: 100%; max-height: 30em; }
div.course { border-left: 3px solid #0072b2; padding-left: 1em; }
</style>
"""


@dataclass
class MarksRead:
    """What came of a sheet that was read back."""

    marked: int = 0  # answers that have points now
    changed: int = 0  # of these, whose points or comment are other than before
    left: int = 0  # answers without points in the sheet
    problems: list[str] = field(default_factory=list)


def page_of(course: Course, week: Week, asked: Iterable[Asked], sheet: str) -> str:
    """Return the page. All that a student wrote is text in it."""
    body = pages.from_string(PAGE).render(
        questions=list(asked),
        sheet=sheet,
        short=lambda text: shortened(text, LINES, WIDTH),
        shown=_shown,
        most=LARGE,
    )
    return framed(f"{course.title}, {week.name}: answers in words", body)


def _shown(text: str) -> Markup:
    """Return Markdown of the course's own as HTML."""
    return Markup(sanitize_html(markdown2html(text)))


def write_sheet(to: Path, asked: Iterable[Asked]) -> int:
    """Write the CSV to mark in; return how many answers are in it."""
    rows = [
        [
            question.name,
            one.code,
            "" if one.points is None else f"{one.points:g}",
            f"{question.most:g}",
            harmless(one.comment),
            harmless(one.words[:LONGEST]),
        ]
        for question in asked
        for one in question.answers
    ]
    write_csv(to, COLUMNS, rows)
    return len(rows)


def read_marks(course: Course, week: Week, sheet: Path) -> MarksRead:
    """Enter the points and comments of a sheet. What cannot be is said, and the others are.

    Raises CourseError where the file is no such sheet.
    """
    asked = answers_to(course, week)
    known = {one.code: (one, question.most) for question in asked for one in question.answers}
    read, seen = MarksRead(), dict[str, tuple[int, str]]()
    with locks.alone(course, "gradebook"), open_gradebook(course) as gradebook:
        for line, row in rows_of(sheet):
            code, text = row["code"].strip(), row["points"].strip()
            if code not in known:
                read.problems.append(f"line {line}: no answer has the code {code[:20]} any more")
            elif not text:
                read.left += 1
            elif code in seen:
                before, other = seen[code]
                said = f"{code} has {other} points in line {before} already: these count"
                read.problems += [f"line {line}: {said}"] if text != other else []
            else:
                one, most = known[code]
                try:
                    points = points_in(text, most)
                except ValueError as error:
                    read.problems.append(f"line {line}: {error}")
                    continue
                seen[code] = line, text
                read.marked += 1
                read.changed += _enter(gradebook, week, one, points, row.get("comment"))
        gradebook.db.commit()
    return read


def rows_of(sheet: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line, and its cells by column. Raises CourseError."""
    lines = cells_of(sheet)
    _, header = next(lines, (0, []))
    if not {"code", "points"} <= set(header):
        raise CourseError(
            f"{sheet} has no columns code and points: gradelib written WEEK writes it"
        )
    for number, cells in lines:
        row = dict(zip(header, cells, strict=False))
        if row.get("code", "").strip():
            yield number, {"points": "", **row}


def points_in(text: str, most: float) -> float:
    """Return the points that a cell says, with a comma or a point. Raises ValueError."""
    try:
        points = float(text.replace(",", "."))
    except ValueError:
        points = math.nan
    if not 0 <= points <= most:
        said = f"points are a number from 0 to {most:g}, not {text[:20]!r}"
        raise ValueError(said)
    return points


def _enter(
    gradebook: Gradebook, week: Week, one: Written, points: float, comment: str | None
) -> bool:
    """Enter a mark, and a comment where the sheet has that column; say whether it is new."""
    notebook, cell = one.place
    grade = gradebook.find_grade(cell, notebook, week.name, one.student)
    said = gradebook.find_comment(cell, notebook, week.name, one.student)
    text = one.comment if comment is None else as_written(comment.strip())
    changed = (grade.manual_score, grade.needs_manual_grade, one.comment) != (points, False, text)
    grade.manual_score, grade.needs_manual_grade = points, False
    said.manual_comment = text or None
    return bool(changed)


def as_written(text: str) -> str:
    """Take away what keeps a spreadsheet from calculating."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
