"""From a story and its solutions to a notebook and a record: what is kept, and what is refused."""

import ast
import json
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbgrader.nbgraderformat import MetadataValidator

import gradelib.exercises
from gradelib import probe, recorded
from gradelib.author import StoryError
from gradelib.author import record as record_module
from gradelib.author.build import build
from gradelib.author.compose import guides, reference_answers, student_notebook, with_answers
from gradelib.author.record import record
from gradelib.author.sources import read_solutions, renamed, statements, stub, variants
from gradelib.author.story import find_notebook, read_story
from gradelib.exercise import find
from gradelib.judge import judge_quiz

ROOT = Path(__file__).parents[1]
TOPIC = "village"  # of the small course that these tests write

STORY = """\
---
jupyter:
  kernelspec:
    display_name: Python 3
    name: python3
gradelib:
  title: The village
  minutes: 20
  seconds_to_run: 5
  memory_mb: 300
---

# The village

See the [map](figures/map.svg) and `[no link](here.md)`.

{{exercises}}

## Numbers

Twice as much.

```python
import functools

import numpy as np
```

```python exercise="village.double"
```

```python tags=["demonstration"]
print(double(4))
```

```python exercise="village.Well"
```

```python exercise="village.houses"
```

<!-- #region quiz="village.quiz_bread" points=1 -->
Who bakes the bread?

- [ ] the miller
  > The miller grinds the flour.
- [x] the baker,
  in the morning
  > Yes: at four
  > in the morning.
<!-- #endregion -->

<!-- #region written="village.reflect_well" points=2 -->
Why does a village need a well?
> **Guide**: one point for water,
> one for the company.
<!-- #endregion -->
"""

SOLUTIONS = '''\
"""Answers."""

import functools

import numpy as np


@functools.lru_cache(maxsize=4)
def double(
    value: float, *, times: tuple[int, ...] = (2,), name: str = "é"  # how often
) -> float:
    """Return twice the value, “doubled”.

    Raises:
        ValueError: the value is negative.
    """  # a remark that gives the answer away
    # another one
    if value < 0:
        raise ValueError("the value must not be negative")
    return value * float(np.prod(times)) + 0 * len(name)


class Well(dict):
    """Count buckets.

    >>> Well(3).draw()
    2
    """

    rope: float = 3.5

    def __init__(self, buckets: int) -> None:  # here it begins
        # remember them all
        self.buckets_left_in_the_well = buckets

    @property
    def empty(self) -> bool:
        return self.buckets_left_in_the_well == 0

    def draw(self, count: int = 1) -> int:
        """Take buckets, and return how many are left."""
        self.buckets_left_in_the_well -= count
        return self.buckets_left_in_the_well


houses: int = 40 + 2
"""How many houses the village has.

Count them.
"""
'''

MISTAKES = '''\
"""Wrong."""

import functools
import numpy as np

from solutions.village import Well


def double__thrice(value, *, times=(2,), name=""):
    """How often is
    twice?"""
    if value < -1e9:
        return double__thrice(-value)
    return value * 3.0


def double__only_negative(value, *, times=(2,), name=""):
    """What about negative values?"""
    return value * float(np.prod(times))
'''

ALTERNATIVES = """\
def double__by_adding(value, *, times=(2,), name=""):
    if value < 0:
        raise ValueError
    return value + value
"""

EXERCISES = '''\
from gradelib.exercise import Exercise

double = Exercise("village.double", points=2, difficulty=2)
well = Exercise("village.Well", points=3, kind="class", given=("empty", "rope"))
houses = Exercise("village.houses", points=1, kind="value")


@double.case
def some_number(rng):
    """A number."""
    return {"value": float(rng.random())}


@double.case
def negative(rng):
    """A negative number."""
    return {"value": -1.0}


@well.case
def three_buckets(rng):
    """Three."""
    return {"init": {"buckets": 3}, "steps": [["draw", {}], "empty"]}


@houses.case
def all_of_them(rng):
    """All."""
    return {}
'''

FILES = {
    "story": ("notebooks/src/07_village.md", STORY),
    "solutions": ("solutions/village.py", SOLUTIONS),
    "mistakes": ("solutions/mistakes/village.py", MISTAKES),
    "alternatives": ("tests/alternatives/village.py", ALTERNATIVES),
    "exercises": ("exercises/village.py", EXERCISES),
    "course": ("course.toml", '[colab]\ninstall = "gradelib @ git+https://example.org/course"\n'),
    "map": ("notebooks/figures/map.svg", "<svg/>"),
}  # fmt: skip


