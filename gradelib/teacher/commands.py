"""The commands of a teacher's week, from `gradelib build` to `gradelib export`. Thin, as cli.py."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gradelib.terminal import spinner, table

if TYPE_CHECKING:
    from gradelib.teacher.course import Course, Week
    from gradelib.teacher.grade.grading import Line

__all__ = ["teacher"]

WeekArgument = Annotated[str, typer.Argument(metavar="WEEK", help="such as 1 or week01")]
Only = Annotated[list[str] | None, typer.Option("--student", help="only this one; repeatable")]
Force = Annotated[bool, typer.Option("--force", help="also who was graded already")]
Exercises = Annotated[
    list[str] | None,
    typer.Option("--exercise", help="ask again for it, such as masks.attention; repeatable"),
]
Jobs = Annotated[int | None, typer.Option(min=1, help="kernels at a time; else one a core")]
ClusterAddress = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="of a Dask scheduler: tcp://HOST:PORT"),
]
NoSandbox = Annotated[
    bool,
    typer.Option(
        "--no-sandbox",
        envvar="GRADELIB_NO_SANDBOX",  # which gradelib.sandbox.confine reads too
        help="run submissions with all your rights",
    ),
]

teacher = typer.Typer()


@teacher.command()
def build(
    check: Annotated[bool, typer.Option("--check", help="write nothing; fail if stale")] = False,
) -> None:
    """Write the notebooks and the recorded answers from their sources."""
    from gradelib.author.build import build as make

    changed = make(_course().root, check=check)
    for path in changed:
        print(f"{'stale' if check else 'written'}: {path}")
    print("All that is built is up to date." if not changed else f"{len(changed)} files")
    raise typer.Exit(1 if check and changed else 0)


@teacher.command()
def release(
    week: WeekArgument,
    early: Annotated[bool, typer.Option("--early", help="also before its date")] = False,
) -> None:
    """Make a week's notebooks for students, and a zip to hand out. Not before its release date.

    The week is entered in nbgrader's gradebook. The zip holds the notebooks of the weeks so
    far, gradelib without the teacher's part, and the data; no solutions. For Colab there is a
    second zip, with the same as a wheel for pip.
    """
    from gradelib.teacher.gradebook import nbgrader_settings
    from gradelib.teacher.release.assignment import release as make
    from gradelib.teacher.release.colab import make_colab
    from gradelib.teacher.release.dates import refuse_early

    course, which = _course_and_week(week)
    if not early:
        refuse_early(course, which, dt.datetime.now(dt.UTC))
    made = (make(course, which), *reversed(make_colab(course, which)))
    zipped, for_colab, wheel = (nbgrader_settings.relative(path, course) for path in made)
    sizes = [f"({path.stat().st_size:,} bytes)" for path in made[:2]]
    print(f"{which.name}: {which.title}\nHand out {zipped} {sizes[0]}")
    print(f"For Colab: {for_colab} {sizes[1]}, to be uploaded there")
    print(f"Or {wheel}, for an address of yours")


@teacher.command()
def collect(
    week: WeekArgument,
    paths: Annotated[list[Path], typer.Argument(help="zips, notebooks, folders of them")],
    student: Annotated[str | None, typer.Option(help="whose they all are")] = None,
) -> None:
    """Take in what students handed in: receipts' zips, a platform's zip, folders, notebooks.

    Everything is kept as it came in class/collected; the newest of each notebook is graded. Where
    class/roster.csv says who takes part, whoever is not in it is asked about.
    """
    from gradelib.teacher.collect.collection import Collected, nothing_from
    from gradelib.teacher.collect.collection import collect as take_in

    course, which = _course_and_week(week)

    def row(hand_in: Collected) -> list[object]:
        times = [time.astimezone(course.zone) for time in hand_in.notebooks.values()]
        newest = f"{max(times):%d %b %H:%M}" if times else ""
        said = "\n".join([*hand_in.remarks, *(f"({note})" for note in hand_in.notes)])
        return [hand_in.student or "?", len(times), newest, hand_in.new, said]

    hand_ins = take_in(course, which, paths, student)
    table(["student", "notebooks", "handed in", "new", "remarks"], map(row, hand_ins))
    print(f"Times are those of {course.zone}.")
    if nothing := nothing_from(course, which):
        print(f"Nothing yet from {len(nothing)}: {', '.join(nothing)}")
    if not any(hand_in.notebooks for hand_in in hand_ins):
        raise typer.Exit(2)
    raise typer.Exit(0 if all(hand_in.well for hand_in in hand_ins) else 1)


@teacher.command()
def grade(
    week: WeekArgument,
    student: Only = None,
    force: Force = False,
    exercise: Exercises = None,
    jobs: Jobs = None,
    cluster: ClusterAddress = None,
    no_sandbox: NoSandbox = False,
) -> None:
    """Grade what was collected. A second run grades only what is new, or was changed since.

    After a change of yours to an exercise only that one is asked again, and if its questions
    are the same, nothing is run: what was answered is judged again.

    Each notebook runs in a kernel of its own, in a sandbox; its answers are compared with the
    reference in another process, on inputs that nobody has seen before. A run that was stopped
    goes on where it was. Where there is no sandbox, nothing is graded, unless you say
    --no-sandbox.

    With --cluster the kernels run on other computers, and are judged on this one.
    """
    from gradelib.teacher.grade.batch import cores
    from gradelib.teacher.grade.grading import grade as mark
    from gradelib.teacher.grade.options import GradingOptions
    from gradelib.teacher.release.assignment import changed_points

    if cluster and jobs:
        raise ValueError("--jobs is for this computer; a cluster runs as many as its workers can")
    course, which = _course_and_week(week)
    if no_sandbox:
        print("Without a sandbox: what was handed in runs with all your rights", file=sys.stderr)
    options = GradingOptions(
        force=force,
        exercises=tuple(exercise or ()),
        jobs=jobs or cores(),
        sandboxed=not no_sandbox,
        cluster=cluster,
    )
    with spinner("grading") as status:
        lines = mark(
            course, which, student, options, lambda done: status.update(f"grading: {done}")
        )
    _show_grades(lines)
    if changes := [[line.student, line.change] for line in lines if line.change]:
        print("Changed since the last time:")
        table(["student", "points, and why"], changes)
    if changed := changed_points(course, which):
        again = f"run gradelib release {which.number}, then gradelib grade {which.number}"
        said = "worth other points since the release: " + ", ".join(changed)
        print(f"{said}. For that to count, {again}", file=sys.stderr)
    _finish(lines)


@teacher.command()
def feedback(
    week: WeekArgument,
    student: Only = None,
    to: Annotated[
        Literal["moodle", "canvas"] | None, typer.Option(help="pack a zip that it takes back")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="the zip; else in class/")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="processes for a large class; else one a core")
    ] = None,
) -> None:
    """Write each student's feedback, with all verdicts, as HTML in class/feedback."""
    from gradelib.teacher.grade.batch import cores
    from gradelib.teacher.grade.grading import feedback as write
    from gradelib.teacher.platforms.commands import pack

    course, which = _course_and_week(week)
    with spinner("writing") as status:
        lines = write(
            course, which, student, lambda who: status.update(f"writing {who}'s"), jobs or cores()
        )
    rows = [[line.student, line.status, "\n".join(line.remarks)] for line in lines]
    table(["student", "feedback", ""], rows)
    if to and not pack(week, to, file):
        raise typer.Exit(1)
    _finish(lines)


