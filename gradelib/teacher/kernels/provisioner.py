"""Kernels that are ready at once: forked from a process that has torch and transformers already.

    with Zygote() as zygote:
        manager = zygote.kernel_manager(Policy(scratch))
        NotebookClient(notebook, km=manager).execute()

Where nothing can be forked (macOS, Windows) the same lines start fresh kernels, without a sandbox:
the policy is None there.
`docs/decisions/0011-zygote.md` says why it is so.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Any as AnyTrait
from traitlets import Bool, Unicode

from gradelib.sandbox.confine import MISSING, Policy, SandboxError, erase

__all__ = ["ForkedKernelManager", "ForkedKernelProvisioner", "Zygote", "ZygoteError"]

FORKS = not MISSING  # what forking takes is part of what the sandbox takes
PROVISIONER = "gradelib-zygote"
PROGRAM = (sys.executable, "-P", "-m", "gradelib.sandbox.zygote")
PRELOAD = ("torch", "transformers", "matplotlib.pyplot")
STAGED = "package"
PATIENCE = 120  # seconds that a zygote may take to import, or to answer
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "CONDA_PREFIX")
SET = {
    "HF_HUB_OFFLINE": "1",
    "HF_HOME": ".cache/huggingface",  # in the folder of each kernel
    "MALLOC_ARENA_MAX": "2",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # imported by the first figure
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "TOKENIZERS_PARALLELISM": "false",
}
CLOSED = "the zygote is not open: use it in a `with` statement"
PORTS = {"shell_port": 1, "stdin_port": 2, "iopub_port": 3, "control_port": 4, "hb_port": 5}


class ZygoteError(RuntimeError):
    """The zygote cannot start, or cannot start a kernel."""


class Zygote:
    """A parent of kernels. Threads may share one; it starts again if it dies.

    `stage` puts the gradelib that the zygote and its kernels import into an empty folder; else
    they import the installed one.
    """

    def __init__(
        self,
        preload: tuple[str, ...] = PRELOAD,
        threads: int = 1,
        stage: Callable[[Path], None] | None = None,
    ) -> None:
        self.preload = preload
        self.threads = threads
        self.stage = stage
        self.numbers = itertools.count()
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None
        self.folder: Path | None = None

    def __enter__(self) -> Zygote:
        if FORKS:
            # in /tmp, whatever TMPDIR says: the name of a socket has 107 letters at most
            self.folder = Path(tempfile.mkdtemp(prefix="zygote-", dir="/tmp"))
            try:
                if self.stage:
                    self.stage(self.folder / STAGED)
                with self.lock:
                    self._start()
            except BaseException:
                self.close()
                raise
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End every kernel, and the zygote."""
        with self.lock:
            self._stop()
        if self.folder:
            erase(self.folder)

    def kernel_manager(
        self, policy: Policy | None = None, settled: bool = False
    ) -> AsyncKernelManager:
        """Return a manager for one kernel, sandboxed by `policy`. Raises SandboxError.

        `settled`: a forked one begins with what stands in for the student's own computer.
        """
        if not FORKS:
            if policy:
                raise SandboxError(MISSING)
            return AsyncKernelManager(kernel_name="python3")
        if not self.folder:
            raise ZygoteError(CLOSED)
        place = self.folder / str(next(self.numbers))
        manager = ForkedKernelManager(
            transport="ipc", ip=str(place), connection_file=f"{place}.json", **PORTS
        )
        manager.zygote, manager.policy, manager.settled = self, policy, settled
        return manager

    def ask(self, **request: Any) -> dict[str, Any]:
        """Ask the zygote's process; start it again if it has died."""
        with self.lock:
            try:
                return self._exchange(request)
            except (OSError, ValueError):  # it is gone, or broke off
                self._stop()
                self._start()
                return self._exchange(request)

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        if not self.control:
            raise ZygoteError(CLOSED)
        request["id"] = next(self.numbers)
        self.control.sendall(json.dumps(request).encode() + b"\n")
        while (reply := self._hear()).get("id") != request["id"]:
            continue  # an answer that nobody waited for, after a Ctrl-C
        return reply

    def _hear(self) -> dict[str, Any]:
        line = b""
        while self.control and not line.endswith(b"\n"):
            part = self.control.recv(65536)
            if not part:
                raise ConnectionError("the zygote hung up")
            line += part
        reply: dict[str, Any] = json.loads(line.splitlines()[-1])
        return reply

    def _start(self) -> None:
        assert self.folder
        self.control, theirs = socket.socketpair()
        self.control.settimeout(PATIENCE)
        with theirs, open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(
                [*PROGRAM, str(theirs.fileno()), str(self.folder), str(os.getpid()), *self.preload],
                pass_fds=[theirs.fileno()],
                env=self._environment(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the grader, who then ends us
            )
        try:
            error = self._hear().get("error")
        except OSError as reason:
            error = f"{reason}\n{(self.folder / 'log').read_text()[-2000:]}"
        if error:
            self._stop()
            raise ZygoteError(f"the zygote did not start: {error}")

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        pools = ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM", "RAYON")
        staged = {"PYTHONPATH": str(self.folder / STAGED)} if self.stage and self.folder else {}
        threads = {f"{pool}_NUM_THREADS": str(self.threads) for pool in pools}
        return kept | SET | staged | threads

    def _stop(self) -> None:
        if self.control:
            with contextlib.suppress(OSError):
                self.control.sendall(b'{"do": "end"}\n')
            self.control.close()
        if self.process:
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = self.control = None


class ForkedKernelManager(AsyncKernelManager):
    """Jupyter's, for a kernel of a zygote. `ended` says why the kernel is no more.

    `overran` says whether that is because it had too much of something, whenever it took it.
    """

    zygote = AnyTrait()
    policy = AnyTrait()
    settled = Bool()
    ended = Unicode()
    overran = Bool()

    def has_too_much(self) -> bool:
        """Say whether the kernel had to be ended, looking now and not at the next tick."""
        reply = self.zygote.ask(do="look", kernel=getattr(self.provisioner, "kernel", None))
        self.ended, self.overran = reply["why"], reply["overran"]
        return reply["code"] is not None

    @property
    def kernel_spec(self) -> KernelSpec:
        provisioners = KernelProvisionerFactory.instance().provisioners
        value = f"{__name__}:{ForkedKernelProvisioner.__name__}"
        provisioners.setdefault(PROVISIONER, EntryPoint(PROVISIONER, value, "zygote"))
        stanza = {"provisioner_name": PROVISIONER, "config": {}}
        return KernelSpec(
            argv=[],
            display_name="Python 3, of a zygote",
            language="python",
            metadata={"kernel_provisioner": stanza},
        )


class ForkedKernelProvisioner(KernelProvisionerBase):
    """Has a zygote fork the kernel. Its parent is a ForkedKernelManager."""

    kernel: int | None = None  # its number with the zygote
    pid: int | None = None

    @property
    def manager(self) -> Any:
        return self.parent

    @property
    def has_process(self) -> bool:
        return self.kernel is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        return await super().pre_launch(cmd=[], **{"env": {}, **kwargs})

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        manager = self.manager
        connection = manager.get_connection_info()
        policy, cwd = manager.policy, kwargs.get("cwd")
        number = next(manager.zygote.numbers)
        reply = manager.zygote.ask(
            do="start",
            kernel=number,
            connection=connection | {"key": connection["key"].decode()},
            policy=policy and policy.as_json(),
            cwd=cwd and str(cwd),
            env=kwargs["env"],
            arguments=kwargs.get("extra_arguments", []),
            settled=manager.settled,
        )
        if "error" in reply:
            raise SandboxError(reply["error"]) if policy else ZygoteError(reply["error"])
        self.kernel, self.pid = number, reply["pid"]
        return connection

    async def poll(self) -> int | None:
        if self.kernel is None:
            return 0
        reply = self.manager.zygote.ask(do="poll", kernel=self.kernel)
        self.manager.ended, self.manager.overran = reply["why"], reply["overran"]
        code: int | None = reply["code"]
        return code

    async def wait(self) -> int | None:
        while (code := await self.poll()) is None:
            await asyncio.sleep(0.02)
        self.kernel = None
        return code

    async def send_signal(self, signum: int) -> None:
        if self.kernel is not None:
            self.manager.zygote.ask(do="signal", kernel=self.kernel, signal=signum)

    async def kill(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        for port in PORTS.values():
            with contextlib.suppress(OSError):
                os.unlink(f"{self.manager.ip}-{port}")
