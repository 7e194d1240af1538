"""Open what was handed in: files, folders, zips, and zips of zips. Writes nothing.

A zip is read member by member and never unpacked to a path that it names. What is not safe is
refused with its reason, and costs only itself; what a zip may unpack to has a budget, which zips
in it share.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from gradelib.student.foreign import what_it_is
from gradelib.teacher.collect.budget import SMALL, Budget, Refused
from gradelib.teacher.collect.zip_names import member_name, member_time

__all__ = ["Item", "Refused", "look_into"]

DEPTH = 3  # of zips in zips
ZIP_TIMES = 8  # how many files of the largest size a zip in a zip may be
CLASS_TIMES = 400  # how many files of the largest size a class's zip may be
IGNORED = {"__MACOSX", ".DS_Store", ".ipynb_checkpoints", "__pycache__", "Thumbs.db", "desktop.ini"}
IGNORED |= {".git", ".venv", "venv", "node_modules", ".pytest_cache", ".idea", ".vscode"}
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
MALFORMED = (*DAMAGED, ValueError, IndexError)  # a zip whose fields make no sense
OPENED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
LONGEST = 1000  # characters of a member's name with its folders
NESTED = 40  # folders in folders


@dataclass(frozen=True)
class Packed:
    """A zip, in which something is that is not opened."""

    at: int  # index of its name in the path
    read: Callable[[], bytes]  # while the item is looked at


@dataclass(frozen=True)
class Item:
    """One file as it was handed in, or why it was refused."""

    path: tuple[str, ...]  # what is around it, the outermost first, and its own name
    # (how many parts of the path lie around it, when what lies in there was changed) for the
    # disk and for each zip around the file, the outermost first
    clocks: tuple[tuple[int, dt.datetime], ...]
    data: bytes = b""
    receipt: dict[str, Any] | None = None
    receipt_at: int = 0  # how many parts of the path lead to the zip with the receipt
    refused: str = ""
    packed: Packed | None = field(default=None, compare=False)  # the zip of what was not opened

    @property
    def label(self) -> str:
        """What a person calls it: hand-ins.zip/ana/01_tokenization.ipynb."""
        return "/".join(self.path)

    @property
    def folders(self) -> tuple[str, ...]:
        return self.path[:-1]

    @property
    def name(self) -> str:
        return self.path[-1]

    def time(self, part: int) -> dt.datetime:
        """Return when this part of the path was handed in, as the disk or the zip says."""
        return [time for start, time in self.clocks if start <= part][-1]


def look_into(path: Path, largest: int, zone: dt.tzinfo = dt.UTC) -> Iterator[Item]:
    """Yield every file in `path`: itself, or what is in the folder or the zip. Never raises.

    `largest` is in bytes; `zone` is that of the times in zips.
    """
    if path.is_dir() and not path.is_symlink():
        for below in sorted(path.rglob("*")):
            parts = below.relative_to(path).parts
            if (
                len(parts) <= NESTED
                and not _is_ignored(parts)
                and (below.is_symlink() or not below.is_dir())
            ):
                yield from _file(below, (path.name, *parts), largest, zone)
    else:
        yield from _file(path, (path.name,), largest, zone)


def _is_ignored(parts: tuple[str, ...]) -> bool:
    return bool(IGNORED & set(parts)) or parts[-1].startswith("._")  # of macOS


def _file(path: Path, parts: tuple[str, ...], largest: int, zone: dt.tzinfo) -> Iterator[Item]:
    item = Item(parts, ((0, dt.datetime.fromtimestamp(0, dt.UTC)),))
    try:
        status = path.lstat()
        item = replace(item, clocks=((0, _changed(status.st_mtime)),))
        if not stat.S_ISREG(status.st_mode):
            raise Refused("it is no file: a link or a device is not followed")
        is_zip = path.suffix.lower() == ".zip"
        if status.st_size > largest * (CLASS_TIMES if is_zip else ZIP_TIMES):
            raise Refused(f"it is far larger than {largest // 10**6} MB, and stays where it is")
        if is_zip:
            with path.open("rb") as stream:
                budget = Budget(status.st_size, largest)
                yield from _opened(item, stream, _Reading(largest, zone, DEPTH, budget))
            return
        item = replace(item, data=path.read_bytes())
        if len(item.data) > largest:
            raise Refused(f"it is larger than {largest // 10**6} MB")
        yield item
    except (Refused, OSError) as error:
        yield replace(item, refused=str(error))


def _changed(seconds: float) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    except (ValueError, OverflowError, OSError):  # a file system may say anything
        return dt.datetime.fromtimestamp(0, dt.UTC)


@dataclass(frozen=True)
class _Reading:
    """How a zip is read: what may be in it, and what its times mean."""

    largest: int
    zone: dt.tzinfo
    depth: int
    budget: Budget

    def within(self, size: int) -> _Reading:
        budget = Budget(size, self.largest, self.budget)
        return replace(self, depth=self.depth - 1, budget=budget)


def _opened(item: Item, stream: IO[bytes], reading: _Reading) -> Iterator[Item]:
    """Yield what is in a zip. A zip that is refused is one file: it is kept as it came."""
    packed = Packed(len(item.path) - 1, lambda: _whole(stream, reading.largest))
    found = 0
    if not stream.read(1):  # an empty file, as any other
        yield item
        return
    stream.seek(0)
    try:
        if reading.depth == 0:
            raise Refused(f"zips in zips, more than {DEPTH} deep")
        with zipfile.ZipFile(stream) as opened:
            for one in _members(item, opened, reading):
                found += 1
                is_lost = one.refused and not one.data and one.packed is None
                yield replace(one, packed=packed) if is_lost else one
        if not found:
            raise Refused("nothing is in the zip that could be handed in")
    except Refused as error:
        yield replace(item, refused=str(error), data=packed.read())
    except MALFORMED as error:
        data = packed.read()
        yield replace(item, refused=f"the zip cannot be opened: {_why(data, error)}", data=data)


def _why(data: bytes, error: Exception) -> str:
    """Return why a zip cannot be opened, and what to do: a zip in two halves is none."""
    if data.startswith(b"PK"):
        is_half = b"PK\x05\x06" not in data
        return "it ends in the middle: it was not uploaded whole" if is_half else str(error)
    return what_it_is(data) or str(error)


def _whole(stream: IO[bytes], largest: int) -> bytes:
    """Return the zip itself, unless it is a whole class's: that one stays where it is."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return stream.read() if size <= ZIP_TIMES * largest else b""


