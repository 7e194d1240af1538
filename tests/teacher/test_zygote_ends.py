"""A zygote leaves nothing behind, whichever way it or its grader ends."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from gradelib.sandbox.confine import Policy
from gradelib.teacher.kernels.provisioner import Zygote, ZygoteError
from tests.sandbox.programs import NOBODY, needs_sandbox, no_nobody
from tests.teacher.zygotes import DAEMON, kernel, wait_until_gone

pytestmark = needs_sandbox
GRADER = """
import asyncio, json, os, sys, time
from pathlib import Path
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from gradelib.sandbox.confine import Policy
from gradelib.teacher.kernels.provisioner import Zygote

def main():
    scratch, unsandboxed = map(Path, sys.argv[1:3])
    with Zygote(preload=()) as zygote:
        pids = [zygote.process.pid]
        for folder, policy in ((scratch, Policy(scratch)), (unsandboxed, None)):
            manager = zygote.kernel_manager(policy)
            code = "import os; os.getpid()" if policy else sys.argv[3]
            notebook = new_notebook(cells=[new_code_cell(code), new_code_cell("os.getpid()")])
            NotebookClient(notebook, km=manager).execute(cwd=str(folder))
            pids += [int(cell.outputs[-1].data["text/plain"]) for cell in notebook.cells]
        print(json.dumps([pids, str(zygote.folder)]), flush=True)
        how = sys.argv[4]
        if how == "exception":
            raise RuntimeError("on purpose")
        if how == "wait":
            time.sleep(60)

main()
"""


@pytest.fixture
def scratch(tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("how", ["exception", "SIGINT", "SIGKILL"])
def test_nothing_outlives_the_grader(tmp_path, how):
    folders = [tmp_path / "sandboxed", tmp_path / "unsandboxed"]
    for folder in folders:
        folder.mkdir()
    after = "wait" if how.startswith("SIG") else how
    grader = subprocess.Popen(
        [sys.executable, "-c", GRADER, *map(str, folders), DAEMON, after],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    pids, folder = json.loads(grader.stdout.readline())
    assert len(pids) == 5
    assert os.path.exists(folder)
    if how.startswith("SIG"):
        grader.send_signal(signal.Signals[how])
    grader.wait(20)
    left = wait_until_gone(pids)
    assert not left, [psutil.Process(pid).cmdline() for pid in left]
    assert not os.path.exists(folder)


def test_nothing_outlives_a_grader_that_is_killed_while_its_zygote_imports():
    code = """
from gradelib.teacher.kernels.provisioner import Zygote
Zygote(stage=lambda folder: print(folder.parent, flush=True)).__enter__()
"""
    grader = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    folder = grader.stdout.readline().strip()
    while not (children := psutil.Process(grader.pid).children()):
        time.sleep(0.01)
    grader.kill()
    grader.wait()
    assert not wait_until_gone([child.pid for child in children], 60)
    assert folder
    assert not os.path.exists(folder)


def test_a_worker_whose_grader_is_killed_leaves_no_folder_of_a_zygote_to_be(tmp_path):
    program = tmp_path / "grader.py"
    program.write_text("""
import multiprocessing, os, time
from gradelib.teacher.kernels import workspace

def stage(folder):
    folder.mkdir()
    print(folder.parent, flush=True)
    time.sleep(60)

def work(parent):
    workspace.begin(parent)
    workspace._stage = stage
    workspace.open_zygote()

if __name__ == "__main__":
    multiprocessing.get_context("spawn").Process(target=work, args=[os.getpid()]).start()
""")
    grader = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True)
    folder = grader.stdout.readline().strip()
    workers = [child.pid for child in psutil.Process(grader.pid).children()]
    assert os.path.exists(folder)
    grader.kill()
    grader.wait()
    assert workers
    assert not wait_until_gone(workers)
    assert not os.path.exists(folder)


def test_a_zygote_that_dies_takes_its_kernels_along_and_starts_again(scratch):
    with Zygote(preload=()) as zygote:
        with kernel(zygote, Policy(scratch)) as (run, manager):
            pids = [int(run("import os; os.getpid()")), zygote.process.pid]
            os.kill(zygote.process.pid, signal.SIGKILL)
            assert not wait_until_gone(pids[:1])
            assert not asyncio.run(manager.is_alive())
            assert manager.ended == "its zygote died"
        with kernel(zygote, Policy(scratch)) as (run, _):
            assert run("1 + 1") == "2"
        pids.append(zygote.process.pid)
        folder = zygote.folder
    assert not wait_until_gone(pids)
    assert not folder.exists()


def test_a_zygote_that_cannot_start_says_why():
    with pytest.raises(ZygoteError, match="No module named 'no_such_module'"):
        Zygote(preload=("no_such_module",)).__enter__()


def test_a_closed_zygote_starts_nothing_and_deletes_nothing(scratch, monkeypatch):
    monkeypatch.chdir(scratch)
    never_opened = Zygote()
    never_opened.close()
    assert scratch.exists()
    with pytest.raises(ZygoteError, match="not open"):
        never_opened.kernel_manager(Policy(scratch))
    with Zygote(preload=()) as zygote:
        manager = zygote.kernel_manager(Policy(scratch))
    with pytest.raises(ZygoteError, match="not open"):
        asyncio.run(manager.start_kernel())


@pytest.mark.skipif(bool(no_nobody()), reason=no_nobody())
def test_an_ordinary_user_has_all_of_this(tmp_path):
    folders = [tmp_path / "sandboxed", tmp_path / "unsandboxed"]
    for folder in folders:
        folder.mkdir()
        os.chown(folder, 65534, 65534)
    ran = subprocess.run(
        [*NOBODY, sys.executable, "-c", GRADER, *map(str, folders), DAEMON, "return"],
        capture_output=True,
        text=True,
        cwd="/",
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
    )
    assert ran.returncode == 0, ran.stderr
    assert not wait_until_gone(json.loads(ran.stdout.splitlines()[0])[0])
