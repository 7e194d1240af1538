"""What is wrong in a known way gets its hint, in nine of ten, and none gets another's."""

import pytest

from gradelib.checking.habits import HABITS
from tests.proofs import table
from tests.proofs.hints import rate, topics, wild
from tests.proofs.subject import subject

ENOUGH = 0.9


@pytest.mark.parametrize("topic", topics())
def test_what_is_due_is_the_hint_of_a_known_mistake_or_a_habit(topic):
    habits = {habit.name for habit in HABITS}
    for one in wild(topic):
        mistakes = {name.partition("__")[0] for name in subject(one.exercise).mistakes}
        assert one.due in mistakes | habits | {"none"}, f"{one.exercise}__{one.name}"


@pytest.mark.parametrize("topic", topics())
def test_no_answer_gets_anothers_hint(topic):
    assert rate(topic).anothers == []


def test_nine_of_ten_get_the_hint_that_is_due():
    rates = [rate(topic) for topic in topics()]
    known, right = sum(one.known for one in rates), sum(one.right for one in rates)
    assert right >= ENOUGH * known, [said for one in rates for said in one.silent]


@pytest.mark.parametrize("topic", topics())
def test_the_kill_table_has_the_rate(topic):
    told = table.PATH.read_text(encoding="utf-8")
    assert table.hints([topic]) in told.splitlines(), "run `make kill-table`"
