"""The kernel that runs a submission: what it is told, what is cut off, and what it leaves out."""

import re

import psutil
import pytest
from jupyter_client.session import json_packer

from gradelib.sandbox.confine import available
from gradelib.teacher.course import Limits
from gradelib.teacher.kernels import clock, workspace
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


def test_what_is_printed_stays_around_what_is_shown():
    shows = "from IPython.display import display\nimport sys\nprint('one')\n"
    shows += "print('two', file=sys.stderr)\ndisplay({'three': 3})\nprint('four')"
    outputs = ran(shows).outputs[0]
    assert [o["output_type"] for o in outputs] == ["stream", "stream", "display_data"]
    assert [o["text"] for o in outputs[:2]] == ["one\nfour\n", "two\n"]  # as nbclient joins them


def test_what_threads_print_is_there():
    threads = (
        "import threading\ntold = [threading.Thread(target=print, args=(n,)) for n in 'abc']\n"
    )
    outputs = ran(threads + "[t.start() for t in told]; [t.join() for t in told];").outputs[0]
    assert sorted(texts(outputs).split()) == ["a", "b", "c"]


@pytest.mark.skipif(bool(REASONS), reason=f"nothing is forked without a sandbox: {REASONS}")
def test_the_cell_that_makes_its_kernel_deaf_is_named_and_no_later_one():
    result = ran("x = 1", "import sys\nsys.modules.clear()", "x + 1")
    assert list(result.stopped) == [1]
    assert result.outputs[2][0]["data"]["text/plain"] == "2"


BROKEN_STREAMS = [
    "import sys; sys.stdout = None",
    "import sys; sys.stdout = sys.stderr = 3",
    "import sys\nwith open('log.txt', 'w') as log:\n    sys.stdout = log",
    "import sys\nclass Quiet:\n    def write(self, text): pass\nsys.stdout = Quiet()",
]


@pytest.mark.skipif(bool(REASONS), reason="a fresh kernel has ipykernel's own ways")
@pytest.mark.parametrize("cell", BROKEN_STREAMS)
def test_a_stream_that_a_cell_breaks_is_whole_again_in_the_next_one(cell):
    result = ran(cell, "print(1)", "2")
    assert not result.stopped
    assert texts(result.outputs[1]) == "1\n"
    assert result.outputs[2][0]["data"] == {"text/plain": "2"}


@pytest.mark.skipif(bool(REASONS), reason="a fresh kernel has ipykernel's own ways")
def test_a_stream_that_a_cell_puts_in_place_stays():
    shown = ran("import io, sys; sys.stdout = io.StringIO()", "print(1)", "sys.stdout.getvalue()")
    assert texts(shown.outputs[1]) == ""
    assert shown.outputs[2][0]["data"] == {"text/plain": "'1\\n'"}


def test_processor_time_is_that_of_a_process_and_none_of_one_that_ended():
    own = psutil.Process().cpu_times()
    assert clock.processor_time_of(psutil.Process().pid, False) >= own.user + own.system - 0.02
    with psutil.Popen(["true"]) as ended:
        ended.wait()
    assert clock.processor_time_of(ended.pid, with_children=False) == 0.0


def test_when_no_kernel_is_left_everything_has_a_reason():
    result = ran(*["import os; os._exit(1)"] * 8, "x = 1")
    assert "the kernel died" in texts(result.outputs[0])
    assert "not run" in result.stopped[8]


@pytest.fixture
def no_wait_is_too_long(monkeypatch):
    """Only processor time ends what runs: a busy computer may take as long as it likes."""
    monkeypatch.setattr(clock, "PATIENCE", 10_000)


