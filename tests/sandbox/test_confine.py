"""A sandboxed process reads, writes and reaches no more than its policy says."""

import os
from pathlib import Path

import pytest

from tests.sandbox.programs import USERS, Sandboxed, needs_sandbox

pytestmark = needs_sandbox
ROOT = Path(__file__).parents[2]


@pytest.fixture(params=USERS)
def sandboxed(request, tmp_path):
    return Sandboxed(tmp_path, request.param)


# Files


def test_it_reads_its_scratch_folder_and_what_its_policy_names(sandboxed, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "corpus.txt").write_text("once")
    (sandboxed.scratch / "notebook.ipynb").write_text("{}")
    outcomes = sandboxed(
        f"""
        print(tried(lambda: open("notebook.ipynb").read()))
        print(open({str(tmp_path / "data" / "corpus.txt")!r}).read())
        print(tried(lambda: open({str(tmp_path / "data" / "corpus.txt")!r}, "a")))
        """,
        reads=(tmp_path / "data",),
    )
    assert outcomes == ["done", "once", "PermissionError"]


def test_it_reads_nothing_else(sandboxed, tmp_path):
    (tmp_path / "gradebook.db").write_text("secret")
    os.chmod(tmp_path / "gradebook.db", 0o666)
    places = [ROOT / "solutions", ROOT / "tests", "/", "/home", "/tmp", "/proc", "/run", tmp_path]
    files = [tmp_path / "gradebook.db", __file__, "/etc/passwd", "/proc/1/environ", "/dev/kmsg"]
    places = [str(place) for place in places if os.path.exists(place)]
    files = [str(file) for file in files if os.path.exists(file)]
    outcomes = sandboxed(f"""
        print(*[tried(lambda: os.listdir(place)) for place in {places}])
        print(*[tried(lambda: open(file).read(1)) for file in {files}])
    """)
    assert set(outcomes) == {"PermissionError"}


def test_it_writes_only_its_scratch_folder(sandboxed, tmp_path):
    (tmp_path / "free").mkdir(mode=0o777)
    os.chmod(tmp_path / "free", 0o777)
    (tmp_path / "free" / "grades.csv").write_text("ada,3")
    os.chmod(tmp_path / "free" / "grades.csv", 0o666)
    grades = str(tmp_path / "free" / "grades.csv")
    outcomes = sandboxed(f"""
        grades = {grades!r}
        print(tried(lambda: Path("own").write_text("x")))
        print(tried(lambda: open(grades, "w")))
        print(tried(lambda: os.truncate(grades, 0)))
        print(tried(lambda: os.open(grades, os.O_RDONLY | os.O_TRUNC)))
        print(tried(lambda: os.unlink(grades)))
        print(tried(lambda: os.rename("own", grades)))
        print(tried(lambda: os.mkdir(grades + ".d")))
    """)
    assert outcomes == ["done"] + ["PermissionError"] * 6
    assert Path(grades).read_text() == "ada,3"


def test_its_scratch_folder_holds_only_plain_files_and_folders(sandboxed):
    outcomes = sandboxed("""
        Path("own").write_text("x")
        print(tried(lambda: os.symlink("/etc/passwd", "symbolic")))
        print(tried(lambda: os.link("own", "hard")))
        print(tried(lambda: os.mkfifo("pipe")))
        print(tried(lambda: os.mknod("device", 0o20666, os.makedev(1, 3))))
    """)
    assert outcomes == ["PermissionError"] * 4


def test_rights_and_times_of_files_stay_as_they_are(sandboxed):
    mine = sandboxed.scratch.parent / "mine"
    mine.write_text("x")
    os.chown(mine, sandboxed.scratch.stat().st_uid, -1)
    before = mine.stat()
    sandboxed(f"""
        os.chmod({str(mine)!r}, 0)
        os.utime({str(mine)!r}, (0, 0))
        Path("a").write_text("x")
        shutil.copy2("a", "b")  # which sets both, and must go on working
        assert call(452, -100, 0, 0, 0) == "ENOSYS"  # fchmodat2, too new to be known
    """)
    assert (mine.stat().st_mode, mine.stat().st_mtime) == (before.st_mode, before.st_mtime)


