"""Open what was handed in: files, folders, zips, and zips of zips. Writes nothing.

A zip is read member by member and never unpacked to a path that it names. What is not safe is
refused with its reason, and costs only itself.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

__all__ = ["Item", "Refused", "look_into"]

MEMBERS = 5000  # in one zip
DEPTH = 3  # of zips in zips
TIMES = 40  # how many files of the largest size a zip may hold in all
IGNORED = {"__MACOSX", ".DS_Store", ".ipynb_checkpoints", "__pycache__", "Thumbs.db"}
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


@dataclass(frozen=True)
class Item:
    """One file as it was handed in, or why it was refused."""

    label: str  # what a person calls it: hand-ins.zip/ana/01_tokenization.ipynb
    folders: tuple[str, ...]  # those around it, the outermost first
    time: dt.datetime
    data: bytes = b""
    receipt: dict[str, Any] | None = None
    refused: str = ""

    @property
    def name(self) -> str:
        return re.split(r"[/\\]", self.label)[-1]


class Refused(ValueError):
    """This is not opened. The message says why."""


def look_into(path: Path, largest: int) -> Iterator[Item]:
    """Yield every file in `path`: itself, or what is in the folder or the zip. Never raises."""
    if path.is_dir() and not path.is_symlink():
        for below in sorted(path.rglob("*")):
            inside = below.relative_to(path)
            if not IGNORED & set(inside.parts) and (below.is_symlink() or not below.is_dir()):
                folders = (path.name, *inside.parts[:-1])
                yield from _file(below, f"{path.name}/{inside.as_posix()}", folders, largest)
    else:
        yield from _file(path, path.name, (), largest)


def _file(path: Path, label: str, folders: tuple[str, ...], largest: int) -> Iterator[Item]:
    item = Item(label, folders, dt.datetime.now(dt.UTC))
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused("it is no file: a link or a device is not followed")
        most = largest * (TIMES if path.suffix.lower() == ".zip" else 1)
        if status.st_size > most:
            raise Refused(f"it is larger than {most // 10**6} MB")
        changed = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC)
        item = replace(item, time=min(changed, item.time))
        yield from _opened(replace(item, data=path.read_bytes()), largest, DEPTH)
    except (Refused, OSError) as error:
        yield replace(item, refused=str(error))


def _opened(item: Item, largest: int, depth: int) -> Iterator[Item]:
    if not item.name.lower().endswith(".zip"):
        yield item
    elif depth == 0:
        yield replace(item, refused=f"zips in zips, more than {DEPTH} deep")
    else:
        try:
            yield from _members(item, largest, depth)
        except DAMAGED as error:
            yield replace(item, refused=f"the zip cannot be opened: {error}")


def _members(item: Item, largest: int, depth: int) -> Iterator[Item]:
    with zipfile.ZipFile(io.BytesIO(item.data)) as packed:
        infos = [info for info in packed.infolist() if not info.is_dir()]
        if len(infos) > MEMBERS:
            yield replace(item, refused=f"it holds more than {MEMBERS} files")
            return
        receipt = _receipt(packed)
        left = largest * TIMES
        for info in infos:
            parts = tuple(info.filename.split("/"))
            if IGNORED & set(parts) or (receipt and info.filename == "receipt.json"):
                continue
            inside = Item(
                f"{item.label}/{info.filename}",
                (*item.folders, item.name, *parts[:-1]),
                _time(info, receipt, item.time),
                receipt=receipt or item.receipt,
            )
            try:
                data = _data(packed, info, min(largest, left))
            except (Refused, *DAMAGED) as error:
                yield replace(inside, refused=str(error))
                continue
            left -= len(data)
            yield from _opened(replace(inside, data=data), largest, depth - 1)


def _data(packed: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int) -> bytes:
    name = info.orig_filename
    parts = re.split(r"[/\\]", name)
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name):
        raise Refused("its name leads out of the folder")
    if not name.isprintable() or len(name) > 250:
        raise Refused("its name has characters that a file name should not have")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("it is a link, and links are not followed")
    if info.flag_bits & 1:
        raise Refused("it is locked with a password")
    if info.file_size > largest:
        raise Refused(f"it is larger than {largest // 10**6} MB")
    with packed.open(info) as stream:
        data = stream.read(largest + 1)  # what the zip says of its size is not believed
    if len(data) > largest:
        raise Refused(f"it is larger than {largest // 10**6} MB")
    return data


def _receipt(packed: zipfile.ZipFile) -> dict[str, Any] | None:
    try:
        receipt = json.loads(_data(packed, packed.getinfo("receipt.json"), 1_000_000))
    except (KeyError, ValueError, RecursionError, *DAMAGED):
        return None
    is_receipt = isinstance(receipt, dict) and isinstance(receipt.get("student"), str)
    return receipt if is_receipt else None


def _time(
    info: zipfile.ZipInfo, receipt: dict[str, Any] | None, packed: dt.datetime
) -> dt.datetime:
    """Return when a file was handed in: as its receipt says, or else as the zip around it."""
    try:
        time = dt.datetime.fromisoformat(str((receipt or {})["time"]))
        return min(time.astimezone(dt.UTC), dt.datetime.now(dt.UTC))
    except (KeyError, ValueError, OverflowError):
        pass
    try:
        return dt.datetime(*info.date_time, tzinfo=dt.UTC) if info.date_time[0] > 1980 else packed
    except ValueError:
        return packed
