"""The template repository for GitHub: its workflow is sound, and says which checks pass."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gradelib import cli
from gradelib.teacher.autograder.github import WORKFLOW, write_github
from gradelib.teacher.course import CourseError
from tests.teacher.gradescope_machine import FIRST, SECOND, solved, two_notebooks
from tests.teacher.small_course import ROOT, released_course

USES = re.compile(r"uses: (\S+@[0-9a-f]{40} # v[\d.]+)")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return released_course(two_notebooks, tmp_path_factory.mktemp("course") / "course")


@pytest.fixture(scope="module")
def template(course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("template") / "week01"
    write_github(course, course.weeks[0], folder)
    return folder


def program(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(name)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_workflow_is_of_githubs_form_and_sound(template):
    path = str(template / WORKFLOW)
    said = program("check-jsonschema", "--builtin-schema", "vendor.github-workflows", path)
    assert said.returncode == 0, said.stdout
    said = program("zizmor", "--offline", "--quiet", path)
    assert said.returncode == 0, said.stdout


def test_its_actions_are_pinned_as_the_projects_own_are(template):
    ours = {
        action
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for action in USES.findall(path.read_text(encoding="utf-8"))
    }
    text = (template / WORKFLOW).read_text(encoding="utf-8")
    assert text.count("uses:") == len(USES.findall(text)) == 2
    assert set(USES.findall(text)) <= ours


def step(template: Path) -> str:
    """Return the command of the step that runs the checks."""
    (command,) = re.findall(
        r"^ +(python -m gradelib checks .*?) \|", (template / WORKFLOW).read_text(), re.M
    )
    return command


def checked(template: Path, folder: Path, **notebooks: bytes) -> subprocess.CompletedProcess[str]:
    """Run the step in a student's clone of the template."""
    shutil.copytree(template, folder)
    for name, data in notebooks.items():
        (folder / f"{name}.ipynb").write_bytes(data)
    words = [sys.executable, *step(template).split()[1:]]
    env = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_the_checks_of_the_week_are_run_and_what_is_open_is_said(template, tmp_path):
    assert step(template).endswith(f"{FIRST}.ipynb {SECOND}.ipynb")
    wrong = "def softmax(logits, temperature=1.0):\n    return logits"
    ran = checked(template, tmp_path / "mine", **{FIRST: solved(FIRST, softmax=wrong)})
    assert ran.returncode == 1, ran.stderr
    assert re.search(r"✗ start_here.softmax +0 of \d", ran.stdout)
    assert re.search(r"✓ start_here.surprisal", ran.stdout)
    assert f"{SECOND}: 0 of" in ran.stdout
    assert "Traceback" not in ran.stderr


def test_all_right_is_well(template, tmp_path):
    ran = checked(template, tmp_path / "mine", **{n: solved(n) for n in (FIRST, SECOND)})
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_notebook_that_ends_its_python_and_one_that_is_none_are_said(template, tmp_path):
    ends = solved(FIRST, softmax="import os\nos._exit(3)")
    ran = checked(template, tmp_path / "mine", **{FIRST: ends, SECOND: b"{"})
    assert ran.returncode == 1
    assert f"{FIRST}.ipynb: its Python ended while it ran (exit code 3)" in ran.stdout
    assert f"{SECOND}.ipynb cannot be read" in ran.stdout


def test_a_second_time_it_renews_and_leaves_what_else_lies_there(course, tmp_path):
    folder = tmp_path / "week01"
    write_github(course, course.weeks[0], folder)
    for name in (".git/config", "notes.md", "gradelib/old.py", ".github/workflows/own.yml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    write_github(course, course.weeks[0], folder)
    assert (folder / ".git" / "config").is_file()
    assert (folder / "notes.md").is_file()
    assert (folder / ".github" / "workflows" / "own.yml").is_file()
    assert not (folder / "gradelib" / "old.py").exists()


def test_a_folder_of_something_else_is_refused(course, tmp_path):
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(CourseError, match="holds something else"):
        write_github(course, course.weeks[0], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_week_that_is_not_released_has_no_template(course, tmp_path):
    shutil.move(course.class_folder / "bundles", tmp_path / "bundles")
    try:
        with pytest.raises(CourseError, match="run gradelib release 1"):
            write_github(course, course.weeks[0], tmp_path / "new")
    finally:
        shutil.move(tmp_path / "bundles", course.class_folder / "bundles")


def test_the_command_names_the_folder(course, monkeypatch):
    monkeypatch.chdir(course.root)
    ran = CliRunner().invoke(cli.app, ["autograder", "github", "1"])
    assert ran.exit_code == 0, ran.output
    folder = course.class_folder / "autograder" / "small-week01-github"
    assert (folder / WORKFLOW).is_file()
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert f"python -m gradelib checks {FIRST}.ipynb {SECOND}.ipynb" in readme
