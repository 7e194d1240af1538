"""`make course` runs notebooks with the reference answers, and says what raises in them."""

from __future__ import annotations

import re

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.bench.notebooks import blank, main, run

pytestmark = pytest.mark.e2e


def test_a_notebook_runs_to_its_end_and_its_row_is_printed(capsys):
    assert main(["00"]) == 0
    head, row, last = capsys.readouterr().out.splitlines()
    assert head.split() == ["notebook", "seconds", "memory", "errors"]
    assert re.fullmatch(r"00_start_here +\d+ +[1-9]\d+ MB +0", row)
    assert re.fullmatch(r"all +\d+ +0", last)


def test_an_unknown_notebook_says_which_there_are(capsys):
    assert main(["00", "99"]) == 2
    assert capsys.readouterr().out.startswith("no notebook 99; there are 00_start_here, 01_")


def test_every_cell_that_raises_is_named_and_the_others_run():
    cells = [new_code_cell("1 / 0", id="one"), new_code_cell("x = 1"), new_code_cell("y", id="two")]
    ran = run(new_notebook(cells=cells))
    assert ran.errors == (
        "one: ZeroDivisionError: division by zero",
        "two: NameError: name 'y' is not defined",
    )
    assert ran.megabytes > 1


def test_a_kernel_that_dies_is_an_error():
    ran = run(new_notebook(cells=[new_code_cell("import os\nos._exit(3)")]))
    assert ran.megabytes is None
    (error,) = ran.errors
    assert error.startswith("stopped: ")


def test_a_check_that_does_not_pass_is_an_error():
    errors = run(blank("00_start_here"), all_pass=True).errors
    assert any(error.startswith("check-start_here-softmax: CheckFailed") for error in errors)
