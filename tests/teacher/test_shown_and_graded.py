"""What the notebook calls passed is passed in the grade, whatever stands beside the right answers.

Right answers, and beside them what only the student's computer has, or what binds a name again:
above the answer, in its cell, and below its check. All points must be there, and the table says
what differed.
"""

from __future__ import annotations

import random

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from gradelib.teacher.grade.grading import Line, grade
from gradelib.teacher.grade.options import GradingOptions
from tests.teacher.small_course import (
    NAME,
    TOPIC,
    answered,
    cell_of,
    changed,
    released_course,
    saved,
    small_course,
)

FULL = 7.0  # without what waits for a person
LINES = {  # that run at the student's and not where it is graded, or not in the same way
    "shell": "!pip install einops",
    "pip": "%pip install -q einops",
    "conda": "%conda install einops",
    "shell_output": "files = !ls /content",
    "shell_cell_by_magic": "get_ipython().run_cell_magic('bash', '', 'ls')",
    "module_of_theirs": "import seaborn_of_mine as sns",
    "name_of_their_module": "from my_own_module import helper",
    "input": "name = input('Your name? ')",
    "number_from_input": "number = int(input('How many? '))",
    "password": "import getpass\nkey = getpass.getpass()",
    "colab_drive": "from google.colab import drive\ndrive.mount('/content/drive')",
    "colab_files": "from google.colab import files\nfor name in files.upload().keys(): pass",
    "colab_secret": "import os\nfrom google.colab import userdata\n"
    "os.environ['A_TOKEN'] = userdata.get('A_TOKEN')",
    "colab_output": "import google.colab.output\ngoogle.colab.output.clear()",
    "colab_folder": "import os\nos.chdir('/content/drive/MyDrive')",
    "exit": "exit()",
    "quit": "quit",
    "sys_exit": "import sys\nsys.exit()",
    "doctor": "from gradelib import doctor\ndoctor()",
    "process": "import subprocess\nsubprocess.run(['nvidia-smi'], check=True)",
    "processes": "import multiprocessing\nmultiprocessing.Pool(2).map(abs, [1, 2])",
    "system": "import os\nos.system('nvidia-smi')",
    "widgets": "%matplotlib widget",
    "extension": "%load_ext nb_black",
    "another_notebook": "%run helpers.ipynb",
    "file_of_theirs": "notes = open('notes.txt').read()",
    "download": "import urllib.request\nurllib.request.urlopen('https://example.org')",
    "error": "raise RuntimeError('to be mended later')",
    "unknown_name": "a_name_from_another_session + 1",
    "shapes": "torch.ones(3) @ torch.ones(4)",
    "crash": "import os\nos._exit(1)",
    "compiler": "torch.compile(lambda x: x, mode='max-autotune')(torch.ones(3))",
    "folder": "import os\nos.makedirs('work', exist_ok=True)\nos.chdir('work')",
}
REBINDINGS = {  # below the check
    "import": "from torch import softmax as NAME",
    "module": "import math as NAME",
    "loop": "for NAME in range(3):\n    pass",
    "deleted": "del NAME",
    "old_attempt": "def NAME(*arguments):\n    return 0",
    "class": "class NAME:\n    pass",
    "value": "NAME = None",
    "pair": "NAME, other = 1, 2",
    "exception": "try:\n    1 / 0\nexcept ZeroDivisionError as NAME:\n    pass",
    "with": "import contextlib\nwith contextlib.nullcontext(3) as NAME:\n    pass",
    "walrus": "(NAME := 3)",
    "global": "def spoil():\n    global NAME\n    NAME = 3\nspoil()",
    "globals": "globals()['NAME'] = 3",
    "reset": "%reset -f",
}
FUNCTIONS = ("most_likely", "softmax", "surprisal", "quiz_temperature")


def put(cells: list[NotebookNode], place: str, function: str, line: str) -> None:
    answer = cell_of(cells, "answer", function)
    if place == "above":
        cells.insert(cells.index(answer), new_code_cell(line))
    elif place == "first":
        answer.source = f"{line}\n{answer.source}"
    elif place == "last":
        answer.source = f"{answer.source}\n{line}"
    else:
        below = cells.index(cell_of(cells, "check", function)) + 1
        cells.insert(below, new_code_cell(line.replace("NAME", function)))


def with_line(line: str) -> NotebookNode:
    """Put a line above one answer, into the cells of others, and below a check."""

    def change(cells):
        for place, function in zip(("above", "first", "last", "below"), FUNCTIONS, strict=True):
            put(cells, place, function, line)

    return changed(change)


def rebound(line: str) -> NotebookNode:
    def change(cells):
        for function in FUNCTIONS:
            put(cells, "below", function, line)

    return changed(change)


def mixed(seed: int) -> NotebookNode:
    chance = random.Random(seed)

    def change(cells):
        for function in FUNCTIONS:
            for place in ("above", "first", "last", "below"):
                put(cells, place, function, chance.choice(sorted(LINES.values())))
            put(cells, "below", function, chance.choice(sorted(REBINDINGS.values())))

    return changed(change)


def check_in_the_answers_cell(cells: list[NotebookNode]) -> None:
    """As who writes the check below the function, and then goes on trying."""
    for function in FUNCTIONS:
        answer, check = (cell_of(cells, kind, function) for kind in ("answer", "check"))
        answer.source = f"{answer.source}\n\ncheck('{TOPIC}.{function}')"
        cells.remove(check)
        cells.insert(cells.index(answer) + 1, new_code_cell(f"{function} = None"))