class Course:
    """A small course in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "gradelib").mkdir()
        for path, text in FILES.values():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")

    def path(self, file: str) -> Path:
        return self.root / FILES[file][0]

    def change(self, file: str, old: str, new: str) -> None:
        text = self.path(file).read_text(encoding="utf-8")
        assert old in text
        self.path(file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def notebook(self) -> nbformat.NotebookNode:
        return student_notebook(self.root, "07_village")


@pytest.fixture
def course(tmp_path, monkeypatch):
    folders = [*gradelib.exercises.__path__, str(tmp_path / "exercises")]
    monkeypatch.setattr(gradelib.exercises, "__path__", folders)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    _forget()
    yield Course(tmp_path)
    _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name.split(".")[-1] == TOPIC]:
        del sys.modules[name]


def cells_of(notebook, kind):
    return [c for c in notebook.cells if c.metadata.get("gradelib", {}).get("kind") == kind]


def answer(notebook, name):
    return next(
        c for c in notebook.cells
        if c.metadata.get("gradelib", {}) == {"kind": "answer", "exercise": f"village.{name}"}
    )  # fmt: skip


# --- what an author is told ---------------------------------------------------------------------

DOUBLE, WELL, QUIZ, WRITTEN = 'e="village.double', 'e="village.Well', "quiz=", "written="
REFUSED = [
    # file, old, new; in which file the error is, on the line with what, and what it says
    ("story", DOUBLE, 'e="village.treble', "story", "village.treble", "no exercise is called"),
    ("story", f"```python exercis{DOUBLE}\"\n```\n", "", "exercises", "e.double", "has no place"),
    ("story", WELL, DOUBLE, "story", None, "stands on line 29 too"),
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
    ("story", "minutes: 20", "minutes: long", "story", "", "front matter"),
    ("story", "title: The", "name: The", "story", "", "front matter"),
    ("story", "{{exercises}}", "", "story", "", "{{exercises}}"),
    ("story", "Twice as much.", "Twice.\n![a](b.png)", "story", "b.png", "no file b.png"),
    ("story", "Twice as much.", 'A <img src="b.png">', "story", "b.png", "no file b.png"),
    ("story", "Who bakes", "[Who](who.md) bakes", "story", "who.md", "no file who.md"),
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


@pytest.mark.parametrize(("file", "old", "new", "where", "line", "said"), REFUSED)
def test_an_error_says_where_it_is_and_what_to_do(course, file, old, new, where, line, said):
    course.change("exercises", "difficulty=2", "difficulty=2, seconds=0.2")
    course.change(file, old, new)
    with pytest.raises(StoryError) as raised:
        build(course.root)
    place, number, message = str(raised.value).split(":", 2)
    assert place == str(course.path(where))
    lines = course.path(where).read_text(encoding="utf-8").split("\n")
    assert line is None or line in lines[int(number) - 1]
    assert line != "" or number == "1"
    assert said in message


def test_a_story_without_solutions_or_exercises_is_refused(course):
    course.path("exercises").unlink()
    with pytest.raises(StoryError, match=r"gradelib/exercises/village\.py"):
        course.notebook()
    course.path("solutions").unlink()
    with pytest.raises(StoryError, match=r"solutions/village\.py:1: there is no such file"):
        course.notebook()


def test_a_file_that_is_no_story_is_refused(course):
    other = course.path("story").rename(course.path("story").with_name("village.md"))
    with pytest.raises(StoryError, match=r"NN_topic\.md"):
        read_story(other)
    with pytest.raises(StoryError, match="has no story"):
        find_notebook(course.root, TOPIC)


def test_a_link_to_a_notebook_that_is_not_built_yet_is_no_error(course):
    course.change("story", "Twice as much.", "[Again](07_village.ipynb#Numbers), [x](#y)")
    assert course.notebook()


# --- stubs --------------------------------------------------------------------------------------


def test_a_stub_keeps_decorators_signature_and_docstring_and_nothing_else(course):
    source = read_solutions(course.root, TOPIC)["double"]
    assert stub(source) == (
        "@functools.lru_cache(maxsize=4)\n"
        "def double(\n"
        '    value: float, *, times: tuple[int, ...] = (2,), name: str = "é"  # how often\n'
        ") -> float:\n"
        '    """Return twice the value, “doubled”.\n'
        "\n"
        "    Raises:\n"
        "        ValueError: the value is negative.\n"
        '    """\n'
        '    raise NotImplementedError("write double here")'
    )


