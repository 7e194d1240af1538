"""Long lists in a file for each section of the story: mistakes, alternatives, exercises."""

import pytest

from gradelib.author import StoryError
from gradelib.author.build import build
from gradelib.author.compose import open_chapter
from gradelib.author.sources import variants
from gradelib.checking.exercise import in_topic
from tests.author.village_course import TOPIC, parts_of, village_course


@pytest.fixture
def course(tmp_path):
    with village_course(tmp_path) as course:
        yield course


def into_a_folder(course, kind: str, **files: str):
    """Put files in a folder in the place of the file of this kind."""
    path = course.path(kind)
    path.unlink()
    folder = path.with_suffix("")
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def split(course, kind: str, mark: str) -> tuple[str, str]:
    """Return the two halves of a file, the second from `mark` on."""
    text = course.path(kind).read_text(encoding="utf-8")
    at = text.index(mark)
    return text[:at], text[at:]


def test_mistakes_may_stand_in_a_folder(course):
    first, second = split(course, "mistakes", "def double__only_negative")
    into_a_folder(
        course, "mistakes", one=first, two=f"import numpy as np\n\n\n{second}", __init__=""
    )
    found = variants(course.root, "mistakes", TOPIC)["double"]
    assert list(found) == ["thrice", "only_negative"]
    assert [source.path.name for source in found.values()] == ["one.py", "two.py"]
    assert found["only_negative"].object(-2.0, times=(3,)) == -6.0
    assert build(course.root)


def test_an_error_names_the_file_in_the_folder(course):
    folder = into_a_folder(course, "mistakes", one="", two='def treble__x():\n    """?"""\n')
    with pytest.raises(StoryError, match=r"two\.py:1: treble__x names no exercise") as raised:
        build(course.root)
    assert str(raised.value).startswith(str(folder))


def test_a_mistake_stands_only_once(course):
    text = course.path("mistakes").read_text(encoding="utf-8")
    into_a_folder(course, "mistakes", one=text, two=text)
    with pytest.raises(StoryError, match=r"two\.py:9: double__thrice stands in one\.py too"):
        build(course.root)


def test_a_file_and_a_folder_are_one_too_many(course):
    text = course.path("mistakes").read_text(encoding="utf-8")
    into_a_folder(course, "mistakes", one=text)
    course.path("mistakes").write_text(text, encoding="utf-8")
    with pytest.raises(StoryError, match="there is a folder mistakes too"):
        build(course.root)


def sections(course, order: str):
    """Split the village's exercises into two modules, which build on a third."""
    text = course.path("exercises").read_text(encoding="utf-8")
    head, body = text.split("\n\n", 1)
    made, cases = body.split("\n\n\n", 1)
    double, well, houses = made.split("\n")
    at, end = cases.index("@well.case"), cases.index("@houses.case")
    draws = "def number(rng):\n    return float(rng.random())\n"
    number = cases[:at].replace("float(rng.random())", "number(rng)")
    head = head.lstrip("\n")
    return into_a_folder(
        course, "exercises",
        __init__=f'"""What is asked."""\n\nSECTIONS = {order}\n',
        draws=draws,
        numbers=f"{head}\nfrom gradelib.topics.village.exercises.draws import number\n\n"
                f"{double}\n\n\n{number}",
        houses=f"{head}\n\n{well}\n{houses}\n\n\n{cases[at:end]}{cases[end:]}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ('("numbers", "houses")', ["double", "Well", "houses"]),
        ('("houses", "numbers")', ["Well", "houses", "double"]),
    ],
)
def test_exercises_may_be_a_package_whose_sections_stand_in_order(course, order, names):
    sections(course, order)
    assert list(in_topic(TOPIC)) == [f"village.{name}" for name in names]
    assert build(course.root)


def test_an_error_names_the_section_in_which_an_exercise_is_defined(course):
    folder = sections(course, '("numbers", "houses")')
    course.change("story", '```python exercise="village.Well"\n```\n', "")
    with pytest.raises(StoryError, match=r"village\.Well has no place") as raised:
        open_chapter(course.root, "07_village")
    path, number, _ = parts_of(raised.value)
    assert path == str(folder / "houses.py")
    lines = (folder / "houses.py").read_text(encoding="utf-8").split("\n")
    assert lines[number - 1].startswith("well = ")