def _members(item: Item, packed: zipfile.ZipFile, reading: _Reading) -> Iterator[Item]:
    receipt = None
    if "receipt.json" in packed.NameToInfo:
        receipt = _receipt(packed, packed.NameToInfo["receipt.json"])
    if receipt is not None and item.receipt is None:  # the outermost one is the student's
        item = replace(item, receipt=receipt, receipt_at=len(item.path))
    for info in packed.infolist():
        name = member_name(info)
        parts = tuple(part for part in name.split("/") if part not in ("", "."))
        if info.is_dir() or name.endswith("/") or not parts or _is_ignored(parts):
            continue
        if receipt is not None and name == "receipt.json":
            continue
        time = member_time(info, reading.zone) or item.clocks[-1][1]
        inside = replace(
            item, path=(*item.path, *parts), clocks=(*item.clocks, (len(item.path), time))
        )
        yield from _member(inside, name, packed, info, reading)


def _member(
    item: Item, name: str, packed: zipfile.ZipFile, info: zipfile.ZipInfo, reading: _Reading
) -> Iterator[Item]:
    is_zip = item.name.lower().endswith(".zip")
    most = reading.largest * (ZIP_TIMES if is_zip else SMALL)
    refused = _odd(name)
    try:
        _look_at(info)
        data = _data(packed, info, most)
    except (Refused, *MALFORMED) as error:
        said = refused or str(error) or type(error).__name__
        yield replace(_named_plainly(item) if refused else item, refused=said)
        return
    reading.budget.spend(len(data))
    if refused:
        yield replace(_named_plainly(item), data=data, refused=refused)
    elif is_zip:
        yield from _opened(item, io.BytesIO(data), reading.within(info.compress_size))
    elif len(data) > reading.largest:
        refused = f"it is larger than {reading.largest // 10**6} MB"
        yield replace(item, data=data, refused=refused)
    else:
        yield replace(item, data=data)


def _named_plainly(item: Item) -> Item:
    """Return an item whose name is odd under names that lead nowhere."""
    start = item.clocks[-1][0]
    parts = [] if ".." in item.path else [*item.path[start:-1]][:NESTED]
    plain = [re.sub(r"[^\w .,()'-]", "_", part)[-80:] for part in (*parts, item.name)]
    return replace(item, path=(*item.path[:start], *plain))


def _odd(name: str) -> str:
    """Return what is odd about a member's name, or nothing."""
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        return "its name leads out of the folder"
    if len(parts) > NESTED:
        return f"it lies in more than {NESTED} folders"
    if not name.isprintable() or len(name) > LONGEST:
        return "its name has characters that a file name should not have"
    return ""


def _look_at(info: zipfile.ZipInfo) -> None:
    """Raise Refused for a member that is not opened, whatever is in it."""
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("it is a link, and links are not followed")
    if info.flag_bits & 1:
        raise Refused("it is locked with a password: unpack it with that, or ask for it without")
    if info.compress_type not in OPENED:
        raise Refused("it is packed in a way that Python cannot open: unpack it, and pack it anew")


def _data(packed: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    if info.file_size > most:
        raise Refused(f"it is larger than {most // 10**6} MB")
    with packed.open(info) as stream:
        data = stream.read(most + 1)  # what the zip says of its size is not believed
    if len(data) > most:
        raise Refused(f"it is larger than {most // 10**6} MB")
    return data


def _receipt(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> dict[str, Any] | None:
    try:
        _look_at(info)
        receipt = json.loads(_data(packed, info, 1_000_000))
    except (Refused, RecursionError, *MALFORMED):
        return None
    is_receipt = isinstance(receipt, dict) and isinstance(receipt.get("student"), str)
    return receipt if is_receipt else None
