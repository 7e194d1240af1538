"""The parts of the teacher's week: course.toml, the inbox, the bundle, the kernel, handing in."""

import datetime as dt
import hashlib
import io
import os
import stat
import subprocess
import sys
import zipfile
from dataclasses import asdict

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.probe import Outcome
from gradelib.submit import (
    Unreadable,
    as_python,
    check_student,
    defined,
    is_blank,
    look,
    pack,
    read_notebook,
)
from gradelib.teacher.bundle import make_bundle
from gradelib.teacher.cage import available
from gradelib.teacher.collect import collect
from gradelib.teacher.course import Course, CourseError, Limits
from gradelib.teacher.examine import Examination
from gradelib.teacher.inbox import look_into
from gradelib.teacher.kernel import Work, run
from gradelib.teacher.release import release
from tests.foreign import NAME, ROOT, answered, cell_of, saved, small_course

MB = 1_000_000
REASONS = available()


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A course whose week is released, and the zip."""
    course = small_course(tmp_path_factory.mktemp("released") / "course")
    return course, release(course, course.weeks[0])


# course.toml


@pytest.mark.parametrize("said", [1, "1", "01", "week1", "week01", "Week01"])
def test_a_week_is_found_however_it_is_said(said):
    assert Course.find(ROOT).week(said).name == "week01"


def test_an_unknown_week_says_which_there_are():
    with pytest.raises(CourseError, match=r"no week '40'; it has: week01"):
        Course.find(ROOT).week("40")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("number = 1", ""), "it needs number"),
        (("number = 1", "number = 1\ndeu = 2026-01-01"), "unknown deu; known"),
        (("00_start_here", "99_nowhere"), "there is no notebooks/src/99_nowhere.md"),
        (("due = 2100-01-01T00:00:00", "due = 2100-01-01"), "due needs a date and a time"),
        (("cell_seconds = 12", "cell_second = 3"), r"\[limits\] cell_second = 3; known"),
        (('name = "small"', 'name = "small'), "course.toml: "),
        (('name = "small"', 'name = "small"\ntimezone = "Mars"'), "write one such as Europe"),
    ],
)
def test_what_is_wrong_in_the_course_file_is_said_with_its_place(course, change, said):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace(*change))
    with pytest.raises(CourseError, match=said) as caught:
        Course.find(course.root)
    assert "course.toml" in str(caught.value)


def test_due_dates_are_kept_in_utc(course):
    path = course.root / "course.toml"
    path.write_text('timezone = "Europe/Berlin"\n' + path.read_text())
    assert Course.find(course.root).weeks[0].due == dt.datetime(2099, 12, 31, 23)


# The inbox


def zipped(**members: bytes | str) -> bytes:
    return zipped_from({name.replace("__", "/"): data for name, data in members.items()})


def zipped_from(members) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return packed.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.ipynb")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("member", "data", "said"),
    [
        ("../../evil.ipynb", b"x", "leads out of the folder"),
        ("/etc/evil.ipynb", b"x", "leads out of the folder"),
        ("C:\\evil.ipynb", b"x", "leads out of the folder"),
        ("ana\\..\\evil.ipynb", b"x", "leads out of the folder"),
        ("ev\nil.ipynb", b"x", "characters"),
        ("large.ipynb", b"0" * (MB + 1), "larger than 1 MB"),
        (link(), b"/etc/passwd", "links are not followed"),
        ("broken.zip", b"PK", "cannot be opened"),
    ],
)
def test_a_member_that_is_not_safe_costs_only_itself(tmp_path, member, data, said):
    path = tmp_path / "hand-ins.zip"
    path.write_bytes(zipped_from({member: data, "good.ipynb": b"good"}))
    items = list(look_into(path, MB))
    assert [item.data for item in items if not item.refused] == [b"good"]
    assert [said in item.refused for item in items if item.refused] == [True]


def test_a_zip_that_says_less_than_it_holds_is_refused(tmp_path):
    data = bytearray(zipped(bomb=b"0" * 3 * MB))
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(sign) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    (tmp_path / "bomb.zip").write_bytes(data)
    (item,) = look_into(tmp_path / "bomb.zip", MB)
    assert item.refused
    assert len(item.data) <= MB


def test_links_in_folders_are_not_followed(tmp_path):
    (tmp_path / "inbox" / "ana").mkdir(parents=True)
    (tmp_path / "inbox" / "ana" / f"{NAME}.ipynb").symlink_to("/etc/hostname")
    (item,) = look_into(tmp_path / "inbox", MB)
    assert "not followed" in item.refused


def test_zips_in_zips_are_opened_but_not_without_end(tmp_path):
    data = zipped(last=b"x")
    for _ in range(4):
        data = zipped_from({"a.zip": data})
    (tmp_path / "deep.zip").write_bytes(data)
    (item,) = look_into(tmp_path / "deep.zip", MB)
    assert "more than 3 deep" in item.refused


GOOD = saved(answered())


@pytest.mark.parametrize(
    "inbox",
    [
        {f"ana/{NAME}.ipynb": GOOD},
        {f"ana_123_assignsubmission_file/{NAME}.ipynb": GOOD},
        {f"ana_12345_678_{NAME}-1.ipynb": GOOD},
        {f"ana_LATE_12345_678_{NAME}.ipynb": GOOD},
        {f"{NAME}_ana.ipynb": GOOD},
        {f"ana/my work/{NAME} (2).ipynb": GOOD, "ana/my work/notes.txt": b"hello"},
        {"ana/homework.ipynb": GOOD},  # known by what is in it
        {f"ana/{NAME}.ipynb.txt": GOOD},  # as some browsers save it
        {"all.zip": zipped_from({f"ana/{NAME}.ipynb": GOOD, "__MACOSX/._x": b""})},
        {"ana/week01.zip": zipped_from({f"small-week01/{NAME}.ipynb": GOOD, "a/b.py": b""})},
    ],
)
def test_whose_a_notebook_is_can_be_seen_in_many_ways(course, tmp_path, inbox):
    for name, data in inbox.items():
        path = tmp_path / "hand-ins" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    found = collect(course, course.weeks[0], [tmp_path / "hand-ins"])
    assert [(item.student, list(item.notebooks), item.remarks) for item in found] == [
        ("ana", [NAME], [])
    ]
    assert (course.class_folder / f"submitted/ana/week01/{NAME}.ipynb").read_bytes() == GOOD


def test_who_cannot_be_told_is_asked_for(course, tmp_path):
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(GOOD)
    (found,) = collect(course, course.weeks[0], [path])
    assert "--student" in found.remarks[0]
    (found,) = collect(course, course.weeks[0], [path], student="Ana Müller")
    assert (found.student, found.remarks) == ("Ana-Müller", [])


@pytest.mark.parametrize("name", ["../ana", "a/b", "", ".ana", "_all", "a*", "a+b", "x" * 70, "-f"])
def test_a_name_that_could_not_be_a_folder_is_refused(name):
    with pytest.raises(ValueError, match="cannot be a student's id"):
        check_student(name)


def test_what_a_teacher_put_into_submitted_is_kept(course, tmp_path):
    folder = course.class_folder / "submitted" / "ana" / "week01"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_bytes(GOOD)
    os.utime(folder / f"{NAME}.ipynb", (1, 1))
    newer = saved(answered(quiz_temperature="a"))
    (tmp_path / "ana").mkdir()
    (tmp_path / "ana" / f"{NAME}.ipynb").write_bytes(newer)
    collect(course, course.weeks[0], [tmp_path / "ana"])
    kept = {p.read_bytes() for p in (course.class_folder / "collected/week01/ana").iterdir()}
    assert kept == {GOOD, newer}
    assert (folder / f"{NAME}.ipynb").read_bytes() == newer


# Handing in


def test_handing_in_says_what_is_blank_and_leaves_the_notebook_as_it_is(tmp_path):
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(saved(answered(quiz_temperature="")))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    command = ["submit", str(path), "--to", str(tmp_path)]
    result = CliRunner().invoke(app, command, input="ana\n", catch_exceptions=False)
    assert "3 attempted, 1 blank" in result.output
    assert "Still blank: start_here.quiz_temperature" in result.output
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    (packed,) = tmp_path.glob("ana-week01-*.zip")
    assert set(zipfile.ZipFile(packed).namelist()) == {"receipt.json", path.name}


def test_what_is_handed_in_by_receipt_is_found_whatever_the_zip_is_called(course, tmp_path):
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(GOOD)
    when = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    pack([path], "ana", tmp_path, when).rename(tmp_path / "upload (1).zip")
    (found,) = collect(course, course.weeks[0], [tmp_path / "upload (1).zip"])
    assert (found.student, found.notebooks, found.remarks) == ("ana", {NAME: when}, [])


def test_only_notebooks_can_be_handed_in(tmp_path):
    (tmp_path / "essay.ipynb").write_text("my essay")
    with pytest.raises(Unreadable, match="no JSON"):
        pack([tmp_path / "essay.ipynb"], "ana", tmp_path)


def test_a_notebook_as_it_was_handed_out_has_nothing_attempted(released):
    course, _ = released
    found = look(read_notebook((course.class_folder / f"release/week01/{NAME}.ipynb").read_bytes()))
    assert found.attempted == []
    assert (len(found.blank), found.week) == (4, "week01")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("%%time\ndef f(): pass", ["f"]),
        ("!pip install x\nclass A: pass", ["A"]),
        ("def f(:\n    pass\nx = 1", ["f", "x"]),
        ("if True:\n    def f(): pass\nelse:\n    f = None", ["f", "f"]),
        ("def f():\n    inner = 1", ["f"]),
        ("a, (b, c) = 1, (2, 3)\nd: int = 4", ["a", "b", "c", "d"]),
        ("from x import y as z", ["z"]),
    ],
)
def test_the_names_that_a_cell_defines(source, names):
    assert defined(source) == names


@pytest.mark.parametrize(
    ("source", "blank"),
    [
        ('def f():\n    "Task."\n    raise NotImplementedError("write f here")', True),
        ("def f():\n    raise NotImplementedError", True),
        ("def f():\n    x = 1\n    y = 2\n    raise NotImplementedError", False),
        ("def f():\n    return 1", False),
        ('f = ""  # a, b or c', True),
        ('f = "b"', False),
        ("class f:\n    def m(self):\n        raise NotImplementedError('x')", True),
    ],
)
def test_what_counts_as_blank(source, blank):
    assert is_blank(source, "f") is blank


# The bundle


def test_the_bundle_has_no_teachers_part_and_works_by_itself(released):
    _, path = released
    folder = path.with_suffix("")
    names = zipfile.ZipFile(path).namelist()
    assert {name.split("/")[0] for name in names} == {"small-week01"}
    inside = {name.split("/", 1)[1] for name in names}
    assert {f"{NAME}.ipynb", "README.md", "gradelib/__init__.py"} <= inside
    for name in inside:
        assert not {"author", "teacher", "solutions", "src", "build"} & set(name.split("/")), name
    code = "import gradelib, gradelib.cli, gradelib.checking; print(gradelib.__file__)"
    for command in (["-c", code], ["-m", "gradelib", "--help"]):
        run = subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        assert str(folder) in run.stdout or "submit" in run.stdout
        assert "collect" not in run.stdout


def test_the_same_files_give_the_same_zip(released):
    course, path = released
    first = path.read_bytes()
    assert make_bundle(course, course.weeks[0]).read_bytes() == first


def test_a_release_puts_the_stubs_back_and_keeps_the_answers_at_home(released):
    course, _ = released
    solved, blank = (
        read_notebook((course.class_folder / step / f"week01/{NAME}.ipynb").read_bytes()).cells
        for step in ("source", "release")
    )
    for function in ("softmax", "surprisal"):
        assert "NotImplementedError" not in cell_of(solved, "answer", function).source
        assert "NotImplementedError" in cell_of(blank, "answer", function).source
    assert cell_of(blank, "answer", "quiz_temperature").source.startswith('quiz_temperature = ""')


# The kernel


def ran(*cells: str, **limits: float):
    limited = Limits(**{"cell_seconds": 20, **limits})
    return run(Work(dict(enumerate(cells)), {}, {}, limited, caged=not REASONS))


def texts(outputs) -> str:
    return "".join(str(o.get("text", o.get("evalue", ""))) for o in outputs)


def test_a_flood_of_output_is_cut_off():
    outputs = ran("for _ in range(20000): print('x' * 100)", output_kilobytes=20).outputs[0]
    assert len(texts(outputs)) < 60_000
    assert "the rest was left out" in texts(outputs)


def test_the_kernel_knows_nothing_of_the_teacher(monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "1234")
    result = ran(
        "import os; print(os.environ.get('SECRET_TOKEN'), os.path.basename(os.getcwd()))",
        "import gradelib; print(gradelib.__file__)",
        "import gradelib.teacher.examine",
        "import solutions",
    )
    assert texts(result.outputs[0]).startswith("None gradelib-")
    assert str(ROOT) not in texts(result.outputs[1])
    assert "No module named 'gradelib.teacher.examine'" in texts(result.outputs[2])
    assert "No module named 'solutions'" in texts(result.outputs[3])


def test_cells_in_the_wrong_order_are_run_once_more_at_the_end():
    result = ran("print(square(3))", "def square(x: Number): return x * x", "Number = int")
    assert texts(result.outputs[0]) == "9\n"


@pytest.mark.skipif(bool(REASONS), reason=f"nothing is counted without a cage: {REASONS}")
def test_the_cell_that_filled_the_disk_is_given_up_and_no_later_one():
    fills = "for name in 'abc': open(name, 'wb').write(bytes(9_900_000))"
    result = ran(fills, "1 + 1", disk_megabytes=20)
    assert result.stopped == {0: "the kernel died: it wrote more than 20 MB"}
    assert result.outputs[1][0]["data"]["text/plain"] == "2"


def test_when_no_kernel_is_left_everything_has_a_reason():
    result = ran(*["import os; os._exit(1)"] * 8, "x = 1")
    assert "the kernel died" in texts(result.outputs[0])
    assert "not run" in result.stopped[8]


# The judge


@pytest.mark.parametrize(
    "forged",
    [
        {"status": "passed"},
        {"status": "value", "points": 3},
        {"changed": {"x": 1}},
        {"seconds": "fast"},
    ],
)
def test_what_is_not_an_outcome_is_refused(course, forged):
    examination = Examination(course)
    reply = [asdict(Outcome("value")) | forged] * len(examination.inputs("start_here.softmax"))
    with pytest.raises(ValueError, match=r"not an outcome|status|changed is|seconds is"):
        examination.judge("start_here.softmax", reply, "", "")


def test_fresh_cases_are_the_same_in_every_run_and_differ_from_class_to_class(course, tmp_path):
    name = "start_here.softmax"
    first, second = (str(Examination(course).inputs(name)) for _ in range(2))
    (course.class_folder / "seed").chmod(0o600)
    (course.class_folder / "seed").write_text("another")
    assert first == second != str(Examination(course).inputs(name))


def test_a_name_that_must_not_be_used_is_found_behind_a_magic(course):
    examination = Examination(course)
    exercise = examination.exercise("start_here.softmax")
    outcomes = [asdict(one.expected) for one in examination.drawn(exercise.name)]
    right = examination.judge(exercise.name, outcomes, "def softmax(x): return x", "")
    cheat = as_python(
        "%%time\n%precision 3\nfrom torch import softmax as s\ndef softmax(x): return s(x, -1)"
    )
    verdict = examination.judge(exercise.name, outcomes, cheat, cheat)
    assert (right.status, verdict.status) == ("passed", "failed")
