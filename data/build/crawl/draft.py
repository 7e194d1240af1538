"""A document of the crawl before it has an id, and what is true of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.build.crawl.shingles import shingles


@dataclass(eq=False)
class Draft:
    """A text and the truth about it, as data/crawl/README.md explains the fields."""

    kind: str
    text: str
    detail: str = ""
    good: bool = False
    language: str = "en"
    original: Draft | None = None  # what this is a copy of; it may be no document of the crawl
    copied: str = ""
    similarity: float | None = None
    leak: int | None = None
    personal: list[str] = field(default_factory=list)
    boilerplate: list[int] = field(default_factory=list)
    group: int = -1
    site: str = ""  # pages with the same frame stand on the same host

    def __post_init__(self) -> None:
        self.shingles = shingles(self.text)

    @property
    def keep(self) -> bool:
        """Say whether a clean English corpus holds it: good, no copy, no evaluation story."""
        once = self.original is None and self.leak is None
        return self.good and once and self.language == "en"
