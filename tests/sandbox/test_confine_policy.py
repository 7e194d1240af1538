"""A sandbox is made from its policy, or says why it cannot be."""

import json
import subprocess
import sys

import pytest

from gradelib.sandbox import confine as module
from gradelib.sandbox import libseccomp, seccomp
from gradelib.sandbox.confine import Policy, SandboxError, available, confine
from tests.sandbox.programs import PRELUDE, Sandboxed, needs_sandbox

pytestmark = needs_sandbox


@pytest.fixture
def sandboxed_once(tmp_path):
    return Sandboxed(tmp_path, "me")


def test_a_policy_goes_through_plain_data(tmp_path):
    policy = Policy(tmp_path, reads=(tmp_path / "a",), hidden=(tmp_path / "b",), processes=3)
    assert Policy.from_json(json.loads(json.dumps(policy.as_json()))) == policy


def test_it_refuses_to_show_what_must_stay_hidden(sandboxed_once, tmp_path):
    ran = sandboxed_once.run(
        "print('ran')", reads=(tmp_path,), hidden=(tmp_path / "class" / "gradebook.db",)
    )
    assert "ran" not in ran.stdout
    assert "gradebook.db, which must not be" in ran.stderr


def test_a_process_with_threads_is_refused(sandboxed_once):
    program = PRELUDE.replace(
        "confine(policy)",
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\nconfine(policy)",
    )
    plain = json.dumps(Policy(sandboxed_once.scratch).as_json())
    with subprocess.Popen(
        [sys.executable, "-P", "-c", program, plain], stderr=subprocess.PIPE, text=True
    ) as process:
        line = process.stderr.readline()
        while line and "SandboxError" not in line:
            line = process.stderr.readline()
        process.kill()
    assert "already has threads cannot be sandboxed" in line


def test_what_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(
        module, "MISSING", "the sandbox needs Linux with libseccomp 2.5: libseccomp.so.2: not found"
    )
    assert available() == [
        "the sandbox needs Linux with libseccomp 2.5: libseccomp.so.2: not found"
    ]
    with pytest.raises(SandboxError, match="not found"):
        confine(Policy(tmp_path))


@pytest.mark.parametrize(
    ("refused", "reasons"),
    [
        # as in a container without privileges: it must work there
        (["unshare", "setns", "mount", "pivot_root", "ptrace", "keyctl", "bpf"], []),
        # as where Landlock is switched off: it must say so
        ([444, 445, 446], ["needs version 3 of Landlock", "here is version 0"]),
    ],
)
def test_it_knows_where_it_can_be_and_where_not(refused, reasons):
    program = f"""
import errno
from gradelib.sandbox.confine import available
from gradelib.sandbox.libseccomp import ALLOW, Filter, errno_action
made = Filter(ALLOW)
for name in {refused}:
    made.add_rule(errno_action(errno.EPERM), name)
made.load()
print(available())
"""
    run = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True)
    assert (run.stdout.strip() == "[]") == (not reasons), run
    for reason in reasons:
        assert reason.lower() in run.stdout.lower(), run


def test_what_is_the_same_for_each_process_is_made_once(monkeypatch):
    made = []

    class Counted(libseccomp.Filter):
        def __init__(self, default):
            made.append(default)
            super().__init__(default)

    monkeypatch.setattr(seccomp, "Filter", Counted)
    for alone in (True, False):
        seccomp.filters(alone)
    made.clear()
    seccomp.prepare()
    own, *shared = seccomp.filters(alone=True)
    assert made == [libseccomp.ALLOW]  # the one that names this process
    assert "program" not in vars(own)
    assert all("program" in vars(one) for one in shared)
