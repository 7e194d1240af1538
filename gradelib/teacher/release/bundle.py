"""A student's copy of the course: an allow-list of files, as a folder and as a zip.

What is not listed here does not ship. The same files in give the same bytes out.
"""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path

from gradelib.student import requirements
from gradelib.student.handed_out import FILE as HANDED_OUT
from gradelib.student.handed_out import HandedOut
from gradelib.student.handin import look, read_notebook
from gradelib.student.notebook_files import ORIGINALS
from gradelib.teacher.course import Course, Week
from gradelib.teacher.package import copy, copy_package

__all__ = ["handed_out", "make_bundle", "put_notebooks", "zipped"]

FILES = ("environment.yml", "constraints.txt", "LICENSE")
PACKED = {".gz", ".png", ".safetensors", ".whl"}  # which do not get smaller
README = """\
# {title}: {week}

1. Unpack this folder and keep its files together. It does not touch the folders of other weeks.
2. Install once: `conda env create -f environment.yml`, then `conda activate {environment}`.
   Without conda, in a Python 3.11 or newer: `python -m pip install -r requirements.txt`.
3. In this folder: `jupyter lab`, and open `{first}.ipynb`.
4. To hand in: `python -m gradelib submit {notebooks} --student YOUR-ID`. It says which
   exercises are still blank, and packs a zip with a receipt. Upload the zip.{due}

On Colab upload a notebook, run its first cell, and do what it says.
Its last cell says how to hand in.

What else there is, in a terminal in this folder:

- `python -m gradelib doctor` says what is missing or too old, and how to mend it.
- `python -m gradelib progress` says how far you are: points, and minutes left.
- `python -m gradelib reset {exercise}` brings an exercise back as it was handed out,
  `python -m gradelib reset {first}` a whole notebook. What was there is kept beside it.
- `python -m gradelib update new-bundle.zip` brings a newer zip of the course into this folder:
  your answers move into its notebooks, and the old files are kept beside them.
"""


def make_bundle(course: Course, week: Week) -> Path:
    """Write the week's folder and zip into the class folder; return the zip.

    The folder has the notebooks of this week and of those before it, as they were released.
    """
    name = f"{course.name}-{week.name}"
    folder = course.class_folder / "bundles" / name
    shutil.rmtree(folder, ignore_errors=True)
    put_notebooks(course, week, folder)
    put_notebooks(course, week, folder / ORIGINALS)  # for `reset` and `update`
    copy_package(folder, copy_data=True)
    said = handed_out(course, week).as_file()
    (folder / "gradelib" / HANDED_OUT).write_text(said, encoding="utf-8")
    for file in FILES:
        if (course.root / file).is_file():
            copy(course.root / file, folder / file)
    (folder / requirements.FILE).write_text(requirements.as_file(), encoding="utf-8")
    (folder / "README.md").write_text(_readme(course, week), encoding="utf-8")
    return zipped(folder)


def handed_out(course: Course, week: Week) -> HandedOut:
    """Return what a copy of gradelib says of the week with which it was handed out."""
    weeks = [earlier for earlier in course.weeks if earlier.number <= week.number]
    return HandedOut(week.name, tuple(name for earlier in weeks for name in earlier.notebooks))


def put_notebooks(course: Course, week: Week, folder: Path) -> None:
    """Copy the notebooks of this week and of those before it, as they were released."""
    for earlier in course.weeks:
        if earlier.number <= week.number:
            for path in sorted((course.class_folder / "release" / earlier.name).glob("*.ipynb")):
                copy(path, folder / path.name)


def _readme(course: Course, week: Week) -> str:
    environment = "gradelib"
    path = course.root / "environment.yml"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for line in lines:
        if line.startswith("name:"):
            environment = line.partition(":")[2].strip()
    due = ""
    if week.due:
        local = week.due.replace(tzinfo=dt.UTC).astimezone(course.zone)
        due = f"\n   It is due on {local:%A, %d %B %Y, %H:%M} ({course.zone})."
    notebooks = " ".join(f"{name}.ipynb" for name in week.notebooks)
    return README.format(
        title=course.title,
        week=week.title,
        environment=environment,
        due=due,
        first=week.notebooks[0],
        exercise=_first_exercise(course, week),
        notebooks=notebooks,
    )


def _first_exercise(course: Course, week: Week) -> str:
    """Return the name of the week's first exercise, for an example."""
    path = course.class_folder / "release" / week.name / f"{week.notebooks[0]}.ipynb"
    exercises = look(read_notebook(path.read_bytes())).exercises if path.is_file() else []
    return exercises[0] if exercises else "TOPIC.NAME"


def zipped(folder: Path) -> Path:
    """Write a folder into a zip beside it, the same bytes for the same files; return the zip."""
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                name = f"{folder.name}/{file.relative_to(folder).as_posix()}"
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.external_attr, info.create_system = 0o644 << 16, 3
                how = zipfile.ZIP_STORED if file.suffix in PACKED else zipfile.ZIP_DEFLATED
                packed.writestr(info, file.read_bytes(), how, 6)
    return path
