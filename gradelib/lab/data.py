"""Find the course's files: in a checkout, in a student's folder, in an installed wheel."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

from gradelib.lab.rows import Document, Page, Question, Story

__all__ = [
    "MissingData",
    "byte_merges",
    "course_pages",
    "course_questions",
    "crawl",
    "lines",
    "path",
    "places",
    "read",
    "stories",
]


class MissingData(FileNotFoundError):
    """A file of the course is not there. The message says what to do."""


def places() -> list[Path]:
    """Return the folders where files are looked for, the first one first."""
    package = Path(__file__).resolve().parents[1]
    here = Path.cwd()
    folders = [Path(os.environ["GRADELIB_DATA"])] if "GRADELIB_DATA" in os.environ else []
    folders += [package.parent / "data", package.parent / "gradelib_data"]
    return folders + [folder / "data" for folder in [here, *here.parents[:2]]]


def path(name: str) -> Path:
    """Return where the file or folder `name` is, such as "languages/german.txt".

    Raises MissingData when it is nowhere.
    """
    for place in places():
        if (place / name).exists():
            return place / name
    raise MissingData(
        f"data/{name} is not there. Put the folder data/ of the course beside the notebook: "
        "it comes with the week's zip. On Colab run the first cell of the notebook again."
    )


def read(name: str) -> str:
    """Return the text of a file, unpacked if the name ends in .gz."""
    file = path(name)
    raw = file.read_bytes()
    return (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode("utf-8")


def lines(name: str) -> list[str]:
    """Return the lines of a text file that are not empty, without white space around them."""
    return [line.strip() for line in read(name).splitlines() if line.strip()]


def stories(split: str = "train") -> list[Story]:
    """Return the stories of the village: one dict a story, as data/stories/README.md has them."""
    packed = f"stories/{split}.jsonl.gz"
    name = packed if any((place / packed).exists() for place in places()) else packed[:-3]
    return [json.loads(line) for line in lines(name)]


def course_pages() -> list[Page]:
    """Return the pages about the course: one dict a page, as data/course/README.md has them."""
    return [json.loads(line) for line in lines("course/pages.jsonl")]


def course_questions() -> list[Question]:
    """Return the questions about the course; those that no page answers have None as `page`."""
    return [json.loads(line) for line in lines("course/questions.jsonl")]


def crawl(split: str = "train") -> list[Document]:
    """Return the crawl's documents, each with the truth about it: see data/crawl/README.md."""
    documents, truths = lines("crawl/documents.jsonl.gz"), lines("crawl/truth.jsonl")
    pairs = zip(documents, truths, strict=True)
    rows: list[Document] = [json.loads(document) | json.loads(truth) for document, truth in pairs]
    return [row for row in rows if row["split"] == split]


def byte_merges(name: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the merges of a byte-level `tokenizer.json`, numbered as in notebook 1, and its ids.

    Ids below 256 are bytes and 256 is the first merge; `ids[i]` is the model's own id for id `i`,
    or -1 for a byte that the model has no token for.
    """
    model = json.loads(read(name))["model"]
    numbers = {sign: byte for byte, sign in enumerate(_byte_signs())}
    ids = [model["vocab"].get(sign, -1) for sign in numbers]
    merges = []
    for merge in model["merges"]:
        left, right = merge.split(" ") if isinstance(merge, str) else merge
        merges.append((numbers[left], numbers[right]))
        numbers[left + right] = 255 + len(merges)
        ids.append(model["vocab"][left + right])
    return merges, ids


def _byte_signs() -> list[str]:
    """Return the sign by which GPT-2's tokenizer writes each byte: itself where it is printable."""
    plain = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(byte if byte in plain else next(others)) for byte in range(256)]