@pytest.mark.usefixtures("no_wait_is_too_long")
def test_what_counts_is_the_time_that_a_cell_computes():
    """So a busy computer makes no answer late: what waits may take ten times as long."""
    result = ran(
        "import time; time.sleep(3)\nprint('awake')", "while True: pass", "print(1)", cell_seconds=1
    )
    assert result.stopped == {
        1: "it took longer than 1 seconds: a slow computer, or a loop without end"
    }
    assert (texts(result.outputs[0]), texts(result.outputs[2])) == ("awake\n", "1\n")
    assert not result.late  # no answer needs it


def test_what_ran_out_of_time_and_may_cost_points_is_worth_another_try():
    cells = {0: "while True: pass\nx = 1"}
    limits = Limits(cell_seconds=0.5)
    work = Work(cells, {}, {}, limits, sandboxed=not REASONS, needs={"a.b": (0,)})
    assert run(work).late


def test_who_only_sleeps_is_ended_in_the_end():
    result = ran("import time; time.sleep(10**6)", "print(1)", cell_seconds=0.3)
    assert result.stopped == {0: "it took longer than 3 seconds, most of them waiting"}
    assert texts(result.outputs[1]) == "1\n"


@pytest.mark.usefixtures("no_wait_is_too_long")
def test_the_time_of_a_notebook_is_that_of_all_its_cells():
    busy = "import time\nend = time.process_time() + 1.5\nwhile time.process_time() < end: pass"
    result = ran(*[busy] * 4, notebook_seconds=3)
    assert "the 3 seconds for a notebook were over" in "".join(result.stopped.values())
    assert 0 not in result.stopped


FLOOD = """
kernel = get_ipython().kernel
text = "x" * 5_000_000
while True:
    kernel.session.send(kernel.iopub_socket, "stream", {"name": "stdout", "text": text}, parent=%s)
"""


PARTS = """
kernel = get_ipython().kernel
part = b"x" * 15_000_000
parts = kernel.session.serialize(kernel.session.msg("stream", {}, kernel.get_parent()))
kernel.iopub_thread.socket.send_multipart([*parts, *[part] * 1000], copy=False)
"""


def test_a_message_of_many_parts_takes_no_more_before_it_ends():
    """ZeroMQ has a limit for a part, and none for how many there are."""
    result = ran("print(1)", PARTS, "print(2)", cell_seconds=60)
    assert "it sent more than 256 MB" in result.stopped[1]
    assert (texts(result.outputs[0]), texts(result.outputs[2])) == ("1\n", "2\n")


@pytest.mark.parametrize("parent", ["kernel.get_parent()", "None"])
def test_a_flood_of_messages_takes_little_memory_of_ours(parent):
    before = psutil.Process().memory_info().rss
    result = ran("print(1)", FLOOD % parent, "print(2)", cell_seconds=4)
    assert list(result.stopped) == [1]
    assert (texts(result.outputs[0]), texts(result.outputs[2])) == ("1\n", "2\n")
    assert psutil.Process().memory_info().rss - before < 600e6


def test_what_a_notebook_may_show_is_limited_as_a_whole():
    result = ran(*["print('x' * 9000)"] * 60, output_kilobytes=10)
    assert sum(len(texts(outputs)) for outputs in result.outputs.values()) < 300_000


def test_a_large_reply_comes_in_parts_and_whole():
    forged = (
        "from gradelib.sandbox import questions\n"
        "questions.serve = lambda request, *_: (request * 2, '')"
    )
    request = bytes(range(256)) * 80_000  # 20 MB, more than one part may have
    seconds, limits = {"start_here.a": 5.0}, Limits(reply_megabytes=50)
    work = Work({0: forged}, {"start_here.a": request}, seconds, limits, sandboxed=not REASONS)
    assert run(work).replies["start_here.a"][0].packed == request * 2


