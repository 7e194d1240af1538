"""A zygote forks sandboxed kernels that are ready at once, each for itself."""

import asyncio
import contextlib
import os
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from gradelib.sandbox.confine import MIB, Policy, SandboxError
from gradelib.teacher.kernels import provisioner as module
from gradelib.teacher.kernels.provisioner import Zygote
from tests.sandbox.programs import needs_sandbox
from tests.teacher.zygotes import DAEMON, kernel, wait_until_gone

pytestmark = needs_sandbox


@pytest.fixture(scope="module")
def zygote():
    with Zygote() as zygote:
        yield zygote


@pytest.fixture
def scratch(tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def ends(zygote, policy, code):
    """Run code that should cost the kernel its life; say why it died."""
    with kernel(zygote, policy) as (run, manager):
        with pytest.raises(DeadKernelError):
            run(code)
        return manager.ended


# What it is for


def test_a_kernel_has_torch_from_the_start_and_takes_little_memory(zygote, scratch):
    used = []
    for _ in range(3):
        with kernel(zygote, Policy(scratch)) as (run, _):
            assert run("import sys; {'torch', 'transformers'} <= set(sys.modules)") == "True"
            pid = int(run("import os; os.getpid()"))
            used.append(psutil.Process(pid).memory_full_info().uss / MIB)
    assert min(used) < 120, used


def test_nbclient_runs_a_notebook_in_it(zygote, scratch):
    (scratch / "helper.py").write_text("answer = 42")
    cells = [new_code_cell("from helper import answer"), new_code_cell("print(answer)")]
    notebook = new_notebook(cells=cells)
    manager = zygote.kernel_manager(Policy(scratch))
    NotebookClient(notebook, km=manager).execute()
    assert notebook.cells[1].outputs[0].text == "42\n"
    asyncio.run(manager.shutdown_kernel())


def test_what_a_course_needs_works_in_the_sandbox(zygote, scratch):
    code = """
        import asyncio, sqlite3, tempfile, zoneinfo
        from concurrent.futures import ThreadPoolExecutor
        from pathlib import Path
        import matplotlib.pyplot as plt
        import numpy as np
        import torch
        from torch.utils.data import DataLoader
        from transformers import GPT2Config, GPT2LMHeadModel
        from gradelib import check

        model = GPT2LMHeadModel(GPT2Config(n_layer=1, n_head=2, n_embd=8, vocab_size=50))
        model(torch.zeros(1, 4, dtype=torch.long)).logits.sum().backward()
        model.save_pretrained("model")
        GPT2LMHeadModel.from_pretrained("model")
        torch.save(model.state_dict(), "state.pt")
        next(iter(DataLoader(range(3))))
        np.save("array.npy", np.ones(3))
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "x").write_text("x")
        zoneinfo.ZoneInfo("Europe/Berlin")
        assert list(ThreadPoolExecutor(4).map(abs, range(-3, 0))) == [3, 2, 1]
        print(Path.home() == Path.cwd() == Path(tempfile.gettempdir()))
    """
    with kernel(zygote, Policy(scratch)) as (run, _):
        assert run(code).endswith("True")
        assert "<Figure size" in run("plt.plot([1, 2]);")


def test_no_two_kernels_have_the_same_luck(zygote, scratch):
    code = "import random, numpy, torch; (random.random(), numpy.random.rand(), torch.rand(1))"
    outputs = set()
    for _ in range(2):
        with kernel(zygote, Policy(scratch)) as (run, _):
            outputs.add(run(code))
    assert len(outputs) == 2


def test_kernels_live_beside_each_other(zygote, tmp_path):
    with contextlib.ExitStack() as stack:
        runs = []
        for name in "abc":
            (tmp_path / name).mkdir()
            runs.append(stack.enter_context(kernel(zygote, Policy(tmp_path / name)))[0])
            runs[-1](f"name = {name!r}")
        assert [run("name") for run in runs] == ["'a'", "'b'", "'c'"]
        other = runs[0]("import os; os.getpid()")
        assert runs[1](f"import os; os.kill({other}, 9)") == "PermissionError"
        assert runs[1](f"open('{tmp_path}/a/x', 'w')") == "PermissionError"


def test_a_cell_can_be_interrupted(zygote, scratch):
    options = {"timeout": 1, "interrupt_on_timeout": True}
    with kernel(zygote, Policy(scratch), **options) as (run, _):
        with contextlib.suppress(CellTimeoutError):
            assert run("import time; time.sleep(60)") == "KeyboardInterrupt"
        assert run("1 + 1") == "2"


# What the kernel cannot reach


def test_the_control_socket_is_not_in_the_kernel(zygote, scratch):
    def sockets(pid):
        links = {os.readlink(entry.path) for entry in os.scandir(f"/proc/{pid}/fd")}
        return {link for link in links if link.startswith("socket:")}

    with kernel(zygote, Policy(scratch)) as (run, _):
        pid = int(run("import os; os.getpid()"))
        assert sockets(zygote.process.pid)
        assert not sockets(zygote.process.pid) & sockets(pid)
        assert not sockets(os.getpid()) & sockets(pid)


def test_the_zygote_knows_no_solutions_and_no_secrets(scratch, monkeypatch):
    monkeypatch.setenv("CLASS_DATABASE_PASSWORD", "hunter2")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    with Zygote(preload=()) as zygote, kernel(zygote, None) as (run, _):
        assert run("import solutions") == "ModuleNotFoundError"
        assert run("import os; 'hunter2' in str(os.environ)") == "False"
        assert run("'hunter2' in open('/proc/self/environ').read()") == "False"


def test_a_kernel_is_told_what_its_grader_wants_it_to_know(zygote, scratch):
    manager = zygote.kernel_manager(Policy(scratch))
    cell = new_code_cell("import os; print(os.environ['NBGRADER_EXECUTION'])")
    client = NotebookClient(new_notebook(cells=[cell]), km=manager)
    client.execute(env={"NBGRADER_EXECUTION": "autograde"})
    assert cell.outputs[0].text == "autograde\n"
    asyncio.run(manager.shutdown_kernel(now=True))


# How a kernel may end


@pytest.mark.parametrize(
    ("code", "limits", "why"),
    [
        ("import os; os._exit(3)", {}, "it left with status 3"),
        ("import ctypes; ctypes.string_at(0)", {}, "signal 11 (Segmentation fault)"),
        ("import os; os.kill(os.getpid(), 40)", {}, "signal 40"),
        ("while True: pass", {"cpu_seconds": 1}, "more than 1 seconds of processor time"),
        (
            "import threading, time\n"
            "threading.stack_size(65536)\n"
            "while True: threading.Thread(target=time.sleep, args=[60]).start()",
            {"threads": 50},
            "more than 50 threads",
        ),
        (
            "while True:\n for n in range(1000): open(str(n), 'wb').write(bytes(2**20))",
            {"disk": 20 * MIB},
            "wrote more than 20 MB",
        ),
        (
            "import os\nfiles = []\n"
            "for n in range(99):\n"
            "    files.append(open('x', 'wb', buffering=0))\n"
            "    os.unlink('x')\n"
            "    files[-1].write(bytes(2**20))\n"
            "while True: pass",
            {"disk": 20 * MIB},
            "wrote more than 20 MB",
        ),
        (
            "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError: pass",
            {"processes": 4},
            "more than 4 processes",
        ),
    ],
)
def test_a_kernel_that_dies_says_why(zygote, scratch, code, limits, why):
    assert why in ends(zygote, Policy(scratch, **limits), code)
    children = psutil.Process(zygote.process.pid).children(recursive=True)
    assert not wait_until_gone(child.pid for child in children)


def test_memory_without_end_is_an_error_of_the_cell(zygote, scratch):
    with kernel(zygote, Policy(scratch, memory=300 * MIB)) as (run, _):
        assert run("hoard = []\nwhile True: hoard.append(bytearray(10**7))") == "MemoryError"
        assert run("import torch; torch.empty(10**9)") == "RuntimeError"
        assert run("del hoard\n1 + 1") == "2"


def test_a_fork_bomb_is_an_error_of_the_cell(zygote, scratch):
    with kernel(zygote, Policy(scratch)) as (run, _):
        assert run("import os\nwhile True: os.fork()") == "PermissionError"
        assert run("1 + 1") == "2"


def test_a_kernel_that_cannot_be_sandboxed_does_not_start(zygote, scratch, tmp_path):
    policy = Policy(scratch, reads=(tmp_path,), hidden=(tmp_path / "class",))
    manager = zygote.kernel_manager(policy)
    with pytest.raises(SandboxError, match="must not be"):
        asyncio.run(manager.start_kernel())


def test_what_a_kernel_started_ends_with_it(zygote, scratch):
    with kernel(zygote, None) as (run, _):
        run(f"import os; os.chdir({str(scratch)!r})")
        daemon = int(run(DAEMON))
        own = int(run("os.getpid()"))
    assert not wait_until_gone([daemon, own])


def test_an_answer_that_comes_late_is_not_taken_for_another(zygote, scratch, monkeypatch):
    with kernel(zygote, Policy(scratch)) as (run, _):
        with monkeypatch.context() as patch:
            patch.setattr(zygote, "_hear", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                zygote.ask(do="poll", kernel=-1)
        assert run("1 + 1") == "2"


# Elsewhere


def test_where_nothing_can_be_forked_kernels_are_fresh(monkeypatch, scratch):
    monkeypatch.setattr(module, "FORKS", False)
    monkeypatch.setattr(module, "MISSING", "the sandbox needs Linux")
    with Zygote() as zygote:
        assert zygote.process is None
        manager = zygote.kernel_manager()
        assert type(manager) is AsyncKernelManager
        with pytest.raises(SandboxError, match="needs Linux"):
            zygote.kernel_manager(Policy(scratch))
