"""Which hint an answer earns: that of the mistake that explains it, or of a habit, or none."""

import math

import pytest
import torch

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Exercise, Tolerance
from gradelib.checking.hints import find_hint, spelled
from gradelib.checking.judge import fails
from gradelib.checking.likeness import alike, nearly, tells
from gradelib.checking.outcome import Drawn, KnownMistake, Outcome
from gradelib.checking.runner import run_cases

EXACT = Tolerance()


def value(one) -> Outcome:
    return Outcome("value", one)


def doubling() -> Exercise:
    """Five rows of numbers, one case each; the last is empty."""
    exercise = Exercise("numbers.double", points=1, seconds=0.3)
    for place in range(5):

        def draw(rng, place=place):
            """Some numbers."""
            return {"x": torch.tensor(rng.normal(size=place + 2)).float()}

        draw.__name__ = f"case_{place}"
        exercise.case(draw)
    return exercise


def hint_of(answer, mistakes, exercise=None, source=""):
    exercise = exercise or doubling()
    inputs = [exercise.draw(case, 0) for case in exercise.cases]
    right = run_cases(exercise, lambda x: 2 * x, inputs)
    drawn = [Drawn(*row) for row in zip(exercise.cases, inputs, right, strict=True)]
    known = [KnownMistake(n, f"{n}?", run_cases(exercise, f, inputs)) for n, f in mistakes.items()]
    outcomes = run_cases(exercise, answer, inputs)
    return find_hint(
        exercise, drawn, outcomes, known, lambda one, got: fails(exercise, one, got), source
    )


KNOWN = {
    "squared": lambda x: x**2,
    "thrice": lambda x: 3 * x,
    "short_ones": lambda x: x if len(x) < 4 else 2 * x,
}


def test_a_mistake_that_answers_the_same_is_certain():
    hint = hint_of(lambda x: x + x + x, KNOWN)
    assert (hint.name, hint.certain) == ("thrice", True)


def test_a_second_slip_does_not_silence_a_hint_but_makes_it_less_certain():
    hint = hint_of(lambda x: 3 * x if len(x) < 5 else x.sum(), KNOWN)
    assert (hint.name, hint.certain) == ("thrice", False)


def test_what_agrees_on_less_than_half_is_no_hint():
    assert hint_of(lambda x: 3 * x if len(x) < 3 else x.sort().values, KNOWN) is None


def test_a_mistake_that_is_wrong_where_the_answer_is_right_is_no_hint():
    assert hint_of(lambda x: 3 * x if len(x) > 3 else 2 * x, KNOWN) is None
    assert hint_of(lambda x: x if len(x) < 3 else 2 * x, KNOWN) is None


def test_two_mistakes_that_explain_as_much_explain_nothing():
    both = {
        "one": lambda x: 3 * x if len(x) < 4 else x,
        "other": lambda x: 3 * x if len(x) < 4 else 5 * x,
    }
    assert hint_of(lambda x: 3 * x if len(x) < 4 else 7 * x, both) is None


def test_several_spellings_of_one_mistake_are_one():
    both = {f"far__{n}": lambda x, n=n: x * n if len(x) < 5 else x - n for n in (1, 3)}
    hint = hint_of(lambda x: x * 3 if len(x) < 5 else x - 9, both)
    assert spelled(hint.name) == "far"


def test_the_form_of_a_wrong_value_does_not_matter():
    assert hint_of(lambda x: (3 * x).tolist(), KNOWN).name == "thrice"


def test_the_right_value_in_another_form_is_no_mistake_with_another_value():
    known = {"numpy": lambda x: (2 * x).numpy()}
    assert hint_of(lambda x: (2 * x).tolist(), known).name == "any.form"
    assert hint_of(lambda x: (2 * x).numpy(), known).name == "numpy"


def error(message, place="", name="RuntimeError") -> Outcome:
    return Outcome("error", None, name, message, place=place)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (error("sizes 3 and 4 do not fit"), error("sizes 4 and 3 do not fit"), True),
        (error("sizes 3 and 4 do not fit"), error("the sizes 3 and 4 do not fit at all"), True),
        (error("sizes 3 and 4 do not fit"), error("sizes 3 and 5 do not fit"), False),
        (error("no such thing"), error("out of memory"), False),
        (error("no", "forward"), error("no", "__init__"), False),
        (error("no"), error("no", name="ValueError"), False),
        (error("division by zero", name="ZeroDivisionError"), value(math.nan), True),
        (value(torch.tensor(math.inf)), error("by zero", name="ZeroDivisionError"), True),
        (error("division by zero", name="ZeroDivisionError"), value(0.0), False),
        (value(3), value(torch.tensor(3)), True),
        (value([1.0, 2.0]), value(torch.tensor([1, 2])), True),
        (value((1, "a")), value([1, "a"]), True),
        (value(torch.ones(2)), value(torch.ones(2, 1)), False),
        (Outcome("timeout"), Outcome("timeout"), True),
        (Outcome("timeout"), value(3), False),
    ],
)
def test_two_wrong_outcomes_are_alike_whatever_their_form(left, right, same):
    assert alike(value(torch.zeros(2)), left, right, EXACT) == same


def test_where_an_error_is_due_none_and_another_one_are_two_mistakes():
    due = Outcome("error", None, "ValueError")
    assert alike(due, value(1), value("something else"), EXACT)
    assert not alike(due, value(1), error("no"), EXACT)
    assert alike(due, error("no"), error("never"), EXACT)
    assert not alike(due, error("no"), error("no", name="TypeError"), EXACT)


def test_two_answers_that_lack_the_same_part_are_alike():
    due = value({"loss": torch.tensor(2.0), "gradient": torch.ones(3)})
    left, right, other = (
        value({"loss": 2.0, "gradient": Absent(reason)}) for reason in ("none", "none", "two")
    )
    assert alike(due, left, right, EXACT)
    assert not alike(due, left, other, EXACT)


def test_missing_axes_of_size_one_are_alike_however_many():
    due = value(torch.ones(1, 1, 3))
    assert alike(due, value(torch.ones(3)), value(torch.ones(1, 3)), EXACT)
    assert not alike(due, value(torch.ones(3)), value(torch.ones(1, 1, 1, 3)), EXACT)


def test_another_constant_at_the_same_places_is_nearly_the_same():
    due = value(torch.tensor([1.0, math.inf, 2.0]))
    clamped = [value(torch.tensor([1.0, number, 2.0])) for number in (20.7, 27.6, 1e30)]
    assert nearly(due, clamped[0], clamped[1], EXACT)
    assert not nearly(due, clamped[0], clamped[2], EXACT)
    assert not nearly(due, clamped[0], value(torch.tensor([9.0, 20.7, 2.0])), EXACT)
    whole = [value([7, number, 8]) for number in (256, 255, 257)]
    assert nearly(whole[0], whole[1], whole[2], EXACT)


@pytest.mark.parametrize(
    ("one", "telling"),
    [
        (torch.tensor([0.1, 0.2, 0.3]), True),
        (torch.full((5, 5), math.nan), False),
        (torch.ones(4, 4).bool(), False),
        (torch.ones(4, 4).tril().bool(), True),
        (["a word", "another"], True),
        ([0], False),
        (0.375, True),
        (1.0, False),
        (None, False),
    ],
)
def test_few_have_a_telling_answer_by_chance(one, telling):
    assert tells(value(one)) == telling
