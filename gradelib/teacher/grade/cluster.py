"""Hand notebooks to a Dask cluster whose workers are like this computer.

Workers get what `Work` holds (what a student wrote, inputs, limits) and give what `Ran` holds; they
have no answers, no gradebook, no seed. What runs on them is in cluster_worker.py. Whoever reaches
the scheduler can run code on all of them: docs/security.md says what follows from that.
"""

from __future__ import annotations

import functools
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import suppress
from typing import Any

import dask
from distributed import Client
from distributed.client import ClosedClientError

from gradelib.teacher.grade.cluster_worker import (
    ClusterError,
    Report,
    digest_of,
    do,
    report,
    surroundings,
)

__all__ = ["Cluster", "ClusterError"]

ANSWERS = 5  # seconds in which a scheduler has to answer
JOINS = 10  # seconds that we wait for a first worker
RETURNS = 60  # seconds that we wait when none is left: a nanny starts its worker again
LOOK = 2  # seconds between two looks at who is there
NAMED = 3  # differences that a message names
HOW = "docs/teacher.md says how, under A cluster"


class Cluster(Executor):
    """Runs notebooks on a Dask cluster, `jobs` at a time.

    A worker that dies costs nothing: Dask gives its work to another. Raises ClusterError where
    nobody answers at `address`, or a worker is not like this computer; a future raises it when
    the scheduler or the last worker is gone.
    """

    def __init__(self, address: str, sandboxed: bool) -> None:
        here = surroundings()
        self.expected = digest_of(here)  # of every worker's surroundings
        self.address = address
        self.asked: dict[Future[Any], Any] = {}  # what batch waits for -> Dask's future
        self.closing = threading.Event()
        self.watch = threading.Thread(target=self._watch, daemon=True)
        self.client = _connect(address)
        try:
            self._refuse_others(here, sandboxed)
            self.jobs = self._threads()
            self.watch.start()
        except BaseException:
            self.client.close()
            raise

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a worker do `fn(work)`."""
        future: Future[Any] = Future()
        if self.client.status == "running":
            with suppress(ClosedClientError):  # in the same moment
                asked = self.client.submit(
                    functools.partial(do, self.expected, fn), *args, pure=False
                )
                self.asked[future] = asked
                asked.add_done_callback(functools.partial(self._settle, future))
                return future
        future.set_exception(self._lost("the scheduler is gone"))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; it drops what is still to be done for us."""
        self.closing.set()
        self.watch.join()
        self.client.close()

    def _settle(self, future: Future[Any], asked: Any) -> None:
        """Pass on how it ended."""
        try:
            result = self._fetched(asked)
        except Exception as error:  # noqa: BLE001 - it is the future's
            gone = asked.cancelled() or self.client.status != "running"
            self._fail(future, self._lost("the scheduler is gone") if gone else error)
        else:
            with suppress(InvalidStateError):  # it was given up in the same moment
                future.set_result(result)
        self.asked.pop(future, None)

    def _fetched(self, asked: Any) -> Any:
        """Return what was done, or raise what came of it.

        Waits in short turns. All of Dask's futures share one thread for this, and on a client that
        is closed in the same moment a wait without a limit has no end. What raises TimeoutError
        before a turn is over is the work, and not our wait.
        """
        while True:
            begun = time.monotonic()
            try:
                return asked.result(timeout=LOOK)
            except TimeoutError:
                if time.monotonic() - begun < LOOK / 2 or self.client.status != "running":
                    raise

    def _watch(self) -> None:
        seen = time.monotonic()
        while not self.closing.wait(LOOK):
            if self._threads():
                seen = time.monotonic()
            elif time.monotonic() - seen > RETURNS:
                for future in list(self.asked):
                    self._fail(future, self._lost("no worker is left"))

    def _fail(self, future: Future[Any], error: Exception) -> None:
        with suppress(InvalidStateError):  # it was done in the same moment
            future.set_exception(error)

    def _lost(self, what: str) -> ClusterError:
        return ClusterError(
            f"{what} at {self.address}. What was done is stored. When the cluster is there again, "
            "run the same command, or now without --cluster: it goes on where this one was"
        )

    def _threads(self) -> int:
        """Return how many notebooks the workers that are there run at a time."""
        workers = self.client.scheduler_info(n_workers=-1).get("workers", {})  # none if it is gone
        return sum(worker["nthreads"] for worker in workers.values())

    def _refuse_others(self, here: Mapping[str, str], sandboxed: bool) -> None:
        """Raise ClusterError unless all who take part have what this computer has."""
        try:
            self.client.wait_for_workers(1, timeout=JOINS)
        except TimeoutError:
            raise ClusterError(
                f"the scheduler at {self.address} has no workers: start some with "
                f"`dask worker {self.address} --nthreads 1`; {HOW}"
            ) from None
        reports: dict[str, Report | Exception] = {}
        try:
            reports["the scheduler"] = self.client.run_on_scheduler(report, False)
        except Exception as error:  # noqa: BLE001 - whatever it is, it cannot take part
            reports["the scheduler"] = error
        reports |= self.client.run(report, sandboxed, on_error="return")
        for who, answer in reports.items():
            if why := _why_not(answer, here):
                raise ClusterError(f"{who if ':' not in who else f'the worker {who}'} {why}")


def _connect(address: str) -> Client:
    if not re.fullmatch(r"(tcp|tls)://\S+:\d+/?", address):
        raise ClusterError(f"--cluster {address}: write it such as tcp://192.168.1.10:8786")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters we say ourselves
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    try:
        return Client(address, timeout=ANSWERS, set_as_default=False)
    except TypeError as error:
        raise ClusterError(f"{address} needs certificates: {error}; {HOW}") from None
    except (OSError, ImportError, ValueError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address}: {error}. Start one with `dask scheduler`, "
            f"and workers with `dask worker {address} --nthreads 1`; {HOW}"
        ) from None


def _why_not(answer: Report | Exception, here: Mapping[str, str]) -> str:
    """Say why someone cannot take part; nothing, if they can."""
    again = f"Put the same there (gradelib, packages, data), and start it again; {HOW}"
    if not isinstance(answer, Report):
        return f"cannot run the gradelib of this computer: {answer!r:.300}. {again}"
    if differences := _differences(answer.surroundings, here):
        named = ", ".join(differences[:NAMED])
        more = f", and {len(differences) - NAMED} more" if len(differences) > NAMED else ""
        return f"is not like this computer: {named}{more}. {again}"
    if answer.changed:
        return f"works with files that have changed since it started: start it again; {HOW}"
    if answer.no_sandbox:
        return (
            f"cannot sandbox submissions: {answer.no_sandbox[0]}. Use other computers, or "
            "--no-sandbox in virtual machines, or if you trust everyone"
        )
    return ""


def _differences(there: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """Say what differs between two computers: versions first, and then files."""
    names = sorted({*here, *there}, key=lambda name: ("/" in name, name))
    return [_difference(name, there, here) for name in names if here.get(name) != there.get(name)]


def _difference(name: str, there: Mapping[str, str], here: Mapping[str, str]) -> str:
    if name not in here:
        return f"{name} is missing here"
    if name not in there:
        return f"{name} is missing there"
    if "/" in name:
        return f"{name} is another there"
    return f"{name} is {there[name]} there and {here[name]} here"
