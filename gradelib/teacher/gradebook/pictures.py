"""Pictures that are pasted into an answer in words: nbformat keeps them as the cell's attachments.

They are part of what was written. So another picture is another answer, also under the same name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

__all__ = ["KINDS", "Picture", "pictures_in", "with_pictures"]

KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/bmp")
DIGITS = 8  # of a picture's hash


@dataclass(frozen=True)
class Picture:
    """A picture of a cell, by the name that the cell's text gives it."""

    name: str
    kind: str  # such as image/png
    data: bytes

    @property
    def address(self) -> str:
        """The picture as the address of an <img>, in which no script runs."""
        return f"data:{self.kind};base64,{base64.b64encode(self.data).decode()}"

    @property
    def said(self) -> str:
        """What stands for the picture where there are only words."""
        return f"[picture {self.name}, {hashlib.sha256(self.data).hexdigest()[:DIGITS]}]"


def pictures_in(cell: Mapping[str, Any]) -> list[Picture]:
    """Return the pictures that a cell's text shows, in the order of their names."""
    return sorted(_pictures(cell), key=lambda picture: (picture.name, picture.kind))


def with_pictures(words: str, pictures: Iterable[Picture]) -> str:
    """Return the words with a line for each picture."""
    return "\n\n".join([words, *(picture.said for picture in pictures)])


def _pictures(cell: Mapping[str, Any]) -> Iterator[Picture]:
    text = unquote("".join(cell["source"]))
    for name, bundle in dict(cell.get("attachments") or {}).items():
        for kind in [kind for kind in KINDS if kind in bundle][:1]:
            if f"attachment:{name}" in text:
                yield Picture(name, kind, _data(kind, bundle[kind]))


def _data(kind: str, stored: Any) -> bytes:
    """Return what nbformat stores of a picture: drawings as text, others in base64."""
    text = "".join(stored) if isinstance(stored, str | list) else json.dumps(stored)
    if kind == "image/svg+xml":
        return text.encode("utf-8", "replace")
    try:
        return base64.b64decode(text, validate=False)
    except binascii.Error:  # it is broken: what there is of it stands for it
        return text.encode("utf-8", "replace")
