"""A verdict is passed, failed, error or not attempted, and says why."""

import ast

import pytest
import torch

from gradelib.checking.codec import Opaque
from gradelib.checking.exercise import Exercise
from gradelib.checking.judge import judge, judge_quiz
from gradelib.checking.outcome import Drawn, KnownMistake, Outcome
from gradelib.checking.quiz import Quiz, lock, unlock
from gradelib.checking.restrictions import source_of, uses
from gradelib.checking.runner import run_cases
from gradelib.checking.session import judge_answer


def make(**options) -> Exercise:
    exercise = Exercise("numbers.halves", points=3, **options)

    @exercise.case
    def some_numbers(rng):
        """Five numbers between zero and one."""
        return {"x": torch.tensor(rng.random(5))}

    @exercise.case
    def no_numbers(rng):
        """No numbers at all."""
        return {"x": torch.zeros(0)}

    return exercise


def verdict_of(answer, exercise=None, reference=lambda x: x / 2, mistakes=()):
    exercise = exercise or make()
    inputs = [exercise.draw(case, 0) for case in exercise.cases]
    expected = run_cases(exercise, reference, inputs)
    drawn = [Drawn(*row) for row in zip(exercise.cases, inputs, expected, strict=True)]
    known = [KnownMistake(f.__name__, f.__doc__, run_cases(exercise, f, inputs)) for f in mistakes]
    return judge(exercise, drawn, run_cases(exercise, answer, inputs), known)


def test_a_right_answer_passes_with_all_its_points():
    verdict = verdict_of(lambda x: 0.5 * x)
    assert (verdict.status, verdict.points) == ("passed", 3)


def test_another_answer_fails_with_its_case_and_no_points():
    verdict = verdict_of(lambda x: x)
    assert (verdict.status, verdict.points) == ("failed", 0)
    assert [finding.case for finding in verdict.findings] == ["some_numbers"]
    assert verdict.findings[0].differs.sum() == 5
    assert "1 of 2 cases are right" in str(verdict)


def test_a_stub_is_not_attempted():
    def halves(x):
        raise NotImplementedError

    assert verdict_of(halves).status == "not attempted"


def test_an_exception_is_an_error_with_the_students_own_line():
    verdict = verdict_of(lambda x: x / missing)  # noqa: F821
    assert verdict.status == "error"
    assert "NameError: name 'missing' is not defined" in str(verdict)
    assert "x / missing" in str(verdict)


def test_a_known_mistake_earns_its_hint_and_another_does_not():
    def halves__doubled(x):
        """In which direction do you go?"""
        return x * 2

    def halves__squared(x):
        """What does a half mean?"""
        return x**2

    both = [halves__doubled, halves__squared]
    assert verdict_of(lambda x: x + x, mistakes=both).hint == "In which direction do you go?"
    assert verdict_of(lambda x: x, mistakes=both).hint is None


def test_an_argument_changed_in_place_fails():
    verdict = verdict_of(lambda x: x.div_(2))
    assert verdict.status == "failed"
    assert "changes its argument `x`" in str(verdict)


def test_an_expected_exception_must_come():
    def strict(x):
        if not len(x):
            raise ValueError("x is empty")
        return x / 2

    assert verdict_of(strict, reference=strict).passed
    verdict = verdict_of(lambda x: x / 2, reference=strict)
    assert "expected ValueError, got a result" in str(verdict)


def test_an_invariant_that_does_not_hold_is_said():
    exercise = make()

    @exercise.invariant
    def smaller(inputs, answer):
        """Halves are smaller than the whole."""
        return bool((answer <= inputs["x"]).all())

    verdict = verdict_of(lambda x: x * 2, exercise)
    assert "Halves are smaller than the whole" in str(verdict)
    assert verdict_of(lambda x: None, exercise).status == "failed"


def test_an_own_comparison_takes_the_place_of_ours():
    def sums(expected, answer, inputs):
        return None if answer.sum() == expected.sum() else "the sums differ"

    exercise = make(equal=sums)
    assert verdict_of(lambda x: (x / 2).flip(0), exercise).passed
    assert "the sums differ" in str(verdict_of(lambda x: x, exercise))
    assert "expected a tensor" in str(verdict_of(lambda x: "text", exercise))


