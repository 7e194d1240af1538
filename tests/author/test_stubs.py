"""What a student gets of a solution: its stub. And what of it must not ship: its statements."""

import pytest

from gradelib.author import StoryError
from gradelib.author.sources import read_solutions, renamed, statements, stub, variants
from gradelib.checking import runner
from gradelib.checking.exercise import find
from tests.author.village_course import TOPIC, village_course


@pytest.fixture
def course(tmp_path):
    with village_course(tmp_path) as course:
        yield course


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
        assert {o.status for o in runner.run_cases(exercise, space[name], inputs)} == {
            "not_written"
        }


def test_a_variant_is_renamed_also_where_it_calls_itself(course):
    found = variants(course.root, "mistakes", TOPIC)
    assert list(found["double"]) == ["thrice", "only_negative"]
    text = renamed(found["double"]["thrice"], "double")
    assert text.startswith("def double(")
    assert "return double(-value)" in text
    assert "__" not in text
    assert variants(course.root, "alternatives", TOPIC)["double"]["by_adding"].object(2.0) == 4.0
