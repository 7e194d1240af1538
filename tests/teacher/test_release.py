"""What a week's release hands out: stubs in place of answers, in a bundle that works by itself."""

import subprocess
import sys
import zipfile

import pytest

from gradelib.student.handin import look, read_notebook
from gradelib.teacher.release.assignment import release
from gradelib.teacher.release.bundle import make_bundle
from tests.teacher.small_course import NAME, cell_of, small_course


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A course whose week is released, and the zip."""
    course = small_course(tmp_path_factory.mktemp("released") / "course")
    return course, release(course, course.weeks[0])


def test_a_notebook_as_it_was_handed_out_has_nothing_attempted(released):
    course, _ = released
    seen = look(read_notebook((course.class_folder / f"release/week01/{NAME}.ipynb").read_bytes()))
    assert seen.attempted == []
    assert (len(seen.blank), seen.week) == (4, "week01")


def test_the_bundle_has_no_teachers_part_and_works_by_itself(released):
    _, path = released
    folder = path.with_suffix("")
    names = zipfile.ZipFile(path).namelist()
    assert {name.split("/")[0] for name in names} == {"small-week01"}
    inside = {name.split("/", 1)[1] for name in names}
    assert {f"{NAME}.ipynb", "README.md", "gradelib/__init__.py"} <= inside
    for name in inside:
        assert not {"author", "teacher", "solutions", "src", "build"} & set(name.split("/")), name
    code = "import gradelib, gradelib.cli, gradelib.checking.session; print(gradelib.__file__)"
    for command in (["-c", code], ["-m", "gradelib", "--help"]):
        run = subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        assert str(folder) in run.stdout or "submit" in run.stdout
        assert "collect" not in run.stdout


def test_the_same_files_give_the_same_zip(released):
    course, path = released
    first = path.read_bytes()
    assert make_bundle(course, course.weeks[0]).read_bytes() == first


def test_a_release_puts_the_stubs_back_and_keeps_the_answers_at_home(released):
    course, _ = released
    solved, blank = (
        read_notebook((course.class_folder / step / f"week01/{NAME}.ipynb").read_bytes()).cells
        for step in ("source", "release")
    )
    for function in ("softmax", "surprisal"):
        assert "NotImplementedError" not in cell_of(solved, "answer", function).source
        assert "NotImplementedError" in cell_of(blank, "answer", function).source
    assert cell_of(blank, "answer", "quiz_temperature").source.startswith('quiz_temperature = ""')
