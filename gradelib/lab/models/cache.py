"""The cache: where fetched models live. Nothing in it is ever half written.

A model is a folder with a list of its files and their SHA-256. It is written beside its place,
checked, and then renamed into it, while a lock keeps other processes from doing the same.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradelib.lab.models.registry import Damaged, Model, NotFetched

__all__ = ["commit", "file_hash", "find", "find_wheel", "lock", "plainly", "root", "scratch"]

LIST = "files.json"
RECIPE = 1  # goes up when `convert` writes something else
PARTIAL = ".part"


def root() -> Path:
    """Return the folder of the cache: GRADELIB_CACHE, or where the platform keeps caches."""
    if os.environ.get("GRADELIB_CACHE"):
        return Path(os.environ["GRADELIB_CACHE"]).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("gradelib", appauthor=False))


def find(model: Model) -> Path | None:
    """Return the folder of a model that is here and whole, else None.

    Raises Damaged if a file is not as it was written. A copy that an older gradelib made in
    another way counts as not here.
    """
    folder = root() / "models" / model.name
    try:
        listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
        if listed["made"] != _made(model):
            return None
        for name, facts in listed["files"].items():
            _check(folder / name, facts["bytes"], facts["sha256"], model)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(model, LIST, "cannot be read") from error
    return folder


def _made(model: Model) -> dict[str, object]:
    return {"from": model.wheel.sha256 if model.wheel else "", "recipe": RECIPE}


def _check(path: Path, size: int, sha256: str, model: Model) -> None:
    if not path.exists():
        raise _damaged(model, path.name, "is gone")
    if path.stat().st_size != size:
        raise _damaged(model, path.name, f"has {path.stat().st_size} of {size} bytes")
    if file_hash(path) != sha256:
        raise _damaged(model, path.name, "has changed")


def _damaged(model: Model, name: str, what: str) -> Damaged:
    mend = model.missing.rpartition(": ")[2]
    return Damaged(f"{model.title} in the cache is damaged, {name} {what}: {mend}")


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_wheel(model: Model, folder: Path | None = None) -> Path | None:
    """Return the model's wheel in a folder, else in the cache. Raises Damaged for another file."""
    if model.wheel is None:
        return None
    place = folder or root() / "wheels"
    try:
        wheels = sorted(p for p in place.glob("*.whl") if _plain(p).startswith(model.wheel.start))
        if wheels and (came := file_hash(wheels[0])) != model.wheel.sha256:
            needed = f"expected SHA-256 {model.wheel.sha256}, got {came}"
            raise Damaged(f"{wheels[0].name} is not the file that was pinned: {needed}.")
    except PermissionError:
        return None
    return wheels[0] if wheels else None


def _plain(path: Path) -> str:
    name, _, rest = path.name.partition("-")
    return f"{name.replace('.', '_').lower()}-{rest}"


@contextmanager
def lock(model: Model) -> Iterator[None]:
    """Keep other processes from filling the same place. A process that dies lets go of it."""
    from filelock import FileLock, Timeout

    (root() / "models").mkdir(parents=True, exist_ok=True)
    held = FileLock(root() / "models" / f".{model.name}.lock")
    try:
        held.acquire(timeout=0)
    except Timeout:
        print(f"Another process is fetching {model.title}; waiting for it.", flush=True)
        held.acquire()
    try:
        yield
    finally:
        held.release()


@contextmanager
def scratch(model: Model) -> Iterator[Path]:
    """Give an empty folder beside the model's place, and remove what is left in it at the end.

    Call it under the lock: it also removes what an interrupted process left.
    """
    for left in (root() / "models").glob(f".{model.name}-*{PARTIAL}"):
        shutil.rmtree(left, ignore_errors=True)
    made = tempfile.mkdtemp(PARTIAL, f".{model.name}-", root() / "models")
    try:
        yield Path(made)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def commit(model: Model, folder: Path) -> Path:
    """List the files of a folder with their SHA-256, and rename it into the model's place."""
    files = {}
    for path in sorted(folder.iterdir()):
        path.chmod(0o644)  # a cache may be shared
        _to_disk(path)
        files[path.name] = {"bytes": path.stat().st_size, "sha256": file_hash(path)}
    listed = json.dumps({"made": _made(model), "files": files}, indent=1)
    (folder / LIST).write_text(listed + "\n", encoding="utf-8")
    _to_disk(folder / LIST)
    place = root() / "models" / model.name
    if place.exists():
        place.rename(folder.with_name("old"))  # removed with the scratch folder
    folder.rename(place)
    return place


def _to_disk(path: Path) -> None:
    """Wait until the file is on the disk, so that a power cut cannot leave it half there."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def plainly(model: Model) -> Iterator[None]:
    """Say in one line what is wrong with the disk."""
    try:
        yield
    except NotFetched:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            needed = f"The disk is full: {model.title} needs {needed_megabytes(model)} MB"
            mend = "Make room, or set GRADELIB_CACHE to another folder."
            raise NotFetched(f"{needed} in {root()}. {mend}") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
            mend = "Set GRADELIB_CACHE to a folder of yours."
            raise NotFetched(f"Nothing can be written to {root()}. {mend}") from error
        raise


def needed_megabytes(model: Model) -> int:
    """Return how much disk fetching takes: the wheel, what is in it, and the copy."""
    return model.megabytes + 2 * (model.wheel.megabytes if model.wheel else 0)
