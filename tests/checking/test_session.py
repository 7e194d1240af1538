"""`check` in a notebook: it finds the answer, shows the verdict, and speaks nbgrader's language."""

import ast

import pytest
from IPython.core.interactiveshell import InteractiveShell

from gradelib import check
from gradelib.checking.exercise import UnknownExercise
from gradelib.checking.session import CheckFailed
from gradelib.checking.verdict import Verdict

RIGHT = """
def most_likely(words, probabilities):
    return words[int(probabilities.argmax())]
"""
NAME = "start_here.most_likely"


@pytest.fixture
def shell(monkeypatch):
    """An IPython shell in which a notebook's cells can be run."""
    monkeypatch.delenv("NBGRADER_VALIDATING", raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.run_cell("from gradelib import check")
    yield shell
    InteractiveShell.clear_instance()


def run(shell, source):
    ast.parse(source)
    done = shell.run_cell(source)
    done.raise_error()
    return done.result


def test_the_answer_is_found_by_its_name(shell):
    run(shell, RIGHT)
    assert run(shell, f'check("{NAME}")').passed


def test_a_name_that_is_not_defined_is_not_attempted(shell):
    verdict = run(shell, f'check("{NAME}")')
    assert verdict.status == "not attempted"
    assert "defines no most_likely" in str(verdict)


def test_an_error_shows_the_students_own_line(shell):
    run(shell, "def most_likely(words, probabilities):\n    return words[len(words)]")
    verdict = run(shell, f'check("{NAME}")')
    assert verdict.status == "error"
    assert "return words[len(words)]" in str(verdict)
    assert "gradelib" not in verdict.findings[0].lines


def test_the_library_that_would_do_the_work_is_seen_in_the_cell(shell):
    run(shell, "def softmax(logits, temperature=1.0):\n    return logits.softmax(-1)")
    verdict = run(shell, 'check("start_here.softmax")')
    assert not verdict.passed


def test_under_validate_a_verdict_that_is_not_passed_is_an_error(shell, monkeypatch):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    with pytest.raises(CheckFailed, match="not attempted"):
        run(shell, f'check("{NAME}")')
    run(shell, RIGHT)
    assert run(shell, f'check("{NAME}")').passed


def test_under_autograde_the_cell_gives_the_points(shell, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert run(shell, f'check("{NAME}")') == 0
    run(shell, RIGHT)
    assert run(shell, f'check("{NAME}")') == 1


def test_an_answer_that_calls_one_that_failed_says_where_to_begin(shell):
    run(shell, "def best_pair(counts):\n    return (0, 0)")
    run(shell, 'check("tokenization.best_pair")')
    run(shell, "def train_bpe(words, merges):\n    return [best_pair({})] * merges")
    assert "It calls best_pair" in str(run(shell, 'check("tokenization.train_bpe")'))


def test_where_another_one_may_be_at_fault_no_hint_is_given(shell):
    wrong = """
def softmax(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    weights = (logits - logits.amax(dim=-1, keepdim=True)).exp()
    return {}weights / weights.sum(dim=-1, keepdim=True)
"""
    run(shell, wrong.format(""))
    lonely = str(run(shell, 'check("start_here.softmax")'))
    run(shell, "def surprisal(probabilities, index):\n    return 1")
    run(shell, 'check("start_here.surprisal")')
    run(shell, wrong.format("surprisal(None, None) * "))
    together = str(run(shell, 'check("start_here.softmax")'))
    assert "Hint" in lonely
    assert "Hint" not in together
    assert "It calls surprisal" in together


def test_outside_a_notebook_the_answer_is_handed_in():
    InteractiveShell.clear_instance()
    assert isinstance(check(NAME, lambda words, probabilities: words[0]), Verdict)
    with pytest.raises(TypeError, match="hand the answer in"):
        check(NAME)


@pytest.mark.parametrize("name", ["start_here.no_such", "nothing.here", "start_here.quiz_no"])
def test_an_unknown_exercise_is_named(name):
    with pytest.raises(UnknownExercise):
        check(name, None)