def test_files_that_it_got_from_its_parent_do_not_lead_out(sandboxed):
    outcomes = sandboxed("""
        print(tried(lambda: open(Path("/proc/self/root", "etc/passwd"))))
        print(tried(lambda: os.listdir("/proc/self/fd")))
        print(tried(lambda: open("/proc/self/environ")))
        print(tried(lambda: open("/proc/self/net/unix")))
        print(tried(lambda: open("/proc/self/status")))
    """)
    assert outcomes == ["PermissionError"] * 4 + ["done"]


# The network


def test_no_socket_of_any_family_opens(sandboxed):
    outcomes = sandboxed("""
        kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET)
        families = range(50)
        print(*{tried(lambda: socket.socket(f, kind)) for f in families for kind in kinds})
    """)
    assert outcomes == ["PermissionError"]


def test_a_pair_of_sockets_joins_nothing_but_itself(sandboxed):
    outcomes = sandboxed("""
        left, right = socket.socketpair()
        left.send(b"hello")
        print(right.recv(5).decode())
        for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
            print(tried(lambda: socket.socketpair(socket.AF_UNIX, kind)))
        print(tried(lambda: left.connect("/run/systemd/private")))
        print(tried(lambda: left.bind("own")))
    """)
    assert outcomes == ["hello"] + ["PermissionError"] * 4


def test_there_is_no_way_to_the_network_beside_sockets(sandboxed):
    outcomes = sandboxed("""
        print(call("io_uring_setup", 8, 0), call("io_uring_enter", 3, 0, 0, 0), call("bpf", 0))
    """)
    assert outcomes == ["EPERM"] * 3


# Other processes


def test_it_signals_nobody_but_itself(sandboxed):
    outcomes = sandboxed("""
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
    assert outcomes[0] == "heard"
    assert set(outcomes[1:]) == {"PermissionError", "EPERM"}


def test_it_traces_nobody_and_reads_nobodys_memory(sandboxed):
    outcomes = sandboxed("""
        print(call("ptrace", 16, grader, 0, 0), call("kcmp", grader, os.getpid(), 0, 0, 0))
        for name in ("process_vm_readv", "process_vm_writev", "pidfd_getfd"):
            print(call(name, grader, 0, 0, 0, 0, 0))
        for name in ("mem", "environ", "maps", "cmdline", "status", "fd/0"):
            print(tried(lambda: open(f"/proc/{grader}/{name}")))
    """)
    assert set(outcomes) == {"EPERM", "PermissionError"}


def test_it_changes_nobodys_limits_or_turn(sandboxed):
    outcomes = sandboxed("""
        print(tried(lambda: resource.prlimit(grader, resource.RLIMIT_CPU, (1, 1))))
        print(tried(lambda: os.setpriority(os.PRIO_USER, os.getuid(), 19)))
        print(tried(lambda: os.sched_setaffinity(grader, {0})))
        os.sched_setscheduler(grader, os.SCHED_IDLE, os.sched_param(0))  # pretended
        print(os.sched_getscheduler(grader) == os.SCHED_OTHER)
    """)
    assert outcomes == ["PermissionError"] * 3 + ["True"]


def test_it_watches_nobodys_files(sandboxed):
    assert sandboxed("print(libc.inotify_init(), call('fanotify_init', 0, 0))") == ["-1", "EPERM"]


def test_it_starts_no_process(sandboxed):
    outcomes = sandboxed("""
        print(tried(os.fork), tried(lambda: subprocess.run([sys.executable, "-V"])))
        print(tried(lambda: os.posix_spawn(sys.executable, ["x"], {})))
        print(tried(lambda: os.execv(sys.executable, ["x"])), call("fork"), call("vfork"))
        import multiprocessing
        print(tried(multiprocessing.Process(target=print).start))
        threading.Thread(target=lambda: print("thread")).start()
    """)
    assert outcomes == ["PermissionError"] * 4 + ["EPERM"] * 2 + ["PermissionError", "thread"]


def test_where_processes_are_allowed_they_are_its_own_and_stay_with_it(sandboxed):
    outcomes = sandboxed(
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
    assert outcomes == ["-9", "1", "PermissionError", "PermissionError", "EPERM", "EPERM", "EPERM"]
