"""`submit()` says how to hand in from where the notebook runs, and what is in it."""

from __future__ import annotations

from dataclasses import replace

import nbformat
import pytest

from gradelib import submit
from gradelib.checking import session
from gradelib.checking.tags import NotebookTag
from gradelib.student import submit as module
from tests.student.pretend_bundle import NAME, TOPIC, blank, worked_on


@pytest.fixture
def notebook():
    """Notebook 00 with two answers and some words, released for week 1."""
    made = worked_on()
    replace(NotebookTag.of(made), week="week01").put_into(made)
    return made


@pytest.fixture
def on_colab(monkeypatch):
    def pretend(notebook):
        data = None if notebook is None else nbformat.writes(notebook).encode()
        monkeypatch.setattr(module, "on_colab", lambda: True)
        monkeypatch.setattr(module, "own_notebook", lambda: data)

    return pretend


CONTENT = """\
- week: week01
- attempted (2): start_here.softmax, start_here.quiz_temperature
- still blank (2): start_here.most_likely, start_here.surprisal
- answered in words (1): start_here.reflect_temperature
"""


def test_on_colab_it_says_to_download_and_what_is_in_the_notebook(notebook, on_colab, capsys):
    on_colab(notebook)
    submit()
    said = capsys.readouterr().out
    assert "2. Choose File → Download → Download .ipynb." in said
    assert "python -m gradelib" not in said
    assert said.endswith(f"It holds:\n{CONTENT}")


def test_where_colab_does_not_say_the_checks_of_the_session_do(on_colab, capsys, monkeypatch):
    on_colab(None)
    status = {f"{TOPIC}.softmax": "failed", f"{TOPIC}.surprisal": "not attempted"}
    monkeypatch.setattr(session, "STATUS", status)
    submit()
    said = capsys.readouterr().out
    assert "Download .ipynb" in said
    assert said.endswith(
        "By the checks of this session:\n- attempted (1): start_here.softmax\n"
        "- still blank (1): start_here.surprisal\n"
    )


def test_a_long_list_is_broken_between_names(on_colab, capsys, monkeypatch):
    on_colab(None)
    names = [f"masks.exercise_{number}" for number in range(20)]
    monkeypatch.setattr(session, "STATUS", dict.fromkeys(names, "not attempted"))
    submit()
    lines = capsys.readouterr().out.partition("- still blank (20): ")[2].splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 90
    assert ", ".join(names) == " ".join(line.strip() for line in lines)


def test_on_a_computer_it_names_all_of_the_week_and_what_was_saved(
    notebook, tmp_path, capsys, monkeypatch
):
    nbformat.write(notebook, tmp_path / f"{NAME}.ipynb")
    other = blank()
    NotebookTag(topic="tokenization", week="week01").put_into(other)
    nbformat.write(other, tmp_path / "01_tokenization.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / f"{NAME}.ipynb"))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    submit()
    said = capsys.readouterr().out
    assert f"python -m gradelib submit {NAME}.ipynb 01_tokenization.ipynb --student" in said
    assert said.endswith(f"the receipt says:\n{CONTENT}")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_cannot_be_handed_in_is_said(tmp_path, capsys, monkeypatch):
    path = tmp_path / f"{NAME}.ipynb"
    path.write_text("half a notebook {")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    submit()
    assert "it cannot be handed in: 00_start_here.ipynb: " in capsys.readouterr().out


def test_where_the_file_is_not_known_it_says_the_line_all_the_same(capsys, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    submit()
    assert "python -m gradelib submit NOTEBOOK.ipynb" in capsys.readouterr().out
