"""A student's copy of the course: an allow-list of files, as a folder and as a zip.

What is not listed here does not ship. The same files in give the same bytes out.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from gradelib.teacher.course import Course, Week

__all__ = ["PACKAGE", "copy_package", "data_files", "data_folder", "link", "make_bundle"]

PACKAGE = Path(__file__).resolve().parents[2]
CODE = {".py", ".json", ".safetensors", ".typed"}
TEACHERS = {"author", "sandbox", "teacher", "__pycache__"}  # folders of gradelib that do not ship
NOT_DATA = {"build", "__pycache__"}  # folders of data/ that do not ship
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


def copy_package(folder: Path, copy_data: bool = False) -> None:
    """Put gradelib, without what is the teacher's, and the data into `folder`."""
    for path in _shipped(PACKAGE, TEACHERS):
        if path.suffix in CODE:
            _copy(path, folder / "gradelib" / path.relative_to(PACKAGE))
    for name, path in data_files().items():
        (_copy if copy_data else link)(path, folder / "data" / name)


def data_folder() -> Path | None:
    """Return where the data is: beside gradelib, in a checkout or as installed."""
    places = (PACKAGE.parent / "data", PACKAGE.parent / "gradelib_data")
    return next((path for path in places if path.is_dir()), None)


def data_files() -> dict[str, Path]:
    """Return what ships of the data, by name from its folder on."""
    data = data_folder()
    paths = [path for path in _shipped(data, NOT_DATA) if path.suffix != ".py"] if data else []
    return {path.relative_to(data or path).as_posix(): path for path in paths}


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
                _copy(path, folder / path.name)
    copy_package(folder, copy_data=True)
    for file in FILES:
        if (course.root / file).is_file():
            _copy(course.root / file, folder / file)
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
    return README.format(title=course.title, week=week.title, environment=environment, due=due,
                         first=week.notebooks[0], notebooks=notebooks)  # fmt: skip


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


def _shipped(folder: Path, without: set[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not without & set(path.relative_to(folder).parts):
            yield path


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def link(source: Path, target: Path) -> None:
    """Make a link to a file or a folder, or a copy where there is no right to make links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.symlink_to(source.resolve())
    except OSError:  # Windows
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)
