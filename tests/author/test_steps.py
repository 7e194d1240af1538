"""Steps are there for a blank page, and none of them gives the answer away."""

import pytest

from gradelib.author.sources import read_solutions, statements
from gradelib.checking.exercise import in_topic
from gradelib.checking.steps import FILE, read_steps
from gradelib.teacher import package
from tests.proofs.subject import ROOT

TOPICS = sorted(path.parent.name for path in ROOT.glob("solutions/*/__init__.py"))
SHORT = 12  # characters: `return x` stands in many a sentence


@pytest.mark.parametrize("topic", TOPICS)
def test_steps_are_of_exercises_that_there_are(topic):
    assert sorted(set(read_steps(topic)) - set(in_topic(topic))) == []


@pytest.mark.parametrize("topic", TOPICS)
def test_no_step_has_a_line_of_the_answer(topic):
    solutions = read_solutions(ROOT, topic)
    for name, exercise in in_topic(topic).items():
        source = solutions[exercise.function]
        lines = {"".join(line.split()) for line in statements(source, exercise.given)}
        for step in read_steps(topic).get(name, []):
            bare = "".join(step.split())
            assert [line for line in lines if len(line) > SHORT and line in bare] == [], name


def test_steps_ship_and_no_grade_depends_on_them():
    path = package.PACKAGE / "topics" / "start_here" / FILE
    assert path.exists()
    assert path in package.shipped()
    assert path in package.staged()
    assert path not in package.beside_answers()
    assert path not in package.judging()


@pytest.mark.parametrize("topic", TOPICS)
def test_every_exercise_has_its_steps(topic):
    assert sorted(read_steps(topic)) == sorted(in_topic(topic))
