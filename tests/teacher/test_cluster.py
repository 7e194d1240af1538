"""The same work on a Dask cluster: a real scheduler and real workers, on this computer."""

import contextlib
import json
import pickle
import shutil
import signal
import sys
import threading
from dataclasses import replace

import pytest

from gradelib import cli
from gradelib.checking.tags import CellTag
from gradelib.sandbox.confine import wanted
from gradelib.teacher.collect.collection import collect
from gradelib.teacher.course import Course, CourseError, Limits
from gradelib.teacher.grade import batch
from gradelib.teacher.grade import cluster as module
from gradelib.teacher.grade.cluster import Cluster, ClusterError
from gradelib.teacher.grade.cluster_worker import digest_of, do, surroundings
from gradelib.teacher.grade.exam import secret
from gradelib.teacher.grade.grading import export, grade
from gradelib.teacher.grade.options import GradingOptions
from gradelib.teacher.kernels.run import Work, run
from gradelib.teacher.package import PACKAGE
from gradelib.teacher.rehearsal.demo import compare
from gradelib.teacher.rehearsal.simulate import simulate
from gradelib.teacher.release.assignment import release
from tests.sandbox.programs import WITHOUT_LIBSECCOMP
from tests.teacher.dask_machines import machines
from tests.teacher.small_course import ROOT, small_course

pytestmark = pytest.mark.slow  # a class on a cluster: two minutes

