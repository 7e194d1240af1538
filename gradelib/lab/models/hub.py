"""The Hugging Face hub: what it keeps on this computer first, then the network.

All that is asked of the hub goes through `snapshot`. HF_HUB_OFFLINE=1 is respected. Commits and
files are held to `pins`.
"""

from __future__ import annotations

import os
import textwrap
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from gradelib.lab.models import pins
from gradelib.lab.models.registry import COMMAND, DATASETS, Damaged, ModelError, NotFetched, NotHere

if TYPE_CHECKING:
    from datasets import DatasetDict

__all__ = ["call", "load_dataset", "snapshot", "where"]

Loaded = TypeVar("Loaded")
Kind = Literal["model", "dataset"]
SECONDS = 4.0  # to find out whether the hub can be reached
WEIGHTS = ("model.safetensors", "pytorch_model.bin")  # the first that there is
BESIDE = ("*.json", "*.txt", "*.model", "*.spm", "README.md")


def call(title: str, missing: str, load: Callable[[bool], Loaded]) -> Loaded:
    """Return `load(True)`, from what is on this computer, else `load(False)`, from the hub.

    Raises NotHere with the line `missing` if it is not on this computer and the hub is out of
    reach, and NotFetched if the hub answers but something else is in the way.
    """
    try:
        return load(True)
    except OSError as error:
        if isinstance(error, ModelError) and not isinstance(error, Damaged):
            raise  # the hub has no remedy for it
        if not reachable():
            raise (error if isinstance(error, Damaged) else NotHere(missing)) from error
    try:
        return load(False)
    except ModelError:
        raise
    except OSError as error:
        reason = textwrap.shorten(str(error), 160, placeholder=" …")
        raise NotFetched(f"{title} cannot be fetched from the hub: {reason}") from error


def reachable() -> bool:
    """Say whether the hub answers, unless one has asked to stay offline."""
    if _on("HF_HUB_OFFLINE") or _on("TRANSFORMERS_OFFLINE"):
        return False
    address = os.environ.get("HF_ENDPOINT", "https://huggingface.co")
    try:
        request = urllib.request.Request(address, method="HEAD")
        urllib.request.urlopen(request, timeout=SECONDS).close()
    except urllib.error.HTTPError:
        return True  # it answers, if only with an error
    except (OSError, ValueError):
        return False
    return True


def _on(name: str) -> bool:
    return os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE")


def snapshot(repo: str, local: bool, kind: Kind = "model") -> Path:
    """Return a folder with the files of a repository, as they are here or fetched from the hub.

    Raises OSError when they cannot be had, and Damaged when they are not those that were pinned or
    fetched first. Of a model's weights only one form is fetched.
    """
    if local:
        return _kept(repo, kind)
    _drop_damaged(repo, kind)
    folder = _download(repo, kind)
    pins.hold(repo, folder)
    return folder


def _download(repo: str, kind: Kind) -> Path:
    """Ask the hub. Nothing else does."""
    import httpx
    from huggingface_hub import list_repo_files, snapshot_download

    held = pins.pin(repo)
    revision = held.revision if held else None
    try:
        wanted = None
        if kind == "model":
            files = list_repo_files(repo, revision=revision)
            wanted = [*BESIDE, *[name for name in WEIGHTS if name in files][:1]]
        return Path(
            snapshot_download(repo, repo_type=kind, revision=revision, allow_patterns=wanted)
        )
    except httpx.HTTPError as error:
        raise OSError(str(error)) from error


def _kept(repo: str, kind: Kind) -> Path:
    """Return the pinned copy in the hub's cache, unless a download of it broke off early."""
    folder = _place(repo, kind)
    if folder is None:
        raise FileNotFoundError(f"{repo} is not in the hub's cache")
    names = [path.name for path in folder.rglob("*") if path.exists()]
    if not any(name in WEIGHTS or name.endswith(".parquet") for name in names):
        raise FileNotFoundError(f"{folder} holds neither weights nor data")
    for path, what in pins.differing(repo, folder).items():
        raise Damaged(f"{path.name} of {repo} is damaged, {what}: run `{COMMAND} {repo}`")
    return folder


def _place(repo: str, kind: Kind) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    held = pins.pin(repo)
    always_there = "config.json" if kind == "model" else "README.md"
    revision = held.revision if held else None
    file = try_to_load_from_cache(repo, always_there, revision=revision, repo_type=kind)
    return Path(file).parent if isinstance(file, str) else None


def _drop_damaged(repo: str, kind: Kind) -> None:
    """Remove files that are not as pinned, so that they are fetched again."""
    folder = _place(repo, kind)
    for path in pins.differing(repo, folder) if folder else ():
        path.resolve().unlink()  # the bytes, which the hub's cache keeps under another name
        path.unlink(missing_ok=True)


def load_dataset(name: str = "dair-ai/emotion", config: str | None = None) -> DatasetDict:
    """Return a data set of the hub, all its splits, as `datasets.load_dataset` does.

    Raises NotHere when it is not on this computer and the hub cannot be reached.
    """
    if name not in DATASETS:
        raise ValueError(f"no data set is called {name!r}; there are {', '.join(DATASETS)}")
    missing = f"{name} is not here yet: run `{COMMAND} {name}` where the hub can be reached."

    def load(local: bool) -> DatasetDict:
        import datasets

        return datasets.load_dataset(str(snapshot(name, local, "dataset")), config)

    return call(name, missing, load)


def where(repo: str) -> str:
    """Return where the hub keeps a model or data set on this computer, "" if it does not."""
    try:
        return str(snapshot(repo, True, "dataset" if repo in DATASETS else "model"))
    except OSError:
        return ""
