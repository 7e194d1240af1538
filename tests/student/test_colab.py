"""The first cell of a notebook on a computer that looks like Colab: google.colab is pretended."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import types

import pytest

from gradelib.author import setup_cell
from gradelib.sandbox import stand_ins
from gradelib.student import colab
from gradelib.student.handed_out import HandedOut
from gradelib.student.requirements import Need
from tests.student.pretend_colab import (
    ADDRESS,
    ASKED,
    bundle,
    run_setup,
    source,
)


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
    assert said.startswith("ImportError: The course's files are not here yet. Click on the folder")
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
    looked = "looked at 00_start_here"
    assert ran.stdout.split("\n")[:2] == [looked, f"week 1 {content / 'course-week01'}"]
    assert not (content / "asked").exists()


@pytest.mark.parametrize("install", ["", ADDRESS])
def test_with_the_zip_for_colab_pip_installs_the_wheel_in_it(tmp_path, content, install):
    """What was uploaded counts more than an address."""
    bundle(content, wheel=True)
    (content / "course-week01-colab.zip").rename(content / "week 1 (2).zip")
    ran = run_setup(source(tmp_path, install), content)
    assert ran.returncode == 0, ran.stderr
    folder = content / "course-week01-colab"
    wheel = folder / ADDRESS.rpartition("/")[2]
    assert (content / "asked").read_text() == f"{ASKED} {wheel}\n"
    assert ran.stdout.startswith(f"looked at 00_start_here\n1 {folder}")


def test_of_two_weeks_the_last_one_counts(tmp_path, content):
    bundle(content, 2)
    bundle(content, 1)
    assert "week 2" in run_setup(source(tmp_path), content).stdout


def test_a_week_that_is_uploaded_later_counts_after_a_restart(tmp_path, content):
    bundle(content, 1, wheel=True)
    assert run_setup(source(tmp_path), content).returncode == 0
    bundle(content, 2, wheel=True)
    ran = run_setup(source(tmp_path), content)
    assert (content / "asked").read_text().count(ASKED) == 2
    assert str(content / "course-week02-colab") in ran.stdout


def test_with_an_address_pip_is_asked_for_gradelib_alone(tmp_path, content):
    ran = run_setup(source(tmp_path, ADDRESS), content)
    assert ran.returncode == 0, ran.stderr
    assert (content / "asked").read_text() == f"{ASKED} {ADDRESS}\n"
    assert ran.stdout.startswith("looked")
    assert run_setup(source(tmp_path, ADDRESS), content).returncode == 0
    assert (content / "asked").read_text().count(ASKED) == 1  # once in a session


def test_where_pip_cannot_get_it_its_words_are_said_and_what_to_do(tmp_path, content):
    ran = run_setup(source(tmp_path, ADDRESS), content, pip_says="ERROR: 404 for that address")
    assert ran.returncode == 1
    said = ran.stderr[ran.stderr.index("ImportError:") :]
    assert said.startswith("ImportError: ERROR: 404 for that address\nThe course's files are not")
    assert "choose the zip that your teacher handed out" in said


@pytest.mark.parametrize("install", ["", ADDRESS])
def test_elsewhere_it_installs_nothing_and_says_where_to_start(tmp_path, content, install):
    bundle(content)
    ran = run_setup(source(tmp_path, install), content, is_colab=False)
    assert ran.returncode == 1
    assert "start JupyterLab in their folder" in ran.stderr
    assert "Colab" not in ran.stderr.splitlines()[-1]
    assert not (content / "asked").exists()
    assert not (content / "course-week01").exists()


@pytest.mark.parametrize("install", ["", ADDRESS, f"https://example.org/{'a' * 90}/{ADDRESS[27:]}"])
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
    monkeypatch.setattr(colab, "handed_out_with", lambda: HandedOut("week01", ()))
    colab.prepare("00_start_here")
    colab.install_what_is_missing()
    assert colab.own_notebook() is None
    assert asked == []
    sys.modules.pop("google", None)


@pytest.mark.parametrize("week", [None, HandedOut("week02", ("00_start_here", "02_masks"))])
def test_a_notebook_of_the_week_or_of_an_earlier_one_is_prepared(monkeypatch, asked, week):
    monkeypatch.setattr(colab, "handed_out_with", lambda: week)
    colab.prepare("00_start_here")
    assert len(asked) == 1


def test_files_of_an_earlier_week_are_refused_and_it_says_what_to_upload(monkeypatch, asked):
    monkeypatch.setattr(colab, "handed_out_with", lambda: HandedOut("week01", ("00_start_here",)))
    with pytest.raises(ImportError, match=r"those of week01, before 02_masks.*Upload the zip that"):
        colab.prepare("02_masks")
    assert asked == []


@pytest.mark.parametrize(
    ("answer", "found"),
    [({"ipynb": {"cells": []}}, b'{"cells": []}'), (None, None), ({"other": 1}, None)],
)
def test_colab_is_asked_for_the_notebook_as_it_is_now(monkeypatch, answer, found):
    message = types.SimpleNamespace(blocking_request=lambda name, timeout_sec: answer)
    monkeypatch.setitem(sys.modules, "google.colab._message", message)
    monkeypatch.setattr(colab, "_is_stand_in", lambda: False)
    assert colab.own_notebook() == found
    assert found is None or json.loads(found) == answer["ipynb"]


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
