"""What several files of tests on one topic begin with."""

import pytest


@pytest.fixture(scope="module")
def assistant():
    """The tiny decoder and the course's own one that was tuned, of notebook 10."""
    from gradelib.lab import data
    from gradelib.topics.sft.assistant import Assistant

    try:
        return Assistant.load()
    except data.MissingData:
        pytest.skip("the tiny models are not in data/models: `make models` trains them")


@pytest.fixture(scope="module")
def library():
    """The course's pages in chunks, with their questions, of notebook 12."""
    from gradelib.topics.beyond.library import Library
    from solutions.beyond.reference import chunk

    return Library.of(chunk)
