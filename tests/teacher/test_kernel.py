"""The kernel that runs a submission: what it is told, what is cut off, and what it leaves out."""

import pytest

from gradelib.sandbox.confine import available
from gradelib.teacher.course import Limits
from gradelib.teacher.kernels.run import Work, run
from tests.teacher.small_course import ROOT

REASONS = available()


def ran(*cells: str, **limits: float):
    limited = Limits(**{"cell_seconds": 20, **limits})
    return run(Work(dict(enumerate(cells)), {}, {}, limited, sandboxed=not REASONS))


def texts(outputs) -> str:
    return "".join(str(o.get("text", o.get("evalue", ""))) for o in outputs)


def test_a_flood_of_output_is_cut_off():
    outputs = ran("for _ in range(20000): print('x' * 100)", output_kilobytes=20).outputs[0]
    assert len(texts(outputs)) < 60_000
    assert "the rest was left out" in texts(outputs)


def test_the_kernel_knows_nothing_of_the_teacher(monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "1234")
    result = ran(
        "import os; print(os.environ.get('SECRET_TOKEN'), os.path.basename(os.getcwd()))",
        "import gradelib; print(gradelib.__file__)",
        "import gradelib.teacher.grade.exam",
        "import solutions",
    )
    assert texts(result.outputs[0]).startswith("None gradelib-")
    assert str(ROOT) not in texts(result.outputs[1])
    assert "No module named 'gradelib.teacher'" in texts(result.outputs[2])
    assert "No module named 'solutions'" in texts(result.outputs[3])


def test_cells_in_the_wrong_order_are_run_once_more_at_the_end():
    result = ran("print(square(3))", "def square(x: Number): return x * x", "Number = int")
    assert texts(result.outputs[0]) == "9\n"


@pytest.mark.skipif(bool(REASONS), reason=f"nothing is counted without a sandbox: {REASONS}")
def test_the_cell_that_filled_the_disk_is_given_up_and_no_later_one():
    fills = "for name in 'abc': open(name, 'wb').write(bytes(9_900_000))"
    result = ran(fills, "1 + 1", disk_megabytes=20)
    assert result.stopped == {0: "the kernel died: it wrote more than 20 MB"}
    assert result.outputs[1][0]["data"]["text/plain"] == "2"


def test_when_no_kernel_is_left_everything_has_a_reason():
    result = ran(*["import os; os._exit(1)"] * 8, "x = 1")
    assert "the kernel died" in texts(result.outputs[0])
    assert "not run" in result.stopped[8]
