"""Each platform's way to name what it hands over, and the students that come of it."""

import datetime as dt

import pytest

from gradelib.teacher.collect.platforms import read_file, read_folder
from tests.teacher.hand_ins import GOOD, OTHER, THIRD, collected, laid, submitted, zipped, zipped_as
from tests.teacher.small_course import NAME, small_course

FILE = f"{NAME}.ipynb"
GRADESCOPE = b"""
submission_11:
  :submitters:
  - :name: Ada Adler
    :sid: '77'
    :email: ada@uni.example
  :created_at: 2027-04-20 10:00:00.5 Z
submission_12:
  :submitters:
  - :name: Ben Berg
    :sid: '78'
    :email: ben@uni.example
  - :name: Cleo Curie
    :sid: '79'
    :email: cleo@uni.example
"""
PLATFORMS = {
    "Moodle": (
        {
            f"John Smith_2001_assignsubmission_file_/{FILE}": GOOD,
            f"John Smith_2002_assignsubmission_file_/{FILE}": OTHER,
        },
        {"John-Smith-2001": GOOD, "John-Smith-2002": OTHER},
    ),
    "Moodle since 4.1": (
        {
            f"John Smith_2001_assignsubmission_file/{FILE}": GOOD,
            f"John Smith_2002_assignsubmission_file/{FILE}": OTHER,
        },
        {"John-Smith-2001": GOOD, "John-Smith-2002": OTHER},
    ),
    "Moodle without folders": (
        {
            f"O'Brien, Pat Jr._5_assignsubmission_file_{FILE}": GOOD,
            f"Ng Li (李)_6_assignsubmission_file_{FILE}": OTHER,
        },
        {"O-Brien-Pat-Jr-5": GOOD, "Ng-Li-李-6": OTHER},
    ),
    "Canvas": (
        {
            f"doejane_101_9001_{FILE}": GOOD,
            f"doejane_102_9002_{NAME}-1.ipynb": OTHER,
            f"rothtim_LATE_103_9003_{FILE}": THIRD,
        },
        {"doejane-101": GOOD, "doejane-102": OTHER, "rothtim-103": THIRD},
    ),
    "Blackboard": (
        {
            f"Week 1_jdoe_attempt_2027-04-20-12-00-00_{FILE}": GOOD,
            f"Week 1_jdoe_attempt_2027-04-21-12-00-00_{FILE}": OTHER,
            "Week 1_jdoe_attempt_2027-04-21-12-00-00.txt": b"Name: Jane Doe (jdoe)\n",
            f"Week 1_troth_attempt_2027-04-20-12-00-00_{FILE}": THIRD,
        },
        {"jdoe": OTHER, "troth": THIRD},
    ),
    "Blackboard, _ in the login": (
        {
            f"Week 1_jane_doe_attempt_2027-04-20-12-00-00_{FILE}": GOOD,
            f"Week 1_john_doe_attempt_2027-04-20-12-00-00_{FILE}": OTHER,
        },
        {"jane_doe": GOOD, "john_doe": OTHER},
    ),
    "Brightspace": (
        {
            f"12345-67890 - Jane Doe - Apr 20, 2027 1159 PM/{FILE}": GOOD,
            f"12346-67891 - Tim Roth-Li - 21 April, 2027 9:01 AM/{FILE}": OTHER,
            "index.html": b"<html>",
        },
        {"Jane-Doe-12345": GOOD, "Tim-Roth-Li-12346": OTHER},
    ),
    "ILIAS": (
        {
            f"Übungsblatt 1/Abgaben/Mustermann_Erika_emuster_12345/{FILE}": GOOD,
            f"Übungsblatt 1/Abgaben/Roth_Tim_troth_12346/{FILE}": OTHER,
        },
        {"Mustermann-Erika-12345": GOOD, "Roth-Tim-12346": OTHER},
    ),
    "Teams": (
        {
            f"Submitted files/Jane Doe/Transformers intro/Version 1/{FILE}": GOOD,
            f"Submitted files/Jane Doe/Transformers intro/Version 2/{FILE}": OTHER,
            f"Submitted files/Tim Roth/Transformers intro/Version 1/{FILE}": THIRD,
        },
        {"Jane-Doe": OTHER, "Tim-Roth": THIRD},
    ),
    "Gradescope": (
        {
            f"assignment_1_export/submission_11/{FILE}": GOOD,
            f"assignment_1_export/submission_12/{FILE}": OTHER,
            "assignment_1_export/submission_metadata.yml": GRADESCOPE,
        },
        {"Ada-Adler-77": GOOD},
    ),
    "Gradescope, without its list": (
        {
            f"assignment_1_export/submission_11/{FILE}": GOOD,
            f"assignment_1_export/submission_12/{FILE}": OTHER,
        },
        {"submission-11": GOOD, "submission-12": OTHER},
    ),
    "GitHub Classroom": (
        {
            f"week-1-submissions/week-1-ana/{FILE}": GOOD,
            "week-1-submissions/week-1-ana/.git/config": b"",
            f"week-1-submissions/week-1-ben-b/{FILE}": OTHER,
        },
        {"ana": GOOD, "ben-b": OTHER},
    ),
    "nbgrader": (
        {f"ana+week01+2027-04-20 12:00:00 UTC/{FILE}": GOOD},
        {"ana": GOOD},
    ),
    "Google Drive": (
        {
            f"Ana Adler - {FILE}": GOOD,
            f"Ben Berg - {FILE} (1).ipynb": OTHER,
        },
        {"Ana-Adler": GOOD, "Ben-Berg": OTHER},
    ),
    "sections": (
        {
            f"class/A/ana/{FILE}": GOOD,
            f"class/A/ben/{FILE}": OTHER,
            f"class/B/cleo/{FILE}": THIRD,
            f"class/B/dan/{FILE}": GOOD,
        },
        {"ana": GOOD, "ben": OTHER, "cleo": THIRD, "dan": GOOD},
    ),
}


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("form", ["zip", "folder"])
def test_each_student_of_a_platforms_zip_is_one_student(course, tmp_path, platform, form):
    files, students = PLATFORMS[platform]
    if form == "zip":
        path = laid(tmp_path, {"download.zip": zipped(files)}) / "download.zip"
    else:
        path = laid(tmp_path / "download", files)
    found = collected(course, path)
    assert {student for student in found if student} == set(students)
    assert {student: submitted(course, student) for student in students} == students


