"""Count what a sandboxed process uses up of what the system does not count, for who owns it.

The whole disk, files without a name included, threads, processes.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import psutil

from gradelib.sandbox.confine import MIB, Policy

__all__ = ["overrun"]

ENTRIES = 10_000  # files and folders that a scratch folder may hold
DEPTH = 50  # of its folders
NAMELESS = 50  # files that are deleted and still held


def overrun(pid: int, policy: Policy, mapped: bool = True) -> str:
    """Say what a sandboxed process has too much of, of what no limit of the system counts.

    `mapped`: look into its memory too, which takes six times as long as all else.
    """
    members = _group(pid) if policy.processes else [pid]
    if len(members) > policy.processes + 1:
        return f"it started more than {policy.processes} processes"
    try:
        if sum(len(os.listdir(f"/proc/{member}/task")) for member in members) > policy.threads:
            return f"it started more than {policy.threads} threads"
        used, nameless = 0, dict[int, int]()
        for member in members:
            nameless |= _nameless(member, policy.scratch, mapped)
        if len(nameless) > NAMELESS:
            return f"it keeps more than {NAMELESS} files that it has deleted"
        for entries, size in enumerate(chain([sum(nameless.values())], _sizes(policy.scratch))):
            used += size
            if used > policy.disk:
                return f"it wrote more than {policy.disk // MIB} MB"
            if entries > ENTRIES:
                return f"it made more than {ENTRIES} files"
    except (FileNotFoundError, ProcessLookupError):
        return ""  # it ended while we looked
    except OSError as error:
        return f"its folder cannot be looked through: {error.strerror}"
    return ""


def _group(pid: int) -> list[int]:
    members = []
    for other in psutil.pids():
        try:
            members += [other] if os.getpgid(other) == pid else []
        except OSError:
            continue
    return members


def _nameless(member: int, folder: Path, mapped: bool) -> dict[int, int]:
    """Return the sizes of files that a process holds and that have no name any more, by inode.

    Its threads share what is open, so that one which has not ended tells; the first may have.
    """
    for task in os.listdir(f"/proc/{member}/task"):
        place = f"/proc/{member}/task/{task}"
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended
            numbers = _open_files(place)
            sizes = dict(_unlinked(f"{place}/fd/{number}" for number in numbers))
            if mapped:
                sizes = dict(_mapped(Path(place), folder)) | sizes
            if numbers or sizes:
                return sizes
    return {}


def _unlinked(paths: Iterable[str]) -> Iterator[tuple[int, int]]:
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode) and not status.st_nlink:
            yield status.st_ino, status.st_blocks * 512


def _open_files(place: str) -> list[str]:
    try:
        return os.listdir(f"{place}/fd")
    except PermissionError:  # to an ordinary user also of a thread that is ending: has it memory?
        if Path(f"{place}/statm").read_text().split()[0] != "0":
            raise
        return []


def _mapped(place: Path, folder: Path) -> Iterator[tuple[int, int]]:
    """Go over the files of `folder` that are in a memory and have no name, nor need to be open.

    How large each is only a privileged user is told; to others it ends where what is mapped does.
    """
    below = f" {folder.resolve()}/".encode()
    lines = (place / "maps").read_bytes().splitlines()
    lines = [line for line in lines if line.endswith(b"(deleted)") and below in line]
    for inode, line in {line.split()[4]: line for line in lines}.items():
        span, _, offset, *_ = line.split()
        begin, end = (int(part, 16) for part in span.split(b"-"))
        size = int(offset, 16) + end - begin
        with contextlib.suppress(PermissionError, FileNotFoundError):
            size = os.stat(place.parents[1] / f"map_files/{begin:x}-{end:x}").st_blocks * 512
        yield int(inode), size


def _sizes(folder: Path | str, depth: int = 0) -> Iterable[int]:
    if depth > DEPTH:
        raise OSError(errno.ELOOP, "its folders lie too deep in each other")
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):  # it went while we looked
                yield entry.stat(follow_symlinks=False).st_blocks * 512
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(entry.path, depth + 1)
