"""What a file is that is not the notebook, and what to do then: said by what is in it.

Only what people hand in by mistake is known: what a notebook was exported to, a link to it, what
it was packed with, half of it. Nothing is opened.
"""

from __future__ import annotations

import json
import re

__all__ = ["is_packed", "what_it_is", "why_no_json"]

LOOKED_AT = 4000  # bytes at the beginning
NEEDED = "the .ipynb itself is needed"
UNPACK = "only zips are opened: unpack it, and take what is in it"
LINK = f"it is a link to a file, and not the file: {NEEDED} (File, Download)"
SIGNS = (  # what a file begins with, and what it is then
    (b"Rar!", f"it is packed as .rar, and {UNPACK}"),
    (b"7z\xbc\xaf\x27\x1c", f"it is packed as .7z, and {UNPACK}"),
    (b"\x1f\x8b", f"it is packed with gzip, as .gz or .tgz, and {UNPACK}"),
    (b"BZh", f"it is packed with bzip2, as .bz2, and {UNPACK}"),
    (b"\xfd7zXZ", f"it is packed with xz, as .xz, and {UNPACK}"),
    (b"\x28\xb5\x2f\xfd", f"it is packed with zstd, as .zst, and {UNPACK}"),
    (b"%PDF", f"it is a PDF: {NEEDED}"),
    (b"\x89PNG", f"it is a picture: {NEEDED}"),
    (b"\xff\xd8\xff", f"it is a picture: {NEEDED}"),
    (b"{\\rtf", f"it is a text of a word processor: {NEEDED}"),
    (b"\xd0\xcf\x11\xe0", f"it is a file of an office program: {NEEDED}"),
    (b"MZ", f"it is a program: {NEEDED}, or a zip"),
    (b"L\0\0\0\x01\x14\x02\0", LINK),
    (b"bplist00", f"it is a list of macOS, such as a link: {NEEDED}"),
    (b"\0\x05\x16\x07", f"it is what macOS writes beside a file, as ._name: {NEEDED}"),
    (b"version https://git-lfs", "git has a pointer in its place: git lfs pull, and hand in again"),
)
PACKED = b"PK\x03\x04", b"PK\x05\x06"  # a zip, and an empty one
OFFICE = re.compile(rb"\[Content_Types\]\.xml|mimetypeapplication/vnd")
ADDRESS = re.compile(r"\[InternetShortcut\]|\[Desktop Entry\]|https?://\S+\s*\Z", re.I)
PAGE = re.compile(r"<!--|<!doctype html|<(html|head|body|meta|title|div)\b", re.I)
PYTHON = re.compile(
    r"^(#!.*python|# ?(%%|In ?\[|-\*- coding)|import \w+( as \w+)?$|from [\w.]+ import |def \w+\()",
    re.M,
)
MARKDOWN = re.compile(r"^(```\s*\{?\.?(python|ipython|r)\b|jupyter:$)", re.M | re.I)
CONFLICT = re.compile(r"^(<{7}|>{7})(?= |$)", re.M)  # as git writes both sides of a conflict


def what_it_is(data: bytes, text: str | None = None) -> str:
    """Return what a file is that is no notebook, and what to do; nothing where that is not known.

    `text` is the file decoded, if it could be.

    >>> what_it_is(b"%PDF-1.7")
    'it is a PDF: the .ipynb itself is needed'
    """
    begin = data[:LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.strip(b"\0 \t\r\n"):
        return "the file is empty"
    for sign, said in SIGNS:
        if begin.startswith(sign):
            return said
    if data[257:262] == b"ustar":
        return f"it is packed as .tar, and {UNPACK}"
    if begin.startswith(PACKED):
        return _zip(begin)
    return _text(begin.decode("utf-8", "replace") if text is None else text[:LOOKED_AT])


def is_packed(data: bytes) -> bool:
    """Say whether a file is packed in a way that is not opened, and may hold a class's work."""
    return UNPACK in what_it_is(data)


def _zip(begin: bytes) -> str:
    if OFFICE.search(begin):
        return f"it is a file of an office program: {NEEDED}"
    return "it is a zip without its ending: call it .zip, and hand it in again"


def _text(begin: str) -> str:
    begin = begin.strip()
    if ADDRESS.match(begin) or (begin.startswith("<?xml") and "<plist" in begin):
        return LINK
    if PAGE.match(begin):
        return f"it is a web page (an export, or a page to sign in): {NEEDED}"
    if begin.startswith(("{", "[")):
        return ""
    if MARKDOWN.search(begin):
        return f"it is text, as an export of a notebook: {NEEDED}"
    return (
        f"it is Python code, as an export of a notebook: {NEEDED}" if PYTHON.search(begin) else ""
    )


def why_no_json(text: str, error: Exception) -> str:
    """Return why the text of a notebook is no JSON, and what to do; nothing where that is unknown.

    What is meant cannot be told where git kept two versions: the student has to choose.
    """
    marks = CONFLICT.search(text)
    if marks:
        line = text.count("\n", 0, marks.start()) + 1
        return f"git's marks of a conflict are in it (line {line}): keep one version, and save it"
    if not isinstance(error, json.JSONDecodeError) or not text.lstrip().startswith("{"):
        return ""
    is_cut = error.msg != "Extra data" and not text.rstrip().endswith("}")
    if is_cut or error.msg.startswith("Unterminated") or not text[error.pos :].strip():
        return "it ends in the middle: it was not saved or uploaded whole"
    return (
        f"its JSON is broken in line {error.lineno}, as by an edit by hand: mend that, and save it"
    )
