"""A student's copy of the course: an allow-list of files, as a folder and as a zip.

What is not listed here does not ship. The same files in give the same bytes out.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from gradelib.teacher.course import Course, Week
from gradelib.teacher.package import copy, copy_package

__all__ = ["make_bundle"]

FILES = ("environment.yml", "constraints.txt", "LICENSE")
README = """\
# {title}: {week}

1. Unpack this folder and keep its files together. It does not touch the folders of other weeks.
2. Install once: `conda env create -f environment.yml`, then `conda activate {environment}`.
3. In this folder: `jupyter lab`, and open `{first}.ipynb`.
4. To hand in: `python -m gradelib submit {notebooks} --student YOUR-ID`. It says which
   exercises are still blank, and packs a zip with a receipt. Upload the zip.{due}

`python -m gradelib doctor` says what is installed, what is missing, and how to mend it.
"""


def make_bundle(course: Course, week: Week) -> Path:
    """Write the week's folder and zip into the class folder; return the zip.

    The folder has the notebooks of this week and of those before it, as they were released.
    """
    name = f"{course.name}-{week.name}"
    folder = course.class_folder / "bundles" / name
    shutil.rmtree(folder, ignore_errors=True)
    for earlier in course.weeks:
        if earlier.number <= week.number:
            for path in sorted((course.class_folder / "release" / earlier.name).glob("*.ipynb")):
                copy(path, folder / path.name)
    copy_package(folder, copy_data=True)
    for file in FILES:
        if (course.root / file).is_file():
            copy(course.root / file, folder / file)
    (folder / "README.md").write_text(_readme(course, week), encoding="utf-8")
    return _zip(folder)


def _readme(course: Course, week: Week) -> str:
    environment = "gradelib"
    path = course.root / "environment.yml"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for line in lines:
        if line.startswith("name:"):
            environment = line.partition(":")[2].strip()
    due = f"\n   It is due on {week.due:%A, %d %B %Y, %H:%M} UTC." if week.due else ""
    notebooks = " ".join(f"{name}.ipynb" for name in week.notebooks)
    return README.format(
        title=course.title,
        week=week.title,
        environment=environment,
        due=due,
        first=week.notebooks[0],
        notebooks=notebooks,
    )


def _zip(folder: Path) -> Path:
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                name = f"{folder.name}/{file.relative_to(folder).as_posix()}"
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.external_attr, info.create_system = 0o644 << 16, 3
                packed.writestr(info, file.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return path