STUDENTS = 3


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A small course whose students have handed in: the course, its folder, the truth."""
    folder = tmp_path_factory.mktemp("collected")
    course = small_course(folder / "course")
    week = course.weeks[0]
    release(course, week)
    truth = simulate(course, week, STUDENTS, 3, folder / "handed_in")
    collect(course, week, [path for path in truth.parent.iterdir() if path != truth])
    secret(course)  # is made now, so that every copy of the class has the same
    return course, truth


@pytest.fixture
def course(collected, tmp_path):
    """The same course, in a folder of its own."""
    return copied(collected[0], tmp_path / "course")


def copied(course: Course, to) -> Course:
    shutil.copytree(course.root, to)
    return Course.find(to)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    with machines(tmp_path_factory.mktemp("dask") / "machines") as cluster:
        cluster.workers(2)
        yield cluster


def graded(course: Course, truth, **options) -> bytes:
    """Grade, compare with the truth, and return the exported grades."""
    chosen = GradingOptions(**options)
    lines = grade(course, course.weeks[0], options=chosen, progress=lambda done: None)
    assert len(lines) == STUDENTS
    assert {(line.status, *line.remarks) for line in lines} <= {("graded",), ("as before",)}
    export(course, course.weeks[0], course.class_folder / "grades.csv")
    assert compare(truth, course.class_folder / "grades.csv")[1] == []
    return (course.class_folder / "grades.csv").read_bytes()


def judged(course: Course) -> dict[str, list]:
    """Return what students are shown of each check."""
    shown = {}
    for path in sorted((course.class_folder / "autograded").rglob("*.ipynb")):
        cells = json.loads(path.read_bytes())["cells"]
        checks = [cell for cell in cells if CellTag.of(cell).kind == "check"]
        shown[path.parts[-3]] = [cell["outputs"] for cell in checks]
    return shown


def stored(course: Course) -> set[str]:
    return {path.name for path in (course.class_folder / "results").rglob("*.json")}


def test_a_class_graded_by_a_cluster_is_graded_as_here(collected, course, pair, tmp_path):
    _, truth = collected
    here = copied(course, tmp_path / "here")
    by_cluster = graded(course, truth, cluster=pair.address)
    assert sum(pair.executed()) == STUDENTS
    assert min(pair.executed()) > 0
    pair.processes()  # the zygotes are open now
    assert by_cluster == graded(here, truth)
    assert judged(course) == judged(here)
    assert stored(course) == stored(here)


def test_what_a_worker_is_sent_holds_no_answer_no_seed_and_no_name(course):
    week = course.weeks[0]
    (path,) = (course.class_folder / "submitted" / "ben").rglob("*.ipynb")  # who left it blank
    work = batch._work(course, week, path, True)
    sent = pickle.dumps(work)
    assert work.asked
    assert b"def softmax" in sent
    for hidden in (secret(course), "ben", "def reference", "return exponentials"):
        assert hidden.encode() not in sent


def test_a_worker_hides_its_own_checkout_from_kernels():
    mine = replace(work(), hidden=("/theirs",))
    sent = do(digest_of(surroundings()), lambda work: work, mine)
    assert {"/theirs", str(ROOT / "solutions"), str(ROOT / "tests")} <= {*sent.hidden}


def test_a_worker_that_is_killed_costs_no_submission(collected, course, tmp_path):
    _, truth = collected
    with machines(tmp_path / "machines") as cluster:
        victim, _ = cluster.workers(2)
        killer = threading.Thread(target=cluster.kill_when_busy, args=[victim])
        killer.start()
        graded(course, truth, cluster=cluster.address)
        killer.join()
        assert victim.returncode == -signal.SIGKILL
        assert min(cluster.executed()) == STUDENTS  # the other did it all


def work(source="1 + 1"):
    return Work({0: source}, {}, {}, Limits(), sandboxed=wanted())


def test_when_the_scheduler_dies_a_run_stops_and_says_how_to_go_on(course, tmp_path):
    with machines(tmp_path / "machines") as cluster:
        cluster.workers(1, "--no-nanny")
        with Cluster(cluster.address, wanted()) as pool:
            assert pool.submit(run, work()).result(120).outputs
            waiting = pool.submit(run, work("import time; time.sleep(8)"))
            cluster.processes()
            cluster.scheduler.kill()
            with pytest.raises(ClusterError, match=r"scheduler is gone.*stored.*run the same"):
                waiting.result(30)
            with pytest.raises(ClusterError, match="scheduler is gone"):
                pool.submit(run, work()).result(0)


def test_a_run_that_loses_its_cluster_keeps_what_was_done(collected, course, monkeypatch):
    week, others = course.weeks[0], iter([run])

    class Lost(batch._InThisProcess):
        jobs = 1

        def submit(self, fn, /, *args):
            return super().submit(next(others, _gone), *args)

    monkeypatch.setattr(
        batch, "_cluster", lambda address, sandboxed: contextlib.nullcontext(Lost())
    )
    options = GradingOptions(cluster="tcp://127.0.0.1:1")
    with pytest.raises(ClusterError):
        grade(course, week, options=options, progress=lambda done: None)
    assert len(stored(course)) == 1
    monkeypatch.undo()
    graded(course, collected[1])


def _gone(work):
    raise ClusterError("the cluster is gone")


def test_when_no_worker_is_left_a_run_stops(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "RETURNS", 3)
    with machines(tmp_path / "machines") as cluster:
        (only,) = cluster.workers(1, "--no-nanny")
        with Cluster(cluster.address, wanted()) as pool:
            only.kill()
            with pytest.raises(ClusterError, match="no worker is left"):
                pool.submit(run, work()).result(30)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "tls://127.0.0.1:1", "127.0.0.1:8786"])
def test_where_nobody_answers_the_run_says_what_to_start(course, monkeypatch, capsys, address):
    monkeypatch.chdir(course.root)
    monkeypatch.setattr("sys.argv", ["gradelib", "grade", "1", "--cluster", address])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    wanted = {"tcp": "dask scheduler", "tls": "certificates"}.get(address[:3], "such as tcp://")
    assert wanted in capsys.readouterr().err


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """A scheduler that has no workers yet."""
    with machines(tmp_path_factory.mktemp("alone") / "machines") as cluster:
        yield cluster


def test_a_scheduler_without_workers_is_said(alone, monkeypatch):
    monkeypatch.setattr(module, "JOINS", 1)
    with pytest.raises(ClusterError, match=r"has no workers.*dask worker"):
        Cluster(alone.address, wanted())


def another_gradelib(folder):
    """As of someone who did not renew the checkout on a worker."""
    shutil.copytree(PACKAGE, folder / "gradelib", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "data").symlink_to(ROOT / "data")
    return folder / "gradelib"


def test_a_worker_with_another_gradelib_is_refused(alone, tmp_path):
    package = another_gradelib(tmp_path)
    (package / "__init__.py").write_text('__version__ = "0.0"\n')
    with (package / "topics" / "start_here" / "exercises.py").open("a") as file:
        file.write("# as it was last week\n")
    (package / "topics" / "masks" / "exercises" / "pairs.py").unlink()
    with alone.worker(tmp_path), pytest.raises(ClusterError) as refused:
        Cluster(alone.address, wanted())
    message = str(refused.value)
    assert "the worker tcp://127.0.0.1:" in message
    assert "gradelib is 0.0 there" in message
    assert "gradelib/topics/masks/exercises/pairs.py is missing there" in message
    assert "and 1 more. Put the same there" in message


def test_a_worker_without_gradelib_is_refused(alone, tmp_path):
    (tmp_path / "gradelib").mkdir()
    (tmp_path / "gradelib" / "__init__.py").touch()
    with (
        alone.worker(tmp_path),
        pytest.raises(ClusterError, match=r"the worker .* cannot run .*gradelib\.teacher"),
    ):
        Cluster(alone.address, wanted())


def test_a_worker_whose_files_have_changed_is_to_be_started_again(alone, tmp_path):
    package = another_gradelib(tmp_path)
    with alone.worker(tmp_path):
        with Cluster(alone.address, wanted()) as pool:
            pool.expected = "of a grader that has another gradelib"
            with pytest.raises(ClusterError, match="joined later"):
                pool.submit(run, work()).result(60)
        (package / "renewed.py").write_text("# renewed, but the worker goes on\n")
        with pytest.raises(ClusterError, match="have changed since it started"):
            Cluster(alone.address, wanted())


def test_a_worker_without_a_sandbox_is_refused_unless_told_otherwise(alone, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_LIBSECCOMP)
    with alone.worker(tmp_path):
        why = r"cannot sandbox.*not on this computer.*--no-sandbox"
        with pytest.raises(ClusterError, match=why):
            Cluster(alone.address, True)
        with Cluster(alone.address, False) as pool:
            sandboxed = Work({0: "1 + 1"}, {}, {}, Limits(), sandboxed=True)
            with pytest.raises(ClusterError, match="cannot sandbox"):  # also one that came later
                pool.submit(run, sandboxed).result(60)
            unsandboxed = Work({0: "1 + 1"}, {}, {}, Limits(), sandboxed=False)
            output = pool.submit(run, unsandboxed).result(120).outputs[0][0]
    assert output["data"]["text/plain"] == "2"


def test_jobs_and_cluster_together_are_refused(monkeypatch, capsys):
    command = ["gradelib", "grade", "1", "--jobs", "2", "--cluster", "tcp://127.0.0.1:1"]
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert "--jobs is for this computer" in capsys.readouterr().err


def test_without_the_extra_the_run_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "gradelib.teacher.grade.cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match=r"pip install 'gradelib\[cluster\]'"):
        batch._cluster("tcp://127.0.0.1:1", True)
