"""The examples in the docstrings that students read are true."""

import doctest
import inspect

import pytest
import torch

from gradelib.author.sources import read_solutions
from tests.topics.references import ROOT, exercises

TOPICS = sorted({name.partition(".")[0] for name in exercises()})
RUN = {  # at least so many lines; of another topic, ten
    "start_here": 4,
    "tokenization": 17,
    "masks": 17,
    "decoder": 12,
    "encoder": 12,
    "encoder_decoder": 8,
    "sampling": 22,
    "transfer_learning": 12,
    "lora": 12,
    "rlhf": 12,
    "sft": 20,
    "beyond": 12,
}


def examples(topic: str) -> list[doctest.DocTest]:
    """Return the examples of a topic's reference answers, which may call each other."""
    found = []
    for name, source in read_solutions(ROOT, topic).items():
        if inspect.isfunction(source.object) or inspect.isclass(source.object):
            names = {"torch": torch, **source.space}  # as in a notebook: all in one
            found += doctest.DocTestFinder().find(source.object, name, module=False, globs=names)
    return found


@pytest.mark.parametrize("topic", TOPICS)
def test_the_examples_are_true(topic):
    runner = doctest.DocTestRunner()
    for example in examples(topic):
        runner.run(example)
    assert runner.failures == 0
    assert runner.tries >= RUN.get(topic, 10)
