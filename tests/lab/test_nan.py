"""A number that is none ends a demonstration with a reason."""

import pytest
import torch

from gradelib.lab import when_ready
from gradelib.lab.nan import no_nan
from gradelib.topics.decoder import training as decoder_training
from gradelib.topics.encoder.bert import Reader, load_body
from gradelib.topics.encoder_decoder import training as translator_training
from solutions.encoder.reference import Encoder

NAN = float("nan")


@pytest.mark.parametrize("value", [0.0, None, float("inf"), torch.zeros(2, 3), torch.tensor(1.0)])
def test_what_is_a_number_comes_back(value):
    assert no_nan(value, "it") is value


@pytest.mark.parametrize("value", [NAN, torch.tensor(NAN), torch.tensor([[0.0, NAN]])])
def test_nan_is_named(value):
    with pytest.raises(ValueError, match="the loss is NaN"):
        no_nan(value, "the loss")


class Blind(Encoder):
    """Hides what is real, so that nothing is left to look at."""

    def forward(self, ids, attention_mask, parts=None):
        return super().forward(ids, ~attention_mask, parts)


def test_an_encoder_that_makes_nan_is_not_loaded(capsys):
    reader, loaded = Reader("encoder"), None
    with when_ready("The loaded encoder"):
        loaded = load_body(Blind, reader.model)
    assert loaded is None
    said = capsys.readouterr().out
    assert "what the encoder makes of three tokens is NaN" in said
    assert "Look at the checks above" in said


def test_a_training_that_loses_its_numbers_says_so():
    model = torch.nn.Linear(1, 1)
    with pytest.raises(ValueError, match="the loss on new stories is NaN"):
        decoder_training.train(
            model,
            lambda *_: 0.0,
            iter([None]),
            lambda: NAN,
            decoder_training.Plan(steps=1, limit=60),
        )
    with pytest.raises(ValueError, match="the loss of a step is NaN"):
        translator_training.train(
            model,
            lambda model, *_: model.weight.sum() * NAN,
            iter([(None, None)] * 2),
            lambda: None,
            translator_training.Plan(steps=1, limit=60, cores=1),
        )
