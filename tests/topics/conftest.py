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


@pytest.fixture(scope="module")
def shipped():
    """The tiny decoder of the course, and the ids of some stories."""
    import torch

    from gradelib.lab import data, models

    try:
        model, tokenizer = models.load("decoder")
    except data.MissingData:
        pytest.skip("the tiny decoder is not in data/models: `make models` trains it")
    texts = [story["text"] for story in data.stories("validation")[:4]]
    ids = torch.tensor([[0, *tokenizer(text)["input_ids"][:60]] for text in texts])
    return model, ids


@pytest.fixture(scope="module")
def words():
    """The words of the training pairs of notebook 05."""
    from gradelib.topics.encoder_decoder.pairs import Words, pairs

    return Words.of(pairs("train"))


@pytest.fixture(scope="module")
def learner(words):
    """The translator of the recorded run of notebook 05."""
    from safetensors.torch import load_file

    from gradelib.topics.encoder_decoder.training import WEIGHTS
    from solutions.encoder_decoder.reference import Translator

    model = Translator(len(words), 40, d_model=128, heads=4, layers=2, pad=words.pad)
    model.load_state_dict({name: weight.float() for name, weight in load_file(WEIGHTS).items()})
    return model.eval()
