"""Who works on what, where several graders are at work: locks that end with their process.

On SQLite they are locks on files in class/locks, for graders on one computer. On PostgreSQL they
are advisory locks of the server, for graders on several computers that share the class folder.
Either way the system lets go of them when a process ends, whatever ends it.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType

from filelock import FileLock, Timeout
from sqlalchemy import Connection, text

from gradelib.teacher.course import Course
from gradelib.teacher.gradebook.database import connect

__all__ = ["Claims", "alone", "share"]

PAUSE = 0.2  # seconds between two looks at a lock that another process has
KEEPALIVE = (  # in seconds: what a computer held that was cut off is free after a minute
    "SELECT set_config('tcp_keepalives_idle', '30', false), "
    "set_config('tcp_keepalives_interval', '10', false), "
    "set_config('tcp_keepalives_count', '3', false)"
)


class Claims:
    """Names that this process has for itself, until it drops them or ends."""

    def __init__(self, course: Course) -> None:
        self.held: dict[str, Callable[[], object]] = {}  # name -> what lets go of it
        self._ends = contextlib.ExitStack()
        self._folder = course.class_folder / "locks"
        self._connection: Connection | None = None
        if course.gradebook:
            self._connection = self._ends.enter_context(connect(course))
            self._connection.execute(text(KEEPALIVE))

    def __enter__(self) -> Claims:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        if self._connection is None:
            for name in list(self.held):
                self.drop(name)
        return self._ends.__exit__(kind, error, trace)

    def take(self, name: str) -> bool:
        """Say whether the name is ours, now or already."""
        if name not in self.held:
            let_go = self._take_file(name) if self._connection is None else self._ask_server(name)
            if let_go is None:
                return False
            self.held[name] = let_go
        return True

    def drop(self, name: str) -> None:
        self.held.pop(name)()

    def wait(self, names: Iterable[str]) -> None:
        """Wait until one of the names is ours."""
        names = list(names)
        while not any(map(self.take, names)):
            time.sleep(PAUSE)

    def _take_file(self, name: str) -> Callable[[], object] | None:
        path = self._folder / f"{name}.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, mode=0o660)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return None
        return lock.release

    def _ask_server(self, name: str) -> Callable[[], object] | None:
        digest = hashlib.sha256(f"gradelib:{name}".encode()).digest()
        key = {"key": int.from_bytes(digest[:8], "big", signed=True)}
        connection = self._connection
        assert connection is not None
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
            return None
        return lambda: connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


@contextlib.contextmanager
def alone(course: Course, name: str) -> Iterator[None]:
    """Wait until nobody else has this name, and have it."""
    with Claims(course) as claims:
        claims.wait([name])
        yield


def share(
    course: Course,
    week: str,
    students: Iterable[str],
    is_done: Callable[[str], bool],
    run: Callable[[list[str], Callable[[str], bool]], Iterator[str]],
    progress: Callable[[str], object],
) -> Iterator[str]:
    """Yield each student that `run` yields, while nobody else works on that one.

    `run` asks its second argument who is free. Students whom another process has come last: then
    most are done, as `is_done` says, and are not yielded. The others it left behind.
    """
    left = list(students)
    with Claims(course) as claims:

        def take(student: str) -> bool:
            if not claims.take(f"{week}/{student}"):
                return False
            left.remove(student)
            done = is_done(student)
            if done:
                claims.drop(f"{week}/{student}")
            return not done

        while left:
            for student in run(list(left), take):
                yield student
                claims.drop(f"{week}/{student}")
            if left:
                progress(f"another run has {', '.join(left[:3])}: waiting for it")
                claims.wait(f"{week}/{student}" for student in left)