def test_a_part_too_many_fails_also_where_the_check_hands_on_a_dict():
    exercise = make()
    exercise.drive(lambda answer, x: answer(x))
    right = lambda x: {"half": x / 2}  # noqa: E731
    assert verdict_of(right, exercise, right).passed
    more = verdict_of(lambda x: {"half": x / 2, "twice": 2 * x}, exercise, right)
    assert not more.passed
    assert "'twice' should not be there" in more.findings[0].message


def test_a_part_that_is_missing_fails_also_where_none_is_due():
    exercise = make()
    exercise.drive(lambda answer, x: answer(x))
    right = lambda x: {"half": x / 2, "rest": None}  # noqa: E731
    assert verdict_of(right, exercise, right).passed
    fewer = verdict_of(lambda x: {"half": x / 2}, exercise, right)
    assert not fewer.passed
    assert "the key 'rest' is missing" in fewer.findings[0].message


def test_outcomes_that_do_not_belong_to_the_cases_are_refused():
    exercise = make()
    drawn = [Drawn(case, {}, Outcome("value", 1)) for case in exercise.cases]
    with pytest.raises(ValueError, match="2 cases, but 1 outcomes"):
        judge(exercise, drawn, [Outcome("value", 1)])


def test_a_verdict_in_html_escapes_what_a_student_wrote():
    verdict = verdict_of(lambda x: "<script>alert(1)</script>")
    html = verdict._repr_html_()
    assert "<script>" not in html
    assert 'data-status="failed"' in html


def test_a_tensor_that_differs_is_drawn():
    exercise = make()
    html = verdict_of(lambda x: x, exercise)._repr_html_()
    assert html.count("<rect") == 5


def test_opaque_answers_fail_with_their_type():
    exercise = make()
    inputs = [exercise.draw(case, 0) for case in exercise.cases]
    drawn = [
        Drawn(c, i, Outcome("value", i["x"])) for c, i in zip(exercise.cases, inputs, strict=True)
    ]
    verdict = judge(exercise, drawn, [Outcome("value", Opaque("generator"))] * 2)
    assert "got something of type generator" in str(verdict)


FORBIDDEN = ("torch.softmax", "torch.nn.functional.softmax", "tokenizers")


@pytest.mark.parametrize(
    ("source", "notebook"),
    [
        ("def f(x): return torch.softmax(x, -1)", "import torch"),
        ("def f(x): return x.softmax(-1)", ""),
        ("def f(x): return F.softmax(x)", "from torch.nn import functional as F"),
        ("def f(x): return soft(x)", "from torch.nn.functional import softmax as soft"),
        ("def f(x):\n    from torch import softmax as s\n    return s(x)", ""),
        ("def f(x):\n    import tokenizers\n    return tokenizers.Tokenizer(x)", ""),
        ("def f(x): return T(x)", "from tokenizers import Tokenizer as T"),
        ("def softmax(x): return torch.softmax(x, -1)", "import torch"),
        ("def softmax(x): return (x / 2).softmax(-1)", ""),
        ("def softmax(x): return torch.nn.functional.softmax(x)", "import torch"),
        ("def f(x): return x.detach().softmax(-1)", ""),
        ("def f(x): return _s(x, -1)", "import torch\n_s = torch.softmax"),
        ("def f(x): return _s(x, -1)", "import torch\n_s: object = torch.softmax"),
        ("def f(x): return s(x, -1)", "import torch\na, s = 1, torch.softmax"),
        ("def f(x): return t(x)", "import torch\ns = torch.softmax\ndef t(x): return s(x, -1)"),
        ("def f(x): return s(x)", "import torch\ns = lambda x: torch.softmax(x, -1)"),
        (
            "def f(x): return s(x)",
            "import torch\nfrom functools import partial\ns = partial(torch.softmax, dim=-1)",
        ),
        ("def f(x): return m.softmax(x, -1)", "import torch as m"),
        (
            "def f(x): return _s(x, -1)",
            "no Python (\nimport torch\n_s = torch.softmax",
        ),
        ("def f(x): return torch.ops.aten._softmax(x, -1, False)", "import torch"),
        ("def f(x): return torch.ops.aten.softmax.int(x, -1)", "import torch"),
        ("def f(x): return torch._C._VariableFunctions.softmax(x, -1)", "import torch"),
        ("def f(x): return torch._softmax(x, -1, False)", "import torch"),
        ("def f(x): return aten._softmax(x, -1, False)", "from torch.ops import aten"),
        (
            "def f(x): return F.scaled_dot_product_attention(x, eye, eye)",
            "import torch.nn.functional as F",
        ),
        ("def f(x): return torch.distributions.Categorical(logits=x).probs", "import torch"),
    ],
)
def test_a_name_that_an_answer_must_do_without_is_seen(source, notebook):
    assert uses(source, FORBIDDEN, notebook)


