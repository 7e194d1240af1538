"""Models and data of a hub: fetched once, in one form, as pinned; what is said out of reach."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import torch

from gradelib.lab.models import registry
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
from gradelib.lab.models import registry
given = json.loads(sys.argv[2])
registry.PINS.clear()
registry.PINS.update({repo: registry.Pin(*pin) for repo, pin in given.items()})
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
MINILM = "sentence-transformers/all-MiniLM-L6-v2"
PINS = {"gpt2": ["c" * 40]}  # of the others the newest commit is taken, and held
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


def ask(folder: Path, names: list[str], pins: dict | None = None, **settings: str) -> dict:
    """Load models in a process of its own, as huggingface_hub reads its settings only once."""
    done = python(folder, ["-c", ASK, json.dumps(names), json.dumps(pins or PINS)], **settings)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def python(folder: Path, arguments: list[str], **settings: str) -> subprocess.CompletedProcess:
    """Run Python with a hub's cache of its own."""
    unset = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_CACHE", "HF_DATASETS_CACHE")
    env = {name: value for name, value in os.environ.items() if name not in unset}
    own = {"HF_HOME": str(folder / "hf"), "GRADELIB_CACHE": str(folder / "own"), "NO_PROXY": "*"}
    run, env = [sys.executable, *arguments], {**env, **own, **settings}
    return subprocess.run(run, cwd=ROOT, env=env, capture_output=True, text=True)


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


# Pinned commits and hashes


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def remembered(folder: Path) -> dict:
    return tomllib.loads((folder / "own/hub.lock.toml").read_text(encoding="utf-8"))


def test_the_first_fetch_writes_down_commits_and_hashes(fetched, shelf):
    lock = remembered(fetched[0])
    assert sorted(lock) == ["dair-ai/emotion", "distilbert-base-uncased", "gpt2", MINILM]
    assert lock["gpt2"]["revision"] == "c" * 40
    assert lock[MINILM]["revision"] == "a" * 40
    weights = shelf / "models/gpt2/model.safetensors"
    assert lock["gpt2"]["files"]["model.safetensors"] == sha256(weights)
    assert "split/train-00000-of-00001.parquet" in lock["dair-ai/emotion"]["files"]


def test_a_pinned_commit_is_fetched_though_the_hub_has_a_newer_one(shelf, tmp_path):
    shutil.copytree(shelf / "models/gpt2", tmp_path / "shelf/at" / ("c" * 40) / "models/gpt2")
    tiny_models.save(tmp_path / "shelf/models/gpt2", "encoder")
    with tiny_models.hub(tmp_path / "shelf") as (address, asked):
        assert ask(tmp_path, ["gpt2"], HF_ENDPOINT=address)["gpt2"] == EXPECTED["gpt2"]
    assert not [path for path in asked if "/resolve/main/" in path]


def test_a_commit_that_was_fetched_first_is_held(shelf, tmp_path):
    shutil.copytree(shelf, tmp_path / "shelf")
    with tiny_models.hub(tmp_path / "shelf") as (address, _):
        ask(tmp_path, ["minilm"], HF_ENDPOINT=address)
        shutil.rmtree(tmp_path / "hf")
        shutil.copytree(tmp_path / "shelf/models", tmp_path / "shelf/at" / ("a" * 40) / "models")
        tiny_models.save(tmp_path / "shelf/models" / MINILM, "decoder")
    with tiny_models.hub(tmp_path / "shelf", newest="b" * 40) as (address, _):
        assert ask(tmp_path, ["minilm"], HF_ENDPOINT=address)["minilm"] == EXPECTED["minilm"]
    assert remembered(tmp_path)[MINILM]["revision"] == "a" * 40


def test_weights_that_are_not_the_pinned_ones_are_refused(shelf, tmp_path):
    pins = {"gpt2": ["c" * 40, {"model.safetensors": "0" * 64}]}
    with tiny_models.hub(shelf) as (address, _):
        said = ask(tmp_path, ["gpt2"], pins, HF_ENDPOINT=address)["gpt2"]
    assert said.startswith("Damaged: model.safetensors of gpt2 is not the file that was pinned")
    assert not (tmp_path / "own/hub.lock.toml").exists()