def test_a_class_keeps_what_is_given_whole_and_of_the_rest_the_signatures(course):
    source = read_solutions(course.root, TOPIC)["Well"]
    assert stub(source, ("empty", "rope")) == (
        "class Well(dict):\n"
        '    """Count buckets.\n'
        "\n"
        "    >>> Well(3).draw()\n"
        "    2\n"
        '    """\n'
        "\n"
        "    rope: float = 3.5\n"
        "\n"
        "    def __init__(self, buckets: int) -> None:\n"
        '        raise NotImplementedError("write Well.__init__ here")\n'
        "\n"
        "    @property\n"
        "    def empty(self) -> bool:\n"
        "        return self.buckets_left_in_the_well == 0\n"
        "\n"
        "    def draw(self, count: int = 1) -> int:\n"
        '        """Take buckets, and return how many are left."""\n'
        '        raise NotImplementedError("write Well.draw here")'
    )
    assert "buckets_left" not in stub(source)
    assert "3.5" not in stub(source)


def test_a_value_is_asked_for_by_its_docstring(course):
    source = read_solutions(course.root, TOPIC)["houses"]
    assert stub(source) == (
        "# How many houses the village has.\n#\n# Count them.\n"
        "houses: int = ...  # write houses here"
    )
    assert source.object == 42


def test_a_function_on_one_line_has_no_stub(course):
    course.change("solutions", "class Well", 'def one(x): "One."; return x\n\n\nclass Well')
    with pytest.raises(StoryError, match="lines of its own"):
        stub(read_solutions(course.root, TOPIC)["one"])


def test_the_statements_of_an_answer_are_all_but_what_a_student_may_see(course):
    sources = read_solutions(course.root, TOPIC)
    assert list(statements(sources["double"])) == [
        "if value < 0:",
        "raise ValueError('the value must not be negative')",
        "return value * float(np.prod(times)) + 0 * len(name)",
    ]
    assert set(statements(sources["Well"], ("empty", "rope"))) == {
        "self.buckets_left_in_the_well = buckets",
        "self.buckets_left_in_the_well -= count",
        "return self.buckets_left_in_the_well",
    }
    assert list(statements(sources["houses"])) == ["houses: int = 40 + 2"]


def test_a_stub_is_not_attempted_and_its_class_neither(course):
    for name in ("double", "Well"):
        exercise = find(f"{TOPIC}.{name}")
        space = {}
        text = stub(read_solutions(course.root, TOPIC)[name], exercise.given)
        exec(f"import functools\n{text}", space)
        inputs = [exercise.draw(case, 0) for case in exercise.cases]
        assert {o.status for o in probe.probe(exercise, space[name], inputs)} == {"not_written"}


def test_a_variant_is_renamed_also_where_it_calls_itself(course):
    found = variants(course.root, "mistakes", TOPIC)
    assert list(found["double"]) == ["thrice", "only_negative"]
    text = renamed(found["double"]["thrice"], "double")
    assert text.startswith("def double(")
    assert "return double(-value)" in text
    assert "__" not in text
    assert variants(course.root, "alternatives", TOPIC)["double"]["by_adding"].object(2.0) == 4.0


# --- notebooks ----------------------------------------------------------------------------------


def test_a_notebook_has_its_cells_in_the_order_of_the_story(course):
    kinds = [
        c.metadata.get("gradelib", {}).get("kind", c.cell_type) for c in course.notebook().cells
    ]
    assert kinds == ["markdown", "setup", "markdown", "code", "answer", "check", "demonstration",
                     "answer", "check", "answer", "check", "question", "answer", "check",
                     "question", "written"]  # fmt: skip


def test_a_notebook_is_valid_for_jupyter_and_for_nbgrader(course):
    notebook = course.notebook()
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.gradelib.memory_mb == 300
    assert not any(cell.get("outputs") for cell in notebook.cells)
    points = {c.metadata.nbgrader.grade_id: c.metadata.nbgrader.points for c in notebook.cells
              if c.metadata.get("nbgrader", {}).get("grade")}  # fmt: skip
    assert points == {"check-village-double": 2, "check-village-Well": 3, "check-village-houses": 1,
                      "check-village-quiz_bread": 1, "written-village-reflect_well": 2}  # fmt: skip
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            assert cell.id == cell.metadata.nbgrader.grade_id
            assert cell.metadata.nbgrader.locked == (not cell.metadata.nbgrader.solution)


def test_the_header_says_what_there_is_to_do(course):
    header = course.notebook().cells[0].source
    assert "| `double` | 2 | ★★☆ |\n| `Well` | 3 | ★☆☆ |" in header
    assert "| `quiz_bread` | 1 | quiz |\n| `reflect_well` | 2 | in your words |" in header
    assert "| **all** | **9** | about 20 minutes |" in header


def test_tags_are_carried_over(course):
    assert cells_of(course.notebook(), "demonstration")[0].metadata.tags == ["demonstration"]


