"""A Dask cluster on loopback: its processes, started by the commands that a teacher types."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import psutil
from distributed import Client

LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")


class Machines:
    """The processes of a cluster, as one starts them by hand."""

    def __init__(self, folder):
        self.folder = folder
        self.started: list[subprocess.Popen] = []
        self.seen: set[int] = set()
        self.scheduler = self.start("scheduler", "--port", "0", "--scheduler-file", "address.json")
        self.address = self.until(lambda: json.loads((folder / "address.json").read_text()))
        self.address = self.address["address"]

    def start(self, what, *more, path=""):
        """Start it, with a folder where Python looks first."""
        number = len(self.started)
        places = [str(path), os.environ.get("PYTHONPATH", "")]
        env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places))}
        with (self.folder / f"{what}-{number}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", what, *LOOPBACK, *more],
                cwd=self.folder,
                env=env,
                stdout=log,
                stderr=log,
            )
        self.started.append(process)
        return process

    def workers(self, count, *more, path=""):
        """Start workers; return when all are there."""
        here = ("--nthreads", "1", "--local-directory", str(self.folder), *more)
        workers = [self.start("worker", self.address, *here, path=path) for _ in range(count)]
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=120)
        return workers

    def until(self, what, seconds=120):
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            with contextlib.suppress(OSError, ValueError):  # it is not there yet
                if result := what():
                    return result
            time.sleep(0.05)
        logs = [path.read_text()[-1500:] for path in self.folder.glob("*.log")]
        raise TimeoutError("\n".join(logs))

    def processes(self):
        """Return the numbers of all processes that ever were seen of the cluster."""
        for process in self.started:
            with contextlib.suppress(psutil.NoSuchProcess):
                family = psutil.Process(process.pid)
                self.seen |= {member.pid for member in (family, *family.children(recursive=True))}
        return self.seen

    def executed(self) -> list[int]:
        """Return how many tasks each worker has done."""
        with Client(self.address, set_as_default=False) as client:
            return list(client.run(lambda dask_worker: dask_worker.state.executed_count).values())

    def kill_when_busy(self, victim: subprocess.Popen) -> None:
        """End a worker and its nanny while a kernel runs, as a power failure does."""
        nanny = psutil.Process(victim.pid)
        (zygote,) = self.until(lambda: _with_kernels(nanny))
        self.processes()
        for process in (nanny, zygote.parent()):
            process.kill()
        victim.wait()

    @contextlib.contextmanager
    def worker(self, path=""):
        (worker,) = self.workers(1, "--no-nanny", path=path)
        try:
            yield worker
        finally:
            self.processes()
            self.end([worker])

    def end(self, processes=None):
        for process in reversed(processes or self.started):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in processes or self.started:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def left(self):
        """Return what is still there of those that were seen: after a while, nothing."""
        give_up = time.monotonic() + 10
        while time.monotonic() < give_up and any(map(_lives, self.seen)):
            time.sleep(0.1)
        return [psutil.Process(pid).cmdline() for pid in self.seen if _lives(pid)]


def _with_kernels(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):  # one ended while we looked: look again
        family = process.children(recursive=True)
        zygotes = [p for p in family if "gradelib.sandbox.zygote" in " ".join(p.cmdline())]
        return [zygote for zygote in zygotes if zygote.children()]
    return []


def _lives(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextlib.contextmanager
def machines(folder):
    folder.mkdir()
    started = Machines(folder)
    try:
        yield started
    finally:
        started.processes()
        started.end()
    assert started.left() == []