def test_other_bytes_under_the_commit_of_the_first_fetch_are_refused(shelf, tmp_path):
    shutil.copytree(shelf, tmp_path / "shelf")
    with tiny_models.hub(tmp_path / "shelf") as (address, _):
        ask(tmp_path, ["minilm"], HF_ENDPOINT=address)
        shutil.rmtree(tmp_path / "hf")
        (tmp_path / "shelf/models" / MINILM / "tokenizer.json").write_text("{}")
        said = ask(tmp_path, ["minilm"], HF_ENDPOINT=address)["minilm"]
    assert said.startswith(f"Damaged: tokenizer.json of {MINILM} is not the file that was pinned")


def test_a_file_that_has_changed_on_this_computer_is_told_and_fetched_again(
    fetched, shelf, tmp_path
):
    shutil.copytree(fetched[0], tmp_path, symlinks=True, dirs_exist_ok=True)
    (folder,) = (tmp_path / "hf/hub/models--gpt2/snapshots").iterdir()
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").resolve().write_bytes(whole[:-1] + b"x")
    said = ask(tmp_path, ["gpt2"], HF_HUB_OFFLINE="1")["gpt2"]
    assert said.startswith("Damaged: model.safetensors of gpt2 is damaged, expected SHA-256")
    with tiny_models.hub(shelf) as (address, _):
        assert ask(tmp_path, ["gpt2"], HF_ENDPOINT=address)["gpt2"] == EXPECTED["gpt2"]
    assert (folder / "model.safetensors").read_bytes() == whole


def test_a_list_of_first_fetches_that_cannot_be_read_is_named(fetched, tmp_path):
    shutil.copytree(fetched[0], tmp_path, symlinks=True, dirs_exist_ok=True)
    (tmp_path / "own/hub.lock.toml").write_text("[gpt2")
    said = ask(tmp_path, ["gpt2"], HF_HUB_OFFLINE="1")["gpt2"]
    assert said.startswith(f"Damaged: {tmp_path / 'own/hub.lock.toml'} cannot be read")


def test_every_repository_of_the_command_is_pinned_to_a_commit():
    assert set(registry.PINS) == set(registry.HUB)
    for one in registry.PINS.values():
        assert len(bytes.fromhex(one.revision)) == 20
        assert all(len(bytes.fromhex(sha256)) == 32 for sha256 in one.files.values())
    assert {*registry.HUB} <= {*registry.MODELS, *registry.DATASETS}


def test_the_command_fetches_all_that_the_course_takes_from_the_hub(shelf, tmp_path):
    shutil.copytree(shelf, tmp_path / "shelf")
    for name in ("bert-base-uncased", "Helsinki-NLP/opus-mt-en-de"):
        kind = "encoder" if "bert" in name else "translator"
        tiny_models.save(tmp_path / "shelf/models" / name, kind)
    plain = "from gradelib.lab.models import registry; from gradelib.cli import app; "
    plain += "registry.PINS.clear(); app(['models', 'fetch', '--hub'])"
    with tiny_models.hub(tmp_path / "shelf") as (address, asked):
        done = python(tmp_path, ["-c", plain], HF_ENDPOINT=address)
    assert done.returncode == 0, done.stderr
    assert [line.partition(" is in ")[0] for line in done.stdout.splitlines()] == [
        "BERT",
        "DistilBERT",
        "GPT-2",
        "OPUS-MT",
        "dair-ai/emotion",
    ]
    assert set(remembered(tmp_path)) == set(registry.HUB)
    assert not [path for path in asked if "smollm2" in path.lower()]


def test_the_command_says_that_the_hub_is_out_of_reach(tmp_path):
    call = ["-m", "gradelib", "models", "fetch", "--hub"]
    done = python(tmp_path, call, HF_HUB_OFFLINE="1")
    assert done.returncode == 2
    assert done.stderr.count("where the hub can be reached") == 1
    assert done.stderr.count("on a computer that reaches the Hugging Face hub") == 4
