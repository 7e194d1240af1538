"""The name and the time of a file in a zip, as whoever packed it meant them.

A zip says in a flag that its names are UTF-8. Older programs, and macOS, leave the flag out: then
the format means code page 437, and the writer meant what its own system had.
"""

from __future__ import annotations

import datetime as dt
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

__all__ = ["member_name", "member_time"]

UTF_8 = 0x800  # the flag
UNICODE_NAME, UNIX_TIME = 0x7075, 0x5455  # kinds of extra fields
CODE_PAGES = ("cp437", "cp1252", "gbk", "shift_jis", "cp866")  # tried in this order


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name as a person wrote it, composed, with / between folders."""
    name = info.orig_filename
    if not info.flag_bits & UTF_8 and not name.isascii():
        raw = name.encode("cp437")
        name = _in_extra(info, raw) or _decoded(raw)
    return unicodedata.normalize("NFC", name).replace("\\", "/")


def _in_extra(info: zipfile.ZipInfo, raw: bytes) -> str:
    """Return the name that Info-ZIP writes beside the old one, if it belongs to it."""
    for kind, data in _extras(info):
        if kind == UNICODE_NAME and len(data) > 5 and data[0] == 1:
            (checksum,) = struct.unpack_from("<L", data, 1)
            if checksum == zlib.crc32(raw):
                return data[5:].decode("utf-8", "replace")
    return ""


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", *CODE_PAGES):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _is_one_alphabet(name):
            return name
    return raw.decode("cp437")


def _is_one_alphabet(name: str) -> bool:
    """Say whether each part of a name has only letters of one alphabet beside ASCII."""
    return all(_is_one(part) for part in name.replace("\\", "/").split("/") if not part.isascii())


def _is_one(part: str) -> bool:
    others = [c for c in part if not c.isascii() and unicodedata.category(c) not in ("Mn", "Pd")]
    if not all(unicodedata.category(c) in ("Ll", "Lu", "Lo") for c in others):
        return False
    alphabets = {unicodedata.name(c, "?").split()[0] for c in others}
    beside_latin = any(c.isascii() and c.isalpha() for c in part.rpartition(".")[0] or part)
    return len(alphabets) <= 1 and (alphabets <= {"LATIN", "CJK"} or not beside_latin)


def member_time(info: zipfile.ZipInfo, zone: dt.tzinfo) -> dt.datetime | None:
    """Return when a member was changed, in UTC, or None where the zip does not say.

    A zip has the local time of who packed it, which is taken for the course's; and where it was
    packed on Unix, often UTC beside it.
    """
    try:
        local = dt.datetime(*info.date_time, tzinfo=zone)
        time = local.astimezone(dt.UTC) if info.date_time[0] > 1980 else None
    except (ValueError, OverflowError):
        time = None
    for kind, data in _extras(info):
        if kind == UNIX_TIME and len(data) >= 5 and data[0] & 1:
            (seconds,) = struct.unpack_from("<l", data, 1)
            exact = dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds > 0 else None
            # It is the same moment in another zone, or one of the two was set by hand.
            if exact and time and abs(exact - time) <= dt.timedelta(hours=26):
                return exact
    return time


def _extras(info: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
    data = info.extra
    while len(data) >= 4:
        kind, size = struct.unpack_from("<HH", data)
        yield kind, data[4 : 4 + size]
        data = data[4 + size :]
