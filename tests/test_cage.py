"""A caged process reads, writes, reaches and uses up no more than its policy says."""

import errno
import functools
import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from gradelib.teacher import cage
from gradelib.teacher.cage import CageError, Policy, available, confine, erase, overrun

REASONS = available()
pytestmark = pytest.mark.skipif(bool(REASONS), reason=f"nothing can be caged here: {REASONS}")
ROOT = Path(__file__).parents[1]
# nobody, who may still find a Python that lies in somebody's home, and has no other privilege
ONLY = "-all,+dac_read_search"
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
NOBODY += [f"--inh-caps={ONLY}", f"--ambient-caps={ONLY}", f"--bounding-set={ONLY}"]
PRELUDE = '''
import ctypes, errno, json, mmap, os, resource, shutil, signal, socket, subprocess, sys, threading
import time
from pathlib import Path
from gradelib.teacher.cage import Policy, confine
from pyseccomp import Arch, resolve_syscall

CALLS = """
    io_uring_setup io_uring_enter bpf tkill tgkill rt_sigqueueinfo ptrace process_vm_readv
    process_vm_writev pidfd_getfd kcmp fanotify_init fork vfork prctl unshare clone shmget
    mount chroot kexec_load keyctl perf_event_open userfaultfd
""".split()
libc = ctypes.CDLL(None, use_errno=True)
grader = os.getppid()
policy = Policy.from_json(json.loads(sys.argv[1]))
numbers = {name: resolve_syscall(Arch.NATIVE, name) for name in CALLS}
confine(policy)
os.chdir(policy.scratch)

def call(name, *arguments):
    number = numbers.get(name, name)
    libc.syscall.restype = ctypes.c_long
    done = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments])
    return done if done >= 0 else errno.errorcode[ctypes.get_errno()]

def tried(action):
    try:
        action()
        return "done"
    except Exception as error:
        return type(error).__name__
'''


class Caged:
    """Runs code in a cage, as one user."""

    def __init__(self, folder, user):
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
            timeout=30,
        )

    def __call__(self, code, **policy):
        ran = self.run(code, **policy)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.split()


@functools.cache
def no_nobody() -> str:
    """Say why nobody cannot be played: by an ordinary user, or a root without its privileges."""
    if not shutil.which("setpriv"):
        return "setpriv (util-linux) is not installed: nobody cannot be played"
    tried = subprocess.run([*NOBODY, sys.executable, "-c", ""], capture_output=True, text=True)
    return f"nobody cannot be played: {tried.stderr.strip()}" if tried.returncode else ""


@pytest.fixture(params=["root", "nobody"] if os.name == "posix" and not os.getuid() else ["me"])
def caged(request, tmp_path):
    if request.param == "nobody" and (why := no_nobody()):
        pytest.skip(why)
    return Caged(tmp_path, request.param)


@pytest.fixture
def caged_once(tmp_path):
    return Caged(tmp_path, "me")


# Files


def test_it_reads_its_scratch_folder_and_what_its_policy_names(caged, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "corpus.txt").write_text("once")
    (caged.scratch / "notebook.ipynb").write_text("{}")
    said = caged(
        f"""
        print(tried(lambda: open("notebook.ipynb").read()))
        print(open({str(tmp_path / "data" / "corpus.txt")!r}).read())
        print(tried(lambda: open({str(tmp_path / "data" / "corpus.txt")!r}, "a")))
        """,
        reads=(tmp_path / "data",),
    )
    assert said == ["done", "once", "PermissionError"]


