"""The tiny models that ship load as transformers has it, and do what their cards say."""

import json
from pathlib import Path

import pytest
import torch

from data.training import decoder, emotions, encoder, stories, translator
from gradelib.lab import models

FOLDER = Path(__file__).parents[2] / "data" / "models"
NAMES = ("decoder", "draft", "instruct", "reward", "encoder", "translator")


@pytest.fixture(autouse=True, scope="module")
def two_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(min(2, before))
    yield
    torch.set_num_threads(before)


def measured(name: str) -> dict:
    return json.loads((FOLDER / name / "measured.json").read_text())


def test_together_they_are_small():
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
    assert size < 25e6


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_those_of_a_model_and_its_card(name):
    there = {path.name for path in (FOLDER / name).iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json", "README.md"} <= there
    assert {"log.csv", "curve.png", "measured.json"} <= there


@pytest.mark.parametrize("name", NAMES)
def test_the_card_says_what_was_measured(name):
    card = (FOLDER / name / "README.md").read_text()
    for value in measured(name)["test"].values():
        assert f"{value:g}"[:5] in card.replace(",", "")


def test_the_decoder_comes_near_the_entropy():
    model, tokens = models.load("decoder")
    batches = decoder.held_out(tokens, "test", 96)
    count = sum(int((batch["labels"][:, 1:] != -100).sum()) for batch in batches)
    floor = -sum(story["log_probability"] for story in stories.read("test")[:96]) / count
    assert decoder.per_token(model, batches) - floor < 0.15


def test_the_decoder_tells_stories_that_come_to_an_end():
    """Most of eight: a single one that is drawn may be short, or another one elsewhere."""
    model, tokens = models.load("decoder")
    torch.manual_seed(1)
    prompt = tokens("One morning Mia", return_tensors="pt")
    told = model.generate(**prompt, max_new_tokens=200, do_sample=True, num_return_sequences=8)
    ended = [ids for ids in told.tolist() if ids[-1] == tokens.eos_token_id]
    assert len(ended) >= 6
    assert sum(len(tokens.decode(ids, skip_special_tokens=True)) > 200 for ids in ended) >= 5


def test_the_encoder_fills_masks():
    model, tokens = models.load("encoder")
    right = count = 0
    for batch in encoder.held_out(tokens, "test", 100):
        hidden = batch["labels"] != -100
        with torch.no_grad():
            guess = model(**batch).logits.argmax(-1)
        right += int((guess == batch["labels"])[hidden].sum())
        count += int(hidden.sum())
    assert right / count > measured("encoder")["test"]["accuracy"] - 0.03


def test_the_encoder_reads_what_comes_after_the_mask():
    model, tokens = models.load("encoder")
    text = "One sunny day the postman brought Clara a [MASK] from her godmother."
    ids = tokens(text, return_tensors="pt")["input_ids"]
    with torch.no_grad():
        logits = model(ids).logits[0, ids[0].tolist().index(tokens.mask_token_id)]
    assert tokens.decode(logits.argmax()) == "letter"


@pytest.mark.slow  # two models are fitted: over a minute
def test_the_encoder_knows_more_of_emotions_than_a_bag_of_words():
    model, tokens = models.load("encoder")
    assert emotions.fine_tune(model, tokens, epochs=2, limit=6000) >= 0.63  # 0.53 without order


def test_the_translator_translates():
    model, tokens = models.load("translator")
    english, german = zip(*translator.pairs("test")[:100], strict=True)
    said = translator.translate(model, tokens, list(english))
    assert sum(a == b for a, b in zip(said, german, strict=True)) >= 80
    assert measured("translator")["test"]["bleu"] >= 85
