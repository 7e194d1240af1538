"""Where kernels live: each is a sandboxed fork of this process's zygote, in a folder of its own.

The zygote opens with the first kernel and closes with the process. Kernels import a copy of
gradelib that has nothing of the teacher's but what forks and sandboxes them. Where nothing can be
forked kernels are fresh, and not sandboxed.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import multiprocessing.util
import os
import shutil
import signal
import site
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager

from gradelib.sandbox.confine import MIB, Policy, erase
from gradelib.teacher.course import Limits
from gradelib.teacher.kernels.provisioner import FORKS, Zygote
from gradelib.teacher.package import copy_package, data_folder, link, staged

__all__ = [
    "begin",
    "environment",
    "kernel_manager",
    "launch_options",
    "open_zygote",
    "prepared",
]

KEPT = """
PATH LANG LC_ALL LC_CTYPE TZ LD_LIBRARY_PATH DYLD_LIBRARY_PATH CONDA_PREFIX OMP_NUM_THREADS
SYSTEMROOT WINDIR COMSPEC PATHEXT NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE
"""  # of the environment; all else, such as keys and tokens, stays with the teacher
zygotes: list[Zygote] = []  # that this process has opened


def begin(parent: int) -> None:
    """Begin as a worker that ends with its parent, whatever ends that; zygotes do the same."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_watch, args=[parent], daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.2)
    for zygote in zygotes:  # its own process sees to its folder, but may not be there yet
        if zygote.folder:
            erase(zygote.folder)
    os._exit(1)


def open_zygote() -> None:
    """Open the zygote of this process before the first kernel is wanted."""
    _zygote(os.getpid())


@functools.cache
def _zygote(process: int) -> Zygote | None:
    """Return the zygote of this process; none where nothing can be forked."""
    if not FORKS:
        return None
    zygote = Zygote(stage=_stage)
    zygotes.append(zygote)
    zygote.__enter__()
    atexit.register(zygote.close)
    multiprocessing.util.Finalize(None, zygote.close, exitpriority=1)  # of a worker: no atexit
    return zygote


def _stage(folder: Path) -> None:
    copy_package(folder, staged())


@functools.cache
def _package(process: int) -> Path:
    """Return a folder that holds what a zygote's kernels get of gradelib, and no more."""
    folder = Path(tempfile.mkdtemp(prefix="gradelib-package-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    copy_package(folder, staged())
    return folder


@contextlib.contextmanager
def prepared(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Make a folder with what lies beside the notebook at the student's: data, the week's files."""
    zygote = _zygote(os.getpid())
    within = zygote.folder if zygote else None  # so that it goes with the zygote
    folder = Path(tempfile.mkdtemp(prefix="gradelib-", dir=within)).resolve()
    try:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        if course_data := data_folder():
            link(course_data, folder / "data")
        yield folder
    finally:
        with contextlib.suppress(RecursionError):
            shutil.rmtree(folder, ignore_errors=True)
        if folder.exists() and os.name == "posix":
            erase(folder)


def kernel_manager(
    folder: Path, limits: Limits, sandboxed: bool, hidden: tuple[str, ...]
) -> AsyncKernelManager:
    """Return a manager for a kernel in `folder`. Raises SandboxError where there is no sandbox."""
    zygote = _zygote(os.getpid())
    if zygote is None:
        if sandboxed:
            Zygote().kernel_manager(Policy(folder))  # which says why it cannot
        manager = AsyncKernelManager(kernel_name="python3")
    else:
        policy = _policy(folder, limits, hidden) if sandboxed else None
        manager = zygote.kernel_manager(policy, settled=True)
    manager.session.packer = "json"  # as its kernel has: orjson outlives what a cell makes of json
    return manager


def _policy(folder: Path, limits: Limits, hidden: tuple[str, ...]) -> Policy:
    data = data_folder()
    return Policy(
        folder,
        reads=(data.resolve(),) if data else (),
        hidden=tuple(map(Path, hidden)),
        memory=int(limits.memory_megabytes * MIB),
        disk=int(limits.disk_megabytes * MIB),
        cpu_seconds=int(limits.cpu_seconds),
        processes=int(limits.processes),
        threads=int(limits.threads),
        open_files=int(limits.open_files),
    )


def launch_options() -> dict[str, Any]:
    """Return how to launch: a fresh kernel prints to nowhere, one of a zygote does anyway."""
    return {} if FORKS else {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def environment(folder: Path) -> dict[str, str]:
    """Return what a kernel finds in its environment."""
    homes = {name: str(folder) for name in ("HOME", "USERPROFILE", "IPYTHONDIR", "TMPDIR", "TEMP")}
    new = homes | {"NBGRADER_EXECUTION": "autograde", "HF_HUB_OFFLINE": "1"}
    if FORKS:  # the zygote's own environment is clean already
        return new
    kept = {name: os.environ[name] for name in KEPT.split() if name in os.environ}
    python = {
        "PYTHONPATH": str(_package(os.getpid())),
        "PYTHONUSERBASE": site.getuserbase(),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
    }
    return kept | new | python
