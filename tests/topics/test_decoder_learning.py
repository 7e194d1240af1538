"""Notebook 03's loss, perplexity and training step agree with torch and `transformers`."""

import math

import pytest
import torch
from torch import nn

from solutions.decoder.reference import DecoderLM, next_token_loss, perplexity, train_step
from tests.topics.gpt2s import CLOSE, ours, random_gpt2, some_ids


def test_the_loss_agrees_with_transformers_also_where_there_is_padding():
    theirs, ids = random_gpt2(), some_ids(4, 12)
    model = ours(theirs)
    torch.testing.assert_close(
        next_token_loss(model(ids), ids), theirs(ids, labels=ids).loss, **CLOSE
    )
    real = torch.arange(12) < torch.tensor([[12], [7], [2], [9]])
    labels = ids.masked_fill(~real, -100)
    torch.testing.assert_close(
        next_token_loss(model(ids), ids, real), theirs(ids, labels=labels).loss, **CLOSE
    )


def test_what_stands_in_the_padding_makes_no_difference():
    model, ids = ours(random_gpt2()), some_ids(3, 9)
    real = torch.arange(9) < torch.tensor([[9], [4], [6]])
    other = torch.where(real, ids, some_ids(3, 9, seed=5))
    with torch.no_grad():
        losses = [next_token_loss(model(row), row, real) for row in (ids, other)]
    torch.testing.assert_close(*losses)


def test_perplexity_of_batches_is_that_of_the_whole():
    model, ids = ours(random_gpt2()), some_ids(5, 11)
    real = torch.arange(11) < torch.tensor([[11], [3], [8], [2], [6]])
    with torch.no_grad():
        whole = next_token_loss(model(ids), ids, real).exp().item()
        parts = [(ids[rows], real[rows]) for rows in (slice(0, 2), slice(2, 5))]
        losses = [next_token_loss(model(row), row, mask).item() for row, mask in parts]
    counts = [int(mask[:, 1:].sum()) for _, mask in parts]
    assert perplexity(losses, counts) == pytest.approx(whole, rel=1e-4)


def test_steps_agree_with_those_of_the_library_and_its_own_loss():
    theirs, batches = random_gpt2(), some_ids(3, 2, 9)
    mine = ours(theirs)
    theirs.train().config.update({"attn_pdrop": 0.0})
    own = torch.optim.SGD(mine.parameters(), lr=0.1)
    other = torch.optim.SGD(theirs.parameters(), lr=0.1)
    for dropout in (module for module in theirs.modules() if isinstance(module, nn.Dropout)):
        dropout.p = 0.0
    for ids in batches:
        other.zero_grad()
        wanted = theirs(ids, labels=ids).loss
        wanted.backward()
        other.step()
        assert train_step(mine, ids, own) == pytest.approx(wanted.item(), abs=1e-4)
    torch.testing.assert_close(mine(batches[0]), theirs.eval()(batches[0]).logits, **CLOSE)


def test_a_model_that_learns_one_row_knows_it_by_heart():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = DecoderLM(vocab=12, context=9, d_model=16, heads=2, layers=1)
    ids, optimizer = some_ids(1, 9, vocab=12), torch.optim.Adam(model.parameters(), lr=0.03)
    losses = [train_step(model, ids, optimizer) for _ in range(60)]
    assert losses[0] == pytest.approx(math.log(12), abs=0.2)
    assert losses[-1] < 0.1
    assert all(isinstance(loss, float) for loss in losses)