def test_what_all_replies_may_take_is_limited_as_a_whole():
    forged = (
        "from gradelib.sandbox import questions\nquestions.serve = lambda *_: (b'x' * 400_000, '')"
    )
    names = [f"start_here.{name}" for name in ("a", "b", "c", "d")]
    work = Work(
        {0: forged},
        dict.fromkeys(names, b""),
        dict.fromkeys(names, 5.0),
        Limits(reply_megabytes=1),
        sandboxed=not REASONS,
    )
    replies = [of_one[0].packed for of_one in run(work).replies.values()]
    assert [len(reply) if isinstance(reply, bytes) else reply[:30] for reply in replies] == [
        400_000,
        400_000,
        "the answers of the notebook ar",
        "the answers of the notebook ar",
    ]


@pytest.mark.skipif(bool(REASONS), reason=f"nothing is forked without a sandbox: {REASONS}")
def test_messages_are_written_alike_whatever_is_installed(tmp_path):
    """Where orjson is, jupyter_client takes it: a cell that breaks json then broke questions."""
    told = "session = get_ipython().kernel.session\nprint(session.config.Session.packer)"
    assert texts(ran(told + "\nprint(session.pack.__name__)").outputs[0]) == "json\njson_packer\n"
    manager = workspace.kernel_manager(tmp_path, Limits(), sandboxed=False, hidden=())
    assert "packer" in manager.session._trait_values
    assert manager.session.pack is manager.client().session.pack is json_packer


@pytest.mark.skipif(bool(REASONS), reason=f"nothing is forked without a sandbox: {REASONS}")
def test_a_kernel_that_was_made_before_the_fork_knows_its_own_folders():
    outputs = ran(
        "import os, tempfile\nfrom pathlib import Path\nhere, shell = Path.cwd(), get_ipython()",
        "print(_dh == [here], shell.starting_dir == str(here), tempfile.gettempdir() == str(here))",
        "print(Path(shell.profile_dir.location).parent == Path(shell.ipython_dir) == here)",
        "os.mkdir('below')\n%cd -q below\n%cd -q ~\nprint(Path.cwd() == here)",
        "shell.kernel.session.pid == os.getpid()",
    ).outputs
    assert [texts(outputs[place]) for place in (1, 2, 3)] == [
        "True True True\n",
        "True\n",
        "True\n",
    ]
    assert outputs[4][0]["data"]["text/plain"] == "True"


@pytest.mark.skipif(bool(REASONS), reason=f"nothing is forked without a sandbox: {REASONS}")
def test_the_source_of_what_a_cell_defines_is_found():
    outputs = ran(
        "import inspect\ndef f():\n    return inspect.getmodule(inspect.currentframe())",
        "print(inspect.getsource(f), inspect.getmodule(f).__name__, f())",
        "print(inspect.getmodule(inspect.getmodule).__name__)",
        "def g(x):\n    return 1 / x\ng(0)",
        "class Any:\n    def __getattr__(self, name):\n        return []\ninspect.getmodule(Any())",
        "__main__ = inspect.getmodule(f)\n__spec__, type(__main__), vars(__main__) is globals()",
    ).outputs
    source = "def f():\n    return inspect.getmodule(inspect.currentframe())\n"
    assert texts(outputs[1]) == f"{source} __main__ None\n"
    assert texts(outputs[2]) == "inspect\n"
    shown = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(outputs[3][0]["traceback"]))
    assert "Cell In[1], line 3" in shown
    assert "----> 2     return 1 / x" in shown
    assert outputs[4][0]["data"]["text/plain"] == "<module '__main__'>"
    assert outputs[5][0]["data"]["text/plain"] == "(None, module, True)"


@pytest.mark.skipif(bool(REASONS), reason=f"nothing is forked without a sandbox: {REASONS}")
def test_settings_beside_a_notebook_are_not_run():
    files = {f"profile_default/startup/{n}.py": b"smuggled = 1" for n in range(3)}
    config = b"c = get_config()\nc.InteractiveShellApp.exec_lines = ['smuggled = 2']"
    files["profile_default/ipython_config.py"] = config
    work = Work({0: "smuggled"}, {}, {}, Limits(), files=files)
    assert run(work).outputs[0][0]["ename"] == "NameError"
