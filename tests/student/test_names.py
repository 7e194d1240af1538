"""What a student is called: ids from names of all sorts, and who could be taken for whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradelib.student.names import check_student, file_name, folded, resembling, student_id
from gradelib.terminal import plain


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Ana Müller", "Ana-Müller"),
        ("O'Brien, Pat Jr.", "O-Brien-Pat-Jr"),
        ("D’Arcy", "D-Arcy"),
        ("Anna (Nana) [2]", "Anna-Nana-2"),
        ("ana.adler@uni.example", "ana.adler@uni.example"),
        (" Jo\u0308rg ", "J\u00f6rg"),
        ("ana\u200b", "ana"),
        ("_ana_", "ana"),
        ("a+b", "a-b"),
    ],
)
def test_a_name_becomes_an_id(name, student):
    assert student_id(name) == student


@pytest.mark.parametrize("name", ["", "...", "../ana", "a/b", "a\\b", "a\nb", "\x1b[2J", "?"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(ValueError, match="cannot be a student's"):
        student_id(name)


@given(st.text(max_size=300))
def test_an_id_is_always_one_that_a_folder_can_have(name):
    try:
        student = student_id(name)
    except ValueError:
        return
    assert check_student(student) == student
    assert len(student.encode()) <= 200
    assert not set(student) & set('/\\:*?"<>|~ \0')


@given(st.text(max_size=400))
def test_a_files_name_is_always_one_that_a_system_can_have(name):
    kept = file_name(name)
    assert kept
    assert kept not in (".", "..")
    assert len(kept.encode()) <= 200
    assert not set(kept) & set('/\\:*?"<>|~\0\n')


def test_two_long_names_stay_two():
    assert student_id("x" * 100 + "1") != student_id("x" * 100 + "2")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Müller, JÖRG", "muller jorg"), ("Weiß", "weiss"), ("Łukasz Øst", "lukasz ost")],
)
def test_names_are_folded(name, letters):
    assert folded(name) == letters


def test_who_looks_like_whom():
    known = ["ana", "аna", "John-Smith", "John-Smith-2001", "John-Smith-2002", "ben"]
    assert resembling(known, known) == {
        "ana": ["аna"],
        "аna": ["ana"],
        "John-Smith": ["John-Smith-2001", "John-Smith-2002"],
        "John-Smith-2001": ["John-Smith"],
        "John-Smith-2002": ["John-Smith"],
        "ben": [],
    }
    assert resembling(["Roth-Tim-7"], ["Tim-Roth-7", "Tim-Roth-8"]) == {
        "Roth-Tim-7": ["Tim-Roth-7"]
    }


@given(st.text(max_size=200))
def test_nothing_in_a_terminal_moves_the_cursor(text):
    shown = plain(text, 50)
    assert len(shown) <= 50
    assert not set(shown) & set("\x1b\x07\n\r\t\x00\u202e\u2028\u200f")
