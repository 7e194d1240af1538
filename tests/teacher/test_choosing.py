"""Which of a student's files counts, and what goes along with it."""

import pytest

from gradelib.author.compose import student_notebook
from gradelib.student.handin import pack
from tests.teacher.hand_ins import GOOD, OTHER, THIRD, collected, kept, laid, submitted, zipped
from tests.teacher.small_course import NAME, ROOT, answered, saved, small_course

FILE = f"{NAME}.ipynb"
SECOND = "01_tokenization"
BLANK = saved(student_notebook(ROOT, NAME))
LESS = saved(answered(softmax="", surprisal=""))
HELPER = b"def largest(values):\n    return max(values)\n"
WITH_HELPER = saved(answered(most_likely="import helper\nmost_likely = helper.largest"))


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


def beside(course, student: str = "ana") -> dict[str, bytes]:
    folder = course.class_folder / "submitted" / student / "week01"
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {n: p.read_bytes() for n, p in files.items() if n not in (FILE, "timestamp.txt")}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (FILE, f"{NAME} (1).ipynb"),
        (f"{NAME} (2).ipynb", f"{NAME} (10).ipynb"),
        (f"Version 2/{FILE}", f"Version 10/{FILE}"),
        ("a.ipynb", "b.ipynb"),
    ],
)
@pytest.mark.parametrize("data", [(GOOD, OTHER), (OTHER, GOOD)])
def test_two_of_one_second_are_ordered_by_name_and_said(course, tmp_path, first, second, data):
    files = {f"ana/{first}": data[0], f"ana/{second}": data[1]}
    found = collected(course, laid(tmp_path / "in", files))
    assert submitted(course, "ana") == data[1]
    assert "has the same time" in found["ana"].remarks[0]


@pytest.mark.parametrize("data", [(GOOD, LESS), (LESS, GOOD)])
def test_two_of_one_second_and_one_name_are_ordered_by_how_much_is_answered(course, tmp_path, data):
    for number, one in enumerate(data):
        collected(course, laid(tmp_path / str(number), {f"ana/{FILE}": one}))
    assert submitted(course, "ana") == GOOD


@pytest.mark.parametrize(
    ("blank", "work"), [(FILE, f"{NAME} (1).ipynb"), (f"Kopie von {FILE}", FILE)]
)
@pytest.mark.parametrize("later", [0, 600])
def test_a_blank_copy_never_beats_work(course, tmp_path, blank, work, later):
    laid(tmp_path / "in", {f"ana/{work}": GOOD})
    found = collected(course, laid(tmp_path / "in", {f"ana/{blank}": BLANK}, 1_000_000_000 + later))
    assert submitted(course, "ana") == GOOD
    assert any("is blank" in remark for remark in found["ana"].remarks)


def test_a_blank_one_before_the_work_is_nothing_odd(course, tmp_path):
    laid(tmp_path / "in", {f"ana/{FILE}": BLANK})
    found = collected(course, laid(tmp_path / "in", {f"ana/x/{FILE}": GOOD}, 1_000_000_600))
    assert submitted(course, "ana") == GOOD
    assert found["ana"].remarks == []


def test_a_newer_file_with_fewer_answers_counts_and_is_said(course, tmp_path):
    collected(course, laid(tmp_path / "1", {f"ana/{FILE}": GOOD}))
    found = collected(course, laid(tmp_path / "2", {f"ana/{FILE}": LESS}, 1_000_000_600))
    assert submitted(course, "ana") == LESS
    assert any("answers 5, and not 3" in remark for remark in found["ana"].remarks)


def test_who_goes_back_to_what_was_handed_in_before_has_that(course, tmp_path):
    for day, data in enumerate([GOOD, OTHER, GOOD]):
        folder = f"1-2 - Ana - Apr {day + 1}, 2027 1159 PM"
        collected(course, laid(tmp_path / str(day), {f"{folder}/{FILE}": data}))
    assert submitted(course, "Ana-1") == GOOD
    assert len(kept(course, "Ana-1")) == 3


def test_the_same_download_again_later_changes_nothing(course, tmp_path):
    for time in (1_000_000_000, 1_000_000_600, 1_000_000_900):
        data = OTHER if time == 1_000_000_600 else GOOD
        collected(course, laid(tmp_path / str(time), {f"ana/{FILE}": data}, time))
    assert submitted(course, "ana") == OTHER


@pytest.mark.parametrize(
    "place",
    [
        "hand-ins/ana/",
        "hand-ins/ana/my work/",
        "c.zip/Ana_1_assignsubmission_file_/",
        "c.zip/Ana_1_assignsubmission_file_/x.zip/",
        "c.zip/anaadler_1_9_",
        "receipt",
    ],
)
def test_a_module_beside_the_notebook_goes_along(course, tmp_path, place):
    files = {f"{place}{FILE}": WITH_HELPER, f"{place}helper.py": HELPER}
    if place == "receipt":
        laid(tmp_path, {FILE: WITH_HELPER, "helper.py": HELPER})
        path = pack([tmp_path / FILE], "ana", tmp_path / "out")
    elif place.startswith("c.zip"):
        inside = {name.removeprefix("c.zip/"): data for name, data in files.items()}
        if "x.zip" in place:
            folder = place.split("/")[1]
            own = {name.rpartition("/")[2]: data for name, data in inside.items()}
            inside = {f"{folder}/x.zip": zipped(own)}
        path = laid(tmp_path, {"c.zip": zipped(inside)}) / "c.zip"
    else:
        path = laid(tmp_path, files) / "hand-ins"
    ((student, found),) = collected(course, path).items()
    assert beside(course, student) == {"helper.py": HELPER}
    assert found.remarks == []
    assert found.notes == ["helper.py: along with it"]


