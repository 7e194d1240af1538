"""What the zip for Gradescope holds and says: its scripts, who has longer, its own secret."""

import json
import os
import re
import subprocess
import tomllib
import zipfile

import pytest
from typer.testing import CliRunner

from gradelib import cli
from gradelib.teacher.autograder.gradescope import write_gradescope
from gradelib.teacher.autograder.handed_in import HandedIn
from gradelib.teacher.autograder.parcel import Longer, Parcel
from gradelib.teacher.course import CourseError
from gradelib.teacher.roster import Entry
from gradelib.teacher.rules.deciding import extend
from tests.teacher.gradescope_machine import METADATA, ON_TIME, PEOPLE, two_notebooks, user
from tests.teacher.hand_ins import with_roster
from tests.teacher.small_course import ROOT, released_course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return released_course(two_notebooks, tmp_path_factory.mktemp("course") / "course")


ANA, BEN = (
    Entry(id="s1", name="Ana Müller", email="ana@uni.example"),
    Entry(id="ben", name="Ben Berg"),
)
PARCEL = Parcel(
    week="week01",
    secret="x",
    sandboxed=True,
    show="visible",
    longer=(Longer(who=ANA, by="1d", why="ill"), Longer(who=BEN, by="2d", why="late train")),
)


@pytest.mark.parametrize(
    ("users", "longer"),
    [
        ([user("Somebody", "ANA@uni.example")], "1d"),
        ([user("Somebody", "a@uni.example", sid="s1")], "1d"),
        ([user("Müller, Ana", "other@uni.example")], None),  # another of the same name
        ([user("Ana Müller")], "1d"),
        ([user("Berg, Ben", "ben@uni.example")], "2d"),  # the roster has no address of his
        ([user("Cleo", "c@uni.example"), user("Ana", "ana@uni.example"), user("Ben Berg")], "2d"),
        ([user("Cleo", "c@uni.example")], None),
        ([], None),
    ],
)
def test_who_has_longer_is_who_is_sure(tmp_path, users, longer):
    course = two_notebooks(tmp_path / "course")
    handed_in = HandedIn.model_validate(METADATA | {"users": users})
    decisions = handed_in.decisions(PARCEL, course, course.weeks[0])
    extension = decisions.extension(course.weeks[0], handed_in.student)
    assert (str(extension.by) if extension else None) == longer


def test_each_submission_draws_its_own_inputs_and_the_same_ones_again():
    first, second = (HandedIn.model_validate(METADATA | {"id": number}) for number in (1, 2))
    assert first.secret(PARCEL) == first.secret(PARCEL) != second.secret(PARCEL)
    assert PARCEL.secret not in (first.secret(PARCEL), second.secret(PARCEL))


def test_its_scripts_are_sound_and_may_be_run(course, tmp_path):
    write_gradescope(course, course.weeks[0], tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        modes = {info.filename: info.external_attr >> 16 for info in packed.infolist()}
        packed.extractall(tmp_path)
    assert [name for name, mode in modes.items() if mode & 0o111] == ["run_autograder", "setup.sh"]
    for name in ("run_autograder", "setup.sh"):
        said = subprocess.run(["bash", "-n", tmp_path / name], capture_output=True, text=True)
        assert (said.returncode, said.stderr) == (0, "")
    setup = (tmp_path / "setup.sh").read_text()
    assert setup.startswith("#!/usr/bin/env bash\n")
    (pip,) = re.findall(r"-m pip install (.*)", setup)
    assert pip.split()[1:] == ["--constraint", "constraints.txt", "--editable", '".[teacher]"']
    assert (tmp_path / "constraints.txt").read_bytes() == (ROOT / "constraints.txt").read_bytes()
    assert (
        "teacher"
        in tomllib.loads((tmp_path / "pyproject.toml").read_text())["project"][
            "optional-dependencies"
        ]
    )


@pytest.mark.parametrize("address", ["https://pip.example/cpu", ""])
def test_an_index_that_is_named_is_what_setup_asks(course, tmp_path, address):
    write_gradescope(course, course.weeks[0], tmp_path / "a.zip", torch_index=address)
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        packed.extractall(tmp_path)
    first = (tmp_path / "setup.sh").read_text().partition("new_python()")[0]
    lines = re.sub(r"^(root|env)=.*$|^cd .*$", "", first, flags=re.M)
    shown = subprocess.run(
        ["bash", "-c", lines + '\necho "${PIP_EXTRA_INDEX_URL:-none}"'],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert shown.stdout.strip() == (address or "none")


def test_the_command_says_what_the_zip_holds_and_whom_it_cannot_know(course, monkeypatch):
    with_roster(course, *PEOPLE, header="id,name,email")
    extend(course, course.weeks[0], "ben", "1d", "ill", ON_TIME)
    monkeypatch.chdir(course.root)
    ran = CliRunner().invoke(cli.app, ["autograder", "gradescope", "1", "--show", "due"])
    assert ran.exit_code == 0, ran.output
    path = course.class_folder / "autograder" / "week01-gradescope.zip"
    assert "It holds the solutions" in ran.output
    assert "no address: ben" in " ".join(ran.output.split())
    with zipfile.ZipFile(path) as packed:
        parcel = json.loads(packed.read("autograder.json"))
    assert (parcel["show"], parcel["sandboxed"]) == ("after_due_date", True)


def test_a_week_that_is_not_released_has_no_zip(tmp_path):
    course = two_notebooks(tmp_path / "course")
    with pytest.raises(CourseError, match="run gradelib release 1"):
        write_gradescope(course, course.weeks[0], tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()
