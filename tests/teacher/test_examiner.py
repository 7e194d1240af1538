"""The examiner: what a reply makes of the process that reads it costs that reply alone."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import psutil
import pytest
from safetensors.numpy import save

from gradelib.checking.codec import pack
from gradelib.teacher.grade import examiner
from gradelib.teacher.grade.exam import Exam, Unusable, secret
from tests.teacher.small_course import ROOT, small_course
from tests.teacher.tables import as_table

NAME = "start_here.softmax"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return small_course(tmp_path_factory.mktemp("examined") / "course")


@pytest.fixture(scope="module")
def examined(course):
    one = examiner.Examiner(course)
    yield one
    one.close()


@pytest.fixture(scope="module")
def right(course) -> bytes:
    return pack({NAME: as_table([drawn.expected for drawn in Exam(course).drawn(NAME)])})


def process_of(one: examiner.Examiner) -> int:
    assert one._process is not None
    return one._process.pid


def test_it_asks_and_judges_as_the_exam_does(course, examined, right):
    exam = Exam(course)
    assert (examined.request(NAME), examined.seconds(NAME)) == (
        exam.request(NAME),
        exam.seconds(NAME),
    )
    assert examined.judge(NAME, right, "", "").passed
    wrong = pack({NAME: as_table([replace(d.expected, value=3) for d in exam.drawn(NAME)])})
    assert str(examined.judge(NAME, wrong, "", "")) == str(exam.judge(NAME, wrong, "", ""))


def test_a_process_that_ends_costs_one_reply(examined, right):
    examined.request(NAME)
    first = process_of(examined)
    os.kill(first, signal.SIGSTOP)  # so that it is asked, and ends before it answers
    killer = subprocess.Popen(
        [sys.executable, "-c", f"import os, time; time.sleep(1); os.kill({first}, 9)"]
    )
    with pytest.raises(Unusable, match="the process that judged the answer ended"):
        examined.judge(NAME, right, "", "")
    killer.wait()
    assert examined.judge(NAME, right, "", "").passed
    assert process_of(examined) != first


COLLIDING = [{"int": str((2**61 - 1) * k)} for k in range(60_000)]


def compute_without_end() -> None:
    while True:
        pass


def of_lists(count: int) -> bytes:
    return save({}, metadata={"answer": '{"dict": [["x", [' + "[]," * count + "[]]]]}"})


@pytest.mark.parametrize(
    "reply",
    [
        b"\xff" * 8 + b"{}",
        of_lists(8_000_000),  # 24 MB
        of_lists(900_000),
        save({"a": np.zeros(1_000_000)}, metadata={"answer": json.dumps([{"array": "a"}] * 250)}),
        save({}, metadata={"answer": "[" * 200_000}),
        save(
            {},
            metadata={
                "answer": json.dumps(
                    {"set": [{"int": str((2**61 - 1) * k)} for k in range(60_000)]}
                )
            },
        ),
    ],
    ids=["header", "lists", "fewer_lists", "one_array", "nested", "colliding"],
)
def test_a_forged_reply_costs_little_time_and_memory(examined, reply):
    examined.request(NAME)
    before = process_of(examined), psutil.Process(process_of(examined)).cpu_times()
    with pytest.raises(Unusable):
        examined.judge(NAME, reply, "", "")
    after = psutil.Process(before[0])
    assert process_of(examined) == before[0]
    assert after.cpu_times().user - before[1].user < 15
    assert after.memory_info().rss < 1.2e9


def test_time_and_memory_are_limited(monkeypatch):
    monkeypatch.setattr(examiner, "SECONDS", 0.3)
    with pytest.raises(Unusable, match=r"longer than 0\.3 seconds"), examiner._limited():
        compute_without_end()
    if sys.platform == "linux":
        with pytest.raises(Unusable, match="more than 1024 MB"), examiner._limited():
            bytearray(2 * examiner.MEMORY)


ENDLESS = "print(flush=True)\nwhile True:\n    pass"


def test_what_does_not_hear_of_its_limit_is_ended_from_outside():
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        with examiner.Watch(process, 0.3):
            assert process.wait() == -signal.SIGKILL


def test_what_it_computes_while_nothing_is_asked_counts_for_nothing(monkeypatch):
    monkeypatch.setattr(examiner, "LOOK", 0.01)
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        with examiner.Watch(process, 0.3):
            pass
        process.send_signal(signal.SIGCONT)
        while examiner.processor_time_of(process.pid, with_children=False) < 1.0:
            time.sleep(0.01)
            assert process.poll() is None
        process.kill()


def test_it_ends_with_the_grader(course):
    program = (
        "import sys; from pathlib import Path; from gradelib.teacher.course import Course\n"
        "from gradelib.teacher.grade.examiner import examiner_of\n"
        f"one = examiner_of({str(course.root)!r}); one.request({NAME!r})\n"
        "print(one._process.pid, flush=True); input()"
    )
    grader = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    child = psutil.Process(int(grader.stdout.readline()))
    grader.kill()
    grader.communicate()
    assert not psutil.wait_procs([child], timeout=60)[1]


def test_a_program_without_a_main_guard_can_use_it(course, tmp_path):
    """As a teacher's own script that calls `grade`."""
    script = tmp_path / "script.py"
    script.write_text(
        "from gradelib.teacher.grade.examiner import examiner_of\n"
        f"print(examiner_of({str(course.root)!r}).seconds({NAME!r}))\n"
    )
    said = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert float(said.stdout) > 0


def test_the_seed_is_made_once_and_never_empty(tmp_path):
    course = small_course(tmp_path / "course")
    course.class_folder.mkdir(exist_ok=True)
    program = (
        "import sys; from pathlib import Path; from gradelib.teacher.course import Course\n"
        "from gradelib.teacher.grade.exam import secret\n"
        f"print(secret(Course.find(Path({str(course.root)!r}))))"
    )
    makers = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    made = {maker.communicate()[0].strip() for maker in makers}
    assert made == {secret(course)}
    assert len(secret(course)) == 32
    assert [path.name for path in course.class_folder.iterdir()] == ["seed"]
    assert (course.class_folder / "seed").stat().st_mode & 0o777 == 0o600


def test_an_empty_seed_that_a_killed_run_left_is_made_anew(tmp_path):
    course = small_course(tmp_path / "course")
    course.class_folder.mkdir(exist_ok=True)
    (course.class_folder / "seed").touch()
    assert len(secret(course)) == 32
    assert secret(course) == secret(course)