def checked_twice(cells: list[NotebookNode]) -> None:
    """A first attempt, its check, a second one, its check again."""
    answer, check = (cell_of(cells, kind, "softmax") for kind in ("answer", "check"))
    place = cells.index(answer)
    first = new_code_cell("def softmax(logits, temperature=1.0):\n    return logits")
    cells[place:place] = [first, new_code_cell(check.source)]


def answered_below_the_check(cells: list[NotebookNode]) -> None:
    answer = cell_of(cells, "answer", "softmax")
    cells.remove(answer)
    cells.append(answer)


def compared_in_its_cell(cells: list[NotebookNode]) -> None:
    """What an exercise must do without, used beside the answer to compare with."""
    answer = cell_of(cells, "answer", "softmax")
    answer.source += (
        "\ntorch.testing.assert_close(torch.softmax(torch.ones(3), -1), torch.ones(3) / 3)"
    )


def imports_beside_what_is_missing(cells: list[NotebookNode]) -> None:
    """One import that only the student has, above one that the answers need."""
    cells.insert(0, new_code_cell("import seaborn_of_mine\nimport torch as t"))
    answer = cell_of(cells, "answer", "softmax")
    answer.source = answer.source.replace("torch.", "t.")


def compiled(cells: list[NotebookNode]) -> None:
    """As a decorator, as one with settings, and below the answer."""
    decorators = {"most_likely": "@torch.compile", "softmax": "@torch.compile(fullgraph=True)"}
    for function, line in decorators.items():
        answer = cell_of(cells, "answer", function)
        answer.source = f"{line}\n{answer.source}"
    put(cells, "last", "surprisal", "surprisal = torch.compile(surprisal)")


NOTEBOOKS = {
    **{f"line_{name}": with_line(line) for name, line in LINES.items()},
    **{f"rebound_{name}": rebound(line) for name, line in REBINDINGS.items()},
    **{f"mixed_{seed}": mixed(seed) for seed in range(8)},
    **{
        change.__name__: changed(change)
        for change in (
            check_in_the_answers_cell,
            checked_twice,
            answered_below_the_check,
            compared_in_its_cell,
            imports_beside_what_is_missing,
            compiled,
        )
    },
    "helper": changed(
        lambda cells: put(cells, "first", "softmax", "from helper import largest"),
    ),
}


@pytest.fixture(scope="module")
def lines(tmp_path_factory) -> dict[str, Line]:
    course = released_course(small_course, tmp_path_factory.mktemp("shown") / "course")
    for student, notebook in NOTEBOOKS.items():
        place = course.class_folder / "submitted" / student / "week01"
        place.mkdir(parents=True)
        (place / f"{NAME}.ipynb").write_bytes(saved(notebook))
    helper = course.class_folder / "submitted" / "helper" / "week01" / "helper.py"
    helper.write_text("def largest(values):\n    return values.amax(-1, keepdim=True)\n")
    options = GradingOptions(jobs=2)
    graded = grade(course, course.weeks[0], options=options, progress=lambda done: None)
    return {line.student: line for line in graded}


@pytest.mark.parametrize("student", NOTEBOOKS)
def test_right_answers_have_their_points_whatever_stands_beside_them(student, lines):
    assert (lines[student].status, lines[student].points) == ("graded", FULL), lines[student]


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("line_shell", "shell lines did nothing: !pip install einops"),
        ("line_pip", "shell lines did nothing: %pip install -q einops"),
        ("line_input", "nobody was there to answer input()"),
        ("line_colab_drive", "this did nothing: google.colab.drive.mount"),
        ("line_exit", "this did nothing: exit()"),
        ("compiled", "this did nothing: torch.compile"),
        ("line_process", "processes were refused"),
        ("line_crash", "given up: the cell"),
        ("line_module_of_theirs", "No module named 'seaborn_of_mine'"),
        ("rebound_import", "bound again below the check: most_likely, softmax"),
        ("rebound_loop", "bound again below the check"),
        ("rebound_deleted", "bound again below the check"),
    ],
)
def test_the_table_says_what_differed_from_what_the_student_saw(student, words, lines):
    assert any(words in remark for remark in lines[student].remarks), lines[student].remarks


def test_no_notebook_fills_the_table(lines):
    assert max(len(line.remarks) for line in lines.values()) <= 13
    assert max(len(remark) for line in lines.values() for remark in line.remarks) < 400


def test_where_the_notebook_said_passed_and_nothing_is_given_the_table_asks(tmp_path):
    course = released_course(small_course, tmp_path / "course")
    wrong = answered(softmax="def softmax(logits, temperature=1.0):\n    return logits")
    text = f"✓ passed  {TOPIC}.softmax  3 of 3 points"
    html = f'<div data-status="passed"><code>{TOPIC}.softmax</code></div>'
    kept = {"gradelib": {"exercise": f"{TOPIC}.softmax", "status": "passed"}}
    for student, data, metadata in (
        ("by_text", {"text/plain": text}, {}),
        ("by_html", {"text/html": html, "text/plain": "…"}, {}),
        ("by_metadata", {"text/plain": "…"}, kept),
        ("silent", {"text/plain": f"✗ failed  {TOPIC}.softmax"}, {}),
    ):
        check = cell_of(wrong.cells, "check", "softmax")
        check.outputs = [new_output("execute_result", data, metadata=metadata, execution_count=1)]
        place = course.class_folder / "submitted" / student / "week01"
        place.mkdir(parents=True)
        (place / f"{NAME}.ipynb").write_bytes(saved(wrong))
    lines = {line.student: line for line in grade(course, course.weeks[0], progress=lambda d: None)}
    asked = {s for s, line in lines.items() if any("please look" in r for r in line.remarks)}
    assert asked == {"by_text", "by_html", "by_metadata"}
    assert {line.points for line in lines.values()} == {4.0}
