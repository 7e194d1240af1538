"""The zygote's own process: imports what is slow once, then forks a kernel for each request.

`gradelib/teacher/kernels/provisioner.py` starts it with `python -m` and talks to it through one
inherited socket: a line of JSON there, a line back. It has no threads, no event loop and no ZeroMQ
of its own, so that forking is sound. It ends, and ends all that it started, when that socket closes
or its parent is gone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

import gradelib.checking.runner
import gradelib.lab
import gradelib.topics
from gradelib.checking.exercise import in_topic
from gradelib.sandbox import linux, seccomp
from gradelib.sandbox.confine import Policy, erase, fixed
from gradelib.sandbox.forked_kernel import become_kernel, listen
from gradelib.sandbox.kernel import prepare
from gradelib.sandbox.overrun import overrun

TICK = 0.1  # seconds between two looks at the kernels
DEEP = 10  # looks of which one goes through what they have in memory
WARM = (  # which every kernel would import
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "stack_data",  # this and the next two: the first traceback
    "pygments.formatters.terminal256",
    "pygments.styles",
    "IPython.core.pylabtools",  # this and the next: the first figure
    "matplotlib.backends.backend_agg",
    "torch._subclasses.schema_check_mode",  # the first tensor that is shown
    "safetensors.numpy",  # also where a student empties sys.path
    "tokenizers",
    "gradelib.student.colab",
    "gradelib.checking.serve",  # by which a kernel is asked
)


@dataclass
class _Kernel:
    pid: int
    policy: Policy | None
    code: int | None = None  # how it ended; None while it lives
    why: str = ""
    overran: bool = False  # whether it had too much of something


def preload(names: list[str], folder: Path) -> None:
    """Import and make what kernels will want. Raises RuntimeError if that started a thread."""
    gc.disable()  # what is imported stays
    for name in names:
        importlib.import_module(name)
    for topic in pkgutil.iter_modules(gradelib.topics.__path__):
        in_topic(topic.name)  # with all sections of its exercises
    lab = pkgutil.walk_packages(gradelib.lab.__path__, "gradelib.lab.")  # all of it takes 0.1 s
    for name in (*WARM, *(module.name for module in lab)):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for name in gradelib.__all__:
        getattr(gradelib, name)  # which is what a notebook's first cell imports
    seccomp.prepare()
    fixed(with_programs=False)
    prepare(folder)
    if len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError(f"importing {', '.join(names)} starts threads: it cannot be forked then")
    gc.collect()
    gc.freeze()  # so that the collector of a kernel leaves the shared pages alone
    gc.enable()


class _Server:
    """The kernels, and what can be asked about them."""

    def __init__(self, control: socket.socket, folder: str, parent: int) -> None:
        self.control = control
        self.folder = folder
        self.parent = parent
        self.kernels: dict[int, _Kernel] = {}  # by the number that the grader gave them
        self.looks = 0
        self.stray = False  # whether a kernel was started that may have children

    def serve(self) -> None:
        """Answer until there is nobody left to answer."""
        heard = b""
        next_look = time.monotonic()
        while os.getppid() == self.parent:
            wait = max(0.0, next_look - time.monotonic())
            if select.select([self.control], [], [], wait)[0]:
                part = self.control.recv(65536)
                if not part:
                    break
                *lines, heard = (heard + part).split(b"\n")
                for request in map(json.loads, lines):
                    if request["do"] == "end":
                        return
                    reply = self.answer(request) | {"id": request["id"]}
                    self.control.sendall(json.dumps(reply).encode() + b"\n")
            if time.monotonic() >= next_look:
                self.look()
                next_look = time.monotonic() + TICK
        self.end()
        erase(Path(self.folder))  # nobody else is left to do it

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked: start a kernel, send it a signal, or say how it is."""
        if request["do"] == "start":
            return self.start(request)
        kernel = self.kernels.get(request["kernel"])
        if kernel is None:  # of a zygote that is no more
            return {"code": -signal.SIGKILL, "why": "its zygote died", "overran": False}
        if request["do"] == "signal" and kernel.code is None:
            _signal(kernel, request["signal"])
            if request["signal"] == signal.SIGKILL:  # or Jupyter asks again in a tenth of a second
                os.waitid(os.P_PID, kernel.pid, os.WEXITED | os.WNOWAIT)
        if request["do"] == "look" and kernel.code is None:
            self.look_at(kernel)
        self.reap()
        return {"code": kernel.code, "why": kernel.why, "overran": kernel.overran}

    def start(self, request: dict[str, Any]) -> dict[str, Any]:
        """Fork a kernel and wait until it is sandboxed."""
        policy = Policy.from_json(request["policy"]) if request["policy"] else None
        listeners = listen(request["connection"])
        hears, told = os.pipe()
        pid = os.fork()
        if not pid:
            try:
                self.control.close()
                self.kernels.clear()  # of others
                become_kernel(request, policy, listeners, told)
            finally:
                os._exit(1)
        os.close(told)
        for listener in listeners.values():
            listener.close()
        with open(hears) as pipe:
            error = pipe.read()
        self.kernels[request["kernel"]] = _Kernel(pid, policy)
        self.stray = self.stray or policy is None or policy.processes > 0
        return {"error": error} if error else {"pid": pid}

    def look(self) -> None:
        """Notice who ended, end who has too much."""
        self.reap()
        self.looks += 1
        for kernel in self.alive():
            self.look_at(kernel, deep=self.looks % DEEP == 0)

    def look_at(self, kernel: _Kernel, deep: bool = False) -> None:
        """End a kernel that has too much."""
        why = overrun(kernel.pid, kernel.policy, deep) if kernel.policy else ""
        if why and not _ended(kernel):
            kernel.why, kernel.overran = kernel.why or why, True
            _signal(kernel, signal.SIGKILL)
            os.waitid(os.P_PID, kernel.pid, os.WEXITED | os.WNOWAIT)

    def reap(self) -> None:
        """Record how kernels ended; end what they leave behind."""
        for kernel in self.alive():
            if _ended(kernel):
                _signal(kernel, signal.SIGKILL)  # before waitpid: its number is still its own
                kernel.code = os.waitstatus_to_exitcode(os.waitpid(kernel.pid, 0)[1])
                kernel.why = kernel.why or _reason(kernel)
        if self.stray:
            self.end_strays()

    def end_strays(self) -> None:
        """Kill processes that have lost their parent, and so become ours, until none is left."""
        kernels = {kernel.pid for kernel in self.alive()}
        give_up = time.monotonic() + 2
        while time.monotonic() < give_up:
            children = [child.pid for child in psutil.Process().children()]
            strays = [pid for pid in children if pid not in kernels]
            for pid in strays:
                with contextlib.suppress(ProcessLookupError, ChildProcessError):
                    os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
            if not strays:
                return

    def end(self) -> None:
        """End everything."""
        for kernel in self.alive():
            _signal(kernel, signal.SIGKILL)
            os.waitpid(kernel.pid, 0)
            kernel.code = -signal.SIGKILL
        self.end_strays()

    def alive(self) -> list[_Kernel]:
        """Return the kernels that have not ended."""
        return [kernel for kernel in self.kernels.values() if kernel.code is None]


