"""Notebook 03's functions that write agree with `transformers`, with a cache and without."""

import pytest
import torch

from gradelib.topics.decoder.choosing import likeliest
from solutions.decoder.reference import KVCache, generate, generate_cached
from tests.topics.clear import clearly_likeliest
from tests.topics.gpt2s import CLOSE, ours, random_gpt2, some_ids


@pytest.mark.parametrize("write", [generate, generate_cached])
def test_greedy_writing_agrees_with_generate_of_transformers(write):
    theirs, ids = random_gpt2(), some_ids(3, 5)
    wanted = theirs.generate(
        ids,
        attention_mask=torch.ones_like(ids),
        do_sample=False,
        max_new_tokens=30,
        min_new_tokens=30,
        pad_token_id=0,
    )
    forbidden = torch.tensor([0])

    def choose(logits):
        return clearly_likeliest(logits.index_fill(1, forbidden, -torch.inf))

    assert torch.equal(write(ours(theirs), ids, 30, choose), wanted)


@pytest.mark.trained
@pytest.mark.parametrize("batch", [1, 3])
def test_a_cache_changes_no_token(shipped, batch):
    theirs, ids = shipped
    model, start = ours(theirs), ids[:batch, :12]
    taste = torch.randn(theirs.config.vocab_size, generator=torch.Generator().manual_seed(3))

    def choose(logits):  # the village has choices that are equally likely, and the model knows it
        return clearly_likeliest(logits + taste, least=1e-4)

    plain, cached = (write(model, start, 100, choose) for write in (generate, generate_cached))
    assert torch.equal(plain, cached)


@torch.no_grad()
def test_a_cache_changes_no_logits_in_whatever_pieces_a_text_is_read():
    model, ids = ours(random_gpt2()), some_ids(2, 20)
    whole = model(ids)
    for cuts in ((20,), (1,) * 20, (7, 1, 1, 11), (19, 1)):
        caches = [KVCache() for _ in model.blocks]
        logits = [model(part, caches) for part in ids.split(list(cuts), dim=1)]
        torch.testing.assert_close(torch.cat(logits, dim=1), whole, **CLOSE)
        assert {cache.length for cache in caches} == {20}


def test_writing_keeps_no_gradients():
    model = ours(random_gpt2())
    seen = []

    def choose(logits):
        seen.append(logits.requires_grad)
        return likeliest(logits)

    generate(model, some_ids(1, 3), 2, choose)
    generate_cached(model, some_ids(1, 3), 2, choose)
    assert seen == [False] * 4
