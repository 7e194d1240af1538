"""The files that the village's grammars wrote, as the tests read them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "data"
FOLDERS = (
    "stories",
    "emotions/grammar",
    "translation",
    "entities",
    "instructions/grammar",
    "preferences",
)
SPLITS = ("train", "validation", "test")


def read(folder: str, split: str) -> list[dict[str, Any]]:
    content = gzip.decompress((DATA / folder / f"{split}.jsonl.gz").read_bytes()).decode()
    return [json.loads(line) for line in content.splitlines()]
