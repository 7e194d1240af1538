"""What a week hands out for Colab: a wheel that pip installs, and one zip that holds it."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from email.parser import Parser

import pytest

from gradelib.author.setup_cell import setup_source
from gradelib.student import requirements
from gradelib.student.handed_out import HandedOut
from gradelib.teacher.course import CLASS, Course
from gradelib.teacher.package import copy
from gradelib.teacher.release.bundle import make_bundle
from gradelib.teacher.release.colab import make_colab
from gradelib.teacher.release.wheel import make_wheel
from tests.student.pretend_colab import fake_packages, run_cell
from tests.teacher.small_course import NAME, ROOT, released_course, small_course

MOST = 45_000_000  # bytes of a zip that a student uploads
PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course whose week is released, with the wheel and the zip for Colab."""
    course = released_course(small_course, tmp_path_factory.mktemp("colab") / "course")
    return course, *make_colab(course, course.weeks[0])


@pytest.fixture(scope="module")
def installed(made, tmp_path_factory):
    """The folder into which pip has installed the wheel, without the network."""
    folder = tmp_path_factory.mktemp("site")
    subprocess.run([*PIP, "--target", folder, made[1]], check=True)
    return folder


def test_what_pip_installs_offers_the_students_part_and_no_other(installed, tmp_path):
    code = """
import importlib.util, gradelib, gradelib.cli
from gradelib import check, hint, progress, submit
from gradelib.lab.data import places, path
from gradelib.student.handed_out import handed_out_with
for name in ("teacher", "author", "sandbox"):
    assert importlib.util.find_spec(f"gradelib.{name}") is None, name
print(gradelib.__file__, path("stories"), handed_out_with(), sep="\\n")
print(*gradelib.student.requirements.asked(), sep="\\n")
"""
    ran = run_cell(code + "\nprint(check.__module__)", tmp_path, PYTHONPATH=str(installed))
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert lines[0] == str(installed / "gradelib" / "__init__.py")
    assert lines[1] == str(installed / "gradelib_data" / "stories")
    assert lines[2] == str(HandedOut("week01", (NAME,)))
    assert "gradelib.checking.session" in lines


def test_the_wheel_holds_what_ships_and_no_solutions(made):
    _, wheel, _ = made
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"gradelib", "gradelib_data"}
    for name in names:
        parts = {*name.split("/")}
        assert not parts & {"author", "teacher", "sandbox", "solutions", "src", "build"}, name
    assert {"gradelib/py.typed", "gradelib/handed_out.json"} <= {*names}
    answer = (ROOT / "solutions" / "start_here" / "reference.py").read_text(encoding="utf-8")
    line = max((line.strip() for line in answer.splitlines() if "return" in line), key=len)
    code = [name for name in names if name.endswith((".py", ".json"))]
    assert not [name for name in code if line in zipfile.ZipFile(wheel).read(name).decode()]


def test_the_wheel_is_whole_and_asks_for_a_students_packages(made):
    packed = zipfile.ZipFile(made[1])
    (record,) = [name for name in packed.namelist() if name.endswith(".dist-info/RECORD")]
    rows = list(csv.reader(io.StringIO(packed.read(record).decode())))
    assert {row[0] for row in rows} == {*packed.namelist()}
    for name, said, size in rows:
        if name != record:
            data = packed.read(name)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            assert (said, int(size)) == (f"sha256={digest}", len(data)), name
    metadata = Parser().parsestr(packed.read(record.replace("RECORD", "METADATA")).decode())
    asked = [line.partition(">")[0] for line in metadata.get_all("Requires-Dist")]
    assert sorted(asked) == sorted(line.partition(">")[0] for line in requirements.asked())


def test_the_same_files_give_the_same_wheel_and_the_same_zip(made, tmp_path):
    course, wheel, zipped = made
    before = wheel.read_bytes(), zipped.read_bytes()
    week = HandedOut("week01", (NAME,))
    assert make_wheel(course.root, week, tmp_path).read_bytes() == before[0]
    make_colab(course, course.weeks[0])
    assert (wheel.read_bytes(), zipped.read_bytes()) == before


def test_the_zip_holds_the_wheel_the_notebooks_and_what_to_do(made):
    _, wheel, zipped = made
    folder = zipped.stem
    assert folder == "small-week01-colab"
    names = [wheel.name, f"{NAME}.ipynb", "README.md"]
    assert sorted(zipfile.ZipFile(zipped).namelist()) == sorted(f"{folder}/{n}" for n in names)
    readme = zipfile.ZipFile(zipped).read(f"{folder}/README.md").decode()
    assert readme.startswith("# A small course: The first week, on Colab\n")


def colab_session(made, tmp_path, notebook):
    """Run the first cell of a notebook where the zip was uploaded; pip is the real one."""
    course, _, zipped = made
    content = tmp_path / "content"
    content.mkdir()
    copy(zipped, content / "uploaded (1).zip")
    fake, site = fake_packages(content), tmp_path / "site"
    env = {"PYTHONPATH": f"{fake}{os.pathsep}{site}", "PIP_TARGET": str(site), "PIP_NO_INDEX": "1"}
    return run_cell(setup_source(course.root, notebook), content, **env)


def test_one_cell_installs_the_week_from_the_uploaded_zip(made, tmp_path):
    ran = colab_session(made, tmp_path, NAME)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("<function check at ")
    assert ran.stdout.strip().endswith(str(tmp_path / "content" / "small-week01-colab"))
    assert (tmp_path / "site" / "gradelib_data").is_dir()


def test_the_zip_of_an_earlier_week_says_which_one_to_upload(made, tmp_path):
    ran = colab_session(made, tmp_path, "02_masks")
    assert ran.returncode == 1
    assert "here are those of week01, before 02_masks was handed out. Upload the zip" in ran.stderr


def test_the_whole_courses_zips_can_be_uploaded(tmp_path, monkeypatch):
    monkeypatch.setenv(CLASS, str(tmp_path / "class"))
    course = Course.find(ROOT)
    for week in course.weeks:  # as `gradelib release` does, which is tested where it belongs
        for name in week.notebooks:
            released = course.class_folder / "release" / week.name / f"{name}.ipynb"
            copy(ROOT / "notebooks" / f"{name}.ipynb", released)
    _, for_colab = make_colab(course, course.weeks[-1])
    names = zipfile.ZipFile(for_colab).namelist()
    assert sum(name.endswith(".ipynb") for name in names) == 13
    assert for_colab.stat().st_size <= MOST
    assert make_bundle(course, course.weeks[-1]).stat().st_size <= MOST