@pytest.mark.parametrize("words", ["Files", "handsine", "Bhandari-Nina", "sub", "Chandini"])
def test_a_name_that_has_a_word_in_it_is_a_name(course, tmp_path, words):
    names = {words, "ana", "ben"}
    found = collected(course, laid(tmp_path / "words", {f"{n}/{FILE}": GOOD for n in names}))
    assert set(found) == names
    assert bool(found[words].remarks) == (words == "Files")  # which is asked about


def test_gradescopes_groups_are_asked_about(course, tmp_path):
    files, _ = PLATFORMS["Gradescope"]
    found = collected(course, laid(tmp_path / "download", files))
    assert any("Ben Berg and Cleo Curie" in remark for remark in found[""].remarks)


def test_a_students_own_list_of_submitters_is_not_believed(course, tmp_path):
    files = {
        f"export/submission_11/{FILE}": GOOD,
        "export/submission_11/submission_metadata.yml": GRADESCOPE,
    }
    assert set(collected(course, laid(tmp_path / "download", files))) == {"submission-11"}


@pytest.mark.parametrize(
    "name",
    [
        f"{NAME} (1).ipynb",
        f"Kopie von {FILE}",
        f"Copy of {FILE}",
        f"Copie de {FILE}",
        f"Copia de {FILE}",
        f"Kopie van {FILE}",
        f"{NAME}-Copy1.ipynb",
        f"{NAME} - Kopie.ipynb",
        f"{NAME} copy 2.ipynb",
        f"{NAME}_final.ipynb",
        f"Copy of Kopie von {NAME} (2) (1).ipynb",
    ],
)
@pytest.mark.parametrize("folder", ["hand-ins/ana", "ana", "hand-ins/ana/Colab Notebooks"])
def test_what_a_copy_is_called_names_no_student(course, tmp_path, name, folder):
    root, *rest = folder.split("/")
    path = laid(tmp_path / root, {"/".join([*rest, name]): GOOD})
    assert set(collected(course, path)) == {"ana"}


