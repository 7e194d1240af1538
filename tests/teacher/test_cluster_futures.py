"""What a grader waits for on a cluster comes, or says why not: nothing waits without an end."""

import threading
from concurrent.futures import Future

import pytest

from gradelib.sandbox.confine import wanted
from gradelib.teacher.course import Limits
from gradelib.teacher.grade import cluster as module
from gradelib.teacher.grade.cluster import Cluster, ClusterError
from gradelib.teacher.kernels.run import Work
from tests.teacher.dask_machines import machines


def test_what_is_fetched_while_the_client_closes_keeps_nothing_waiting(tmp_path, monkeypatch):
    """Dask's one thread for callbacks stays free, and so does whoever waits."""
    monkeypatch.setattr(module, "LOOK", 0.1)
    with machines(tmp_path / "machines") as cluster:
        cluster.workers(1, "--no-nanny")
        with Cluster(cluster.address, wanted()) as pool:
            asked = pool.client.submit(int, "7", pure=False)
            asked.result(60)
            fetching = threading.Event()

            def unanswered(self, timeout=None):  # the loop took the question, and stopped
                fetching.set()
                threading.Event().wait(timeout)  # without an end, if there is no limit
                raise TimeoutError

            monkeypatch.setattr(type(asked), "result", unanswered)
            future = Future()
            asked.add_done_callback(lambda asked: pool._settle(future, asked))
            assert fetching.wait(60)
        with pytest.raises(ClusterError, match="scheduler is gone"):
            future.result(60)


def test_an_answer_that_took_too_long_is_told_as_it_is(tmp_path):
    with machines(tmp_path / "machines") as cluster:
        cluster.workers(1, "--no-nanny")
        with Cluster(cluster.address, wanted()) as pool:

            def late(work):
                raise TimeoutError("as the worker says")

            waiting = pool.submit(late, Work({}, {}, {}, Limits(), sandboxed=False))
            with pytest.raises(TimeoutError, match="as the worker says"):
                waiting.result(60)