def test_it_reads_nothing_else(caged, tmp_path):
    (tmp_path / "gradebook.db").write_text("secret")
    os.chmod(tmp_path / "gradebook.db", 0o666)
    places = [ROOT / "solutions", ROOT / "tests", "/", "/home", "/tmp", "/proc", "/run", tmp_path]
    files = [tmp_path / "gradebook.db", __file__, "/etc/passwd", "/proc/1/environ", "/dev/kmsg"]
    places = [str(place) for place in places if os.path.exists(place)]
    files = [str(file) for file in files if os.path.exists(file)]
    said = caged(f"""
        print(*[tried(lambda: os.listdir(place)) for place in {places}])
        print(*[tried(lambda: open(file).read(1)) for file in {files}])
    """)
    assert set(said) == {"PermissionError"}


def test_it_writes_only_its_scratch_folder(caged, tmp_path):
    (tmp_path / "free").mkdir(mode=0o777)
    os.chmod(tmp_path / "free", 0o777)
    (tmp_path / "free" / "grades.csv").write_text("ada,3")
    os.chmod(tmp_path / "free" / "grades.csv", 0o666)
    grades = str(tmp_path / "free" / "grades.csv")
    said = caged(f"""
        grades = {grades!r}
        print(tried(lambda: Path("own").write_text("x")))
        print(tried(lambda: open(grades, "w")))
        print(tried(lambda: os.truncate(grades, 0)))
        print(tried(lambda: os.open(grades, os.O_RDONLY | os.O_TRUNC)))
        print(tried(lambda: os.unlink(grades)))
        print(tried(lambda: os.rename("own", grades)))
        print(tried(lambda: os.mkdir(grades + ".d")))
    """)
    assert said == ["done"] + ["PermissionError"] * 6
    assert Path(grades).read_text() == "ada,3"


def test_its_scratch_folder_holds_only_plain_files_and_folders(caged):
    said = caged("""
        Path("own").write_text("x")
        print(tried(lambda: os.symlink("/etc/passwd", "symbolic")))
        print(tried(lambda: os.link("own", "hard")))
        print(tried(lambda: os.mkfifo("pipe")))
        print(tried(lambda: os.mknod("device", 0o20666, os.makedev(1, 3))))
    """)
    assert said == ["PermissionError"] * 4


def test_rights_and_times_of_files_stay_as_they_are(caged):
    mine = caged.scratch.parent / "mine"
    mine.write_text("x")
    os.chown(mine, caged.scratch.stat().st_uid, -1)
    before = mine.stat()
    caged(f"""
        os.chmod({str(mine)!r}, 0)
        os.utime({str(mine)!r}, (0, 0))
        Path("a").write_text("x")
        shutil.copy2("a", "b")  # which sets both, and must go on working
        assert call(452, -100, 0, 0, 0) == "ENOSYS"  # fchmodat2, too new to be known
    """)
    assert (mine.stat().st_mode, mine.stat().st_mtime) == (before.st_mode, before.st_mtime)


def test_files_that_it_got_from_its_parent_do_not_lead_out(caged):
    said = caged("""
        print(tried(lambda: open("/proc/self/root/etc/passwd")))
        print(tried(lambda: os.listdir("/proc/self/fd")))
        print(tried(lambda: open("/proc/self/environ")))
        print(tried(lambda: open("/proc/self/net/unix")))
        print(tried(lambda: open("/proc/self/status")))
    """)
    assert said == ["PermissionError"] * 4 + ["done"]


# The network


def test_no_socket_of_any_family_opens(caged):
    said = caged("""
        kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET)
        families = range(50)
        print(*{tried(lambda: socket.socket(f, kind)) for f in families for kind in kinds})
    """)
    assert said == ["PermissionError"]


def test_a_pair_of_sockets_joins_nothing_but_itself(caged):
    said = caged("""
        left, right = socket.socketpair()
        left.send(b"hello")
        print(right.recv(5).decode())
        for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
            print(tried(lambda: socket.socketpair(socket.AF_UNIX, kind)))
        print(tried(lambda: left.connect("/run/systemd/private")))
        print(tried(lambda: left.bind("own")))
    """)
    assert said == ["hello"] + ["PermissionError"] * 4


