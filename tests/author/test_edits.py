"""A mistake that is an edit of the reference: what it becomes, and what an author is told."""

import inspect
import traceback

import pytest

from gradelib.author import StoryError
from gradelib.author.build import build
from gradelib.author.edits import Edit, NoEdit
from gradelib.author.sources import read_solutions, renamed, statements, variants
from gradelib.checking import records
from tests.author.village_course import TOPIC, parts_of, village_course

IMPORT = "from gradelib.author.edits import Edit"
LAST = "return value * float(np.prod(times)) + 0 * len(name)"
CODE = '''\
def middle(values, place=2):
    """Return the one in the middle: sorted(values)[place]."""
    ordered = sorted(values)  # the smallest first
    return ordered[place]
'''


@pytest.fixture
def course(tmp_path):
    with village_course(tmp_path) as course:
        yield course


def add(course, *edits: str) -> None:
    """Write mistakes behind those that there are."""
    course.change("mistakes", "import functools", f"{IMPORT}\nimport functools")
    path = course.path("mistakes")
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join([text, *edits]), encoding="utf-8")


def mistake(course, function: str, how: str):
    return variants(course.root, "mistakes", TOPIC)[function][how]


def test_an_edit_changes_each_of_its_texts():
    assert Edit("values)  #", "values)[::-1]  #", "place=2", "place=1").of(CODE) == (
        CODE.replace("sorted(values)  ", "sorted(values)[::-1]  ").replace("=2", "=1")
    )


def test_an_edit_may_reach_over_lines():
    changed = Edit("# the smallest first\n    return ordered", "\n    return values").of(CODE)
    assert changed.endswith("ordered = sorted(values)  \n    return values[place]\n")


def test_a_text_that_a_docstring_has_too_is_the_one_in_the_code():
    assert "= list(values)" in Edit("sorted(values)", "list(values)").of(CODE)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("ordered", "values"), "'ordered', which occurs 2 times in the reference: quote more"),
        (("shuffled", "values"), "'shuffled', which occurs 0 times in the reference: copy it"),
        (("in the middle", "at the end"), "occurs 0 times"),  # a docstring is no code
        (("ordered[place]", "ordered[place"), r"leaves no Python: '\[' was never closed: return"),
        (("# the smallest first", ""), "changes nothing"),
        (("ordered[place]", "(ordered[place])"), "changes nothing"),
        (("ordered[", "values[", "[place]", "[0]"), r"changes '\[' twice"),
    ],
)
def test_an_edit_that_cannot_be_made_says_why(texts, said):
    with pytest.raises(NoEdit, match=said):
        Edit(*texts).of(CODE)


@pytest.mark.parametrize("texts", [("a", "b", "c"), ("", "b")])
def test_an_edit_takes_pairs(texts):
    with pytest.raises(NoEdit, match="pairs of texts"):
        Edit(*texts)


def test_an_edited_answer_is_what_a_student_might_have_written(course):
    add(course, 'double__negated = Edit("return value", "return -value")', '"""Which sign?"""')
    found, right = mistake(course, "double", "negated"), read_solutions(course.root, TOPIC)
    assert found.docstring == "Which sign?"
    assert found.text == right["double"].text.replace("return value", "return -value")
    assert renamed(found, "double") == found.text
    assert "Return twice the value" in found.text
    assert list(statements(found))[-1] == LAST.replace("return value", "return -value")


def test_an_edit_runs_among_the_names_of_the_reference(course):
    add(
        course,
        'double__negated = Edit("return value", "return -value")', '"""Which sign?"""',
        'Well__twice = Edit("-= count", "-= 2 * count")', '"""How many do you draw?"""',
        'houses__more = Edit("40 + 2", "40 + 3")', '"""How many?"""',
    )  # fmt: skip
    assert mistake(course, "double", "negated").object(3.0) == -6.0
    wrong = mistake(course, "Well", "twice").object
    assert wrong(7).draw() == 5
    assert wrong.__name__ == "Well"
    assert mistake(course, "houses", "more").object == 43
    right = read_solutions(course.root, TOPIC)
    assert right["double"].object(3.0) == 6.0
    assert right["Well"].object(7).draw() == 6


def test_an_edit_that_raises_shows_the_line(course):
    add(course, 'double__crashes = Edit("return value", "return values")', '"""Whose?"""')
    wrong = mistake(course, "double", "crashes").object
    with pytest.raises(NameError) as raised:
        wrong(1.0)
    assert traceback.extract_tb(raised.tb)[-1].line == LAST.replace("value *", "values *")
    assert LAST.replace("value *", "values *") in inspect.getsource(inspect.unwrap(wrong))


def test_an_edit_is_recorded_in_its_place_with_its_hint(course):
    add(course, 'double__negated = Edit("return value", "return -value")', '"""Which\nsign?"""')
    build(course.root)
    recorded = records.load(TOPIC, course.root / "gradelib" / "topics").mistakes("village.double")
    assert [one.name for one in recorded] == ["thrice", "only_negative", "negated"]
    assert recorded[-1].hint == "Which sign?"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ('Edit("value", "x")', "occurs 4 times"),
        ('Edit("value")', "takes texts, written out"),
        ('Edit("value < 0", LESS)', "takes texts, written out"),
        ('Edit("value < 0", new="value < 1")', "takes texts, written out"),
        ('Edit("value < 0", "value < 0 :")', "leaves no Python"),
        ('Edit("def double(", "def treble(")', "leaves more or less than a double"),
        ('Edit("+ 0 * len(name)", "\\n\\n\\nmore = 1")', "leaves more or less than a double"),
    ],
)
def test_an_author_is_told_which_edit_cannot_be_made(course, edit, said):
    add(course, f"double__other = {edit}", '"""What?"""')
    with pytest.raises(StoryError, match="double__other ") as raised:
        build(course.root)
    place, number, message = parts_of(raised.value)
    lines = course.path("mistakes").read_text(encoding="utf-8").split("\n")
    assert place == str(course.path("mistakes"))
    assert lines[number - 1].startswith("double__other")
    assert said in message


def test_an_edit_without_a_hint_is_refused(course):
    add(course, 'double__negated = Edit("return value", "return -value")')
    with pytest.raises(StoryError, match="double__negated needs a docstring: it is the hint"):
        build(course.root)
