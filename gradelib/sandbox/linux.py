"""The calls of Linux that Python has no name for: prctl, capabilities, Landlock.

Linux keeps these calls as they are for good, on every processor; the numbers are from its headers
`prctl.h`, `capability.h`, `landlock.h` and `unistd.h`. Raises ImportError elsewhere.
`docs/decisions/0018-linux-is-called-directly.md` says why no package does this.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

if sys.platform != "linux":
    raise ImportError(f"prctl, capabilities and Landlock are Linux's; this is {sys.platform}")

__all__ = [
    "DAC_READ_SEARCH",
    "become_subreaper",
    "die_with_parent",
    "drop_capabilities",
    "filter_calls",
    "landlock",
    "landlock_version",
]

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 36, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
PR_SET_SECCOMP, SECCOMP_MODE_FILTER, INSTRUCTION = 22, 2, 8  # the last in bytes
CAPABILITY_VERSION = 0x20080522  # the third: 64 bits, as two words of 32
DAC_READ_SEARCH = 1 << 2  # the capability to read past file modes

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1
KNOWN = 6  # of Landlock's versions, the newest whose rights are written down here
# rights to files, by the version of Landlock that knows them
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_DIR, MAKE_REG, REFER, TRUNCATE, IOCTL_DEV = 1 << 7, 1 << 8, 1 << 13, 1 << 14, 1 << 15
HANDLED = {1: (1 << 13) - 1, 2: REFER, 3: TRUNCATE, 5: IOCTL_DEV}
READ = EXECUTE | READ_FILE | READ_DIR
WRITE = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE | IOCTL_DEV
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
TCP = 0b11  # to bind and to connect; version 4
SCOPES = 0b11  # abstract Unix sockets and signals stay inside; version 6

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]


def die_with_parent(signal: int) -> None:
    """Have this process sent a signal when the thread that started it ends; 0 for none."""
    _prctl(PR_SET_PDEATHSIG, signal)


def become_subreaper() -> None:
    """Make this process the parent of descendants that lose theirs."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def drop_capabilities(keep: int = 0) -> None:
    """Give up all capabilities but those in the mask `keep`, of which it has what it has."""
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = ctypes.create_string_buffer(struct.pack("=Ii", CAPABILITY_VERSION, 0))  # 0: its own
    # (effective, permitted, inheritable) of the lower 32 capabilities, then of the upper
    words = ctypes.create_string_buffer(24)
    _checked(_libc.capget(header, words))
    kept = struct.unpack("=6I", words)[1] & keep
    _checked(_libc.capset(header, struct.pack("=6I", kept, kept, 0, 0, 0, 0)))


def filter_calls(program: bytes) -> None:
    """Put this process, which then gains no privilege any more, under a filter of system calls.

    `program` is of the form that `seccomp.h` calls `sock_filter`, many of them. Raises OSError.
    """
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    instructions = ctypes.create_string_buffer(program)
    header = struct.pack("=H6xQ", len(program) // INSTRUCTION, ctypes.addressof(instructions))
    place = ctypes.create_string_buffer(header)
    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(place))


def landlock_version() -> int:
    """Return the version of Landlock here; 0 where there is none, or none is to be had."""
    return max(_syscall(CREATE_RULESET, None, 0, ASK_VERSION), 0)


def landlock(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Let this process read and start what is beneath `readable`, and change what is `writable`.

    All other files are closed to it, and devices, links, sockets and pipes cannot be made. Where
    Landlock is new enough, TCP is closed too, and signals and abstract sockets lead nowhere.
    Raises OSError.
    """
    version = min(landlock_version(), KNOWN)
    handled = sum(rights for since, rights in HANDLED.items() if since <= version)
    fields = [handled] + [TCP] * (version >= 4) + [SCOPES] * (version >= 6)
    asked = struct.pack(f"={len(fields)}Q", *fields)
    rules = _checked(_syscall(CREATE_RULESET, asked, len(asked), 0))
    try:
        for paths, rights in ((readable, READ), (writable, READ | WRITE)):
            for path in paths:
                _allow(rules, path, rights & handled)
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
        _checked(_syscall(RESTRICT_SELF, rules, 0))
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, rights: int) -> None:
    beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(beneath).st_mode):
            rights &= OF_A_FILE
        rule = struct.pack("=Qi", rights, beneath)
        _checked(_syscall(ADD_RULE, rules, PATH_BENEATH, rule, 0))
    finally:
        os.close(beneath)


def _prctl(option: int, value: int, address: int = 0) -> None:
    _checked(_libc.prctl(option, value, address, 0, 0))


def _syscall(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call; bytes are handed over by their address."""
    passed = [ctypes.c_long(a) if isinstance(a, int) else ctypes.c_char_p(a) for a in arguments]
    answer: int = _libc.syscall(ctypes.c_long(number), *passed)
    return answer


def _checked(answer: int) -> int:
    """Return the answer of a call. Raises OSError where it is an error's."""
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