def _ended(kernel: _Kernel) -> bool:
    return os.waitid(os.P_PID, kernel.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _signal(kernel: _Kernel, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(kernel.pid, number)


def _reason(kernel: _Kernel) -> str:
    code = kernel.code or 0
    if code >= 0:
        return f"it left with status {code}"
    if code == -signal.SIGXCPU and kernel.policy:
        return f"it used more than {kernel.policy.cpu_seconds} seconds of processor time"
    return f"it was ended by signal {-code} ({signal.strsignal(-code)})"


def main(number: int, folder: str, parent: int, names: list[str]) -> None:
    """Serve the grader, whose process is `parent`, on the inherited socket of that number."""
    control = socket.socket(fileno=number)
    server = _Server(control, folder, parent)
    linux.become_subreaper()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    linux.die_with_parent(signal.SIGTERM)  # while it imports it does not look for its parent
    try:
        if os.getppid() == parent:
            preload(names, Path(folder))
        linux.die_with_parent(0)  # which counts the thread that started us as the parent
        control.sendall(b"{}\n")
        server.serve()
    except Exception:  # noqa: BLE001 - the grader is told, whatever it is
        with contextlib.suppress(OSError):
            control.sendall(json.dumps({"error": traceback.format_exc()}).encode() + b"\n")
    finally:
        server.end()
        if os.getppid() != server.parent:
            erase(Path(folder))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:])
