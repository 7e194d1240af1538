"""The sandbox where nothing is allowed that needs a privilege, as in a container without any."""

import json
import os
import subprocess
import sys

import pytest

from gradelib.sandbox.confine import available
from tests.teacher.small_course import ROOT

REASONS = available()
pytestmark = pytest.mark.skipif(bool(REASONS), reason=f"nothing can be sandboxed here: {REASONS}")
# No capability, none to be gained, and of the system calls less than Docker's own profile lets
# through: nothing that makes or enters a namespace, mounts, traces, or needs a privilege anyway.
CONTAINER = """
import ctypes, errno, os, sys
from gradelib.sandbox.libseccomp import ALLOW, MASKED_EQ, Filter, errno_action
from gradelib.sandbox.linux import drop_capabilities

prctl = ctypes.CDLL(None, use_errno=True).prctl
PR_CAPBSET_READ, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 23, 24, 38

if not os.getuid():
    for capability in range(64):
        if prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1:
            assert prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0
drop_capabilities()
assert prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
REFUSED = '''
    unshare setns mount umount2 move_mount open_tree fsopen fsmount pivot_root chroot mknod
    ptrace process_vm_readv process_vm_writev kcmp perf_event_open bpf userfaultfd
    keyctl add_key request_key io_uring_setup io_uring_enter io_uring_register
    quotactl reboot swapon swapoff init_module finit_module delete_module kexec_load acct syslog
    name_to_handle_at open_by_handle_at personality settimeofday clock_settime
'''
made = Filter(ALLOW)
for name in REFUSED.split():
    made.add_rule(errno_action(errno.EPERM), name)
for flag in (0x80, 0x20000, *(1 << bit for bit in range(25, 31))):
    made.add_rule(errno_action(errno.EPERM), "clone", (0, MASKED_EQ, flag, flag))
made.add_rule(errno_action(errno.ENOSYS), "clone3")
made.load()
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
GRADES = """
import ctypes, json, os
from gradelib.sandbox.confine import available
from gradelib.teacher.course import Limits
from gradelib.teacher.kernels.run import Work, run

status = dict(line.split(":", 1) for line in open("/proc/self/status"))
cells = ["import torch; 1 + 1", "open('/etc/passwd')", "import socket; socket.socket()"]
cells += ["import os; os.fork()", "open('own', 'w').write('mine')"]
ran = run(Work(dict(enumerate(cells)), {}, {}, Limits(), sandboxed=True))
print(json.dumps({
    "capabilities": int(status["CapEff"], 16),
    "capabilities to be had": 0 if os.getuid() else int(status["CapBnd"], 16),
    "no new privileges": int(status["NoNewPrivs"]),
    "a user namespace": ctypes.CDLL(None).unshare(0x10000000),
    "reasons": available(),
    "said": [o.get("ename") or o["data"]["text/plain"] for c in cells
             for o in ran.outputs[cells.index(c)]],
}))
"""


def test_a_kernel_is_sandboxed_without_capabilities_and_without_namespaces(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", CONTAINER, "-P", "-c", GRADES],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert json.loads(ran.stdout) == {
        "capabilities": 0,
        "capabilities to be had": 0,
        "no new privileges": 1,
        "a user namespace": -1,
        "reasons": [],
        "said": ["2", *["PermissionError"] * 3, "4"],
    }
