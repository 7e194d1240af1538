"""Programs that run in a sandbox: as the user who runs the tests, and as root also as nobody."""

import functools
import json
import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from gradelib.sandbox.confine import Policy, available

REASONS = available()
needs_sandbox = pytest.mark.skipif(
    bool(REASONS), reason=f"nothing can be sandboxed here: {REASONS}"
)
USERS = ["root", "nobody"] if os.name == "posix" and not os.getuid() else ["me"]
# nobody, who may still find a Python that lies in somebody's home, and has no other privilege
ONLY = "-all,+dac_read_search"
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
NOBODY += [f"--inh-caps={ONLY}", f"--ambient-caps={ONLY}", f"--bounding-set={ONLY}"]
# In a sitecustomize.py on PYTHONPATH: a Python that finds no libseccomp.
WITHOUT_LIBSECCOMP = """
import ctypes

class CDLL(ctypes.CDLL):
    def __init__(self, name, *more, **other):
        if name == "libseccomp.so.2":
            raise OSError("libseccomp.so.2: not on this computer")
        super().__init__(name, *more, **other)

ctypes.CDLL = CDLL
"""
PRELUDE = '''
import ctypes, errno, json, mmap, os, resource, shutil, signal, socket, subprocess, sys, threading
import time
from pathlib import Path
from gradelib.sandbox.confine import Policy, confine
from gradelib.sandbox.libseccomp import number

CALLS = """
    io_uring_setup io_uring_enter bpf tkill tgkill rt_sigqueueinfo ptrace process_vm_readv
    process_vm_writev pidfd_getfd kcmp fanotify_init fork vfork prctl unshare clone shmget
    mount chroot kexec_load keyctl perf_event_open userfaultfd fallocate
""".split()
libc = ctypes.CDLL(None, use_errno=True)
grader = os.getppid()
policy = Policy.from_json(json.loads(sys.argv[1]))
numbers = {name: number(name) for name in CALLS}
confine(policy)
os.chdir(policy.scratch)

def call(name, *arguments):
    wanted = numbers.get(name, name)
    libc.syscall.restype = ctypes.c_long
    done = libc.syscall(ctypes.c_long(wanted), *[ctypes.c_long(a) for a in arguments])
    return done if done >= 0 else errno.errorcode[ctypes.get_errno()]

def tried(action):
    try:
        action()
        return "done"
    except Exception as error:
        return type(error).__name__
'''


@functools.cache
def no_nobody() -> str:
    """Say why nobody cannot be played: by an ordinary user, or a root without its privileges."""
    if not shutil.which("setpriv"):
        return "setpriv (util-linux) is not installed: nobody cannot be played"
    tried = subprocess.run([*NOBODY, sys.executable, "-c", ""], capture_output=True, text=True)
    return f"nobody cannot be played: {tried.stderr.strip()}" if tried.returncode else ""


class Sandboxed:
    """Runs code in a sandbox, as one user; where nobody cannot be played, the test is skipped."""

    def __init__(self, folder, user):
        if user == "nobody" and (why := no_nobody()):
            pytest.skip(why)
        self.scratch = folder / "scratch"
        self.prefix = NOBODY if user == "nobody" else []
        self.scratch.mkdir()
        if user == "nobody":
            os.chown(self.scratch, 65534, 65534)

    def run(self, code, **policy):
        plain = json.dumps(Policy(self.scratch, **policy).as_json())
        program = PRELUDE + textwrap.dedent(code)
        return subprocess.run(
            [*self.prefix, sys.executable, "-P", "-c", program, plain],
            capture_output=True,
            text=True,
            timeout=600,  # a loop that nothing ends must not hold up the tests for good
        )

    def __call__(self, code, **policy):
        ran = self.run(code, **policy)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.split()