@teacher.command()
def simulate(
    week: WeekArgument,
    students: Annotated[int, typer.Option(min=1, help="how many")] = 8,
    seed: Annotated[int, typer.Option(help="the same seed writes the same class")] = 1,
    to: Annotated[Path, typer.Option(help="a new folder")] = Path("build/pretend_class"),
) -> None:
    """Write the hand-ins of a pretend class, and truth.csv: the points that each must get."""
    from gradelib.teacher.rehearsal.simulate import simulate as pretend

    print(f"The truth is in {pretend(*_course_and_week(week), students, seed, to)}")


@teacher.command()
def demo() -> None:
    """Run a whole week with a pretend class in build/demo, and compare the grades to the truth."""
    from gradelib.teacher.rehearsal.demo import demo as run

    raise typer.Exit(0 if run(Path.cwd()) else 1)


def _course() -> Course:
    from gradelib.teacher.course import Course

    return Course.find()


def _course_and_week(week: str) -> tuple[Course, Week]:
    course = _course()
    return course, course.week(week)


def _show_grades(lines: Sequence[Line]) -> None:
    header = ["student", "status", "points", "of", "late", "by hand", "remarks"]
    rows = [
        [
            line.student,
            line.status,
            f"{line.points:g}",
            f"{line.possible:g}",
            f"-{line.penalty:g}" if line.penalty else "late" if line.late else "",
            "to mark" if line.by_hand else "",
            "\n".join(line.remarks),
        ]
        for line in lines
    ]
    table(header, rows)


def _finish(lines: Sequence[Line]) -> None:
    well = [line for line in lines if line.status != "failed"]
    print(f"{len(well)} of {len(lines)} students")
    raise typer.Exit(0 if len(well) == len(lines) else 1 if well else 2)
