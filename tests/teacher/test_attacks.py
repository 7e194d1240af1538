"""Attacks on the grader, all in one batch beside honest work: what each scores, what is left."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from gradelib.sandbox.confine import available
from gradelib.teacher.grade.grading import export, feedback, grade
from gradelib.teacher.grade.options import GradingOptions
from gradelib.teacher.gradebook import nbgrader_settings
from gradelib.teacher.release.assignment import release
from tests.teacher.attacks import ALL, ATTACKS
from tests.teacher.small_course import (
    NAME,
    ROOT,
    TOPIC,
    answered,
    cell_of,
    changed,
    saved,
    small_course,
)

REASONS = available()
pytestmark = pytest.mark.skipif(bool(REASONS), reason=f"nothing can be sandboxed here: {REASONS}")
POINTS = {"most_likely": 1, "softmax": 3, "surprisal": 2, "quiz_temperature": 1}
TOKEN = "the-honest-word-of-ana"  # stands in what an honest student handed in
LIMITS = """\
cell_seconds = 2
notebook_seconds = 120
output_kilobytes = 50
reply_megabytes = 2
memory_megabytes = 400
disk_megabytes = 20
cpu_seconds = 50
threads = 60
"""
HONEST = {
    "ana": {},
    "ben": {"quiz_temperature": "a"},
    "cleo": {"softmax": "def softmax(x, temperature=1.0):\n    return x"},
    "zoe": {},
}
HONEST_LOST = {"ana": (), "ben": ("quiz_temperature",), "cleo": ("softmax",), "zoe": ()}
NAMES = [attack.name for attack in ATTACKS]


def submission(attack, places) -> bytes:
    def fill(text: str) -> str:
        for name, place in places.items():
            text = text.replace(name, str(place))
        return text

    def put(cells):
        if attack.cell:
            answer = cells.index(cell_of(cells, "answer", "most_likely"))
            source = f'LEAK = "LE" + "AK:"\n{fill(attack.cell)}'  # a traceback shows the source
            cells.insert(answer, nbformat.v4.new_code_cell(source))

    answers = {"softmax": fill(attack.answer)} if attack.answer else {}
    return saved(changed(put, **answers))


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Grade all attacks beside honest work; return the course, the lines, and who called."""
    course = attacked_course(tmp_path_factory.mktemp("attacked"))
    calls = tmp_path_factory.mktemp("calls") / "socket"
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(calls))
        unix.listen()
        port = tcp.getsockname()[1]
        places = {"COURSE": course.root, "ZYGOTES": "/tmp/zygote-*", "PORT": port}
        places |= {"SOCKET": calls, "DEEP": "+".join(["1"] * 20_000)}
        places["ELIFS"] = "\n".join(f"elif x == {k}:\n    pass" for k in range(1500))
        places["MAGICS"] = "\n".join(["%pwd"] * 600)
        for attack in ATTACKS:
            hand_in(course, attack.name, submission(attack, places))
        for student, answers in HONEST.items():
            written = answered(**answers)
            written.cells.append(nbformat.v4.new_markdown_cell(TOKEN))
            hand_in(course, student, saved(written))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SECRET_OF_THE_TEACHER", "LE" + "AK:")
            options = GradingOptions(jobs=2)
            lines = grade(course, course.weeks[0], options=options, progress=lambda done: None)
        called = [who for who in (tcp, unix) if somebody_called(who)]
    return course, {line.student: line for line in lines}, called


def attacked_course(folder: Path):
    course = small_course(folder / "course")
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("cell_seconds = 3\n", LIMITS))
    course = type(course).find(course.root)
    release(course, course.weeks[0])
    return course


def hand_in(course, student: str, data: bytes) -> None:
    path = course.class_folder / "submitted" / student / "week01" / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)


def somebody_called(server: socket.socket) -> bool:
    server.settimeout(0)
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.fixture(scope="module")
def points(batch, tmp_path_factory):
    return exported(batch[0], tmp_path_factory.mktemp("points"))


def exported(course, folder) -> dict[str, dict[str, int]]:
    export(course, course.weeks[0], folder / "grades.csv")
    text = (folder / "grades.csv").read_text("utf-8-sig")
    header, *rows = [line.split(",") for line in text.splitlines()]
    table = [dict(zip(header, row, strict=True)) for row in rows]
    return {row["student"]: {f: int(row[f"{TOPIC}.{f}"] or 0) for f in ALL} for row in table}


def outputs(course, student: str) -> str:
    path = course.class_folder / "autograded" / student / "week01" / f"{NAME}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return json.dumps([cell.get("outputs", []) for cell in cells])


def due(lost) -> dict[str, int]:
    return {exercise: 0 if exercise in lost else most for exercise, most in POINTS.items()}


def test_there_are_many_attacks_and_no_two_of_one_name():
    assert len(set(NAMES)) == len(NAMES) >= 40


@pytest.mark.parametrize("attack", ATTACKS, ids=NAMES)
def test_an_attack_scores_what_it_is_worth(attack, batch, points):
    assert batch[1][attack.name].status == "graded", batch[1][attack.name].remarks
    assert points[attack.name] == due(attack.lost), outputs(batch[0], attack.name)[:3000]


@pytest.mark.parametrize("student", HONEST)
def test_honest_work_beside_them_scores_what_it_would_alone(student, points):
    assert points[student] == due(HONEST_LOST[student])


