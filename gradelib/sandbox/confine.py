"""Shut the calling process in: what it reads, writes and reaches, and how much it may use up.

Files, signals and tracing are Landlock's, system calls seccomp's, limits the system's own. What
the system does not count (the whole disk, threads, processes) `overrun.py` counts, for whoever
owns the process.
`docs/decisions/0010-sandbox.md` says why it is so and what is not defended.
"""

from __future__ import annotations

import functools
import os
import site
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import psutil

try:
    import resource

    from gradelib.sandbox import linux, seccomp
except (ImportError, OSError) as error:  # OSError: there is no libseccomp
    MISSING = f"the sandbox needs Linux with libseccomp 2.5: {error}"
else:
    MISSING = ""

__all__ = [
    "Policy",
    "SandboxError",
    "available",
    "confine",
    "erase",
    "fixed",
    "wanted",
]

NO_SANDBOX = "GRADELIB_NO_SANDBOX"  # in the environment: do without, as --no-sandbox does

MIB = 2**20
SLACK = 512 * MIB  # address space that is reserved and never used: stacks, arenas
SYSTEM = """
/lib /lib64 /usr/lib /usr/lib64 /usr/local/lib /usr/share/zoneinfo
/usr/share/fonts /usr/local/share/fonts /usr/share/fontconfig /usr/share/locale
/etc/fonts /etc/ld.so.cache /etc/localtime /etc/mime.types
/dev/null /dev/zero /dev/random /dev/urandom
/proc/cpuinfo /proc/meminfo /sys/devices/system/cpu
/proc/self/maps /proc/self/stat /proc/self/statm /proc/self/status
"""
PROGRAMS = "/bin /usr/bin /usr/share/terminfo"  # only where processes may be started


class SandboxError(RuntimeError):
    """This process cannot be shut in. The message says what is missing."""


@dataclass(frozen=True)
class Policy:
    """What a sandboxed process may do. Sizes are in bytes."""

    scratch: Path  # its home and working folder, the only one that it may write
    reads: tuple[Path, ...] = ()  # beside Python's environment and gradelib
    hidden: tuple[Path, ...] = ()  # refuse to start if anything readable contains one of these
    memory: int = 2048 * MIB  # beside what it has when it is shut in
    disk: int = 256 * MIB  # of all files; one file may have half of it
    cpu_seconds: int = 600
    processes: int = 0  # beside itself; each has the limits of its own
    threads: int = 128
    open_files: int = 256

    def as_json(self) -> dict[str, Any]:
        """Return the policy as plain data."""
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        return plain | {
            "scratch": str(self.scratch),
            "reads": [str(path) for path in self.reads],
            "hidden": [str(path) for path in self.hidden],
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Policy:
        """Return the policy that `as_json` wrote."""
        paths = {name: tuple(map(Path, plain[name])) for name in ("reads", "hidden")}
        return cls(**plain | paths | {"scratch": Path(plain["scratch"])})


def confine(policy: Policy) -> None:
    """Shut the calling process in, for good. It must have one thread.

    Raises SandboxError, and then the process must not run what it was to run.
    """
    if missing := _missing(policy):
        raise SandboxError(missing)
    if len(os.listdir("/proc/self/task")) > 1:
        raise SandboxError("a process that already has threads cannot be sandboxed")
    readable = _readable(policy)
    try:
        filters = seccomp.filters(alone=not policy.processes)
        Path("/proc/self/oom_score_adj").write_text("1000")  # the first to go if memory runs out
        _limit(policy)
        linux.landlock(readable, [policy.scratch.resolve(), Path("/dev/null")])
        linux.drop_capabilities(keep=linux.DAC_READ_SEARCH)
        for system_calls in filters:
            system_calls.load()
    except Exception as error:
        raise SandboxError(f"this process cannot be sandboxed: {error}") from error
    _look_back()


def _missing(policy: Policy) -> str:
    if MISSING:
        return MISSING
    needed, since = (6, "6.12") if policy.processes else (3, "6.2")
    version = linux.landlock_version()
    if version >= needed:
        return ""
    return (
        f"the sandbox needs version {needed} of Landlock, which is part of Linux {since} where it "
        f"is switched on and no container hides it: here is version {version}"
    )


def _readable(policy: Policy) -> list[Path]:
    """Return what may be read. Raises SandboxError if that would show what must stay hidden."""
    readable = [*fixed(policy.processes > 0), *_resolved(policy.reads)]
    for secret in policy.hidden:
        place = secret.resolve()
        for path in readable:
            if path == place or path in place.parents:
                raise SandboxError(
                    f"{path} has to be readable and contains {secret}, which must not be: "
                    "put the Python environment and the course in folders beside each other"
                )
    return readable


@functools.cache
def fixed(with_programs: bool) -> list[Path]:
    """Return what every sandboxed process may read. A zygote asks before it forks."""
    package = Path(__file__).resolve().parents[1]
    python = [Path(sys.prefix), Path(sys.base_prefix)]
    user = [Path(site.getusersitepackages())] if site.ENABLE_USER_SITE else []
    system = map(Path, (SYSTEM + (PROGRAMS if with_programs else "")).split())
    data = package.parent / "data"  # of links to the course's data, where kernels are forked
    return _resolved([*python, *user, package, data, *system])


def _resolved(paths: Iterable[Path]) -> list[Path]:
    """Return the paths that exist, without links; /proc/self stays, since it is each one's own."""
    return [p if p.is_relative_to("/proc") else p.resolve() for p in paths if p.exists()]


def _limit(policy: Policy) -> None:
    now = psutil.Process().memory_info()
    limits = {
        resource.RLIMIT_DATA: now.data + policy.memory,
        resource.RLIMIT_AS: now.vms + policy.memory + SLACK,
        # Half, so that one large file is an error of its cell and not the end of the kernel.
        resource.RLIMIT_FSIZE: policy.disk // 2,
        resource.RLIMIT_CPU: policy.cpu_seconds,
        resource.RLIMIT_NOFILE: policy.open_files,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        grace = 1 if which == resource.RLIMIT_CPU and most != hard else 0  # SIGXCPU comes first
        resource.setrlimit(which, (most, most + grace))


def _look_back() -> None:
    """Make sure of it: no file but those allowed, no socket."""
    for forbidden in (lambda: os.listdir("/"), lambda: socket.socket(socket.AF_UNIX).close()):
        try:
            forbidden()
        except PermissionError:
            continue
        raise SandboxError("this process is not sandboxed, though the system said that it was")


def available() -> list[str]:
    """Return why nothing can be sandboxed here: no reason, if it can."""
    if MISSING:
        return [MISSING]
    with tempfile.TemporaryDirectory(prefix="gradelib-") as folder:
        trial = subprocess.run(
            [sys.executable, "-P", "-m", "gradelib.sandbox.confine", folder],
            capture_output=True,
            text=True,
        )
    lines = trial.stderr.strip().splitlines()
    return [] if trial.returncode == 0 else [lines[-1] if lines else "the trial process died"]


def wanted() -> bool:
    """Say whether submissions are to be shut in: always, unless GRADELIB_NO_SANDBOX is set."""
    return os.environ.get(NO_SANDBOX, "").lower() in ("", "0", "false", "no", "off", "n", "f")


def erase(folder: Path) -> None:
    """Delete a scratch folder, also one of folders too deep or without rights."""
    for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        subprocess.run([*command, "--", str(folder)], stderr=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    try:
        confine(Policy(Path(sys.argv[1])))
    except SandboxError as reason:
        sys.exit(str(reason))
