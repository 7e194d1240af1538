"""Every command that students are told is run in a fresh bundle, as it stands there.

A command is what stands in backticks or in a fence of the shell and begins with one of PROGRAMS,
and a line of a code cell that begins with ! or % (of a fence of sh jupytext makes such a cell).
What cannot be run here is listed with the reason, and with a check of another kind; what ends with
1 where nothing was answered yet, with the words by which it says so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from gradelib.student.notebook_files import open_notebook
from gradelib.teacher.course import CLASS, Course
from gradelib.teacher.package import copy
from gradelib.teacher.release.bundle import make_bundle

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = (
    "python", "python3", "py", "pip", "conda", "mamba", "uv", "jupyter", "gradelib", "nbgrader",
    "make", "git", "cd", "source", "unzip", "curl", "wget", "pytest",
)  # fmt: skip
BEGINS = re.compile(rf"(?:{'|'.join(PROGRAMS)})\s+\S")
FENCE = re.compile(r"^[ ]*```(\w*)[^\n]*\n(.*?)^[ ]*```", re.MULTILINE | re.DOTALL)
SHELLS = ("sh", "bash", "shell", "console", "powershell", "")
STANDS_FOR = {"YOUR-ID": "ana", "your-id": "ana"}


def commands(markdown: str) -> Iterator[str]:
    """Yield the commands of a page; a fence of a shell that holds something else is an error."""
    for language, block in FENCE.findall(markdown):
        for line in block.splitlines() if language in SHELLS else ():
            command = line.partition(" #")[0].strip()
            if language and command and not BEGINS.match(command):
                raise ValueError(f"this is no command that the tests know: {command!r}")
            if BEGINS.match(command):
                yield command
    for text in re.findall(r"`([^`\n]+)`", FENCE.sub("", markdown)):
        if BEGINS.match(text):
            yield text


def of_notebook(path: Path) -> Iterator[str]:
    for cell in open_notebook(path).cells:
        if cell.cell_type == "markdown":
            yield from commands(cell.source)
        else:
            yield from (line for line in cell.source.splitlines() if re.match(r"\s*[!%]+\w", line))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """The folder that a student unpacks in the last week, with all notebooks."""
    folder = tmp_path_factory.mktemp("told")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CLASS, str(folder / "class"))
        course = Course.find(ROOT)
    for week in course.weeks:  # as `gradelib release` does, which is tested where it belongs
        for name in week.notebooks:
            copy(
                ROOT / "notebooks" / f"{name}.ipynb",
                course.class_folder / "release" / week.name / f"{name}.ipynb",
            )
    first, last = make_bundle(course, course.weeks[0]), make_bundle(course, course.weeks[-1])
    shutil.unpack_archive(last, folder)
    shutil.copy(first, folder / last.stem / "new-bundle.zip")  # whichever the student was given
    return folder / last.stem


@pytest.fixture(scope="module")
def told(bundle):
    """All commands, each with the pages that tell it."""
    pages = {path.name: list(of_notebook(path)) for path in sorted(bundle.glob("*.ipynb"))}
    pages["README.md"] = list(commands((bundle / "README.md").read_text(encoding="utf-8")))
    page = ROOT / "docs" / "student.md"
    pages["student.md"] = list(commands(page.read_text(encoding="utf-8")))
    found: dict[str, set[str]] = {}
    for name, lines in pages.items():
        for line in lines:
            found.setdefault(line, set()).add(name)
    return found


def in_bundle(folder: Path, command: str) -> subprocess.CompletedProcess:
    """Run a command in a folder with this Python; its `python` is the first word."""
    for placeholder, text in STANDS_FOR.items():
        command = command.replace(placeholder, text)
    program, *rest = command.split()
    start = (
        [sys.executable] if program == "python" else [str(Path(sys.executable).with_name(program))]
    )
    env = os.environ | {"HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [*start, *rest], cwd=folder, env=env, capture_output=True, text=True, input="ana\n"
    )


def environment(bundle: Path) -> dict:
    return yaml.safe_load((bundle / "environment.yml").read_text(encoding="utf-8"))


def names_a_file(bundle: Path, command: str) -> None:
    assert environment(bundle)["dependencies"], command


def names_the_environment(bundle: Path, command: str) -> None:
    assert command.split()[-1] == environment(bundle)["name"]


def has_the_program(bundle: Path, command: str) -> None:
    assert in_bundle(bundle, f"{command} --version").returncode == 0


def is_met_here(bundle: Path, command: str) -> None:
    """Without the network pip finds that all of it is there."""
    ran = in_bundle(bundle, command.replace("install", "install --dry-run --no-index"))
    assert ran.returncode == 0, ran.stderr
    assert "Would install" not in ran.stdout


Check = Callable[[Path, str], None]
CANNOT: dict[str, tuple[str, Check]] = {
    "conda env create -f environment.yml": ("conda needs the network", names_a_file),
    "conda activate transformers-to-llms": ("needs what conda made", names_the_environment),
    "jupyter lab": ("a server that does not end", has_the_program),
    "python -m pip install -r requirements.txt": ("pip needs the network", is_met_here),
}
# Commands that end with 1 in a fresh bundle, since they ask whether all has passed: what they must
# say then. Any other command ends with 0.
NOTHING_PASSED_YET = {
    "python -m gradelib checks 00_start_here.ipynb 01_tokenization.ipynb": (
        "00_start_here: 0 of ",
        "01_tokenization: 0 of ",
    ),
}


def test_every_command_runs_in_a_fresh_bundle(bundle, told, tmp_path):
    assert len(told) > len(CANNOT) + 5
    for number, command in enumerate(sorted(told.keys() - CANNOT.keys())):
        folder = tmp_path / str(number) / bundle.name
        shutil.copytree(bundle, folder)
        assert command.split()[0] == "python", (told[command], command, "a bundle has no other")
        ran = in_bundle(folder, command)
        must_say = NOTHING_PASSED_YET.get(command, ())
        code = 1 if must_say else 0
        assert ran.returncode == code, (told[command], command, ran.stdout, ran.stderr)
        assert [words for words in must_say if words not in ran.stdout] == []
        assert "Traceback" not in ran.stderr


def test_what_ends_with_1_is_told(told):
    assert [command for command in NOTHING_PASSED_YET if command not in told] == []


@pytest.mark.parametrize("command", CANNOT)
def test_what_cannot_be_run_is_told_and_checked_in_another_way(bundle, told, command):
    assert command in told
    _, check = CANNOT[command]
    check(bundle, command)


def test_all_that_a_student_can_do_is_told(told):
    lines = " ".join(told)
    for name in ("doctor", "submit", "progress", "checks", "reset", "update"):
        assert f"python -m gradelib {name}" in lines


def test_no_text_that_ships_tells_a_command_that_a_bundle_does_not_have(bundle):
    """A bundle is not installed: it has no program `gradelib`."""
    names = "doctor|submit|progress|checks|reset|update|models"
    bare = re.compile(rf"(?<!-m )(?<![\w.])gradelib (?:{names}) ")
    texts = [*bundle.rglob("*.md"), *bundle.glob("*.ipynb"), ROOT / "docs" / "student.md"]
    assert [p.name for p in texts if bare.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("Write `python -m gradelib doctor` there.", ["python -m gradelib doctor"]),
        ("`softmax` and `python` alone are none.", []),
        (
            "```sh\nconda activate x  # once\n\njupyter lab\n```",
            ["conda activate x", "jupyter lab"],
        ),
        ("```\ngradelib submit a.ipynb\n```", ["gradelib submit a.ipynb"]),
        ("```python\ngit = 1\n```", []),
        ("```\na table of something\n```", []),
    ],
)
def test_what_counts_as_a_command(page, found):
    assert list(commands(page)) == found


def test_a_shells_fence_with_a_program_that_is_not_known_is_an_error():
    with pytest.raises(ValueError, match="no command that the tests know: 'brew install x'"):
        list(commands("```sh\nbrew install x\n```"))
