"""A question goes beside the cell that it follows: whose doing is it when something ends?"""

import pytest

from gradelib.sandbox.confine import available
from gradelib.teacher.course import Limits
from gradelib.teacher.kernels.run import Work, run

REASONS = available()
pytestmark = pytest.mark.skipif(bool(REASONS), reason=f"nothing is forked here: {REASONS}")
NAME = "start_here.a"
SERVES = """
from gradelib.sandbox import questions
def serve(request, names, *_):
    {}
    return request, ""
questions.serve = serve
"""


def asked(cell: str, then: str = "pass", seconds: float = 1.0, **limits: float):
    """Run the cell and ask beside it; the kernel sends the request back, after `then`."""
    limited = Limits(**{"cell_seconds": 20, **limits})
    work = Work(
        {0: SERVES.format(then), 1: cell, 3: "'the next'"},
        {NAME: b"asked"},
        {NAME: seconds},
        limited,
        places={NAME: (2,)},
        needs={NAME: (1,)},
    )
    return run(work)


def packed(ran) -> list[bytes | str]:
    return [reply.packed for reply in ran.replies[NAME]]


def shown(ran, position: int = 1) -> str:
    outputs = ran.outputs[position]
    return "".join(str(o.get("text") or o.get("data") or o.get("evalue")) for o in outputs)


@pytest.mark.parametrize(
    "cell",
    [
        "print('mine')",
        "print('mine'); get_ipython().payload_manager.write_payload({'source': 'page'})",
        "print('mine'); import sys; sys.stdout = None",
    ],
)
def test_a_cell_shows_what_it_showed_and_its_question_is_answered(cell):
    ran = asked(cell, then="print('of the answer')")
    assert (packed(ran), shown(ran), ran.stopped) == ([b"asked"], "mine\n", {})
    assert "the next" in shown(ran, 3)


def test_a_cell_with_an_error_is_asked_about_all_the_same():
    ran = asked("1/0")
    assert (packed(ran)[0], ran.outputs[1][-1]["ename"]) == (b"asked", "ZeroDivisionError")


@pytest.mark.parametrize(
    ("then", "why"),
    [
        ("import os; os._exit(3)", "the kernel died: it left with status 3"),
        ("get_ipython().ask_exit()", "it ended the kernel"),
        ("exec('while True: pass')", "it took longer than 6 seconds"),
    ],
)
def test_what_ends_in_a_question_is_the_questions(then, why):
    ran = asked("print('mine')", then)
    assert packed(ran)[0].startswith(f"while this was checked: {why}")
    assert (shown(ran), ran.stopped) == ("mine\n", {})
    assert "the next" in shown(ran, 3)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("import os; os._exit(3)", "the kernel died: it left with status 3"),
        ("get_ipython().ask_exit()", "it ended the kernel"),
        ("while True: pass", "it took longer than 2 seconds"),
        (
            "for name in 'abc': open(name, 'wb').write(bytes(9_900_000))",
            "the kernel died: it wrote more than 20 MB",
        ),
        (
            "kernel = get_ipython().kernel\n"
            "kernel.session.send(kernel.iopub_socket, 'stream', {'text': 'x' * 20_000_000})",
            "it sent a message of more than 16 MB",
        ),
    ],
)
def test_what_ends_in_a_cell_is_the_cells_and_the_question_is_asked_without_it(cell, why):
    ran = asked(cell, cell_seconds=2, disk_megabytes=20)
    assert ran.stopped[1].startswith(why)
    assert {*packed(ran)} == {b"asked"}


def test_disk_that_a_cell_took_is_the_cells_also_where_it_is_seen_late():
    """The zygote looks ten times a second: it may find it while the question is answered."""
    fills = "for name in 'abc': open(name, 'wb').write(bytes(9_900_000))"
    ran = asked(fills, then="import time; time.sleep(1)", disk_megabytes=20)
    assert ran.stopped == {1: "the kernel died: it wrote more than 20 MB"}


def test_a_cell_that_says_that_it_is_asked_ends_all_the_same():
    says = """
kernel = get_ipython().kernel
while True:
    kernel.session.send(kernel.iopub_socket, "gradelib_asked", {}, kernel.get_parent())
"""
    ran = asked(says, seconds=2)
    assert "longer than 7 seconds" in packed(ran)[0] or "256 MB" in packed(ran)[0]
    assert "the next" in shown(ran, 3)