def test_a_quiz_ships_its_question_and_a_written_question_no_guide(course):
    notebook = course.notebook()
    quiz, written = cells_of(notebook, "question")
    assert quiz.source == (
        "Who bakes the bread?\n\n- **a.** the miller\n- **b.** the baker, in the morning"
    )
    assert written.source == "Why does a village need a well?"
    assert answer(notebook, "quiz_bread").source == 'quiz_bread = ""  # a or b'
    assert guides(course.root, "07_village") == {
        "village.reflect_well": "one point for water,\none for the company."
    }


def test_building_again_changes_nothing(course):
    names = [path.name for path in build(course.root)]
    assert names == ["village.json", "07_village.ipynb"]
    before = (course.root / "notebooks/07_village.ipynb").read_bytes()
    assert build(course.root) == build(course.root, check=True) == []
    assert (course.root / "notebooks/07_village.ipynb").read_bytes() == before


def test_a_check_names_what_a_build_would_change_and_writes_nothing(course):
    assert len(build(course.root, check=True)) == 2
    assert not (course.root / "notebooks/07_village.ipynb").exists()
    build(course.root)
    course.change("story", "Twice as much.", "Two times.")
    assert [path.name for path in build(course.root, check=True)] == ["07_village.ipynb"]


def test_a_new_cell_changes_no_id_of_a_graded_cell_nor_of_a_later_section(course):
    before = [cell.id for cell in course.notebook().cells]
    course.change("story", "## Numbers", "## More\n\n```python\nx = 1\n```\n\n## Numbers")
    after = [cell.id for cell in course.notebook().cells]
    assert len(set(after)) == len(after) == len(before) + 2
    assert set(before) < set(after)
    assert before[-12:] == after[-12:]


def test_the_setup_installs_on_colab_only_and_keeps_its_torch(course, monkeypatch):
    (setup,) = cells_of(course.notebook(), "setup")
    assert len(setup.source.split("\n")) <= 15
    calls, present = [], {"google", "google.colab"}

    def run(command, check):
        calls.append(command)
        present.add("gradelib")

    monkeypatch.setattr("importlib.util.find_spec", lambda name: name if name in present else None)
    monkeypatch.setattr("importlib.metadata.version", lambda name: "9.9+cu")
    monkeypatch.setattr("subprocess.run", run)
    exec(setup.source, {})
    exec(setup.source, {})
    (command,) = calls
    assert command[-2:] == ["gradelib @ git+https://example.org/course", "torch==9.9+cu"]
    present.clear()
    with pytest.raises(ImportError, match="README"):
        exec(setup.source, {})
    assert len(calls) == 1


# --- answers ------------------------------------------------------------------------------------


def test_a_solved_notebook_holds_the_answers_and_the_same_metadata(course):
    notebook = course.notebook()
    solved = with_answers(notebook, reference_answers(course.root, TOPIC))
    assert answer(solved, "quiz_bread").source == 'quiz_bread = "b"  # a or b'
    assert answer(solved, "double").source.endswith("+ 0 * len(name)")
    assert [c.metadata for c in solved.cells] == [c.metadata for c in notebook.cells]
    assert [c.id for c in solved.cells] == [c.id for c in notebook.cells]
    assert "NotImplementedError" in answer(notebook, "double").source  # a copy was filled
    space = {"check": lambda name: None}
    for cell in solved.cells:
        if cell.cell_type == "code" and cell.metadata.get("gradelib", {}).get("kind") != "setup":
            exec(cell.source, space)
    assert space["Well"](5).draw(2) == 3


def test_a_written_answer_and_another_answer_can_be_put_in(course):
    text = renamed(variants(course.root, "alternatives", TOPIC)["double"]["by_adding"], "double")
    filled = with_answers(
        course.notebook(), {"village.double": text, "village.reflect_well": "Water."}
    )
    assert answer(filled, "double").source == text
    assert cells_of(filled, "written")[0].source == "Water."
    with pytest.raises(KeyError, match=r"no place for village\.treble"):
        with_answers(filled, {"village.treble": ""})


# --- records ------------------------------------------------------------------------------------


def test_a_record_has_what_the_reference_and_the_mistakes_answer(course):
    build(course.root)
    stored = recorded.load(TOPIC, course.root / "gradelib" / "recorded")
    number, negative = stored.drawn("village.double")
    assert number.expected.value == 2 * number.inputs["value"]
    assert (negative.expected.status, negative.expected.error) == ("error", "ValueError")
    thrice, only = stored.mistakes("village.double")
    assert (thrice.name, thrice.hint) == ("thrice", "How often is twice?")
    assert thrice.outcomes[0].value == pytest.approx(3 * number.inputs["value"])
    assert only.outcomes[0] == number.expected
    assert only.outcomes[1].value == -2.0
    assert stored.drawn("village.Well")[0].expected.value == [2, False]


