"""The commands of a term: `gradelib roster`, `missing`, `week`, `extend`, `excuse`. Thin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from gradelib.terminal import table

__all__ = ["roster", "term"]

WeekArgument = Annotated[str, typer.Argument(metavar="WEEK", help="such as 1 or week01")]
WeekMaybe = Annotated[str | None, typer.Argument(metavar="[WEEK]", help="such as 1")]
Exercise = Annotated[
    str | None, typer.Argument(metavar="[EXERCISE]", help="such as masks.attention")
]
Why = Annotated[str, typer.Option(help="students read it")]
TakeBack = Annotated[bool, typer.Option("--take-back", help="let it count as before")]
Section = Annotated[str | None, typer.Option(help="only those of this section")]

term = typer.Typer()
roster = typer.Typer(help="Show who takes part, and for which weeks each handed in; import a list.")


@roster.callback(invoke_without_command=True)
def show(context: typer.Context, section: Section = None) -> None:
    """Show who takes part, as class/roster.csv says it, and for which weeks each handed in."""
    if context.invoked_subcommand is not None:
        return
    from gradelib.teacher.course import Course
    from gradelib.teacher.term.presence import of_section, presence

    course = Course.find()
    entries = of_section(course, section)
    weeks = presence(course, entries)
    rows = [
        [e.id, e.name, e.section, "dropped" if e.dropped else " ".join(weeks[e.id])]
        for e in entries
    ]
    table(["id", "name", "section", "handed in for weeks"], rows)
    dropped = sum(entry.dropped for entry in entries)
    print(f"{len(entries) - dropped} students" + (f", {dropped} dropped" if dropped else ""))


@roster.command("import")
def take_over(
    file: Annotated[Path, typer.Argument(help="a CSV of the platform's, or of your own")],
    by: Annotated[
        str, typer.Option(help="the column that is the id: id, login, email or platform")
    ] = "",
    section: Annotated[str, typer.Option(help="of everyone in the list")] = "",
    same_name: Annotated[
        bool, typer.Option("--same-name", help="who has the name of one in the roster, is that one")
    ] = False,
    drop_missing: Annotated[
        bool, typer.Option("--drop-missing", help="who is not in the list, is dropped")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="write nothing; say what would be")
    ] = False,
) -> None:
    """Bring class/roster.csv up to a list of Moodle, Canvas, Blackboard, Brightspace, Gradescope.

    Whoever is new is added. What stands in the roster stays, but for what the list says
    otherwise; who was dropped stays dropped. The roster as it was is kept beside it.
    """
    from gradelib.teacher.course import Course
    from gradelib.teacher.term.class_lists import CODES
    from gradelib.teacher.term.enrolment import Options, enrol

    if by and by not in CODES:
        raise ValueError(f"--by takes one of {', '.join(CODES)}")
    said = enrol(Course.find(), file, Options(by, section, same_name, drop_missing, check))
    for note in said.notes:
        print(note)
    if said.rows:
        table(["id", "name", "section", ""], [[e.id, e.name, e.section, s] for e, s in said.rows])
    counts = (
        f"{said.added} added, {said.changed} changed, {said.as_before} as before, "
        f"{said.missing} not in the list"
    )
    print(counts + (f", {said.questions} asked about" if said.questions else ""))
    if check:
        print("Nothing was written.")
    raise typer.Exit(0 if said.well else 1)


@term.command()
def missing(week: WeekArgument, section: Section = None) -> None:
    """List who has handed in nothing for a week. Who was dropped is not counted."""
    from gradelib.teacher.course import Course
    from gradelib.teacher.term.presence import missing as without

    course = Course.find()
    which = course.week(week)
    found, of = without(course, which, section)
    if found:
        table(
            ["id", "name", "section", "email"], [[e.id, e.name, e.section, e.email] for e in found]
        )
    print(f"{which.name}: nothing yet from {len(found)} of {of}")


@term.command()
def week(
    week: Annotated[str | None, typer.Argument(metavar="[WEEK]", help="else all weeks")] = None,
) -> None:
    """Say where each week stands, and what to do next."""
    import datetime as dt

    from gradelib.teacher.course import Course
    from gradelib.teacher.term.standing import next_step, said, standing

    course = Course.find()
    rows = []
    for which in [course.week(week)] if week else course.weeks:
        found = standing(course, which, dt.datetime.now(dt.UTC))
        due = which.due.replace(tzinfo=dt.UTC).astimezone(course.zone) if which.due else None
        dates = [f"from {which.release:%d %b %Y}" if which.release else ""]
        dates.append(f"due {due:%d %b %Y %H:%M}" if due else "")
        title = "\n".join([which.title, *filter(None, dates)])
        where = "\n".join(said(course, found))
        rows.append([which.number, title, where, next_step(course, found)])
    table(["week", "what and when", "where it stands", "next"], rows)
    print(f"Times are those of {course.zone}.")


@term.command()
def extend(
    student: Annotated[str | None, typer.Argument(help="by id, address, login or name")] = None,
    week: Annotated[str | None, typer.Argument(metavar="[WEEK]", help="such as 1")] = None,
    by: Annotated[str | None, typer.Argument(help="how much longer: 12h, 2d, 1w")] = None,
    why: Annotated[str, typer.Option(help="it stands beside the grade")] = "",
    take_back: Annotated[bool, typer.Option("--take-back", help="what was given")] = False,
) -> None:
    """Give a student longer for a week, take that back, or show what stands.

    It takes effect at the next gradelib grade.
    """
    import datetime as dt

    from gradelib.teacher.course import Course
    from gradelib.teacher.rules.deciding import extend as give
    from gradelib.teacher.rules.deciding import known_student, take_back_extension, until
    from gradelib.teacher.rules.decisions import read_decisions

    course, now = Course.find(), dt.datetime.now(dt.UTC)
    if student and week and take_back:
        one = take_back_extension(course, course.week(week), student, now)
        print(f"Taken back: {one.by} for {one.student}. Now gradelib grade {week}")
    elif student and week and by:
        one = give(course, course.week(week), student, by, why, now)
        print(f"{one.student} has {one.by} longer. Now gradelib grade {week}")
    elif take_back or by:
        raise ValueError('say who, for which week and by how much: extend ana 1 2d --why "ill"')
    who = known_student(course, student) if student else ""
    which = course.week(week) if week else None
    standing = read_decisions(course).standing_extensions(which)
    rows = [
        [one.student, one.week, one.by, until(course, one), one.why]
        for one in standing
        if who in ("", one.student)
    ]
    if rows:
        table(["student", "week", "longer", "until", "why"], rows)
    else:
        print("No extensions stand.")


@term.command()
def excuse(
    week: WeekMaybe = None, exercise: Exercise = None, why: Why = "", take_back: TakeBack = False
) -> None:
    """Let an exercise count for nobody: not reached, not possible. Show what is so.

    It takes effect at the next gradelib grade.
    """
    _rule("excused", week, exercise, why, take_back)


@term.command()
def bonus(
    week: WeekMaybe = None, exercise: Exercise = None, why: Why = "", take_back: TakeBack = False
) -> None:
    """Let an exercise count on top of what is possible, for all. Show what is so.

    It takes effect at the next gradelib grade.
    """
    _rule("bonus", week, exercise, why, take_back)


def _rule(
    kind: Literal["excused", "bonus"],
    week: str | None,
    exercise: str | None,
    why: str,
    take_back: bool,
) -> None:
    import datetime as dt

    from gradelib.teacher.course import Course
    from gradelib.teacher.gradebook.released import exercises_of
    from gradelib.teacher.rules.deciding import meant, rule_out, take_back_ruling
    from gradelib.teacher.rules.decisions import read_decisions

    course, now = Course.find(), dt.datetime.now(dt.UTC)
    if week and exercise:
        which = course.week(week)
        name = meant(exercise, exercises_of(course, which), which)
        if take_back:
            take_back_ruling(course, which, name, kind, now)
            print(f"{name} counts as before. Now gradelib grade {week}")
        else:
            before = {r.exercise: r for r in read_decisions(course).rulings_of(which)}.get(name)
            rule_out(course, which, name, kind, why, now)
            if before and before.kind != kind:
                print(f"Taken back: {before.said}")
            print(f"{name} is {'excused' if kind == 'excused' else 'a bonus'} for all. ", end="")
            print(f"Now gradelib grade {week}")
    elif exercise or take_back or why:
        raise ValueError("say which week and which exercise, such as 1 start_here.softmax")
    weeks = [course.week(week)] if week else course.weeks
    decisions = read_decisions(course)
    rulings = [ruling for which in weeks for ruling in decisions.rulings_of(which)]
    if rulings:
        table(
            ["week", "exercise", "for all", "why"],
            [[r.week, r.exercise, r.kind, r.why] for r in rulings],
        )
    else:
        print("Nothing is excused, and nothing a bonus.")