@pytest.mark.parametrize("name", NAMES)
def test_nothing_leaks(name, batch):
    course, _, _ = batch
    text = outputs(course, name)
    seed = (course.class_folder / "seed").read_text()
    for secret in ("LEAK:", seed, TOKEN, "largest = logits.amax", "SQLite format"):
        assert secret not in text, name


def test_no_script_of_a_student_is_on_a_page_that_a_teacher_opens(batch):
    course, _, _ = batch
    names = ["a_script_for_the_teacher", "answer_with_a_script"]
    feedback(course, course.weeks[0], names, progress=lambda who: None)
    for name in names:
        path = course.class_folder / "feedback" / name / "week01" / f"{NAME}.html"
        page = path.read_text(encoding="utf-8")
        assert "gradelib-verdict" in page
        for script in ("<script>fetch", "<script>alert", "<img src=x"):
            assert script not in page, script


def test_nobody_was_reached(batch):
    assert batch[2] == []


def test_nothing_was_written_elsewhere(batch):
    course, _, _ = batch
    places = (course.root, "/tmp", "/dev/shm", "/var/tmp", ROOT / "data", course.class_folder)
    assert [place for place in places if Path(place, "pwned").exists()] == []
    assert (ROOT / "data" / "checksums.txt").is_file()


def test_nothing_is_left_running():
    time.sleep(0.5)
    left = [p for p in psutil.process_iter(["cmdline"]) if "611" in (p.info["cmdline"] or [])]
    kernels = [p for p in psutil.Process().children(recursive=True) if "ipykernel" in p.name()]
    assert left + kernels == []


def test_a_cell_that_was_given_up_says_why(batch):
    course, _, _ = batch
    for name, why in {
        "a_crash": "signal 11",
        "leaving": "it left with status 0",
        "a_stop": "longer than 20 seconds",
        "a_sleep_without_end": "longer than 20 seconds, most of them waiting",
        "files_without_end": "more than 10000 files|longer than 2 s",  # on a slow machine
        "disk_filled_in_a_moment": "more than 20 MB",
        "threads_started_in_a_moment": "more than 60 threads",
    }.items():
        assert re.search(why, outputs(course, name)), name


def test_a_second_run_changes_nothing(batch, points, tmp_path):
    course, before, _ = batch
    lines = grade(course, course.weeks[0], progress=lambda done: None)
    assert {line.status for line in lines} == {"as before"}
    assert {line.student: line.points for line in lines} == {
        student: line.points for student, line in before.items()
    }
    assert exported(course, tmp_path) == points


GRADER = """
import sys
from pathlib import Path
from gradelib.teacher.course import Course
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.grade.options import GradingOptions
if __name__ == "__main__":
    course = Course.find(Path(sys.argv[1]))
    options = GradingOptions(force=sys.argv[2] == "force", jobs=2)
    grade(course, course.weeks[0], None, options, lambda done: print(done, flush=True))
"""


@pytest.mark.slow  # four graders, one after another: over a minute. A killed one: test_locks
def test_a_run_that_is_killed_goes_on_where_it_was(batch, points, tmp_path):
    """Killed at one moment after another; what it left behind is what an undisturbed run gives."""
    course, _, _ = batch
    small = attacked_course(tmp_path)
    (small.class_folder / "seed").write_bytes((course.class_folder / "seed").read_bytes())
    some = ["ana", "ben", "cleo", "zoe", "leaving", "patched_runner"]
    for student in some:
        path = course.class_folder / "submitted" / student / "week01" / f"{NAME}.ipynb"
        hand_in(small, student, path.read_bytes())
    (tmp_path / "grader.py").write_text(GRADER)
    command = [sys.executable, str(tmp_path / "grader.py"), str(small.root), ""]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    for lines in (1, 2, 3):
        run = subprocess.Popen(command, stdout=subprocess.PIPE, env=env, cwd=tmp_path)
        for _ in range(lines):
            run.stdout.readline()
        everyone = [psutil.Process(run.pid), *psutil.Process(run.pid).children(recursive=True)]
        run.kill()
        run.wait()
        assert not psutil.wait_procs(everyone[1:], timeout=60)[1]
    subprocess.run(command, check=True, env=env, cwd=tmp_path, stdout=subprocess.DEVNULL)
    points_now = exported(small, tmp_path)
    assert points_now == {student: points[student] for student in some}


def test_a_changed_check_runs_nothing_again_and_changes_the_grade(batch, monkeypatch, tmp_path):
    """A stricter reference, the same questions: what was answered is judged again."""
    course, _, _ = batch
    path = course.root / "solutions" / TOPIC / "reference.py"
    before = path.read_text()
    monkeypatch.setattr("gradelib.teacher.grade.batch.run", None)
    monkeypatch.setattr("gradelib.teacher.grade.execute.run", None)
    path.write_text(before + "\n# looked through once more\n")
    lines = grade(course, course.weeks[0], ["ana"], progress=lambda done: None)
    path.write_text(before)
    assert [(line.status, line.points) for line in lines] == [("graded", 7)]


def test_two_names_of_one_student_do_not_meet(batch):
    course, _, _ = batch
    with nbgrader_settings.open_gradebook(course) as gradebook:
        assert len(gradebook.students) == len(ATTACKS) + len(HONEST)