def test_a_quiz_is_recorded_without_its_key_in_clear(course):
    build(course.root)
    folder = course.root / "gradelib" / "recorded"
    text = (folder / "village.json").read_text(encoding="utf-8")
    assert "four" not in text
    assert "right" not in text
    quiz = recorded.load(TOPIC, folder).quizzes["village.quiz_bread"]
    verdict = judge_quiz(quiz, probe.Outcome("value", "b"))
    assert verdict.passed
    assert verdict.note == "b: Yes: at four in the morning."
    assert not judge_quiz(quiz, probe.Outcome("value", "a")).passed


def test_a_record_stays_as_it_is_where_only_the_last_bits_differ(course):
    build(course.root)
    path = course.root / "gradelib" / "recorded" / "village.json"
    tree = json.loads(path.read_text(encoding="utf-8"))
    case = tree["exercises"]["village.double"]["cases"][0]["expected"]
    for factor, changed in ((1 + 1e-7, []), (1.01, [path])):
        case["value"] *= factor
        path.write_text(json.dumps(tree), encoding="utf-8")
        recorded.load.cache_clear()
        assert record(course.root, TOPIC, write=False) == changed


def test_what_only_seems_to_hang_on_a_busy_computer_is_recorded_with_its_answer(monkeypatch):
    exercise = replace(find("start_here.most_likely"), seconds=0.1)
    limits = []

    def busy(exercise, answer, inputs):
        limits.append(exercise.seconds)
        late = exercise.seconds < 0.3
        return [probe.Outcome("timeout") if late else probe.Outcome("value", "b") for _ in inputs]

    monkeypatch.setattr(record_module, "probe", busy)
    source = variants(ROOT, "mistakes", "start_here")["most_likely"]
    (*_, one) = source.values()
    (answered,) = record_module._answered(exercise, one, [{}])
    assert answered.value == "b"
    assert limits == pytest.approx([0.1, 0.4])


def test_a_record_that_is_broken_is_written_again(course):
    build(course.root)
    path = course.root / "gradelib" / "recorded" / "village.json"
    before = path.read_bytes()
    path.write_text("{", encoding="utf-8")
    recorded.load.cache_clear()
    assert record(course.root, TOPIC) == [path]
    assert path.read_bytes() == before


# --- the course itself --------------------------------------------------------------------------

TOPICS = [path.stem[3:] for path in sorted((ROOT / "notebooks" / "src").glob("*.md"))]


def test_what_is_built_is_up_to_date():
    assert build(ROOT, check=True) == [], "run `make build`, and commit what it writes"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_solved_notebook_of_the_course_parses(topic):
    name = find_notebook(ROOT, topic)
    solved = with_answers(student_notebook(ROOT, name), reference_answers(ROOT, topic))
    for cell in solved.cells:
        if cell.cell_type == "code":
            ast.parse(TransformerManager().transform_cell(cell.source))
    assert "NotImplementedError" not in "".join(cell.source for cell in cells_of(solved, "answer"))


@pytest.mark.parametrize("topic", TOPICS)
def test_no_statement_of_an_answer_ships(topic):
    wrong = variants(ROOT, "mistakes", topic)
    sources = [*read_solutions(ROOT, topic).values()]
    sources += [source for found in wrong.values() for source in found.values()]
    given = {f"{topic}.{s.name}": getattr(find(f"{topic}.{s.name}"), "given", ())
             for s in sources[: len(wrong)]}  # fmt: skip
    shipped = _shipped(topic)
    assert "raiseNotImplementedError" in shipped
    for source in sources:
        name = f"{topic}.{source.name.partition('__')[0]}"
        for statement in statements(source, given.get(name, ())):
            assert len(statement) < 20 or _normal(statement) not in shipped, source.name


def _shipped(topic: str) -> str:
    """Return all that a student's copy says about a topic, code as Python itself would write it."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{find_notebook(ROOT, topic)}.ipynb", 4)
    texts = [cell.source for cell in notebook.cells]
    code = [
        TransformerManager().transform_cell(cell.source)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    record = (ROOT / "gradelib" / "recorded" / f"{topic}.json").read_text(encoding="utf-8")
    return "\n".join(map(_normal, [*texts, *(ast.unparse(ast.parse(c)) for c in code), record]))


def _normal(text: str) -> str:
    return "".join(text.replace('\\\\"', "'").replace('"', "'").split())
