"""The tiny models' training: exact targets, a run that can be interrupted, what a decoder does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from data.training import behaviour, decoder, loop, stories, targets
from data.training.muon import Muon, orthogonal
from gradelib.lab import village


def test_a_told_story_is_as_likely_as_its_pieces():
    rng = np.random.default_rng(3)
    for _ in range(20):
        pieces, choices = targets.tell(rng)
        nats = sum(np.log(choice[piece]) for piece, choice in zip(pieces, choices, strict=True))
        assert nats == pytest.approx(village.log_probability("".join(pieces)))


def test_the_targets_are_the_true_distribution_of_the_next_piece():
    pieces, choices = targets.tell(np.random.default_rng(4))
    for place in range(1, 25):
        if not all(piece.startswith(" ") for piece in choices[place]):
            continue  # a mark, or the rest of a word
        words = village.next_words("".join(pieces[:place]))
        for piece, probability in choices[place].items():
            begins = piece.strip()
            agree = sum(p for word, p in words.items() if targets.PIECE.match(word)[0] == begins)
            assert agree == pytest.approx(probability)


def test_an_orthogonal_matrix_has_singular_values_near_one():
    torch.manual_seed(1)
    for shape in ((8, 32), (32, 8), (16, 16)):
        values = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
        assert 0.6 < float(values.min()) <= float(values.max()) < 1.3


def test_each_piece_of_the_village_is_one_token(village_tokens):
    drawing = decoder.Drawing(village_tokens)
    rng = np.random.default_rng(5)
    for _ in range(50):
        pieces, choices = targets.tell(rng)
        ids = [drawing.id(piece) for choice in choices for piece in choice]
        assert len(village_tokens("".join(pieces)).input_ids) == len(pieces) - 1
        assert max(ids) < len(village_tokens)


def tiny(folder, steps: int = 6):
    torch.manual_seed(0)
    config = decoder.GPT2Config(vocab_size=3000, n_positions=256, n_embd=16, n_layer=1, n_head=2)
    plan = replace(decoder.PLAN, steps=steps, warmup=2, save_every=2)
    return loop.Run(plan, decoder.GPT2LMHeadModel(config), folder, decoder.cross_entropy)


def test_a_run_in_two_pieces_is_the_run_in_one(tmp_path, village_tokens, monkeypatch):
    monkeypatch.setattr(decoder, "BATCH", 4)
    drawing = decoder.Drawing(village_tokens)
    whole = tiny(tmp_path / "whole")
    loop.train(whole, drawing.batch, lambda: 0.0, log_every=2)

    class Stopped(Exception):
        pass

    def stops(step: int):
        if step == 4:
            raise Stopped
        return drawing.batch(step)

    with pytest.raises(Stopped):
        loop.train(tiny(tmp_path / "parts"), stops, lambda: 0.0, log_every=2)
    again = tiny(tmp_path / "parts")
    assert any(isinstance(optimizer, Muon) for optimizer in again.optimizers)
    loop.train(again, drawing.batch, lambda: 0.0, log_every=2)
    for one, other in zip(whole.model.parameters(), again.model.parameters(), strict=True):
        assert torch.equal(one, other)


def test_the_cross_entropy_of_sure_targets_is_the_usual_loss(village_tokens):
    model = decoder.model(len(village_tokens))
    text = stories.texts("validation")[0]
    ids = [0, *village_tokens(text).input_ids, 0]
    row = (ids, [{token: 1.0} for token in ids[1:]])
    batch = decoder.Drawing.packed([row])
    usual = model(input_ids=batch["input_ids"], labels=batch["input_ids"]).loss
    found = decoder.cross_entropy(model, batch).item()
    assert found == pytest.approx(usual.item(), rel=1e-5)


def test_the_grammar_behaves():
    found = behaviour.of_the_grammar(30)
    assert found["told"] == found["sentences"] == 1
    assert found["stranger"] > -0.2
    assert found["comes_back"] > 0.7


def test_one_word_that_is_wrong_is_found():
    text = stories.texts("test")[0]
    hero = village.read_story(text).hero
    wrong = text.replace(hero, "Ottokar", 1)
    found = behaviour.behaviour([text, wrong, wrong.replace(" a ", " ", 1) + " So."])
    assert found["told"] == pytest.approx(1 / 3)
    assert found["one_word"] == pytest.approx(1 / 3)
