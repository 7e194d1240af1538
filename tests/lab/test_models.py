"""Loading models: the course's and the real ones; and what a notebook says without them.

The real models are tested where they are in the cache: `gradelib models fetch smollm2 minilm`.
"""

from __future__ import annotations

import logging
import math
import subprocess
import sys
from logging.handlers import QueueHandler
from pathlib import Path
from queue import SimpleQueue

import pytest
import torch
import transformers

from gradelib.lab import data, models
from gradelib.lab.models import cache, generation, hub, registry
from tests.lab import tiny_models

ROOT = Path(__file__).parents[2]
COURSE = {
    "decoder": "GPT2LMHeadModel",
    "encoder": "BertForMaskedLM",
    "translator": "BartForConditionalGeneration",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A folder data/ with stand-ins for the course's tiny models."""
    folder = tmp_path_factory.mktemp("data")
    held = {name: tiny_models.save(folder / "models" / name, name) for name in COURSE}
    tiny_models.save(folder / "models/minilm", "minilm")
    return folder, held


@pytest.fixture
def tiny(course, monkeypatch):
    monkeypatch.setenv("GRADELIB_DATA", str(course[0]))
    generation.shared.cache_clear()
    yield course[1]
    generation.shared.cache_clear()


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """Nothing fetched, and no network."""
    monkeypatch.setenv("GRADELIB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(hub, "snapshot", _not_here)
    generation.shared.cache_clear()


def _not_here(repo: str, local: bool, kind: str = "model") -> Path:
    assert local, "offline, nothing may ask the hub"
    raise FileNotFoundError(repo)


def test_importing_the_models_brings_nothing_heavy():
    heavy = ("torch", "transformers", "datasets", "huggingface_hub", "safetensors", "tokenizers")
    code = f"import gradelib.lab.models, sys; print([m for m in {heavy} if m in sys.modules])"
    run = [sys.executable, "-c", code]
    assert subprocess.run(run, capture_output=True, text=True, cwd=ROOT).stdout.strip() == "[]"


# --- The course's own -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", COURSE)
def test_a_tiny_model_loads_in_fp32_ready_to_evaluate(name, tiny):
    model, tokenizer = models.load(name)
    assert type(model).__name__ == COURSE[name]
    assert model.dtype == torch.float32
    assert not model.training
    for key, weights in tiny[name].state_dict().items():
        assert torch.equal(model.state_dict()[key], weights), key
    assert tokenizer("the dog finds")["input_ids"] == [8, 6, 7]


def test_another_class_another_dtype_and_more_settings_can_be_asked_for(tiny):
    auto = "AutoModelForSequenceClassification"
    model, _ = models.load("encoder", auto=auto, dtype="bfloat16", num_labels=6)
    assert type(model).__name__ == "BertForSequenceClassification"
    assert (model.dtype, model.config.num_labels) == (torch.bfloat16, 6)


def test_loading_draws_no_bars_and_leaves_the_setting_as_it_was(tiny, capfd):
    from transformers.utils import logging

    logging.enable_progress_bar()
    models.load("decoder")
    assert "%" not in capfd.readouterr().err
    assert logging.is_progress_bar_enabled()


@pytest.fixture
def hints():
    """What the models of transformers say: heard by our own, since pytest's depends on CI."""
    logger, heard = logging.getLogger("transformers.modeling_utils"), QueueHandler(SimpleQueue())
    logger.addHandler(heard)
    transformers.utils.logging.warning_once.cache_clear()  # another test may have had it
    yield heard.queue
    logger.removeHandler(heard)


def test_a_text_that_begins_with_the_end_token_brings_no_hint_on_padding(hints):
    model, tokenizer = models.load("decoder")
    ids = torch.tensor([[tokenizer.eos_token_id, 5, 6]])
    model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=1)
    logging.getLogger("transformers.modeling_utils").warning("something else")
    assert hints.get_nowait().getMessage() == "something else"
    assert hints.empty()


def test_a_loss_by_transformers_brings_no_hint_on_which_it_is(hints):
    model, _ = models.load("decoder")
    ids = torch.tensor([[0, 5, 6]])
    loss = model(ids, labels=ids).loss
    expected = torch.nn.functional.cross_entropy(model(ids).logits[0, :-1], ids[0, 1:])
    assert torch.allclose(loss, expected)
    assert hints.empty()


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match=r"no model is called 'gpt5'; there are decoder, draft"):
        models.load("gpt5")
    with pytest.raises(ValueError, match=r"no data set is called 'x'; there are dair-ai/emotion"):
        models.load_dataset("x")