def test_a_copy_alone_is_asked_about(course, tmp_path):
    path = laid(tmp_path, {f"Kopie von {FILE}": GOOD}) / f"Kopie von {FILE}"
    found = collected(course, path)
    assert set(found) == {""}
    assert "--student" in found[""].remarks[0]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "Jörg Müller"),  # macOS
        ("cp437", "Jörg Müller"),
        ("cp1252", "Jörg Müller"),
        ("gbk", "李小明"),
        ("cp866", "Иванов"),
    ],
)
def test_a_name_in_a_zip_without_the_flag_is_read(course, tmp_path, encoding, name):
    data = zipped_as({f"{name}/{FILE}": GOOD}, encoding)
    path = laid(tmp_path, {"class.zip": data}) / "class.zip"
    assert set(collected(course, path)) == {name.replace(" ", "-")}


def test_composed_and_decomposed_letters_are_one_student(course, tmp_path):
    for number, name in enumerate(["Jo\u0308rg", "J\u00f6rg"]):
        found = collected(course, laid(tmp_path / str(number), {f"{name}/{FILE}": GOOD}))
        assert set(found) == {"J\u00f6rg"}


@pytest.mark.parametrize("name", ["李" * 73, "x" * 200, "Dr. A. von und zu " + "Langenname " * 8])
def test_a_long_name_is_cut_and_stays_one_of_its_own(course, tmp_path, name):
    files = {f"{name}1_1_assignsubmission_file_/{FILE}": GOOD}
    files |= {f"{name}2_2_assignsubmission_file_/{FILE}": OTHER}
    path = laid(tmp_path, {"class.zip": zipped(files)}) / "class.zip"
    found = collected(course, path)
    assert len(found) == 2
    assert all(len(student) <= 64 for student in found)
    assert {submitted(course, student) for student in found} == {GOOD, OTHER}


@pytest.mark.parametrize("name", ["شهاب الدین", "בן־גוריון דוד", "Ана Петрова", "Nguyễn Thị Ánh"])
def test_names_of_all_alphabets_are_names(course, tmp_path, name):
    path = laid(tmp_path, {"class.zip": zipped({f"{name}_7_assignsubmission_file_/{FILE}": GOOD})})
    (student,) = collected(course, path / "class.zip")
    assert student.endswith("-7")


@pytest.mark.parametrize(
    ("name", "time"),
    [
        ("1-2 - Jane Doe - Apr 20, 2027 1159 PM", dt.datetime(2027, 4, 20, 23, 59)),
        ("1-2 - Jane Doe - Apr 21, 2027 901 AM", dt.datetime(2027, 4, 21, 9, 1)),
        ("1-2 - Jane Doe - 1 May, 2027 12:05 AM", dt.datetime(2027, 5, 1, 0, 5)),
        ("1-2 - Jane Doe - 20 April 2027 23:59", dt.datetime(2027, 4, 20, 23, 59)),
    ],
)
def test_the_time_in_a_brightspace_name_is_read(name, time):
    named = read_folder(name)
    assert (named.name, named.number, named.time) == ("Jane Doe", "1", time)


def test_a_name_that_no_platform_writes_says_nothing():
    assert read_folder("Übungsblatt 1") is None
    assert read_file(FILE) is None
    assert read_folder("x" * 5000 + "_1_assignsubmission_file_") is None
