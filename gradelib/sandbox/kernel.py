"""ipykernel's kernel as a zygote has it: one thread, its shell made before the fork.

`prepare` makes in the zygote what needs no socket; each forked process gives it the rest.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zmq
from ipykernel import debugger, ipkernel, kernelapp
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from IPython.core.profiledir import ProfileDir
from traitlets import DottedObjectName, Float, Type
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from gradelib.sandbox import shortcuts
from gradelib.sandbox.questions import ASKED, QUESTION

__all__ = ["KernelApp", "prepare"]

ARGUMENTS = ["--HistoryManager.enabled=False", "--HistoryManager.hist_file=:memory:"]
INTERRUPTS = {signal.SIGALRM, signal.SIGINT}  # by which code is stopped half way


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

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)  # type: ignore[no-untyped-call]
        shell: Any = self.shell
        self._transformed = functools.lru_cache(maxsize=1)(shell.transform_cell)  # asked for twice
        shell.transform_cell = self._transformed

    @classmethod
    def instance(cls, *args: Any, **parts: Any) -> _Kernel:
        """Return the kernel, with what it is to have now: it may have been made before the fork."""
        kernel = super().instance(*args, **parts)
        for name, part in parts.items():
            if part is not None:
                setattr(kernel, name, part)
        kernel._settle_in()
        return kernel

    def _settle_in(self) -> None:
        """Tell the shell what only a process of its own has: sockets, folders."""
        shell: Any = self.shell
        for shows in (shell.displayhook, shell.display_pub):
            shows.session, shows.pub_socket = self.session, self.iopub_socket
        if self.profile_dir and self.parent:
            shell.profile_dir, shell.ipython_dir = self.profile_dir, self.parent.ipython_dir
        shell.init_pushd_popd_magic()
        shell.starting_dir = os.getcwd()
        shell.history_manager.dir_hist[:] = [Path.cwd()]  # which is `_dh`

    async def do_execute(self, code: str, *more: Any, **how: Any) -> Any:
        """Run a cell, and answer the question that may come beside it."""
        kernel: Any = self
        parent = kernel.get_parent("shell")
        beside = parent["metadata"].get(ASKED)
        self._transformed.cache_clear()
        with _streams_kept():
            if code.startswith(QUESTION):
                return self._answered(code)
            reply = await super().do_execute(code, *more, **how)  # type: ignore[no-untyped-call]
        if beside and not any(part.get("source") == "ask_exit" for part in reply["payload"]):
            topic = kernel._topic(ASKED)
            kernel.session.send(kernel.iopub_socket, ASKED, {}, parent, ident=topic)
            with _streams_kept():
                reply["payload"] += self._answered(beside).get("payload", [])
        return reply

    def _answered(self, code: str) -> dict[str, Any]:
        """Run a question, without what IPython does for a person's cell, and reply as to one."""
        shell: Any = self.shell
        reply = {"execution_count": shell.execution_count, "user_expressions": {}}
        try:
            with shell.builtin_trap, shell.display_trap, self._input_forwarded():
                exec(code, {"get_ipython": shell.get_ipython})
            reply["status"] = "ok"
        except BaseException as error:  # noqa: BLE001 - whatever a student has left behind
            shell.showtraceback()
            reply |= {"status": "error", "ename": type(error).__name__, "evalue": ""}
        finally:
            with contextlib.suppress(Exception):  # whatever a student has made of the shell
                shell.events.trigger("post_execute")  # where figures are shown and closed
                reply["payload"] = shell.payload_manager.read_payload()  # such as that it ends
                shell.payload_manager.clear_payload()
        return reply

    @contextlib.contextmanager
    def _input_forwarded(self) -> Iterator[None]:
        """Have `input()` ask as in a cell: of the process itself it is the end of a file."""
        self._forward_input()  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            self._restore_input()  # type: ignore[no-untyped-call]

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


@contextlib.contextmanager
def _streams_kept() -> Iterator[None]:
    """What is made of the streams in here must not keep the kernel from answering."""
    streams = {"stdout": sys.stdout, "stderr": sys.stderr}
    try:
        yield
    finally:
        for name, stream in streams.items():
            try:
                getattr(sys, name).flush()
            except Exception:  # noqa: BLE001 - whatever a student's own stream does
                setattr(sys, name, stream)
                with contextlib.suppress(Exception):
                    stream.flush()  # what was printed before


class _Profile(ProfileDir):
    """IPython's, whose folders are made by whoever writes there."""

    def _mkdir(self, path: str, mode: int | None = None) -> bool:
        return False


class KernelApp(kernelapp.IPKernelApp):
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

    def init_profile_dir(self) -> None:
        """Have one folder of one's own, and not four more in it."""
        self.profile_dir = _Profile(location=str(Path(self.ipython_dir) / "profile_default"))

    def init_config_files(self) -> None:
        """Look for no settings: a computer's own would change what a cell shows."""

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read none."""

    def init_code(self) -> None:
        """Run no startup files."""

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


def prepare(folder: Path) -> None:
    """Make what each kernel has and needs no socket: IPython's shell, the kernel around it.

    `folder` is for a profile that nobody uses.
    """
    vars(kernelapp)["IOPubThread"] = _IOPubThread
    vars(debugger)["_is_debugpy_available"] = False  # it would look through all modules
    vars(ipkernel)["_accepts_parameters"] = lambda _, names: dict.fromkeys(names, True)
    shortcuts.take()
    app: Any = KernelApp.instance()
    app.log.setLevel(logging.WARNING)  # or it makes a record of each message, for nobody
    app.parse_command_line(ARGUMENTS)
    os.environ["IPYTHONDIR"] = str(folder)
    shell: Any = _Kernel.instance(parent=app, log=app.log, user_ns=None).shell
    del os.environ["IPYTHONDIR"]
    shortcuts.take_in_tracebacks(shell)
