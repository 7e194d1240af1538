"""Kernels of a zygote: opened, and looked for after their end."""

import asyncio
import contextlib
import textwrap
import time

import psutil
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

DAEMON = """
import os, time
if not os.fork():
    os.setsid()
    if not os.fork():
        open("daemon", "w").write(str(os.getpid()))
        time.sleep(600)
    os._exit(0)
while not os.path.exists("daemon") or not open("daemon").read():
    time.sleep(0.01)
int(open("daemon").read())
"""  # twice forked, in a session of its own


@contextlib.contextmanager
def kernel(zygote, policy, **options):
    """Open a kernel; yields a function that runs a cell and returns its output, and the manager."""
    manager = zygote.kernel_manager(policy)
    client = NotebookClient(new_notebook(), km=manager, allow_errors=True, **options)

    def run(code):
        client.nb = new_notebook(cells=[new_code_cell(textwrap.dedent(code))])
        client.reset_execution_trackers()
        client.execute_cell(client.nb.cells[0], 0)
        shown = [
            output.get("text") or output.get("ename") or output.data["text/plain"]
            for output in client.nb.cells[0].outputs
        ]
        return "".join(shown).strip()

    try:
        client.start_new_kernel(cwd=str(policy.scratch) if policy else None)
        client.start_new_kernel_client()
        yield run, manager
    finally:
        if client.kc:
            client.kc.stop_channels()
        asyncio.run(manager.shutdown_kernel(now=True))


def wait_until_gone(pids, seconds=10):
    give_up = time.monotonic() + seconds
    left = set(pids)
    while left and time.monotonic() < give_up:
        left = {pid for pid in left if psutil.pid_exists(pid)}
        time.sleep(0.05)
    return left