def test_what_other_exercises_use_is_their_own_business():
    notebook = "import torch\ndef other(x): return torch.softmax(x, -1)"
    assert uses("def f(x): return other(x)", FORBIDDEN, notebook)
    assert uses("def f(x): return other(x)", FORBIDDEN, notebook, ["other"]) == []


def test_the_source_of_an_answer_is_a_program():
    """It stands indented in a class or a function; what is inside it stays further in."""

    def halves(x):
        if x:
            return x / 2
        return x

    ast.parse(source_of(halves))


@pytest.mark.parametrize(
    "source",
    [
        "def softmax(x): return x.exp() / x.exp().sum(-1, keepdim=True)",
        "def f(x): return log_softmax(x)",
        "def f(x): return softmax(x)",
        "class A:\n    def softmax(self, x): return x\n    def f(self): return self.softmax(1)",
        "import mine\ndef f(x): return mine.softmax(x)",
        "not python (",
    ],
)
def test_an_own_function_of_that_name_is_no_use(source):
    assert uses(source, FORBIDDEN, "import torch") == []


def test_a_right_answer_that_uses_the_library_fails_with_its_name():
    exercise = make(without=("torch.div",))
    inputs = [exercise.draw(case, 0) for case in exercise.cases]
    outcomes = run_cases(exercise, lambda x: x / 2, inputs)
    drawn = [Drawn(*row) for row in zip(exercise.cases, inputs, outcomes, strict=True)]
    verdict = judge_answer(exercise, drawn, outcomes, [], "def f(x): return x.div(2)")
    assert verdict.status == "failed"
    assert "solved without torch.div" in str(verdict)


QUIZ = Quiz(
    "numbers.quiz_half",
    1,
    {
        "a": lock("numbers.quiz_half", "a", {"right": False, "why": "That is a quarter."}),
        "b": lock("numbers.quiz_half", "b", {"right": True, "why": "Two of them make a whole."}),
    },
)


def test_a_lock_hides_its_text_and_opens_with_its_choice():
    assert "whole" not in QUIZ.choices["b"]
    assert unlock(QUIZ.name, "b", QUIZ.choices["b"])["why"] == "Two of them make a whole."


@pytest.mark.parametrize(
    ("choice", "status", "said"),
    [
        ("b", "passed", "Two of them make a whole."),
        (" (B). ", "passed", "Two of them make a whole."),
        ("a", "failed", "That is a quarter."),
        ("c", "failed", "expected one of"),
        (2, "failed", "expected one of"),
        ("", "not attempted", "choose one of"),
    ],
)
def test_a_quiz_explains_the_choice_that_was_made(choice, status, said):
    verdict = judge_quiz(QUIZ, Outcome("value", choice))
    assert verdict.status == status
    assert said in str(verdict)


def test_a_finding_says_what_went_in():
    assert "Input: x = a tensor of shape (5,)" not in str(verdict_of(lambda x: x / 2))
    assert "Input: x = tensor [0." in str(verdict_of(lambda x: x))
