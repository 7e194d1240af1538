"""What students write in other words than the known mistakes fails, and gets the hint that is due.

What is wrong in a known way gets its hint in nine of ten, and none gets another's.
"""

import pytest

from gradelib.checking.exercise import in_topic
from gradelib.checking.habits import HABITS
from gradelib.checking.hints import spelled
from tests.proofs import table
from tests.proofs.hints import rate, topics, wild
from tests.proofs.subject import ROOT, subject

ENOUGH = 0.9
AT_LEAST = 5  # wrong answers in other words, for each exercise


def test_every_topic_has_some():
    written = {path.parent.name for path in ROOT.glob("solutions/*/__init__.py")}
    assert sorted(written - {*topics()}) == []


@pytest.mark.parametrize("topic", topics())
def test_there_are_enough_for_each_exercise(topic):
    count = dict.fromkeys(in_topic(topic), 0)
    for one in wild(topic):
        count[one.exercise] += 1
    assert {name: number for name, number in count.items() if number < AT_LEAST} == {}


@pytest.mark.parametrize("topic", topics())
def test_none_of_them_passes(topic):
    assert rate(topic).passed == []


@pytest.mark.parametrize("topic", topics())
def test_what_is_due_is_the_hint_of_a_known_mistake_or_a_habit(topic):
    habits = {habit.name for habit in HABITS}
    for one in wild(topic):
        mistakes = {spelled(name) for name in subject(one.exercise).mistakes}
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
    found = rate(topic)
    assert table.hints([found]) in told.splitlines(), f"make kill-table; silent: {found.silent}"
