"""A kernel of the zygote, from the fork on: ipykernel, on sockets that were opened for it before.

A sandboxed process can open no socket. So the zygote listens, and the kernel takes over: ZeroMQ is
given the numbers of those files (ZMQ_USE_FD).
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import sys
import tempfile
import traceback
from typing import Any

from gradelib.sandbox import linux
from gradelib.sandbox.confine import Policy, SandboxError, confine
from gradelib.sandbox.kernel import KernelApp
from gradelib.sandbox.stand_ins import settle

__all__ = ["become_kernel", "listen"]

ZYGOTE = os.getpid()  # of the process that imports this, before it forks


def listen(connection: dict[str, Any]) -> dict[int, socket.socket]:
    """Return sockets that listen where a kernel is to be found, by port."""
    listeners = {}
    for name in ("shell", "stdin", "iopub", "control"):
        port = connection[f"{name}_port"]
        listeners[port] = socket.socket(socket.AF_UNIX)
        listeners[port].bind(f"{connection['ip']}-{port}")
        listeners[port].listen(16)
        listeners[port].setblocking(False)
    return listeners


def become_kernel(
    request: dict[str, Any], policy: Policy | None, listeners: dict[int, socket.socket], told: int
) -> None:
    """Be a kernel, in a session of its own, sandboxed, with luck of its own. Never returns."""
    try:
        os.setsid()
        os.dup2(1, 2)  # to nowhere: the log is the zygote's
        linux.die_with_parent(signal.SIGKILL)
        if os.getppid() != ZYGOTE:  # it died before it could take us along
            os._exit(1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _close_others({told, *(listener.fileno() for listener in listeners.values())})
        _settle_in(request, policy)
        if policy:
            confine(policy)
    except SandboxError as error:
        os.write(told, str(error).encode())
        os._exit(1)
    except BaseException:  # noqa: BLE001 - the grader is told, whatever it is
        os.write(told, traceback.format_exc().encode())
        os._exit(1)
    os.close(told)
    KernelApp.connection, KernelApp.listeners = request["connection"], listeners
    app: Any = KernelApp.instance()
    app.initialize(request["arguments"])
    if request["settled"]:
        settle(app.shell)
    app.start()
    os._exit(0)


def _close_others(keep: set[int]) -> None:
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number not in keep:
            with contextlib.suppress(OSError):
                os.close(number)


def _settle_in(request: dict[str, Any], policy: Policy | None) -> None:
    """Set the folder, the environment and the random state of this kernel."""
    folder = request["cwd"] or (policy and str(policy.scratch)) or os.getcwd()
    os.chdir(folder)
    os.environ.update({"HOME": folder, "TMPDIR": folder, **request["env"]})
    tempfile.tempdir = None  # what TMPDIR said before
    sys.path.insert(0, "")  # modules beside the notebook; the zygote itself imports none of those
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "torch" in sys.modules:
        sys.modules["torch"].default_generator.seed()
