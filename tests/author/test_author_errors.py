"""What an author is told of a mistake: where it is, and what to do."""

import pytest

from gradelib.author import StoryError
from gradelib.author.build import build
from gradelib.author.story import find_notebook, read_story
from tests.author.village_course import TOPIC, parts_of, village_course

DOUBLE, WELL, QUIZ, WRITTEN = 'e="village.double', 'e="village.Well', "quiz=", "written="
REFUSED = [
    # file, old, new; in which file the error is, on the line with what, and what it says
    ("story", DOUBLE, 'e="village.treble', "story", "village.treble", "no exercise is called"),
    ("story", f"```python exercis{DOUBLE}\"\n```\n", "", "exercises", "e.double", "has no place"),
    ("story", WELL, DOUBLE, "story", None, "stands on line 28 too"),
    ("story", 'double"\n```', 'double"\nx = 1\n```', "story", DOUBLE, "must be empty"),
    ("story", DOUBLE, 'e="town.double', "story", "town.double", "village.<name>"),
    ("story", "exercise=", "excercise=", "story", None, "no such option here: excercise"),
    ("story", "- [ ] the miller", "- [x] the miller", "story", QUIZ, "2 of them right"),
    ("story", "- [x] the baker", "- [ ] the baker", "story", QUIZ, "0 of them right"),
    ("story", "  > The miller grinds the flour.\n", "", "story", "miller", "needs an explanation"),
    ("story", "quiz_bread", "bread", "story", QUIZ, "quiz_<name>"),
    ("story", 'bread" points=1', 'bread"', "story", QUIZ, "needs points"),
    ("story", "<!-- #endregion -->\n\n<!--", "\n<!--", "story", QUIZ, "#endregion"),
    ("story", "## Numbers", "<!-- #endregion -->", "story", "#endregion", "#endregion"),
    ("story", "company.\n<!-- #endregion -->", "company.", "story", WRITTEN, "#endregion"),
    ("story", "> **Guide**: one point for water,\n> one for the company.\n", "", "story", WRITTEN,
     "needs a marking guide"),
    ("story", "> one for the company", "one for the company", "story", WRITTEN, "begins with >"),
    ("story", "---\njupyter", "jupyter", "story", "", "front matter"),
    ("story", "to_run: 5", "to_run: long", "story", "", "front matter"),
    ("story", "title: The", "name: The", "story", "", "front matter"),
    ("story", "{{exercises}}", "", "story", "", "{{exercises}}"),
    ("story", "Twice as much.", "Twice.\n![a](b.png)", "story", "b.png", "no file b.png"),
    ("story", "Twice as much.", 'A <img src="b.png">', "story", "b.png", "no file b.png"),
    ("story", "Who bakes", "[Who](who.md) bakes", "story", "who.md", "no file who.md"),
    ("story", 'e.double"', 'e.double" minutes=0', "story", "e.double", "whole minutes"),
    ("story", "exercise=\"village.Well", "given=\"village.Well", "exercises", "e.Well", "no place"),
    ("story", "```python exercise=\"village.Well", "```python given=\"village.Well\"\n```\n\n"
     "```python exercise=\"village.Well", "story", WELL, "stands on line"),
    ("story", "Twice as much.", "```python given=\"village.treble\"\n```", "story", "treble",
     "treble has no solution"),
    ("solutions", '    """Return twice the value, “doubled”.', '    f"""', "solutions", "lru_cache",
     "double needs a docstring"),
    ("solutions", "def double(", "def _double(", "exercises", "e.double", "write double in"),
    ("solutions", "class Well", "def more():\n    'More.'\n\n\nclass Well", "solutions", "more():",
     "more has no exercise"),
    ("solutions", "class Well", "class Well Well", "solutions", "class Well", "this is no Python"),
    ("solutions", "rope: float", "cord: float", "solutions", "class Well", "has no rope"),
    ("solutions", "houses: int", "other: int", "exercises", "e.houses", "write houses in"),
    ("mistakes", '    """What about negative values?"""\n', "", "mistakes", "only_neg", "the hint"),
    ("mistakes", "double__only", "treble__only", "mistakes", "treble", "names no exercise"),
    ("mistakes", "double__only_negative", "double", "mistakes", "double(", "names no exercise"),
    ("mistakes", "return double__thrice(", "return double(", "mistakes", "def double__thrice",
     "once it is pasted"),
    ("mistakes", "return value * 3.0", "return value * 2 if value >= 0 else int('')",
     "mistakes", "def double__thrice", "like the reference"),
    ("solutions", "ValueError: the value", "an error: the value", "solutions", "lru_cache",
     "raises ValueError"),
    ("solutions", "    if value < 0:", "    while True:\n        pass\n    if value:",
     "solutions", "lru_cache", "more than 0.2 seconds"),
    ("solutions", "    if value < 0:", "    raise NotImplementedError\n    if value:", "solutions",
     "lru_cache", "write it"),
    ("solutions", "houses: int = 40 + 2", "houses: int = object()", "solutions", "houses: int",
     "no plain data"),
    ("course", "install", "instal", "course", "", "install"),
]  # fmt: skip


@pytest.fixture
def course(tmp_path):
    with village_course(tmp_path) as course:
        yield course


@pytest.mark.parametrize(("file", "old", "new", "where", "line", "said"), REFUSED)
def test_an_error_says_where_it_is_and_what_to_do(course, file, old, new, where, line, said):
    course.change("exercises", "difficulty=2", "difficulty=2, seconds=0.2")
    course.change(file, old, new)
    with pytest.raises(StoryError) as raised:
        build(course.root)
    place, number, message = parts_of(raised.value)
    assert place == str(course.path(where))
    lines = course.path(where).read_text(encoding="utf-8").split("\n")
    assert line is None or line in lines[number - 1]
    assert line != "" or number == 1
    assert said in message


def test_a_story_without_solutions_or_exercises_is_refused(course):
    course.path("exercises").unlink()
    with pytest.raises(StoryError, match=r"gradelib/topics/village/exercises\.py"):
        course.notebook()
    course.path("solutions").unlink()
    with pytest.raises(StoryError, match="there is no such file") as raised:
        course.notebook()
    assert parts_of(raised.value)[:2] == (str(course.path("solutions")), 1)


def test_a_file_that_is_no_story_is_refused(course):
    other = course.path("story").rename(course.path("story").with_name("village.md"))
    with pytest.raises(StoryError, match=r"NN_topic\.md"):
        read_story(other)
    with pytest.raises(StoryError, match="has no story"):
        find_notebook(course.root, TOPIC)


def test_a_link_to_a_notebook_that_is_not_built_yet_is_no_error(course):
    course.change("story", "Twice as much.", "[Again](07_village.ipynb#Numbers), [x](#y)")
    assert course.notebook()
