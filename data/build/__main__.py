"""Write every file that the grammar gives: `python -m data.build [folder]`."""

from __future__ import annotations

import sys
from pathlib import Path

from data.build.crawl import crawl
from data.build.emotions import emotions
from data.build.entities import entities
from data.build.files import write_checksums, write_jsonl, write_splits
from data.build.instructions import instructions
from data.build.preferences import preferences
from data.build.stories import stories
from data.build.translation import translation

ROOT = Path(__file__).parents[1]
SEED = 2024


def build(root: Path) -> None:
    """Write all files and their checksums into `root`."""
    told = stories(SEED)
    texts = {record["text"] for records in told.values() for record in records}
    made = {
        "stories": told,
        "emotions/grammar": emotions(SEED + 1),
        "translation": translation(SEED + 2),
        "entities": entities(SEED + 3),
        "instructions/grammar": instructions(SEED + 4, texts),
        "preferences": preferences(SEED + 5, texts),
    }
    paths = [path for name, splits in made.items() for path in write_splits(root / name, splits)]
    found = dict(zip(("documents.jsonl.gz", "truth.jsonl"), crawl(SEED + 6, told), strict=True))
    for name, records in found.items():
        write_jsonl(root / "crawl" / name, records)
        paths.append(root / "crawl" / name)
    write_checksums(root, paths)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