def test_a_course_without_its_models_says_where_they_belong(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(data, "places", lambda: [tmp_path])
    with pytest.raises(data.MissingData, match="data/models/decoder is not there"):
        models.load("decoder")
    with models.when_here():
        models.load("decoder")
    assert "data/models/decoder is not there" in capsys.readouterr().out


@pytest.mark.parametrize("file", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_file_that_was_cut_short_is_told(file, tmp_path, monkeypatch):
    folder = tmp_path / "models/encoder"
    tiny_models.save(folder, "encoder")
    raw = (folder / file).read_bytes()
    (folder / file).write_bytes(raw[: len(raw) // 2])
    monkeypatch.setenv("GRADELIB_DATA", str(tmp_path))
    with pytest.raises(models.Damaged, match="is damaged: unpack the course's zip again"):
        models.load("encoder")


def test_a_package_that_a_tokenizer_needs_is_named(tiny, monkeypatch):
    def missing(*_, **__):
        raise ImportError("MarianTokenizer requires the SentencePiece library: sentencepiece")

    monkeypatch.setattr(transformers.AutoTokenizer, "from_pretrained", missing)
    with pytest.raises(models.ModelError, match="run `pip install sentencepiece`"):
        models.load("decoder")


# --- In a notebook --------------------------------------------------------------------------------


def test_what_is_not_here_is_said_in_one_line_and_the_notebook_goes_on(empty, capsys):
    with models.when_here():
        models.load("smollm2")
        raise AssertionError("this line is not reached")
    said = "SmolLM2 is not here yet: run `python -m gradelib models fetch smollm2` (93 MB, once).\n"
    assert capsys.readouterr().out == said


@pytest.mark.parametrize("name", [name for name, model in registry.MODELS.items() if model.repo])
def test_every_model_that_is_not_here_says_so_in_one_line(name, empty):
    with pytest.raises(models.NotHere) as caught:
        models.load(name)
    assert "\n" not in str(caught.value)
    assert f"models fetch {name}`" in str(caught.value)


def test_a_data_set_that_is_not_here_says_so_in_one_line(empty):
    with pytest.raises(models.NotHere, match="run `python -m gradelib models fetch dair-ai/emo"):
        models.load_dataset()


def test_a_function_that_is_not_written_yet_is_told_as_elsewhere(capsys):
    def attention():
        raise NotImplementedError("write attention here")

    with models.when_here("The comparison"):
        attention()
    assert "The comparison will appear once you have written" in capsys.readouterr().out


# --- Small helpers --------------------------------------------------------------------------------


def test_a_vector_is_the_mean_over_real_tokens_whatever_stands_beside(tiny, monkeypatch):
    monkeypatch.setitem(
        registry.MODELS, "minilm", registry.Model("minilm", "MiniLM", "AutoModel", "")
    )
    short, long = "the dog", "the dog finds the red ball the dog finds"
    both = models.embed([long, short])
    assert both.shape == (2, 16)
    assert torch.allclose(both.norm(dim=1), torch.ones(2))
    assert torch.allclose(both[1], models.embed(short)[0], atol=1e-5)
    model, tokenizer = models.load("minilm")
    with torch.no_grad():
        mean = model(**tokenizer(short, return_tensors="pt")).last_hidden_state[0].mean(0)
    assert torch.allclose(both[1], mean / mean.norm(), atol=1e-5)
    many = [long, short] * 5
    assert torch.allclose(models.embed(many, batch=3), both.repeat(5, 1), atol=1e-5)
    assert models.embed([]).shape == (0, 16)


def test_text_is_generated_without_its_prompt_and_the_same_for_the_same_seed(tiny):
    how = {"name": "decoder", "max_new_tokens": 8, "temperature": 1.0}
    state = torch.get_rng_state()
    said = models.generate_text("the dog", seed=1, **how)
    assert said == models.generate_text("the dog", seed=1, **how)
    assert said != models.generate_text("the dog", seed=2, **how)
    assert not said.startswith("the dog")
    assert torch.equal(state, torch.get_rng_state())


# --- The real ones --------------------------------------------------------------------------------


def real(name: str) -> pytest.MarkDecorator:
    here = cache.find(registry.MODELS[name])
    command = f"not fetched: gradelib models fetch {name}"
    return pytest.mark.skipif(here is None, reason=command)


@pytest.mark.trained
@real("smollm2")
def test_the_real_smollm2_loads_and_knows_france():
    model, tokenizer = models.load("smollm2")
    assert sum(weights.numel() for weights in model.parameters()) == 134_515_008
    assert len(tokenizer) == 49_152
    assert "Paris" in models.chat("What is the capital of France?", max_new_tokens=12)


@pytest.mark.trained
@real("smollm2")
def test_the_real_smollm2_finds_english_likely():
    model, tokenizer = models.load("smollm2")
    ids = tokenizer("The cat sat on the mat and looked at the door.", return_tensors="pt")
    with torch.no_grad():
        loss = float(model(**ids, labels=ids["input_ids"]).loss)
    assert math.exp(loss) < 100  # of 49,152 tokens


@pytest.mark.trained
@real("minilm")
def test_the_real_minilm_gives_the_cosines_that_its_authors_print():
    """The first example of sbert.net: 0.6660, 0.1046, 0.1411."""
    texts = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    vectors = models.embed(texts)
    cosines = (vectors @ vectors.T).flatten()[[1, 2, 5]].tolist()
    assert cosines == pytest.approx([0.6660, 0.1046, 0.1411], abs=1e-4)
