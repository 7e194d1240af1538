"""Every exercise proves its own checks. What the proofs are is told in tests/proofs/prove.py."""

import pytest

from tests.proofs import prove, rules, table
from tests.proofs.subject import Subject, equivalents, exercises, subject

# All mutants of all references are run for these: over a minute, all exercises together. What is
# not slow finds weak checks by known mistakes, strawmen and wrong answers in other words.
MUTANTS = pytest.mark.slow


@pytest.fixture(params=exercises())
def exercise(request) -> Subject:
    return subject(request.param)


def test_the_reference_passes_on_every_seed(exercise):
    assert prove.reference_passes(exercise) == []


def test_the_reference_changes_nothing_prints_nothing_and_is_quick(exercise):
    assert prove.reference_is_clean(exercise) == []


def test_other_right_answers_pass(exercise):
    assert prove.alternatives_pass(exercise) == []


def test_an_unwritten_answer_is_not_attempted(exercise):
    assert prove.unwritten_is_not_attempted(exercise) == []


def test_every_known_mistake_fails_and_earns_its_own_hint(exercise):
    assert prove.mistakes_are_named(exercise) == []


def test_a_check_says_the_same_twice(exercise):
    assert prove.says_the_same_twice(exercise) == []


def test_every_strawman_fails(exercise):
    assert prove.strawmen_fail(exercise) == []


@MUTANTS
def test_every_mutant_is_killed_or_equivalent(exercise):
    assert prove.mutants_are_killed(exercise) == []


def test_the_cases_keep_the_rules(exercise):
    assert rules.kept(exercise) == []


@MUTANTS
def test_no_first_row_is_special(exercise):
    assert prove.no_first_row_is_special(exercise) == []


@MUTANTS
def test_the_kill_table_has_its_row(exercise):
    told = table.PATH.read_text(encoding="utf-8")
    assert table.row(exercise) in told.splitlines(), "run `make kill-table`"


def test_equivalent_mutants_are_listed_for_exercises_that_exist():
    assert sorted(set(equivalents()) - set(exercises())) == []


def test_every_reason_is_a_sentence():
    every = [reason for listed in equivalents().values() for reason in listed.values()]
    assert [reason for reason in every if len(reason) < 20] == []
