"""A sandboxed process uses up no more than its policy says, and cannot raise what it says."""

import ctypes
import errno
import mmap
import os
import subprocess
import sys
import textwrap

import pytest

from gradelib.sandbox import overrun as counting
from gradelib.sandbox.confine import Policy, erase
from gradelib.sandbox.overrun import overrun
from tests.sandbox.programs import USERS, Sandboxed, needs_sandbox

pytestmark = needs_sandbox


@pytest.fixture(params=USERS)
def sandboxed(request, tmp_path):
    return Sandboxed(tmp_path, request.param)


@pytest.fixture
def sandboxed_once(tmp_path):
    return Sandboxed(tmp_path, "me")


# What the process itself meets


def test_memory_has_an_end_and_the_process_outlives_it(sandboxed):
    outcomes = sandboxed(
        """
        print(tried(lambda: bytearray(500 * 2**20)))
        print(tried(lambda: mmap.mmap(-1, 2 * 2**30)))
        print(tried(lambda: os.memfd_create("hoard")), call("shmget", 0, 2**30, 0o1600))
        print(tried(lambda: bytearray(50 * 2**20)))
        """,
        memory=200 * 2**20,
    )
    assert outcomes == ["MemoryError", "OSError", "PermissionError", "EPERM", "done"]


def test_files_and_open_files_have_an_end(sandboxed):
    outcomes = sandboxed(
        """
        print(tried(lambda: Path("big").write_bytes(bytes(3 * 2**20))))
        print(tried(lambda: [os.pipe() for _ in range(100)]))
        """,
        disk=2**20,
        open_files=50,
    )
    assert outcomes == ["OSError", "OSError"]


def test_processor_time_has_an_end(sandboxed_once):
    assert sandboxed_once.run("while True: pass", cpu_seconds=1).returncode == -24  # SIGXCPU


def test_limits_cannot_be_raised_again(sandboxed):
    outcomes = sandboxed("""
        for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE):
            soft, hard = resource.getrlimit(which)
            print(tried(lambda: resource.setrlimit(which, (soft, hard + 1))))
    """)
    assert outcomes == ["ValueError"] * 3


def test_privileges_are_gone(sandboxed):
    outcomes = sandboxed("""
        lines = dict(line.split(":") for line in open("/proc/self/status"))
        print(int(lines["CapEff"], 16) & ~4, int(lines["NoNewPrivs"]), int(lines["Seccomp"]))
        for name in "mount chroot kexec_load keyctl perf_event_open userfaultfd".split():
            print(call(name, 0, 0, 0, 0, 0))
    """)
    assert outcomes == ["0", "1", "2"] + ["EPERM"] * 6


# What is counted from outside


def test_a_folder_within_its_limits_is_no_reason(tmp_path):
    (tmp_path / "a").write_bytes(bytes(1000))
    assert overrun(os.getpid(), Policy(tmp_path)) == ""


def test_many_small_files_are_counted_together(tmp_path):
    for number in range(40):
        (tmp_path / str(number)).write_bytes(bytes(100_000))
    assert overrun(os.getpid(), Policy(tmp_path, disk=3 * 2**20)) == "it wrote more than 3 MB"


def test_a_file_without_a_name_is_counted_too(tmp_path):
    with open(tmp_path / "gone", "wb") as file:
        os.unlink(tmp_path / "gone")
        file.write(bytes(4 * 2**20))
        file.flush()
        assert overrun(os.getpid(), Policy(tmp_path, disk=3 * 2**20)) == "it wrote more than 3 MB"


def test_a_file_without_a_name_is_counted_too_where_it_is_mapped_and_not_open(tmp_path):
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    size = 4 * 2**20
    (tmp_path / "gone").write_bytes(bytes(size))
    with open(tmp_path / "gone", "rb") as file:
        place = libc.mmap(None, size, mmap.PROT_READ, mmap.MAP_SHARED, file.fileno(), 0)
    os.unlink(tmp_path / "gone")
    policy = Policy(tmp_path, disk=3 * 2**20)
    try:
        assert overrun(os.getpid(), policy) == "it wrote more than 3 MB"
        assert overrun(os.getpid(), policy, mapped=False) == ""
    finally:
        libc.munmap(place, size)
    assert overrun(os.getpid(), policy) == ""


def test_no_file_is_held_where_nobody_looks(sandboxed):
    """In a message that nobody has taken, by a thread with open files of its own, in advance."""
    outcomes = sandboxed("""
        here, there = socket.socketpair()
        with open("a", "w") as file:
            print(tried(lambda: socket.send_fds(here, [b"x"], [file.fileno()])))
            print(call("fallocate", file.fileno(), 0, 0, 1000))
            os.posix_fallocate(file.fileno(), 0, 1000)
            print(os.path.getsize("a"))
        here.send(b"x"), there.recv(1)
        print(call("clone", 0x10000 | 0x800 | 0x100, 0, 0, 0, 0))
        threading.Thread(target=print, args=("thread",)).start()
    """)
    assert outcomes == ["PermissionError", "ENOTSUP", "1000", "EPERM", "thread"]


def test_what_is_held_is_seen_also_where_the_first_thread_has_ended(tmp_path):
    code = """
        import ctypes, os, threading, time
        def hold():
            with open("gone", "wb") as file:
                os.unlink("gone")
                file.write(bytes(4 * 2**20))
                file.flush()
                print("held", flush=True)
                time.sleep(600)
        threading.Thread(target=hold).start()
        ctypes.CDLL(None).pthread_exit(None)
    """
    program = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(program, cwd=tmp_path, stdout=subprocess.PIPE) as holder:
        try:
            assert holder.stdout.readline() == b"held\n"
            for mapped in (False, True):
                why = overrun(holder.pid, Policy(tmp_path, disk=3 * 2**20), mapped)
                assert why == "it wrote more than 3 MB"
        finally:
            holder.kill()


def test_folders_that_hide_something_are_a_reason(tmp_path, monkeypatch):
    os.makedirs(tmp_path.joinpath(*["d"] * 60))
    assert "too deep" in overrun(os.getpid(), Policy(tmp_path))
    monkeypatch.setattr(counting, "ENTRIES", 10)
    assert overrun(os.getpid(), Policy(tmp_path)) == "it made more than 10 files"


def test_a_process_that_is_ending_hides_nothing(tmp_path, monkeypatch):
    """Its open files are no longer shown to an ordinary user; those of one that hides them are."""

    def refused(path):
        if path.endswith("/fd"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return listdir(path)

    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", refused)
    assert "cannot be looked through" in overrun(os.getpid(), Policy(tmp_path))
    ending = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, ending.pid, os.WEXITED | os.WNOWAIT)
    assert overrun(ending.pid, Policy(tmp_path)) == ""
    ending.wait()


def test_erase_deletes_any_folder(tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    here = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(1100):  # deeper than a path can say, and than shutil.rmtree goes
            os.mkdir("deep")
            os.chdir("deep")
        os.mkdir("locked", mode=0o300)
    finally:
        os.chdir(here)
    erase(folder)
    assert not folder.exists()