def test_a_package_of_the_students_keeps_its_folders(course, tmp_path):
    files = {f"ana/w/{FILE}": GOOD, "ana/w/own/__init__.py": b"", "ana/w/own/deep/a b.csv": b"1"}
    collected(course, laid(tmp_path / "in", files))
    assert beside(course) == {"own/__init__.py": b"", "own/deep/a b.csv": b"1"}


def test_a_newer_module_takes_the_place_of_the_older(course, tmp_path):
    for number in range(2):
        files = {f"ana/{FILE}": GOOD, "ana/helper.py": b"%d" % number}
        collected(course, laid(tmp_path / str(number), files, 1_000_000_000 + number))
    assert beside(course) == {"helper.py": b"1"}
    assert len(kept(course, "ana")) == 3


def test_what_came_from_the_course_does_not_go_along(course, tmp_path):
    data = next(path for path in (ROOT / "data").glob("*/*.jsonl"))
    inside = data.relative_to(ROOT / "data").as_posix()
    files = {
        f"ana/{FILE}": GOOD,
        "ana/gradelib/__init__.py": b"",
        f"ana/data/{inside}": data.read_bytes(),
        "ana/environment.yml": b"",
    }
    found = collected(course, laid(tmp_path / "in", files))
    assert beside(course) == {}
    assert found["ana"].remarks == []


def test_what_does_not_go_along_is_named(course, tmp_path):
    files = {f"ana/{FILE}": GOOD, "ana/data/own.csv": b"1", "ana/more.zip": b"PK\3\4broken"}
    found = collected(course, laid(tmp_path / "in", files))
    assert beside(course) == {}
    assert "data/own.csv, more.zip: not along with it" in found["ana"].remarks


def test_what_a_teacher_put_there_is_kept_before_it_goes(course, tmp_path):
    folder = course.class_folder / "submitted" / "ana" / "week01"
    laid(folder, {FILE: THIRD, "own/module.py": b"1"})
    collected(course, laid(tmp_path / "in", {f"ana/{FILE}": GOOD}, 1_000_000_600))
    assert submitted(course, "ana") == GOOD
    assert {path.read_bytes() for path in kept(course, "ana")} == {THIRD, b"1", GOOD}
    assert beside(course) == {"own/module.py": b"1"}


def test_one_wrong_byte_is_said_and_costs_no_answer(course, tmp_path):
    wrong = GOOD.replace(b"It depends, and here is why.", b"It d\xe9pends, and here is why.")
    found = collected(course, laid(tmp_path / "in", {f"ana/{FILE}": wrong}))
    assert any("1 of its bytes are no UTF-8" in remark for remark in found["ana"].remarks)
    assert submitted(course, "ana") == wrong


def test_collecting_twice_changes_nothing(course, tmp_path):
    files = {f"ana/{FILE}": GOOD, "ana/helper.py": HELPER, f"ana/old/{FILE}": OTHER}
    path = laid(tmp_path / "in", files)
    collected(course, path)
    before = {p: p.stat().st_mtime_ns for p in course.class_folder.rglob("*") if p.is_file()}
    assert collected(course, path)["ana"].new == 0
    after = {p: p.stat().st_mtime_ns for p in course.class_folder.rglob("*") if p.is_file()}
    assert {p for p in before if p.suffix != ".lock"} == {p for p in after if p.suffix != ".lock"}
    assert all(before[p] == after[p] for p in before if p.suffix != ".lock")


def with_a_second_week(course):
    path = course.root / "course.toml"
    week = '[[weeks]]\nnumber = 2\ntitle = "The second"\nnotebooks = ["01_tokenization"]\n[colab]'
    path.write_text(path.read_text(encoding="utf-8").replace("[colab]", week), encoding="utf-8")
    return type(course).find(course.root)


def test_another_weeks_notebook_beside_this_weeks_needs_no_look(course, tmp_path):
    course = with_a_second_week(course)
    files = {f"ana/{FILE}": GOOD, "ana/tokens.ipynb": saved(student_notebook(ROOT, SECOND))}
    found = collected(course, laid(tmp_path / "in", files))
    assert found["ana"].remarks == []
    assert "tokens.ipynb is of week 2: gradelib collect 2 takes it" in found["ana"].notes


def test_another_weeks_notebook_alone_is_said_with_its_week(course, tmp_path):
    course = with_a_second_week(course)
    files = {"ana/tokens.ipynb": saved(student_notebook(ROOT, SECOND)), f"ben/{FILE}": GOOD}
    found = collected(course, laid(tmp_path / "in", files))
    assert found["ana"].remarks == [
        f"there is no {FILE}",
        "tokens.ipynb is of week 2: gradelib collect 2 takes it",
    ]


EXPORTS = {"html": b"<!DOCTYPE html><html>", "py": b"# %%\nimport math\n", "pdf": b"%PDF-1.7\n"}


def test_an_export_beside_the_notebook_needs_no_look(course, tmp_path):
    files = {f"ana/{NAME}.{ending}": data for ending, data in EXPORTS.items()}
    found = collected(course, laid(tmp_path / "in", {f"ana/{FILE}": GOOD, **files}))
    assert (submitted(course, "ana"), found["ana"].remarks) == (GOOD, [])


@pytest.mark.parametrize("ending", EXPORTS)
def test_an_export_that_came_later_than_the_notebook_is_said(course, tmp_path, ending):
    laid(tmp_path / "in", {f"ana/{FILE}": GOOD})
    later = {f"ana/{NAME}.{ending}": EXPORTS[ending]}
    found = collected(course, laid(tmp_path / "in", later, 1_000_000_600))
    assert submitted(course, "ana") == GOOD
    assert any("the .ipynb itself is needed" in remark for remark in found["ana"].remarks)
