"""What one row of the course's data holds, as the README beside the data says. Only types."""

from __future__ import annotations

from typing import Literal, TypedDict

__all__ = ["Document", "Page", "Question", "Story"]


class Story(TypedDict):
    """A story of the village: data/stories/README.md."""

    text: str
    log_probability: float  # of the whole text and its end, in nats
    plot: str
    hero: str
    thing: str  # may be empty, as the place may
    place: str
    feeling: str


class Page(TypedDict):
    """A page about the course: data/course/README.md."""

    id: str
    notebook: int
    title: str
    text: str


class Question(TypedDict):
    """A question about the course; what no page answers has only an id and a question."""

    id: str
    question: str
    answer: str | None
    evidence: str | None
    page: str | None
    notebook: int | None
    kind: Literal["fact", "number", "how", "why", "which", "none"]


class Document(TypedDict):
    """A document of the crawl and the truth about it: data/crawl/README.md."""

    id: str
    split: str
    url: str
    text: str
    kind: str
    detail: str
    quality: Literal["good", "poor"]
    language: str
    keep: bool
    copy_of: str | None
    leak: int | None  # the row of a test story
    copied: str
    similarity: float | None
    personal: list[str]
    boilerplate: list[int]
