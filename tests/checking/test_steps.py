"""`hint` gives one step at a time, says when there are no more, and knows near names."""

import pytest

from gradelib.checking import steps
from gradelib.checking.exercise import UnknownExercise
from gradelib.checking.steps import StepsError, hint, read_steps


@pytest.fixture
def two_steps(monkeypatch):
    """The steps of one exercise, not yet asked for."""
    written = {"masks.attention": ["Draw it.", "Look at the shapes."]}
    monkeypatch.setattr(steps, "read_steps", lambda topic: written if topic == "masks" else {})
    steps.ASKED.clear()
    yield
    steps.ASKED.clear()


def test_each_call_gives_the_next_step_and_then_says_that_these_were_all(two_steps):
    said = [str(hint("masks.attention")) for _ in range(4)]
    assert said[0] == "masks.attention, step 1 of 2: Draw it."
    assert said[1] == "masks.attention, step 2 of 2: Look at the shapes."
    assert "no more steps: these were all" in said[2]
    assert 'check("masks.attention")' in said[2]
    assert said[3] == said[0]


def test_a_notebook_shows_a_step_as_markdown(two_steps):
    assert hint("masks.attention")._repr_markdown_().startswith("**Step 1 of 2**")


@pytest.mark.parametrize("name", ["masks.atention", "masks.attentions", "mask.attention"])
def test_an_unknown_name_is_told_those_that_look_like_it(two_steps, name):
    with pytest.raises(UnknownExercise, match=r"Did you mean .*masks\.attention"):
        hint(name)


def test_a_quiz_and_an_exercise_without_steps_say_so(two_steps):
    with pytest.raises(UnknownExercise, match="is a quiz"):
        hint("masks.quiz_which")
    with pytest.raises(UnknownExercise, match=r"no steps are written for masks\.truncate"):
        hint("masks.truncate")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("attention = 3", "a list of texts"),
        ("attention = ['one']", "has 1 steps"),
        ("attention = ['a', 'b', 'c', 'd']", "has 4 steps"),
        ("attention = ['a', ' ']", "an empty step"),
        (f"attention = ['a', '{'b' * 301}']", "more than 300"),
        ("attention = [", "numbers/steps.toml"),
    ],
)
def test_steps_that_are_not_as_they_should_be_are_refused(tmp_path, text, said):
    (tmp_path / "numbers").mkdir()
    (tmp_path / "numbers" / "steps.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StepsError, match=said):
        read_steps("numbers", tmp_path)


def test_steps_are_read_by_the_names_of_their_exercises(tmp_path):
    (tmp_path / "numbers").mkdir()
    (tmp_path / "numbers" / "steps.toml").write_text("double = ['Ä', 'b']", encoding="utf-8")
    assert read_steps("numbers", tmp_path) == {"numbers.double": ["Ä", "b"]}
    assert read_steps("letters", tmp_path) == {}