def test_there_is_no_way_to_the_network_beside_sockets(caged):
    said = caged("""
        print(call("io_uring_setup", 8, 0), call("io_uring_enter", 3, 0, 0, 0), call("bpf", 0))
    """)
    assert said == ["EPERM"] * 3


# Other processes


def test_it_signals_nobody_but_itself(caged):
    said = caged("""
        signal.signal(signal.SIGUSR1, lambda *_: print("heard"))
        os.kill(os.getpid(), signal.SIGUSR1)
        for other in (grader, 1, -1, 0, -grader):
            print(tried(lambda: os.kill(other, 0)))
        print(call("tkill", grader, 0), call("tgkill", grader, grader, 0))
        print(call("rt_sigqueueinfo", grader, 10, 0), tried(lambda: signal.pidfd_send_signal(0, 0)))
        import fcntl
        left, right = socket.socketpair()
        print(tried(lambda: fcntl.fcntl(left, fcntl.F_SETOWN, grader)))
    """)
    assert said[0] == "heard"
    assert set(said[1:]) == {"PermissionError", "EPERM"}


def test_it_traces_nobody_and_reads_nobodys_memory(caged):
    said = caged("""
        print(call("ptrace", 16, grader, 0, 0), call("kcmp", grader, os.getpid(), 0, 0, 0))
        for name in ("process_vm_readv", "process_vm_writev", "pidfd_getfd"):
            print(call(name, grader, 0, 0, 0, 0, 0))
        for name in ("mem", "environ", "maps", "cmdline", "status", "fd/0"):
            print(tried(lambda: open(f"/proc/{grader}/{name}")))
    """)
    assert set(said) == {"EPERM", "PermissionError"}


def test_it_changes_nobodys_limits_or_turn(caged):
    said = caged("""
        print(tried(lambda: resource.prlimit(grader, resource.RLIMIT_CPU, (1, 1))))
        print(tried(lambda: os.setpriority(os.PRIO_USER, os.getuid(), 19)))
        print(tried(lambda: os.sched_setaffinity(grader, {0})))
        os.sched_setscheduler(grader, os.SCHED_IDLE, os.sched_param(0))  # pretended
        print(os.sched_getscheduler(grader) == os.SCHED_OTHER)
    """)
    assert said == ["PermissionError"] * 3 + ["True"]


def test_it_watches_nobodys_files(caged):
    assert caged("print(libc.inotify_init(), call('fanotify_init', 0, 0))") == ["-1", "EPERM"]


def test_it_starts_no_process(caged):
    said = caged("""
        print(tried(os.fork), tried(lambda: subprocess.run([sys.executable, "-V"])))
        print(tried(lambda: os.posix_spawn(sys.executable, ["x"], {})))
        print(tried(lambda: os.execv(sys.executable, ["x"])), call("fork"), call("vfork"))
        import multiprocessing
        print(tried(multiprocessing.Process(target=print).start))
        threading.Thread(target=lambda: print("thread")).start()
    """)
    assert said == ["PermissionError"] * 4 + ["EPERM"] * 2 + ["PermissionError", "thread"]


def test_where_processes_are_allowed_they_are_its_own_and_stay_with_it(caged):
    said = caged(
        """
        child = subprocess.Popen(["sleep", "60"])
        child.kill()
        print(child.wait())
        print(subprocess.run(["cat", "/etc/passwd"], stderr=-3).returncode)
        print(tried(os.setsid), tried(lambda: os.kill(grader, 0)), call("prctl", 1, 0))
        user = 0x10000000  # a namespace
        print(call("unshare", user), call("clone", user | 17, 0, 0, 0, 0))
        """,
        processes=2,
    )
    assert said == ["-9", "1", "PermissionError", "PermissionError", "EPERM", "EPERM", "EPERM"]


# Limits


