"""The roster: read as spreadsheets write it; what is amiss is said line by line."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from gradelib.teacher.course import CourseError
from gradelib.teacher.roster import Question, read_roster

PLAIN = "id,name,email,platform,login,section,dropped\n"
ANA = "s1,Ana Müller,ana@uni.example,101,amueller,A,\n"
BEN = 's2,"O\'Brien, Pat Jr.",pat@uni.example,102,pob,B,yes\n'
SAVED = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with its mark, as Excel": lambda text: text.encode("utf-8-sig"),
    "UTF-16, as Excel's text": lambda text: text.replace(",", "\t").encode("utf-16"),
    "Windows": lambda text: text.encode("cp1252"),
    "semicolons, as in Germany": lambda text: text.replace(",", ";").encode("cp1252"),
    "Windows' lines": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "empty lines": lambda text: text.replace("\n", "\n\n,,,,,,\n").encode(),
}


def roster(folder: Path, data: bytes | str):
    (folder / "roster.csv").write_bytes(data.encode() if isinstance(data, str) else data)
    return read_roster(SimpleNamespace(class_folder=folder))


def said(folder: Path, text: str) -> str:
    with pytest.raises(CourseError) as caught:
        roster(folder, text)
    return str(caught.value)


def test_without_the_file_there_is_none(tmp_path):
    assert read_roster(SimpleNamespace(class_folder=tmp_path)) is None


@pytest.mark.parametrize("form", SAVED)
def test_it_is_read_however_it_was_saved(tmp_path, form):
    (ana,) = roster(tmp_path, SAVED[form](PLAIN + ANA)).entries
    expected = ("s1", "Ana Müller", "ana@uni.example", "101", "amueller", "A", False)
    assert tuple(ana.model_dump().values()) == expected


def test_a_name_may_have_a_comma(tmp_path):
    (ben,) = roster(tmp_path, PLAIN + BEN).entries
    assert (ben.name, ben.dropped) == ("O'Brien, Pat Jr.", True)


@pytest.mark.parametrize(
    "header",
    [
        "id,name",
        "ID , Name",
        "Student ID,Full name",
        "Matrikelnummer,Vollständiger Name",
        "SIS User ID,Display Name,Something else",
    ],
)
def test_columns_are_found_by_what_platforms_call_them(tmp_path, header):
    (ana,) = roster(tmp_path, f"{header}\n007,Ana\n").entries
    assert (ana.id, ana.name) == ("007", "Ana")


def test_first_and_last_name_may_be_two_columns(tmp_path):
    (ana,) = roster(tmp_path, "Nachname;Vorname;Matrikelnummer\nMüller;Ana;7\n").entries
    assert ana.name == "Ana Müller"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column id and no column name"),
        ("name,email\nAna,a@b\n", "no column id"),
        ("id,email\n1,a@b\n", "no column name"),
        ("id,name,id\n1,Ana,2\n", "more than one column is id"),
        (PLAIN + ANA + ANA.replace("s1", "S1"), "line 3: the id s1 stands in line 2 too"),
        (PLAIN + ANA + ANA.replace("s1", "s3"), "line 3: the email ana@uni.example stands in"),
        (PLAIN + ANA.replace("s1", ""), "line 2: '' cannot be a student's id"),
        (PLAIN + ANA.replace("s1", "../s1"), "line 2: '../s1' cannot be a student's id"),
        (PLAIN + ANA.replace(",A,", ",A,perhaps"), "line 2: dropped takes yes or no"),
    ],
)
def test_what_is_amiss_is_said_with_its_line(tmp_path, text, message):
    assert message in said(tmp_path, text)


def test_many_mistakes_are_a_few_lines(tmp_path):
    assert len(said(tmp_path, PLAIN + ANA * 100).splitlines()) == 12


@pytest.mark.parametrize(
    "text",
    ["s1", "S1", "ANA@uni.example", "amueller", "101", "Ana Müller", "Müller, Ana", "müllerana"],
)
def test_who_is_meant_is_found(tmp_path, text):
    assert roster(tmp_path, PLAIN + ANA + BEN).find(text).id == "s1"


@pytest.mark.parametrize("text", ["Mueller Ana", "Muller Ana", "ana  muller"])
def test_umlauts_are_written_in_many_ways(tmp_path, text):
    assert roster(tmp_path, PLAIN + ANA + BEN).find(text).id == "s1"


@pytest.mark.parametrize("text", ["Ana", "Müller", "Ana M", "s", "10", "", "Naa Müller"])
def test_a_part_of_a_name_is_nobody(tmp_path, text):
    assert roster(tmp_path, PLAIN + ANA + BEN).find(text) is None


def test_a_name_of_two_is_a_question(tmp_path):
    two = roster(tmp_path, "id,name\n1,John Smith\n2,Smith John\n3,Ana\n")
    with pytest.raises(Question, match="can be 1, 2"):
        two.find("John Smith")


def test_a_number_that_is_anothers_id_is_a_question(tmp_path):
    two = roster(tmp_path, "id,name,platform\n1,Ana,2\n2,Ben,1\n")
    with pytest.raises(Question):
        two.find("1")
