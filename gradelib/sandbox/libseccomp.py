"""libseccomp, as far as `seccomp` needs it: filters of system calls for the calling process.

The library is Linux's own and kept; its interface is of version 2, and does not change within it
(`seccomp.h`). Raises OSError on import where it is not installed.
"""

from __future__ import annotations

import ctypes
import functools
import os
import weakref

from gradelib.sandbox import linux

__all__ = ["ALLOW", "MASKED_EQ", "NE", "Filter", "errno_action", "number"]

ALLOW = 0x7FFF0000
NE, MASKED_EQ = 1, 7  # how an argument is compared


class _Comparison(ctypes.Structure):
    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("a", ctypes.c_uint64),
        ("b", ctypes.c_uint64),
    )


_library = ctypes.CDLL("libseccomp.so.2")
_library.seccomp_init.argtypes = [ctypes.c_uint32]
_library.seccomp_init.restype = ctypes.c_void_p
_library.seccomp_release.argtypes = [ctypes.c_void_p]
_library.seccomp_release.restype = None
_library.seccomp_export_bpf.argtypes = [ctypes.c_void_p, ctypes.c_int]
_library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
_library.seccomp_rule_add_array.argtypes = [
    ctypes.c_void_p,
    ctypes.c_uint32,
    ctypes.c_int,
    ctypes.c_uint,
    ctypes.POINTER(_Comparison),
]


def errno_action(code: int) -> int:
    """Return the action that fails a call with this errno; with 0 it does nothing and succeeds."""
    return 0x00050000 | code


def number(name: str) -> int:
    """Return the number of a system call; a negative one where this processor has no such call."""
    resolved: int = _library.seccomp_syscall_resolve_name(name.encode())
    return resolved


class Filter:
    """Rules for system calls; `default` is the action for those without a rule."""

    def __init__(self, default: int) -> None:
        self._pointer = _library.seccomp_init(default)
        if not self._pointer:
            raise OSError("libseccomp makes no filter with this default")
        weakref.finalize(self, _library.seccomp_release, self._pointer)

    def add_rule(self, action: int, call: int | str, *compare: tuple[int, int, int, int]) -> None:
        """Answer a call with an action, where its arguments are so.

        compare: (index of the argument, NE, value, 0) or (index, MASKED_EQ, mask, value).
        """
        wanted = number(call) if isinstance(call, str) else call
        comparisons = (_Comparison * len(compare))(*(_Comparison(*parts) for parts in compare))
        code = _library.seccomp_rule_add_array(
            self._pointer, action, wanted, len(compare), comparisons
        )
        _raise_if(code)

    @functools.cached_property
    def program(self) -> bytes:
        """The filter as Linux takes it. What is made of it before a fork is made for all."""
        with open(os.memfd_create("filter"), "w+b") as file:
            _raise_if(_library.seccomp_export_bpf(self._pointer, file.fileno()))
            file.seek(0)
            return file.read()

    def load(self) -> None:
        """Put the calling process under this filter, for good."""
        linux.filter_calls(self.program)


def _raise_if(code: int) -> None:
    if code < 0:
        raise OSError(-code, os.strerror(-code))