def test_memory_has_an_end_and_the_process_outlives_it(caged):
    said = caged(
        """
        print(tried(lambda: bytearray(500 * 2**20)))
        print(tried(lambda: mmap.mmap(-1, 2 * 2**30)))
        print(tried(lambda: os.memfd_create("hoard")), call("shmget", 0, 2**30, 0o1600))
        print(tried(lambda: bytearray(50 * 2**20)))
        """,
        memory=200 * 2**20,
    )
    assert said == ["MemoryError", "OSError", "PermissionError", "EPERM", "done"]


def test_files_and_open_files_have_an_end(caged):
    said = caged(
        """
        print(tried(lambda: Path("big").write_bytes(bytes(3 * 2**20))))
        print(tried(lambda: [os.pipe() for _ in range(100)]))
        """,
        disk=2**20,
        open_files=50,
    )
    assert said == ["OSError", "OSError"]


def test_processor_time_has_an_end(caged_once):
    assert caged_once.run("while True: pass", cpu_seconds=1).returncode == -24  # SIGXCPU


def test_limits_cannot_be_raised_again(caged):
    said = caged("""
        for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE):
            soft, hard = resource.getrlimit(which)
            print(tried(lambda: resource.setrlimit(which, (soft, hard + 1))))
    """)
    assert said == ["ValueError"] * 3


def test_privileges_are_gone(caged):
    said = caged("""
        lines = dict(line.split(":") for line in open("/proc/self/status"))
        print(int(lines["CapEff"], 16) & ~4, int(lines["NoNewPrivs"]), int(lines["Seccomp"]))
        for name in "mount chroot kexec_load keyctl perf_event_open userfaultfd".split():
            print(call(name, 0, 0, 0, 0, 0))
    """)
    assert said == ["0", "1", "2"] + ["EPERM"] * 6


# What can go wrong with the cage itself


def test_a_policy_goes_through_plain_data(tmp_path):
    policy = Policy(tmp_path, reads=(tmp_path / "a",), hidden=(tmp_path / "b",), processes=3)
    assert Policy.from_json(json.loads(json.dumps(policy.as_json()))) == policy


def test_it_refuses_to_show_what_must_stay_hidden(caged_once, tmp_path):
    ran = caged_once.run(
        "print('ran')", reads=(tmp_path,), hidden=(tmp_path / "class" / "gradebook.db",)
    )
    assert "ran" not in ran.stdout
    assert "gradebook.db, which must not be" in ran.stderr


def test_a_process_with_threads_is_refused(caged_once):
    program = PRELUDE.replace(
        "confine(policy)", "threading.Timer(9, print).start()\nconfine(policy)"
    )
    plain = json.dumps(Policy(caged_once.scratch).as_json())
    with subprocess.Popen(
        [sys.executable, "-P", "-c", program, plain], stderr=subprocess.PIPE, text=True
    ) as process:
        said = process.stderr.readline()
        while said and "CageError" not in said:
            said = process.stderr.readline()
        process.kill()
    assert "already has threads cannot be caged" in said


def test_what_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(cage, "MISSING", "the cage needs sandlock: no module named 'sandlock'")
    assert available() == ["the cage needs sandlock: no module named 'sandlock'"]
    with pytest.raises(CageError, match="no module named 'sandlock'"):
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
import errno, pyseccomp as s
from gradelib.teacher.cage import available
made = s.SyscallFilter(s.ALLOW)
for name in {refused}:
    made.add_rule(s.ERRNO(errno.EPERM), name)
made.load()
print(available())
"""
    said = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True)
    assert (said.stdout.strip() == "[]") == (not reasons), said
    for reason in reasons:
        assert reason.lower() in said.stdout.lower(), said


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


def test_folders_that_hide_something_are_a_reason(tmp_path, monkeypatch):
    os.makedirs(tmp_path.joinpath(*["d"] * 60))
    assert "too deep" in overrun(os.getpid(), Policy(tmp_path))
    monkeypatch.setattr(cage, "ENTRIES", 10)
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
