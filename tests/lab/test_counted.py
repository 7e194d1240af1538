"""A bar that ends early in good order."""

from typing import ClassVar

import pytest
import tqdm.auto

from gradelib.lab.counted import Steps
from gradelib.topics.sampling.progress import counted


class Bar(tqdm.auto.tqdm):
    """Remembers what the bars said when they were closed."""

    closed: ClassVar[list] = []

    def close(self):
        if not self.disable:
            self.closed.append((self.desc, self.n, self.total))
        super().close()


@pytest.fixture
def closed(monkeypatch):
    monkeypatch.setattr(tqdm.auto, "tqdm", Bar)
    Bar.closed.clear()
    return Bar.closed


def test_all_steps_are_counted(closed):
    assert list(Steps(3, "training")) == [1, 2, 3]
    assert closed[0] == ("training", 3, 3)


@pytest.mark.parametrize("last", [1, 2, 3])
def test_a_bar_that_was_stopped_is_whole(closed, last):
    seen, steps = [], Steps(3, "training")
    for number in steps:
        seen.append(number)
        if number == last:
            steps.stop()
    assert seen == list(range(1, last + 1))
    assert closed[0] == ("training", last, last)


def test_a_bar_of_calls_is_whole_where_fewer_were_enough(closed):
    with counted(lambda ids: ids, "telling", 150) as called:
        assert [called(number) for number in range(4)] == [0, 1, 2, 3]
    assert closed[0] == ("telling", 4, 4)


def test_a_bar_of_calls_is_whole_where_one_failed(closed):
    def fails(ids):
        raise NotImplementedError

    with pytest.raises(NotImplementedError), counted(fails, "telling", 150) as called:
        called(0)
    assert closed[0] == ("telling", 1, 1)
