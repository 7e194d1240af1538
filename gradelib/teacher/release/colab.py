"""What a week needs on Colab: the student wheel, and a zip that holds it with the notebooks.

The wheel is for an address of the teacher's, which `[colab] install` names; the zip is for
students to upload, under whatever name their platform gives it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from gradelib.teacher.course import Course, Week
from gradelib.teacher.release.bundle import handed_out, put_notebooks, zipped
from gradelib.teacher.release.wheel import make_wheel

__all__ = ["make_colab"]

README = """\
# {title}: {week}, on Colab

1. On Colab choose File → Upload notebook, and take one of this folder.
2. Run its first cell. If it asks for the course's files, upload the zip as it is, and run the cell
   again. Colab's own torch stays as it is.
3. The last cell, `submit()`, says how to hand in: download the notebook, and hand in that file.

Colab forgets the zip when the session ends. Your notebook stays in your Drive.
"""


def make_colab(course: Course, week: Week) -> tuple[Path, Path]:
    """Write the week's wheel and its zip for Colab; return the wheel and the zip.

    The week must have been released: the notebooks are taken from there.
    """
    folder = course.class_folder / "bundles" / f"{course.name}-{week.name}-colab"
    shutil.rmtree(folder, ignore_errors=True)
    put_notebooks(course, week, folder)
    readme = README.format(title=course.title, week=week.title)
    (folder / "README.md").write_text(readme, encoding="utf-8")
    wheel = make_wheel(course.root, handed_out(course, week), folder)
    return wheel, zipped(folder)
