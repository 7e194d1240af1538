"""A new bundle of the course, as a zip or a folder: open it, and see whether it is one."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["open_bundle"]

SCRATCH = ".update-"
LARGEST = 2_000_000_000  # bytes of all that a zip holds


@contextmanager
def open_bundle(path: Path, beside: Path) -> Iterator[Path]:
    """Yield the folder with a bundle's files; a zip is unpacked into one that goes again.

    It is made in the folder `beside`, on the disk of what will be renewed. Raises ValueError for
    what is no bundle.
    """
    if path.is_dir():
        yield _root(path, path)
        return
    if not path.is_file():
        raise ValueError(f"{path} is not there")
    for left in beside.glob(f"{SCRATCH}*"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=beside))
    try:
        _unpack(path, scratch)
        yield _root(scratch, path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _unpack(path: Path, folder: Path) -> None:
    """Unpack a zip; `zipfile` keeps every name inside the folder. Raises ValueError."""
    if not zipfile.is_zipfile(path):
        raise ValueError(f"{path.name} is no zip: it takes the zip of a week, or its folder")
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(info.file_size for info in packed.infolist()) > LARGEST:
                raise ValueError(f"{path.name} holds more than {LARGEST / 1e9:.0f} GB")
            packed.extractall(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise ValueError(f"{path.name} cannot be unpacked: {reason}. Download it again") from None


def _root(folder: Path, named: Path) -> Path:
    """Return the folder that has gradelib and notebooks in it: this one, or one below."""
    for place in (folder, *sorted(folder.glob("*/")), *sorted(folder.glob("*/*/"))):
        if (place / "gradelib" / "__init__.py").is_file() and any(place.glob("*.ipynb")):
            return place
    raise ValueError(
        f"{named.name} is no bundle of the course: there is no folder gradelib with notebooks "
        "beside it"
    )
