"""Models and data of a hub: fetched once, in one form, and what is said when it is out of reach."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.lab import tiny_models

ROOT = Path(__file__).parents[2]
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
EXPECTED = {
    "gpt2": ["GPT2LMHeadModel", "torch.float32", [8, 6]],
    "distilbert-base-uncased": ["BertForMaskedLM", "torch.float32", [8, 6]],
    "minilm": ["BertModel", "torch.float32", [8, 6]],
    "dair-ai/emotion": [["test", "train"], ["sadness", "joy"], "i feel test"],
}


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


def test_a_hub_out_of_reach_is_told_in_one_line(tmp_path):
    said = ask(tmp_path, ALL, HF_ENDPOINT="http://127.0.0.1:9")
    assert all(line.startswith("NotHere: ") for line in said.values()), said


def test_a_repository_that_the_hub_does_not_have_is_told_in_one_line(tmp_path):
    (tmp_path / "empty").mkdir()
    with tiny_models.hub(tmp_path / "empty") as (address, _):
        said = ask(tmp_path, ["gpt2"], HF_ENDPOINT=address)["gpt2"]
    assert said.startswith("NotFetched: GPT-2 cannot be fetched from the hub: 404")
    assert len(said) < 250
