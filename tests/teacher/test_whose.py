"""Whose work a file is: the platform before the receipt, a roster before both, never a guess."""

import datetime as dt
import hashlib
import json

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.student.handin import pack
from tests.teacher.hand_ins import (
    GOOD,
    OTHER,
    THIRD,
    collected,
    in_zone,
    kept,
    laid,
    stamp,
    submitted,
    with_roster,
    zipped,
)
from tests.teacher.small_course import NAME, small_course

FILE = f"{NAME}.ipynb"
WHEN = dt.datetime(2027, 4, 1, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


def receipt_zip(folder, student: str, data: bytes = GOOD, when: dt.datetime = WHEN) -> bytes:
    """Return what `submit` packs."""
    (folder / FILE).write_bytes(data)
    path = pack([folder / FILE], student, folder, when)
    packed = path.read_bytes()
    path.unlink()
    (folder / FILE).unlink()
    return packed


def exit_code(course, monkeypatch, *paths) -> int:
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("GRADELIB_CLASS", str(course.class_folder))
    return CliRunner().invoke(app, ["collect", "1", *map(str, paths)]).exit_code


@pytest.mark.parametrize(
    "around",
    [
        "Mallory Moll_7_assignsubmission_file_/hand-in.zip",
        "mollmallory_7_8_hand-in.zip",
        "1-7 - Mallory Moll - Apr 20, 2027 1200 PM/hand-in.zip",
        "Moll_Mallory_mm_7/hand-in.zip",
        "hand-ins/mallory/hand-in.zip",
    ],
)
def test_a_receipt_in_anothers_folder_takes_nothing_from_its_student(
    course, tmp_path, monkeypatch, around
):
    before = laid(tmp_path / "first", {"ana.zip": receipt_zip(tmp_path, "ana", GOOD)})
    assert set(collected(course, before)) == {"ana"}
    forged = receipt_zip(tmp_path, "ana", OTHER, WHEN + dt.timedelta(days=2))
    others = {f"hand-ins/ben/{FILE}": THIRD} if "hand-ins" in around else {}
    data = zipped({around: forged, **others})
    path = laid(tmp_path / "second", {"class.zip": data}) / "class.zip"
    found = collected(course, path)
    (thief,) = set(found) - {"ben"}
    assert "mallory" in thief.lower()
    assert any("its receipt names ana" in remark for remark in found[thief].remarks)
    assert submitted(course, "ana") == GOOD
    assert exit_code(course, monkeypatch, path) == 1


def test_what_lies_in_a_zip_of_a_students_is_that_students(course, tmp_path):
    """Whatever the student calls the folders in it: the outermost name counts."""
    inner = zipped({f"Ana Adler_1_assignsubmission_file_/{FILE}": OTHER, f"ana/{FILE}": THIRD})
    path = laid(tmp_path, {"c.zip": zipped({"Mallory_7_assignsubmission_file_/x.zip": inner})})
    assert set(collected(course, path / "c.zip")) == {"Mallory-7"}


def test_what_is_in_doubt_never_becomes_the_newest(course, tmp_path):
    folder = "Mallory_7_assignsubmission_file_"
    laid(tmp_path, {"1.zip": zipped({f"{folder}/{FILE}": GOOD})})
    forged = receipt_zip(tmp_path, "ana", OTHER)
    laid(tmp_path, {"2.zip": zipped({f"{folder}/x.zip": forged}, (2027, 4, 22, 12, 0, 0))})
    collected(course, tmp_path / "1.zip")
    found = collected(course, tmp_path / "2.zip")
    assert submitted(course, "Mallory-7") == GOOD
    assert any("is in doubt, by its receipt" in remark for remark in found["Mallory-7"].remarks)
    assert len(kept(course, "Mallory-7")) == 2
    assert collected(course, tmp_path / "2.zip")["Mallory-7"].new == 0


@pytest.mark.parametrize("student", ["ana", "Ana Müller", "mueller", "amüller", "9001"])
def test_a_receipts_id_beside_the_platforms_name_makes_one_student(course, tmp_path, student):
    packed = receipt_zip(tmp_path, student)
    files = {"Ana Müller_9001_assignsubmission_file_/x.zip": packed}
    found = collected(course, laid(tmp_path, {"c.zip": zipped(files)}) / "c.zip")
    assert {name: one.remarks for name, one in found.items()} == {"Ana-Müller-9001": []}


def test_canvas_writes_a_name_in_one_word(course, tmp_path):
    files = {"doejane_101_9_x.zip": receipt_zip(tmp_path, "jane")}
    found = collected(course, laid(tmp_path, {"c.zip": zipped(files)}) / "c.zip")
    assert {name: one.remarks for name, one in found.items()} == {"doejane-101": []}


def test_a_file_that_is_not_as_its_receipt_says_is_in_doubt(course, tmp_path):
    digest = hashlib.sha256(GOOD).hexdigest()
    receipt = {"student": "ana", "time": WHEN.isoformat(), "files": {FILE: digest}}
    forged = zipped({"receipt.json": json.dumps(receipt).encode(), FILE: OTHER})
    laid(tmp_path, {"first.zip": receipt_zip(tmp_path, "ana", GOOD), "second.zip": forged})
    collected(course, tmp_path / "first.zip")
    found = collected(course, tmp_path / "second.zip")
    assert any("not the file that its receipt names" in remark for remark in found["ana"].remarks)
    assert submitted(course, "ana") == GOOD


def test_the_platforms_time_counts_and_not_the_receipts(course, tmp_path):
    packed = receipt_zip(tmp_path, "ana", when=WHEN)
    files = {"Ana_9001_assignsubmission_file_/x.zip": packed}
    collected(course, laid(tmp_path, {"c.zip": zipped(files)}) / "c.zip")
    assert stamp(course, "Ana-9001") == "2027-04-20 12:00:00 UTC"


def test_a_receipt_fills_the_gap_where_there_is_no_platform(course, tmp_path):
    path = laid(tmp_path, {"upload (1).zip": receipt_zip(tmp_path, "O'Brien, Pat")}, 1_900_000_000)
    found = collected(course, path / "upload (1).zip")
    assert {student: one.remarks for student, one in found.items()} == {"O-Brien-Pat": []}
    assert stamp(course, "O-Brien-Pat") == "2027-04-01 08:00:00 UTC"


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00", "9999-12-31T23:59:59+00:00", "now", None])
def test_a_time_in_a_receipt_that_cannot_be_is_said_and_does_not_count(course, tmp_path, time):
    receipt = {"student": "ana", "time": time}
    data = zipped({"receipt.json": json.dumps(receipt).encode(), FILE: GOOD})
    found = collected(course, laid(tmp_path, {"ana.zip": data}) / "ana.zip")
    assert any("the time in its receipt cannot be" in remark for remark in found["ana"].remarks)
    assert stamp(course, "ana") == "2001-09-09 01:46:40 UTC"


@pytest.mark.parametrize("student", ["../ana", "a/b", "a\\b", "", "ev\nil", "\x1b[2J"])
def test_a_receipt_with_a_name_that_leads_elsewhere_is_asked_about(course, tmp_path, student):
    data = zipped({"receipt.json": json.dumps({"student": student}).encode(), FILE: GOOD})
    found = collected(course, laid(tmp_path, {"x.zip": data}) / "x.zip")
    assert set(found) == {""}
    assert "\x1b" not in "".join(found[""].remarks)
    assert [path.read_bytes() for path in kept(course, "_nobody")] == [GOOD]


def test_letter_case_alone_makes_no_second_student(course, tmp_path):
    collected(course, laid(tmp_path / "1", {f"ana/{FILE}": GOOD}))
    found = collected(course, laid(tmp_path / "2", {f"Ana/{FILE}": OTHER}, 1_000_000_600))
    assert set(found) == {"ana"}
    assert found["ana"].remarks == ["also written Ana: taken for one student"]
    assert submitted(course, "ana") == OTHER


@pytest.mark.parametrize("other", ["аna", "anа", "Anä", "an-a", "a.n.a"])  # Cyrillic а
def test_who_looks_like_another_is_asked_about(course, tmp_path, other):
    found = collected(
        course, laid(tmp_path / "in", {f"ana/{FILE}": GOOD, f"{other}/{FILE}": OTHER})
    )
    assert len(found) == 2
    assert found["ana"].remarks == [f"looks like {other}: are they one?"]


def test_who_has_a_number_in_one_place_and_none_in_another_is_asked_about(course, tmp_path):
    collected(course, laid(tmp_path / "in", {f"John Smith/{FILE}": GOOD}))
    folder = "John Smith_2001_assignsubmission_file_"
    found = collected(course, laid(tmp_path / "out", {f"{folder}/{FILE}": OTHER}))
    assert found["John-Smith-2001"].remarks == ["looks like John-Smith: are they one?"]


ROSTER = "id,name,email,platform,login,section,dropped"
CLASS = [
    "s1,Ana Müller,ana@uni.example,101,amueller,A,",
    "s2,John Smith,js1@uni.example,2001,jsmith,A,",
    "s3,John Smith,js2@uni.example,2002,jsmith2,B,no",
    '"s4","O\'Brien, Pat",pat@uni.example,,pob,B,',
    "s5,Dora Drop,dora@uni.example,105,ddrop,B,yes",
]


@pytest.mark.parametrize(
    ("place", "student"),
    [
        (f"Ana Müller_31_assignsubmission_file_/{FILE}", "s1"),
        (f"Müller Ana_31_assignsubmission_file_/{FILE}", "s1"),
        (f"muellerana_101_9_{FILE}", "s1"),
        (f"Week 1_amueller_attempt_2027-04-20-12-00-00_{FILE}", "s1"),
        (f"Übungsblatt/Abgaben/Mueller_Ana_amueller_999/{FILE}", "s1"),
        (f"101-5 - Ana Müller - Apr 20, 2027 1159 PM/{FILE}", "s1"),
        (f"hand-ins/ana@uni.example/{FILE}", "s1"),
        (f"hand-ins/S1/my work/{FILE}", "s1"),
        (f"smithjohn_2002_9_{FILE}", "s3"),
        (f"Pat O'Brien_31_assignsubmission_file_/{FILE}", "s4"),
        (f"{NAME}_amueller.ipynb", "s1"),
        (f"Ana Müller - {FILE}", "s1"),
        (f"week-1-submissions/week-1-pob/{FILE}", "s4"),
        (f"John Smith_2002_assignsubmission_file_/{FILE}", "s3"),
        (f"Pat O'Brien_2002_assignsubmission_file_/{FILE}", "s4"),  # Moodle's number of a hand-in
    ],
)
def test_a_roster_says_who_is_meant(course, tmp_path, place, student):
    with_roster(course, *CLASS, header=ROSTER)
    found = collected(course, laid(tmp_path, {"c.zip": zipped({place: GOOD})}) / "c.zip")
    assert {name: one.remarks for name, one in found.items()} == {student: []}


@pytest.mark.parametrize(
    ("place", "question"),
    [
        (f"John Smith_31_assignsubmission_file_/{FILE}", "can be s2, s3"),
        (f"Jane Doe_31_assignsubmission_file_/{FILE}", "is not in the roster"),
        (f"janedoe_101_9_{FILE}", "is called Ana Müller in the roster"),
        (f"101-5 - Ana Schmidt - Apr 20, 2027 1159 PM/{FILE}", "is called Ana Müller"),
        (f"muellerana_999_9_{FILE}", "has the number 101"),
        (f"hand-ins/Ana M/{FILE}", "is not in the roster"),
        (f"hand-ins/s1/s2/{FILE}", "names s1 and s2"),
    ],
)
def test_what_does_not_fit_the_roster_is_a_question(course, tmp_path, place, question):
    with_roster(course, *CLASS, header=ROSTER)
    found = collected(course, laid(tmp_path, {"c.zip": zipped({place: GOOD})}) / "c.zip")
    assert set(found) == {""}
    assert question in found[""].remarks[0]
    assert not (course.class_folder / "submitted").exists()
    assert [path.read_bytes() for path in kept(course, "_nobody")] == [GOOD]
    said = found[""].notes[0]
    assert said.startswith("files: 1 of nobody, ")
    assert f"in {course.class_folder / 'collected' / 'week01' / '_nobody'};" in said
    assert found[""].new == 1


def test_what_a_student_calls_a_folder_in_a_zip_is_not_in_the_roster(course, tmp_path):
    with_roster(course, *CLASS, header=ROSTER)
    files = {"hand-ins/Mallory M/x.zip": zipped({f"s1/{FILE}": OTHER})}
    found = collected(course, laid(tmp_path, {"c.zip": zipped(files)}) / "c.zip")
    assert set(found) == {""}


def test_a_zip_that_is_called_as_a_student_of_the_roster_is_that_students(course, tmp_path):
    with_roster(course, *CLASS, header=ROSTER)
    path = laid(tmp_path, {"amueller.zip": zipped({FILE: GOOD})}) / "amueller.zip"
    assert set(collected(course, path)) == {"s1"}


def test_two_of_one_name_on_the_platform_and_one_in_the_roster_are_a_question(course, tmp_path):
    with_roster(course, CLASS[0], header=ROSTER)
    files = {f"Ana Müller_{n}_assignsubmission_file_/{FILE}": GOOD for n in (31, 32)}
    found = collected(course, laid(tmp_path, {"c.zip": zipped(files)}) / "c.zip")
    assert set(found) == {""}
    assert "two people of one name" in found[""].remarks[0]


@pytest.mark.parametrize(("student", "agrees"), [("amueller", True), ("S1", True), ("pob", False)])
def test_a_receipt_is_compared_with_the_roster(course, tmp_path, student, agrees):
    with_roster(course, *CLASS, header=ROSTER)
    files = {"Ana Müller_9_assignsubmission_file_/x.zip": receipt_zip(tmp_path, student)}
    found = collected(course, laid(tmp_path, {"c.zip": zipped(files)}) / "c.zip")
    assert set(found) == {"s1"}
    assert bool(found["s1"].remarks) is not agrees


def test_who_was_dropped_is_kept_and_not_graded(course, tmp_path):
    with_roster(course, *CLASS, header=ROSTER)
    found = collected(course, laid(tmp_path / "in", {f"s5/{FILE}": GOOD, f"s1/{FILE}": GOOD}))
    assert found["s5"].notebooks == {}
    assert found["s5"].notes == ["dropped from the class: kept, and not graded"]
    assert [path.read_bytes() for path in kept(course, "s5")] == [GOOD]
    assert not (course.class_folder / "submitted" / "s5").exists()


def test_who_has_handed_in_nothing_is_listed(course, tmp_path, monkeypatch):
    with_roster(course, *CLASS, header=ROSTER)
    monkeypatch.chdir(course.root)
    path = laid(tmp_path / "in", {f"s1/{FILE}": GOOD})
    result = CliRunner().invoke(app, ["collect", "1", str(path)])
    assert "Nothing yet from 3: s2, s3, s4" in result.output
    assert result.exit_code == 0


def test_the_roster_is_shown_with_the_weeks_of_each(course, tmp_path, monkeypatch):
    monkeypatch.chdir(course.root)
    assert CliRunner().invoke(app, ["roster"]).exit_code == 1  # there is none
    with_roster(course, *CLASS, header=ROSTER)
    collected(course, laid(tmp_path / "in", {f"s1/{FILE}": GOOD}))
    said = CliRunner().invoke(app, ["roster"]).output
    lines = {
        line.split("│")[1].strip(): line.split("│")[4].strip() for line in said.splitlines()[3:-2]
    }
    assert lines == {"s1": "1", "s2": "", "s3": "", "s4": "", "s5": "dropped"}


@pytest.mark.parametrize("folder", ["week-1-ana", "hw1_ana", "repos/week-1-ana", "Übung 1 - ana"])
def test_a_task_before_a_name_is_no_part_of_it(course, tmp_path, folder):
    root = laid(tmp_path / "given", {f"{folder}/{FILE}": GOOD}) / folder.split("/")[0]
    assert set(collected(course, root)) == {"ana"}


def test_a_late_mark_of_the_platform_counts(course, tmp_path):
    course = in_zone(course, "Europe/Berlin", "2027-04-25T23:59:59")
    files = {f"rothtim_LATE_103_9003_{FILE}": GOOD, f"doejane_101_9001_{FILE}": GOOD}
    collected(course, laid(tmp_path, {"c.zip": zipped(files)}) / "c.zip")
    assert stamp(course, "rothtim-103") == "2027-04-25 22:00:00 UTC"
    assert stamp(course, "doejane-101") == "2027-04-20 10:00:00 UTC"


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ((2027, 4, 25, 23, 0, 0), "2027-04-25 21:00:00 UTC"),  # in summer
        ((2027, 1, 25, 23, 0, 0), "2027-01-25 22:00:00 UTC"),
        ((2027, 3, 28, 3, 30, 0), "2027-03-28 01:30:00 UTC"),  # after the clocks went on
        ((2027, 3, 28, 1, 30, 0), "2027-03-28 00:30:00 UTC"),
    ],
)
def test_the_local_time_of_a_zip_is_that_of_the_course(course, tmp_path, local, utc):
    course = in_zone(course, "Europe/Berlin", "2027-04-25T23:59:59")
    files = {f"Berta Klein_9001_assignsubmission_file_/{FILE}": GOOD}
    collected(course, laid(tmp_path, {"c.zip": zipped(files, local)}) / "c.zip")
    assert stamp(course, "Berta-Klein-9001") == utc


def test_where_a_zip_has_the_exact_time_that_counts(course, tmp_path):
    """Programs on Unix write it beside the local time."""
    import io
    import struct
    import zipfile

    course = in_zone(course, "Europe/Berlin", "2027-04-25T23:59:59")
    info = zipfile.ZipInfo(f"Berta_9001_assignsubmission_file_/{FILE}", (2027, 4, 25, 17, 0, 0))
    moment = int(dt.datetime(2027, 4, 25, 22, 0, tzinfo=dt.UTC).timestamp())  # packed in Denver
    info.extra = struct.pack("<HHBl", 0x5455, 5, 1, moment)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(info, GOOD)
    collected(course, laid(tmp_path, {"c.zip": packed.getvalue()}) / "c.zip")
    assert stamp(course, "Berta-9001") == "2027-04-25 22:00:00 UTC"
