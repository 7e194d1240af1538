"""A notebook as the text of its file: byte for byte as nbformat writes it, in a tenth of the time.

nbformat copies the notebook, and Python's encoder is slow where it indents.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from json.encoder import encode_basestring as quoted
from typing import Any

import nbformat
from nbformat import NotebookNode

__all__ = ["text_of"]

SPLIT = {"application/javascript", "image/svg+xml"}  # beside text/*: one line an entry
TRANSIENT = ("orig_nbformat", "orig_nbformat_minor", "signature")  # of a notebook's metadata


class _Odd(TypeError):
    """Something that nbformat itself has to write."""


def text_of(notebook: NotebookNode) -> str:
    """Return the text of a valid notebook of nbformat 4, as `nbformat.writes` and a last line."""
    try:
        return "".join(_indented(_as_in_a_file(notebook), "\n")) + "\n"
    except _Odd:
        text: str = nbformat.writes(notebook, version=4)
        return text if text.endswith("\n") else f"{text}\n"


def _as_in_a_file(notebook: NotebookNode) -> dict[str, Any]:
    metadata = {k: v for k, v in notebook["metadata"].items() if k not in TRANSIENT}
    return {**notebook, "metadata": metadata, "cells": [*map(_cell, notebook["cells"])]}


def _cell(cell: NotebookNode) -> dict[str, Any]:
    new: dict[str, Any] = dict(cell)
    new["metadata"] = {key: value for key, value in cell["metadata"].items() if key != "trusted"}
    new["source"] = _lines(cell["source"])
    if "attachments" in cell:
        new["attachments"] = {name: _bundle(one) for name, one in cell["attachments"].items()}
    if cell["cell_type"] == "code":
        new["outputs"] = [*map(_output, cell["outputs"])]
    return new


def _output(output: NotebookNode) -> dict[str, Any]:
    new: dict[str, Any] = dict(output)
    if output["output_type"] in ("execute_result", "display_data"):
        new["data"] = _bundle(output.get("data", {}))
    elif output["output_type"] == "stream":
        new["text"] = _lines(output["text"])
    return new


def _bundle(data: dict[str, Any]) -> dict[str, Any]:
    return {
        mime: _lines(value) if mime.startswith("text/") or mime in SPLIT else value
        for mime, value in data.items()
    }


def _lines(text: Any) -> Any:
    return text.splitlines(True) if isinstance(text, str) else text


def _indented(value: Any, line: str) -> Iterator[str]:
    """Yield JSON with one space a level; `line` is a line's end and the indentation of the next."""
    if isinstance(value, str):
        yield quoted(value)
    elif isinstance(value, dict):
        yield from _table(value, line)
    elif isinstance(value, list):
        yield from _list(value, line)
    elif value is None or isinstance(value, bool | int | float):
        yield json.dumps(value)
    else:
        raise _Odd(type(value).__name__)


def _list(value: list[Any], line: str) -> Iterator[str]:
    below = line + " "
    if all(type(part) is str for part in value):
        yield f"[{below}{f',{below}'.join(map(quoted, value))}{line}]" if value else "[]"
        return
    start = "["
    for part in value:
        yield start + below
        yield from _indented(part, below)
        start = ","
    yield line + "]"


def _table(value: dict[str, Any], line: str) -> Iterator[str]:
    below, start = line + " ", "{"
    if not all(type(key) is str for key in value):
        raise _Odd("a key that is no text")
    for key in sorted(value):
        yield f"{start}{below}{quoted(key)}: "
        yield from _indented(value[key], below)
        start = ","
    yield line + "}" if value else "{}"
