"""Write files that come out the same, byte for byte, every time."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]
Splits = Mapping[str, list[dict[str, Any]]]


def write_jsonl(path: Path, records: Iterable[Record]) -> None:
    """Write one record a line; compressed, without a name or a time, if `path` ends in .gz."""
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    content = "".join(line + "\n" for line in lines).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_gzip(content) if path.suffix == ".gz" else content)


def _gzip(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()


def write_splits(folder: Path, splits: Splits) -> list[Path]:
    """Write train, validation and test; return the paths."""
    paths = [folder / f"{split}.jsonl.gz" for split in splits]
    for path, records in zip(paths, splits.values(), strict=True):
        write_jsonl(path, records)
    return paths


def write_checksums(root: Path, paths: Iterable[Path]) -> None:
    """Write checksums.txt as `sha256sum` does, so that `sha256sum -c` reads it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        for path in sorted(paths)
    ]
    (root / "checksums.txt").write_text("".join(lines))
