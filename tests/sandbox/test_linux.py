"""The calls of Linux that the sandbox is made of, each by itself: what broke has a name.

When a new Python or a new Linux breaks one, these fail first and say which.
"""

import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these calls are Linux's own")
PRELUDE = """
import ctypes, errno, os, signal
from pathlib import Path
from gradelib.sandbox import libseccomp, linux

libc = ctypes.CDLL(None, use_errno=True)

def asked(option):
    answer = ctypes.c_int(-1)
    assert libc.prctl(option, ctypes.byref(answer), 0, 0, 0) == 0
    return answer.value

def status(name):
    return dict(line.split(":", 1) for line in open("/proc/self/status"))[name].strip()

def tried(action):
    try:
        action()
        return "done"
    except Exception as error:
        return type(error).__name__
"""


def run(program: str) -> list[str]:
    """Run a program in a process of its own; return what it printed, in words."""
    ran = subprocess.run(
        [sys.executable, "-P", "-c", PRELUDE + textwrap.dedent(program)],
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


def test_a_process_dies_with_its_parent():
    outcomes = run("""
        linux.die_with_parent(signal.SIGKILL)
        print(asked(2))
        linux.die_with_parent(0)
        print(asked(2))
    """)
    assert outcomes == ["9", "0"]


def test_a_process_takes_in_the_orphans_of_its_children():
    outcomes = run(
        """
        linux.become_subreaper()
        print(asked(37))
        heard, told = os.pipe()
        if not os.fork():
            child = os.getpid()
            if not os.fork():
                while os.getppid() == child: pass
                os.write(told, b"ours" if os.getppid() == int(os.environ["SELF"]) else b"lost")
                os._exit(0)
            os._exit(0)
        os.wait(), os.wait()
        print(os.read(heard, 4).decode())
    """.replace("heard, told", 'os.environ["SELF"] = str(os.getpid()); heard, told')
    )
    assert outcomes == ["1", "ours"]


@pytest.mark.parametrize("keep", [0, 1 << 2])
def test_a_process_gives_up_all_capabilities_but_those_that_it_keeps(keep):
    outcomes = run(f"""
        had = int(status("CapPrm"), 16)
        linux.drop_capabilities(keep={keep})
        kept = [int(status(name), 16) for name in ("CapEff", "CapPrm", "CapInh", "CapAmb")]
        print(kept == [had & {keep}, had & {keep}, 0, 0])
    """)
    assert outcomes == ["True"]


def test_a_process_shuts_itself_out_of_files(tmp_path):
    for name in ("reads", "writes", "other"):
        (tmp_path / name / "deeper").mkdir(parents=True)
        (tmp_path / name / "deeper" / "file").write_text(name)
    outcomes = run(f"""
        os.chdir({str(tmp_path)!r})
        reads, writes, other = (Path(n, "deeper", "file") for n in ("reads", "writes", "other"))
        if not linux.landlock_version():
            print("none")
            raise SystemExit
        linux.landlock([Path("reads"), Path("/dev/null")], [Path("writes")])
        print(libc.prctl(39, 0, 0, 0, 0), reads.read_text(), writes.read_text())
        for forbidden in (
            other.read_text, lambda: reads.write_text("x"), reads.unlink, Path("new").touch,
            lambda: os.listdir("other"), lambda: open("/dev/null", "w"),
            lambda: os.mkfifo("writes/pipe"), lambda: os.symlink("file", "writes/link"),
        ):
            print(tried(forbidden))
        for allowed in (
            lambda: writes.write_text("x"), lambda: os.truncate(writes, 0),
            lambda: writes.rename("writes/moved"), lambda: os.mkdir("writes/new"),
            lambda: os.unlink("writes/moved"), lambda: os.rmdir("writes/deeper"),
        ):
            print(tried(allowed))
    """)
    if outcomes == ["none"]:
        pytest.skip("this Linux has no Landlock, or hides it")
    assert outcomes == ["1", "reads", "writes"] + ["PermissionError"] * 8 + ["done"] * 6


def test_a_process_filters_its_own_system_calls():
    outcomes = run("""
        import resource
        from gradelib.sandbox.libseccomp import ALLOW, MASKED_EQ, NE, Filter, errno_action, number
        made, refused = Filter(ALLOW), errno_action(errno.EPERM)
        made.add_rule(refused, "mkdir")
        made.add_rule(refused, "mkdirat")
        made.add_rule(refused, "kill", (0, NE, os.getpid(), 0))
        made.add_rule(refused, "prlimit64", (1, MASKED_EQ, 0xFFFFFFFF, 7))
        made.add_rule(errno_action(0), number("chdir"))
        made.load()
        print(tried(lambda: os.mkdir("x")), tried(lambda: os.kill(1, 0)))
        print(tried(lambda: os.kill(os.getpid(), 0)), tried(lambda: os.chdir("/no such place")))
        print(tried(lambda: resource.getrlimit(7)), tried(lambda: resource.getrlimit(6)))
    """)
    assert outcomes[:4] == ["PermissionError", "PermissionError", "done", "done"]
    assert outcomes[4:] == ["PermissionError", "done"]


def test_a_system_call_that_does_not_exist_has_no_number():
    assert run('print(libseccomp.number("no_such_call") < 0, libseccomp.number("read") >= 0)') == [
        "True",
        "True",
    ]


def test_what_the_system_refuses_is_an_error():
    outcomes = run("""
        print(tried(lambda: linux.die_with_parent(1000)))
        print(tried(lambda: linux.landlock([Path("/no such place")], [])))
        print(tried(lambda: libseccomp.Filter(libseccomp.ALLOW).add_rule(libseccomp.ALLOW, "read")))
    """)
    assert outcomes == ["OSError", "FileNotFoundError", "PermissionError"]


def test_elsewhere_than_on_linux_the_calls_say_so():
    outcomes = run("""
        import sys
        sys.platform = "darwin"
        del sys.modules["gradelib.sandbox.linux"], linux
        try:
            from importlib import import_module
            import_module("gradelib.sandbox.linux")
        except ImportError as error:
            print(str(error).endswith("this is darwin"))
    """)
    assert outcomes == ["True"]
