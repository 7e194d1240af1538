"""What was fetched from the hub is what was pinned: commits, and the SHA-256 of files.

A commit that is known before stands in `registry.PINS`. The rest is trust on first use: the first
fetch writes the commit and the hash of every file into hub.lock.toml, in the course's cache, and
later ones must match. Nothing here speaks to the hub.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradelib.lab.models import cache
from gradelib.lab.models.registry import PINS, Damaged, Pin

__all__ = ["LOCK", "differing", "hold", "lock_file", "pin"]

LOCK = "hub.lock.toml"
HEAD = "# What was fetched from the Hugging Face hub first; later fetches must match.\n"


def lock_file() -> Path:
    """Return where the file lies that remembers what was fetched first."""
    return cache.root() / LOCK


def pin(repo: str) -> Pin | None:
    """Return the commit and the hashes that a repository is held to, None if neither is known."""
    own, known = _remembered().get(repo), PINS.get(repo)
    if own is None:
        return known
    if known is None:
        return own
    # What ships comes first: a new gradelib may pin a newer commit than was fetched before.
    same = own.revision == known.revision
    return Pin(known.revision, {**(own.files if same else {}), **known.files})


def differing(repo: str, folder: Path) -> dict[Path, str]:
    """Return the files of a copy that are not what they are held to, each with what is wrong."""
    held = pin(repo)
    wrong: dict[Path, str] = {}
    for name, expected in held.files.items() if held else ():
        path = folder / name
        if path.exists() and (came := cache.file_hash(path)) != expected:
            wrong[path] = f"expected SHA-256 {expected}, got {came}"
    return wrong


def hold(repo: str, folder: Path) -> None:
    """Compare a copy that was just fetched, and remember it. Its folder is named by the commit.

    Raises Damaged if a file is another one than was pinned or fetched first.
    """
    for path, what in differing(repo, folder).items():
        raise Damaged(f"{path.name} of {repo} is not the file that was pinned: {what}.")
    names = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {path.relative_to(folder).as_posix(): cache.file_hash(path) for path in names}
    _remember(repo, Pin(folder.name, files))


def _remembered() -> dict[str, Pin]:
    try:
        listed = tomllib.loads(lock_file().read_text(encoding="utf-8"))
        return {repo: Pin(one["revision"], one["files"]) for repo, one in listed.items()}
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise Damaged(f"{lock_file()} cannot be read ({error}): mend or remove it.") from error


def _remember(repo: str, new: Pin) -> None:
    """Add a repository to the file, beside what other processes added."""
    from filelock import FileLock

    cache.root().mkdir(parents=True, exist_ok=True)
    with FileLock(cache.root() / f".{LOCK}.lock"):
        known = _remembered()
        if known.get(repo) == new:
            return
        partial = lock_file().with_suffix(".part")
        partial.write_text(HEAD + _written({**known, repo: new}), encoding="utf-8")
        os.replace(partial, lock_file())


def _written(pins: Mapping[str, Pin]) -> str:
    """Return TOML. Names and hashes are plain text, of which a JSON string is a TOML string."""
    lines: list[Any] = []
    for repo, one in sorted(pins.items()):
        lines += ["", f"[{json.dumps(repo)}]", f'revision = "{one.revision}"']
        lines += ["", f"[{json.dumps(repo)}.files]"]
        lines += [f'{json.dumps(name)} = "{sha256}"' for name, sha256 in one.files.items()]
    return "\n".join(lines) + "\n"
