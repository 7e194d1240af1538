"""The first cell of a notebook on a computer that looks like Colab: google.colab is pretended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gradelib.author import setup_cell
from gradelib.author.setup_cell import setup_source
from gradelib.sandbox import stand_ins
from gradelib.student import colab
from gradelib.student.requirements import Need

ROOT = Path(__file__).resolve().parents[2]
GIT = "gradelib @ git+https://example.org/course"
# What pip is asked is written down; a package that is installed is one that can be imported.
PIP = """\
import os, sys
from pathlib import Path
with open(os.environ["ASKED"], "a") as file:
    file.write(" ".join(sys.argv[1:]) + "\\n")
if "gradelib" in sys.argv[-1]:
    exec(os.environ["PUT"])
"""
WITHOUT_GRADELIB = """\
import sys
sys.meta_path = [f for f in sys.meta_path if "Redirecting" not in getattr(f, "__name__", "")]
sys.path = [p for p in sys.path if p != {root!r}]
"""


def source(tmp_path: Path, install: str = "") -> str:
    (tmp_path / "course.toml").write_text(
        f'title = "c"\nname = "c"\n[colab]\ninstall = "{install}"\n'
        '[[weeks]]\nnumber = 1\ntitle = "w"\nnotebooks = ["00_start_here"]\n'
    )
    return setup_source(tmp_path)


def bundle(folder: Path, week: int = 1) -> None:
    """Write the zip that a student uploads: a gradelib that says that it was found."""
    name = f"course-week{week:02}"
    package = folder / "made" / name / "gradelib"
    (package / "student").mkdir(parents=True)
    (package / "__init__.py").write_text(f"check, hint, progress = 'week {week}', None, None\n")
    (package / "student" / "__init__.py").touch()
    (package / "student" / "colab.py").write_text(
        "def install_what_is_missing():\n    print('looked')\n"
    )
    shutil.make_archive(str(folder / name), "zip", folder / "made", name)
    shutil.rmtree(folder / "made")


def run_setup(code: str, folder: Path, is_colab: bool = True) -> subprocess.CompletedProcess:
    """Run the cell in a new Python that has no gradelib, in `folder`."""
    fake = folder.parent / "fake"
    for name in ("google/colab/__init__.py",) if is_colab else ():
        (fake / name).parent.mkdir(parents=True, exist_ok=True)
        (fake / name).touch()
    (fake / "pip").mkdir(parents=True, exist_ok=True)
    (fake / "pip" / "__main__.py").write_text(PIP)
    (fake / "pip" / "__init__.py").touch()
    (fake / "sitecustomize.py").write_text(WITHOUT_GRADELIB.format(root=str(ROOT)))
    put = f"p = Path({str(fake)!r}, 'gradelib', 'student'); p.mkdir(parents=True)\n"
    put += "(p.parent / '__init__.py').write_text('check = hint = progress = 1\\n')\n"
    put += "(p / '__init__.py').touch()\n"
    put += "(p / 'colab.py').write_text('def install_what_is_missing(): print(\"looked\")')"
    env = os.environ | {"PYTHONPATH": str(fake), "ASKED": str(folder / "asked"), "PUT": put}
    run = [sys.executable, "-c", f"{code}\nimport os\nprint(check, os.getcwd())"]
    return subprocess.run(run, cwd=folder, env=env, capture_output=True, text=True)


@pytest.fixture
def content(tmp_path):
    """The folder in which Colab works."""
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def test_without_the_zip_it_says_how_to_upload_one(tmp_path, content):
    ran = run_setup(source(tmp_path), content)
    assert ran.returncode == 1
    said = ran.stderr.splitlines()[-1]
    assert said.startswith("ImportError: the course's files are not here yet. Click on the folder")
    assert "Colab takes no folders" in said
    assert "JupyterLab" not in said


@pytest.mark.parametrize("unpacked", [False, True])
def test_with_the_zip_it_unpacks_it_and_goes_there(tmp_path, content, unpacked):
    bundle(content)
    if unpacked:  # by the student
        shutil.unpack_archive(content / "course-week01.zip", content)
        (content / "course-week01.zip").unlink()
    ran = run_setup(source(tmp_path), content)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split("\n")[:2] == ["looked", f"week 1 {content / 'course-week01'}"]
    assert not (content / "asked").exists()


def test_of_two_weeks_the_last_one_counts(tmp_path, content):
    bundle(content, 2)
    bundle(content, 1)
    assert "week 2" in run_setup(source(tmp_path), content).stdout


def test_with_an_address_pip_is_asked_for_gradelib_alone(tmp_path, content):
    ran = run_setup(source(tmp_path, GIT), content)
    assert ran.returncode == 0, ran.stderr
    assert (content / "asked").read_text() == f"install --quiet --no-deps {GIT}\n"
    assert ran.stdout.startswith("looked")


@pytest.mark.parametrize("install", ["", GIT])
def test_elsewhere_it_installs_nothing_and_says_where_to_start(tmp_path, content, install):
    bundle(content)
    ran = run_setup(source(tmp_path, install), content, is_colab=False)
    assert ran.returncode == 1
    assert "start JupyterLab in their folder" in ran.stderr
    assert "Colab" not in ran.stderr.splitlines()[-1]
    assert not (content / "asked").exists()
    assert not (content / "course-week01").exists()


@pytest.mark.parametrize("install", ["", GIT])
def test_its_lines_are_not_cut_off(tmp_path, install):
    lines = source(tmp_path, install).splitlines()
    assert max(map(len, lines)) <= setup_cell.WIDTH


# --- what Colab needs beside gradelib -----------------------------------------------------------

HAS = [
    Need("torch", ">=2.7", "2.9.0+cu126"),
    Need("ipython", ">=7.34", "7.34.0"),
    Need("rich", ">=13.7", "13.9.4"),
]
TOO_OLD = Need("transformers", ">=5.0", "4.57.1")
MISSING = Need("datasets", ">=5.0")


def test_where_the_sandbox_stands_in_for_colab_nothing_is_fetched(monkeypatch, asked):
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, stand_ins._Colab()])
    for name in [name for name in sys.modules if name.split(".")[0] == "google"]:
        monkeypatch.delitem(sys.modules, name)
    colab.install_what_is_missing()
    assert asked == []
    sys.modules.pop("google", None)


@pytest.fixture
def asked(monkeypatch):
    """Pretend Colab's packages, and write down what pip is asked."""
    calls: list[list[str]] = []

    def run(command, **more):
        calls.append(command[1:])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(colab.subprocess, "run", run)
    monkeypatch.setattr(colab, "needs", lambda: [*HAS, TOO_OLD, MISSING])
    monkeypatch.setattr(colab, "unmet", lambda: [TOO_OLD, MISSING])
    monkeypatch.setattr(colab, "LOADED", ())
    return calls


def test_what_is_missing_is_installed_and_colabs_torch_and_ipython_stay(asked, capsys):
    colab.install_what_is_missing()
    install = ["-m", "pip", "install", "--quiet", "transformers>=5.0", "datasets>=5.0"]
    assert asked == [[*install, "torch==2.9.0+cu126", "ipython==7.34.0"]]
    assert "transformers, datasets" in capsys.readouterr().out


def test_where_nothing_is_missing_pip_is_not_asked(asked, monkeypatch, capsys):
    monkeypatch.setattr(colab, "unmet", list)
    colab.install_what_is_missing()
    assert (asked, capsys.readouterr().out) == ([], "")


def test_what_was_imported_before_needs_a_restart(asked, monkeypatch):
    monkeypatch.setattr(colab, "LOADED", ("sys",))
    with pytest.raises(ImportError, match="Restart session"):
        colab.install_what_is_missing()


def test_where_pip_fails_its_last_line_is_said(asked, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, "", "long\nERROR: no network\n")
    monkeypatch.setattr(colab.subprocess, "run", lambda *args, **more: failed)
    with pytest.raises(ImportError, match="transformers, datasets: ERROR: no network"):
        colab.install_what_is_missing()
