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
import threading
import time
import traceback
from typing import Any

import zmq
from ipykernel import kernelapp
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from traitlets import DottedObjectName, Float, Type
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from gradelib.sandbox import linux
from gradelib.sandbox.confine import Policy, SandboxError, confine
from gradelib.sandbox.stand_ins import settle

__all__ = ["become_kernel", "listen"]

ARGUMENTS = ["--HistoryManager.enabled=False"]
INTERRUPTS = {signal.SIGALRM, signal.SIGINT}  # by which code is stopped half way
ZYGOTE = os.getpid()  # of the process that imports this, before it forks


class _IOPubThread(IOPubThread):
    """ipykernel's, but whoever sends does so at once: it takes longer to hand a message over.

    Without the TCP port by which children of the kernel would print.
    """

    def __init__(self, socket: Any, pipe: bool = False, **more: Any) -> None:
        super().__init__(socket, pipe=False, **more)  # type: ignore[no-untyped-call]
        self._one_at_a_time = threading.RLock()

    def start(self) -> None:
        """Start no thread: ipykernel's own code then does here what it would do there."""

    def _really_send(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Send a message whole, also where the time of the code that sends it runs out."""
        with self._one_at_a_time:
            before = signal.pthread_sigmask(signal.SIG_BLOCK, ())  # each such call may raise
            try:
                signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
                super()._really_send(msg, *args, **kwargs)  # type: ignore[no-untyped-call]
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Output(OutStream):
    """ipykernel's, sent at the end of a cell, or at a print that comes late after the first."""

    _due = 0.0  # by the clock that only goes forward

    def _schedule_flush(self) -> None:
        now = time.monotonic()
        if not self._flush_pending:
            self._flush_pending, self._due = True, now + self.flush_interval
        elif now > self._due:
            self._flush()  # type: ignore[no-untyped-call]


class _NoThread:
    """In the place of ipykernel's thread that only hands messages on to the main one."""

    parent_thread = threading.main_thread()

    def __bool__(self) -> bool:
        return False


class _Kernel(IPythonKernel):
    """ipykernel's, in one thread, without the messages that nobody here reads."""

    _supports_kernel_subshells = False
    _execute_sleep = Float(0.0)  # whoever asks waits for the reply and for what was shown

    async def do_execute(self, *code: Any, **how: Any) -> Any:
        """Run a cell; what it has made of the streams must not keep the kernel from answering."""
        streams = {"stdout": sys.stdout, "stderr": sys.stderr}
        try:
            return await super().do_execute(*code, **how)  # type: ignore[no-untyped-call]
        finally:
            for name, stream in streams.items():
                try:
                    getattr(sys, name).flush()
                except Exception:  # noqa: BLE001 - whatever a student's own stream does
                    setattr(sys, name, stream)

    def _publish_execute_input(self, *_: Any) -> None:
        """Say nothing: who asked knows what."""

    def _publish_status(self, status: str, *more: Any, **named: Any) -> None:
        if status == "busy":
            return
        try:  # as its loop will at the next message: a cell that made it deaf is the one to name
            from zmq import ZMQError  # noqa: F401
        except Exception:  # noqa: BLE001 - whatever is left of the modules
            os._exit(1)
        super()._publish_status(status, *more, **named)  # type: ignore[no-untyped-call]


class _KernelApp(kernelapp.IPKernelApp):
    """ipykernel's, on sockets that listen already, since a sandboxed process cannot make any."""

    connection: Any
    listeners: dict[int, socket.socket]  # by port, as ipykernel calls it
    kernel_class = Type(_Kernel)
    outstream_class = DottedObjectName(f"{__name__}.{_Output.__name__}")

    def parse_command_line(self, argv: Any = None) -> None:
        """Take `--Class.trait=value` alone, without the parser for people, which takes a while."""
        for argument in argv or ():
            name, _, value = argument.removeprefix("--").partition("=")
            section, _, trait = name.partition(".")
            self.update_config(Config({section: {trait: DeferredConfigString(value)}}))

    def init_connection_file(self) -> None:
        self.load_connection_info(self.connection)

    def write_connection_file(self, **kwargs: Any) -> None:
        """Write nothing: whoever asked for the kernel knows where it is."""

    def init_control(self, context: Any) -> None:
        super().init_control(context)  # type: ignore[no-untyped-call]
        self.shell_channel_thread = _NoThread()

    def init_heartbeat(self) -> None:
        """Start none: the zygote knows whether a kernel lives."""

    def _try_bind_socket(self, s: Any, port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.listeners[port].fileno())
        s.bind(f"ipc://{self.ip}-{port}")
        return port

    def _apply_curve_client_options(self, socket: Any) -> None:
        socket.setsockopt(zmq.RECONNECT_IVL, -1)  # the debugger's way in: it stays closed


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
    vars(kernelapp)["IOPubThread"] = _IOPubThread
    _KernelApp.connection, _KernelApp.listeners = request["connection"], listeners
    app: Any = _KernelApp.instance()
    app.initialize([*ARGUMENTS, *request["arguments"]])
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
        sys.modules["torch"].seed()
