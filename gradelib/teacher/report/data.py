"""A week's report as data: counts, known mistakes, groups of wrong answers, who is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradelib.author.sources import variants
from gradelib.teacher.collect.collection import nothing_from
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.grade.examiner import examiner_of
from gradelib.teacher.gradebook.export import Table, table_of
from gradelib.teacher.gradebook.nbgrader_settings import students
from gradelib.teacher.platforms.term import Term
from gradelib.teacher.report.answers import Answer, Kind, graded_of, hint_in
from gradelib.teacher.report.earlier import Helped, earlier, helped
from gradelib.teacher.report.examples import anonymous, shortened, without
from gradelib.teacher.report.groups import Replies, Same, grouped
from gradelib.teacher.roster import read_roster
from gradelib.teacher.rules.decisions import Ruling, read_decisions

__all__ = ["About", "Group", "Mistake", "WeekReport", "report_of", "summed_up", "term_data"]

MOST_GROUPS = 12  # of one exercise that are shown; the others are counted
SAID_LINES = 6


@dataclass(frozen=True)
class Mistake:
    """A known mistake, and who made it: how many, of whom one is an example."""

    name: str  # as its author called it; empty for a hint that is no author's
    hint: str
    count: int
    certain: int  # of how many the hint was certain
    example: str


@dataclass(frozen=True)
class Group:
    """Wrong answers that no hint explains, and that answer alike."""

    count: int
    said: str  # what the check said of the example
    example: str


@dataclass
class About:
    """What became of one exercise, quiz or question."""

    name: str
    kind: Kind
    points: float
    passed: int = 0
    failed: int = 0
    error: int = 0
    blank: int = 0
    answered: int = 0  # of a written question
    mistakes: list[Mistake] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    more_groups: int = 0
    ruled: str = ""  # where it is excused for all, or a bonus: that, and why


@dataclass(frozen=True)
class WeekReport:
    """All that the page of a week shows."""

    course: str
    week: str
    title: str
    students: int
    possible: float
    totals: tuple[float, ...]  # in order, without names
    exercises: tuple[About, ...]
    missing: tuple[str, ...]
    late: tuple[str, ...]
    unmarked: tuple[str, ...]
    ungraded: tuple[str, ...]  # handed in, and not graded yet
    unreadable: tuple[str, ...] = ()  # notebooks whose file could not be read
    helped: tuple[Helped, ...] = ()
    earlier: int = 0  # older notebooks that were graded, or whose code was
    never_graded: int = 0  # the others: nothing is known of them


def report_of(course: Course, week: Week) -> WeekReport:
    """Look at all that is graded of a week. Raises CourseError where that is nothing."""
    table = table_of(course, week)
    graded = graded_of(course, week)
    answers = graded.answers
    if not graded.students:
        raise CourseError(f"{week.name} is not graded yet: run gradelib grade {week.number}")
    examiner, known = examiner_of(str(course.root)), _hints(course, week)
    same = Replies(course, week, examiner).same
    exercises = summed_up(answers, known, same, _names(course, answers))
    _with_rulings(exercises, read_decisions(course).rulings_of(week))
    there = {student: row for student, row in table.rows.items() if row["handed_in"]}
    before = list(earlier(course, week, examiner, sorted(graded.students)))
    never = sum(one.verdicts is None for one in before)
    return WeekReport(
        course.title,
        week.name,
        week.title,
        len(there),
        _most(table),
        tuple(sorted(float(row["total"]) for row in there.values())),
        tuple(exercises),
        missing=tuple(nothing_from(course, week)),
        late=_with(there, "days"),
        unmarked=_with(there, "waits"),
        ungraded=tuple(s for s in students(course, week) if s not in graded.students),
        unreadable=tuple(graded.unreadable),
        helped=tuple(helped(before, answers, known)),
        earlier=len(before) - never,
        never_graded=never,
    )


def _with_rulings(exercises: Iterable[About], rulings: Iterable[Ruling]) -> None:
    """Say what is excused, which is worth nothing, and what is a bonus."""
    ruled = {ruling.exercise: ruling for ruling in rulings}
    for about in exercises:
        if ruling := ruled.get(about.name):
            about.ruled = ruling.said
            about.points = 0.0 if ruling.kind == "excused" else about.points


def _names(course: Course, answers: Iterable[Answer]) -> frozenset[str]:
    """Return what no example may show: how the students of the class are called."""
    roster = read_roster(course)
    entries = roster.entries if roster else ()
    called = [text for e in entries for text in (e.id, e.name, e.login, e.email.split("@")[0])]
    return frozenset([*called, *(answer.student for answer in answers)])


def _with(rows: Mapping[str, Mapping[str, str]], column: str) -> tuple[str, ...]:
    return tuple(student for student, row in rows.items() if float(row[column]) > 0)


def _most(table: Table) -> float:
    return max((float(row["possible"]) for row in table.rows.values()), default=0.0)


def _hints(course: Course, week: Week) -> dict[str, dict[str, str]]:
    """Return the names of the known mistakes of the week, by exercise and hint."""
    hints: dict[str, dict[str, str]] = defaultdict(dict)
    for notebook in week.notebooks:
        topic = notebook.partition("_")[2]
        for function, mistakes in variants(course.root, "mistakes", topic).items():
            for how, source in mistakes.items():
                hint = " ".join(source.docstring.split())
                hints[f"{topic}.{function}"].setdefault(hint, how.partition("__")[0])
    return hints


def summed_up(
    answers: Iterable[Answer],
    known: Mapping[str, Mapping[str, str]],
    same: Same,
    names: Iterable[str] = (),
) -> list[About]:
    """Sum up the answers exercise by exercise, in the order of the notebooks.

    `known` has by exercise and hint the names of the mistakes, `names` what no example may show.
    """
    by_exercise: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_exercise[answer.exercise].append(answer)
    return [_about(those, known.get(name, {}), same, names) for name, those in by_exercise.items()]


def _about(
    answers: Sequence[Answer], known: Mapping[str, str], same: Same, names: Iterable[str]
) -> About:
    first = answers[0]
    about = About(first.exercise, first.kind, max(answer.points for answer in answers))
    counts = Counter(answer.status for answer in answers)
    about.passed, about.failed, about.error = (counts[s] for s in ("passed", "failed", "error"))
    about.answered = counts["written"]
    about.blank = len(answers) - about.passed - about.failed - about.error - about.answered
    by_hint: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.is_wrong:
            by_hint[hint_in(answer.said)[0]].append(answer)
    unexplained = by_hint.pop("", [])
    about.mistakes = [
        Mistake(
            known.get(hint, ""),
            hint,
            len(those),
            sum(hint_in(answer.said)[1] for answer in those),
            anonymous(those[0].source, names),
        )
        for hint, those in sorted(by_hint.items(), key=lambda item: -len(item[1]))
    ]
    groups = grouped(unexplained, same)
    about.more_groups = len(groups[MOST_GROUPS:])
    about.groups = [_group(group, names) for group in groups[:MOST_GROUPS]]
    return about


def _group(answers: Sequence[Answer], names: Iterable[str]) -> Group:
    said = "\n".join(answers[0].said.splitlines()[1:])
    return Group(
        len(answers),
        shortened(without(said, names), SAID_LINES),
        anonymous(answers[0].source, names),
    )


def term_data(course: str, term: Term) -> dict[str, Any]:
    """Return the term as plain data."""
    return {
        "course": course,
        "weeks": [
            {"name": week.name, "title": week.title, "possible": term.possible[week.name]}
            for week in term.weeks
        ],
        "students": {
            student: {
                "name": one.name,
                "section": one.section,
                "points": {week.name: _number(one.points(week)) for week in term.weeks},
                "to_mark": one.to_mark,
                "percent": one.percent,
            }
            for student, one in term.students.items()
        },
    }


def _number(text: str) -> float | None:
    return float(text) if text else None
