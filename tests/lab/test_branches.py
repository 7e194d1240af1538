"""Stories that are read together, or written, come out as if each were computed alone."""

import pytest
import torch
from transformers import GPT2Config, GPT2LMHeadModel

from gradelib.lab.branches import MOST, Branches
from gradelib.lab.writing import go_on

END = 0
SHARED = [END, *range(1, 19)]
STORIES = [
    [*SHARED, 20, 21, 22],
    [*SHARED, 20, 23],
    [END, *range(5, 30)],
    [*SHARED, 24, 25, 26, 27, 28],
    [END, 7],
    [*SHARED, 20, 21, 22],
    [*SHARED, 29],
    SHARED,
]


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    dropout = {f"{name}_pdrop": 0.0 for name in ("resid", "embd", "attn")}
    config = GPT2Config(vocab_size=31, n_positions=48, n_embd=24, n_layer=2, n_head=3, **dropout)
    found = GPT2LMHeadModel(config).eval()
    with torch.no_grad():
        for weight in found.parameters():
            weight.mul_(3.0)  # so that what stands before a token matters
    return found


@pytest.mark.parametrize("together", [1, 60, 5000])
def test_each_token_has_the_vector_that_it_has_alone(model, monkeypatch, together):
    monkeypatch.setattr("gradelib.lab.branches.TOGETHER", together)
    read = Branches(STORIES, "cpu")
    with torch.no_grad():
        hidden = read.hidden(model.transformer)
        for number, story in enumerate(STORIES):
            alone = model.transformer(torch.tensor([story]))[0][0]
            assert torch.allclose(hidden[read.where[number, : len(story)]], alone, atol=1e-4)
            assert torch.allclose(hidden[read.last[number]], alone[-1], atol=1e-4)


def test_what_stories_share_is_computed_once():
    read = Branches(STORIES[:2], "cpu")
    assert [part.ids.numel() for part in read.parts] == [len(SHARED) + 1 + 2 + 1]
    assert MOST == 4  # of six that begin alike, two stand in another row
    alike = [story for story in STORIES if story[:19] == SHARED]
    assert sum(len(part.ids) for part in Branches(alike, "cpu").parts) == 2


def test_padded_rows_are_as_wide_as_they_were(model):
    ids = torch.full((3, 40), END)
    for row, story in enumerate(STORIES[:3]):
        ids[row, : len(story)] = torch.tensor(story)
    mask = torch.arange(40) < torch.tensor([len(story) for story in STORIES[:3]])[:, None]
    assert Branches.of(ids, mask).where.shape == (3, 40)


@pytest.mark.parametrize("temperature", [1.0, 0.7])
def test_stories_go_on_as_they_would_with_the_models_own_cache(model, temperature):
    """One at a time, by the model itself: each draws from the same generator."""
    for start in (STORIES[2], STORIES[4]):
        luck = torch.Generator().manual_seed(3)
        (wrote,) = go_on(model, [start], END, 40, temperature, luck)
        luck, row = torch.Generator().manual_seed(3), list(start)
        while len(row) < 40:
            with torch.no_grad():
                logits = model(torch.tensor([row])).logits[:, -1]
            chances = (logits / temperature).softmax(1)
            row.append(int(torch.multinomial(chances, 1, generator=luck)))
            if row[-1] == END:
                break
        assert wrote == row


def test_at_a_low_temperature_only_the_likeliest_tokens_are_drawn(model):
    """Beginnings that come twice, padding, and rows that end leave no trace."""
    starts = [STORIES[4], STORIES[2], STORIES[4], STORIES[3]] * 30
    rows = go_on(model, starts, END, 40, 0.01, torch.Generator().manual_seed(0))
    for start, row in zip(starts, rows, strict=True):
        assert row[: len(start)] == start
        assert row[-1] == END or len(row) <= 40
        with torch.no_grad():
            logits = model(torch.tensor([row])).logits[0, len(start) - 1 : -1]
        drawn = logits.gather(1, torch.tensor(row[len(start) :])[:, None])[:, 0]
        assert (logits.amax(1) - drawn).max() < 0.2
