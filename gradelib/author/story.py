"""Read a story: Markdown in, parts out, each with the line on which it stands. Builds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jupytext
import yaml

from gradelib.author import StoryError

__all__ = ["Choice", "Part", "Story", "find_notebook", "read_story"]

FILE_NAME = re.compile(r"(\d\d)_([a-z][a-z0-9_]*)")
FRONT = {"title": str, "seconds_to_run": int, "memory_mb": int}
NAMED = ("exercise", "given", "quiz", "written")
CARRIED = ("jupyter", "tags")  # into the notebook's own metadata
REGION = re.compile(r"<!--\s*#(end)?region")
CHOICE = re.compile(r"- \[[ xX]\] .*")
GUIDE = re.compile(r"> ?\*\*Guide\*\*:? ?")
LINK = re.compile(r"\]\(<?([^)\s>]+)[^)]*\)|<img[^>]* src=[\"']([^\"']+)")
NOT_TEXT = re.compile(r"^```.*?^```|`[^`\n]+`|\$\$.*?\$\$|\$[^$\n]+\$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Choice:
    text: str
    why: str  # shown to whoever chose it
    right: bool


@dataclass(frozen=True)
class Part:
    """A cell of the story, or the place of an exercise, a quiz or a written answer."""

    kind: str  # text, code, exercise, given, quiz, written
    line: int
    source: str  # of a quiz and a written answer: the question
    name: str  # topic.name
    points: int
    metadata: dict[str, Any]
    choices: tuple[Choice, ...] = ()
    guide: str = ""  # for whoever marks a written answer; never ships
    minutes: int = 0  # that it takes, where that is not the usual


@dataclass(frozen=True)
class Story:
    path: Path
    number: int
    topic: str
    parts: tuple[Part, ...]
    title: str
    seconds_to_run: int
    memory_mb: int

    def of_kind(self, *kinds: str) -> dict[str, Part]:
        """Return the named parts of some kinds by name, in the order of the story."""
        return {part.name: part for part in self.parts if part.kind in kinds}


def find_notebook(root: Path, topic: str) -> str:
    """Return the name `NN_topic` of the notebook of a topic. Raises StoryError."""
    folder = root / "notebooks" / "src"
    for path in sorted(folder.glob(f"[0-9][0-9]_{topic}.md")):
        return path.stem
    raise StoryError(folder / f"NN_{topic}.md", 1, "this topic has no story: write it")


def read_story(path: Path) -> Story:
    """Read `NN_topic.md`. Raises StoryError for whatever is not as a story should be."""
    named = FILE_NAME.fullmatch(path.stem)
    if named is None or not path.exists():
        raise StoryError(path, 1, "there is no such story: a file called NN_topic.md")
    text = path.read_text(encoding="utf-8")
    front = _front_matter(path, text)
    _check_regions(path, text)
    parts = tuple(_parts(path, named[2], text))
    first: dict[str, int] = {}
    for part in parts:
        if part.name and first.setdefault(part.name, part.line) != part.line:
            said = f"{part.name} stands on line {first[part.name]} too: take one of them out"
            raise StoryError(path, part.line, said)
    return Story(path, int(named[1]), named[2], parts, **front)


def _front_matter(path: Path, text: str) -> dict[str, Any]:
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    try:
        front = yaml.safe_load(found[1])["gradelib"] if found else {}
        front = {key: front[key] for key, kind in FRONT.items() if isinstance(front[key], kind)}
    except (yaml.YAMLError, LookupError, TypeError):
        front = {}
    if len(front) < len(FRONT):
        wanted = ", ".join(f"{key} ({kind.__name__})" for key, kind in FRONT.items())
        said = f"the front matter, between two lines ---, needs gradelib: with {wanted}"
        raise StoryError(path, 1, said)
    return front


def _check_regions(path: Path, text: str) -> None:
    opened = 0
    for number, line in enumerate(text.split("\n"), 1):
        if found := REGION.match(line):
            if bool(found[1]) != bool(opened):
                break
            opened = 0 if found[1] else number
    else:
        number = 0
    if opened or number:
        said = "a region ends with <!-- #endregion -->, and none stands in another: mend it"
        raise StoryError(path, opened or number, said)


def _parts(path: Path, topic: str, text: str) -> Iterator[Part]:
    lines = text.split("\n")
    cells = jupytext.reads(text, fmt={"extension": ".md", "split_at_heading": True}).cells
    at = lines.index("---", 1) + 1
    for cell in cells:
        if cell.cell_type == "raw":  # the front matter
            continue
        at = _find(lines, at, cell)
        if cell.cell_type == "markdown":
            _check_links(path, at, cell)
        yield _part(path, topic, at + 1, cell)
        at += len(cell.source.split("\n"))


def _find(lines: list[str], start: int, cell: Any) -> int:
    """Return the index of the line on which a cell begins: its options, or its own first line."""
    option = next((f"{key}=" for key in NAMED if key in cell.metadata), None)
    first = cell.source.split("\n")[0]
    for index in range(start, len(lines)):
        if option in lines[index] if option else lines[index] == first:
            return index
    return start


def _part(path: Path, topic: str, line: int, cell: Any) -> Part:
    options = {key: value for key, value in cell.metadata.items() if key != "lines_to_next_cell"}
    kind = next((key for key in NAMED if key in options), "")
    name, points = str(options.get(kind, "")), options.get("points", 0)
    minutes = options.get("minutes", 0)
    carried = {key: options[key] for key in CARRIED if key in options}
    if said := _mistaken(topic, kind, name, points, options, cell):
        raise StoryError(path, line, said)
    plain = "code" if cell.cell_type == "code" else "text"
    part = Part(kind or plain, line, cell.source, name, points, carried, minutes=minutes)
    return {"quiz": _quiz, "written": _written}.get(kind, lambda _, part: part)(path, part)


def _mistaken(
    topic: str, kind: str, name: str, points: Any, options: dict[str, Any], cell: Any
) -> str:
    """Say what is not as it should be in the options of a cell, or nothing."""
    known = [*CARRIED, *filter(None, [kind])]
    known += ["minutes"] * (kind not in ("", "given")) + ["points"] * (kind in ("quiz", "written"))
    owner, _, rest = name.partition(".")
    if unknown := [key for key in options if key not in known]:
        return f"no such option here: {', '.join(unknown)}; there are {', '.join(known)}"
    if not kind:
        return ""
    if owner != topic or not rest.isidentifier() or rest.startswith("quiz_") != (kind == "quiz"):
        return f"a name here is {topic}.<name>, of a quiz {topic}.quiz_<name>: got {name!r}"
    if (cell.cell_type == "code") != (kind in ("exercise", "given")):
        return "an exercise is an empty code cell, a quiz or a written question is a region"
    minutes = options.get("minutes", 1)
    if not isinstance(minutes, int) or minutes < 1:
        return f"{name} needs whole minutes: got {minutes!r}"
    if kind in ("exercise", "given"):
        made = f"what stands there is made from solutions/{topic}/reference.py"
        return f"the cell of {name} must be empty: {made}" if cell.source.strip() else ""
    good = isinstance(points, int) and points > 0
    return "" if good else f"{name} needs points, a whole number: add points=1"


def _quiz(path: Path, part: Part) -> Part:
    """Split a quiz into its question and its choices."""
    lines = part.source.split("\n")
    starts = [index for index, line in enumerate(lines) if CHOICE.fullmatch(line)]
    choices = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        below = [line for line in lines[start + 1 : end] if line.strip()]
        why = " ".join(line.lstrip("> ") for line in below if line.lstrip().startswith(">"))
        if not why or not all(line.startswith(" ") for line in below):
            said = f"{part.name}: this choice needs an explanation: a line '  > why', indented"
            raise StoryError(path, part.line + 1 + start, said)
        more = [line.strip() for line in below if not line.lstrip().startswith(">")]
        text = " ".join([lines[start][len("- [ ] ") :].strip(), *more])
        choices.append(Choice(text, why, lines[start][3] != " "))
    right = sum(choice.right for choice in choices)
    if right != 1 or len(choices) < 2:
        said = f"{len(choices)} choices, {right} of them right: mark exactly one with [x]"
        raise StoryError(path, part.line, f"{part.name}: {said}")
    question = "\n".join(lines[: starts[0]]).strip()
    return replace(part, source=question, choices=tuple(choices))


def _written(path: Path, part: Part) -> Part:
    """Split a written question from its marking guide."""
    lines = part.source.split("\n")
    start = next((index for index, line in enumerate(lines) if GUIDE.match(line)), len(lines))
    quoted = [line for line in lines[start:] if line.strip()]
    guide = "\n".join(GUIDE.sub("", line).lstrip("> ") for line in quoted).strip()
    if not guide or not all(line.startswith(">") for line in quoted):
        said = "needs a marking guide: '> **Guide**: …', last, and each line of it begins with >"
        raise StoryError(path, part.line, f"{part.name} {said}")
    return replace(part, source="\n".join(lines[:start]).strip(), guide=guide)


def _check_links(path: Path, at: int, cell: Any) -> None:
    """Look for each file that a text links to, seen from where the built notebook lies."""
    text = NOT_TEXT.sub(lambda found: "\n" * found[0].count("\n"), cell.source)
    for found in LINK.finditer(text):
        target = (found[1] or found[2]).partition("#")[0]
        file = path.parent.parent / target
        story = path.parent / f"{file.stem}.md"  # of a notebook that may not be built yet
        elsewhere = re.match(r"\w+:|$", target)
        if elsewhere or file.exists() or (file.suffix == ".ipynb" and story.exists()):
            continue
        line = at + 1 + text.count("\n", 0, found.start()) + any(k in cell.metadata for k in NAMED)
        raise StoryError(path, line, f"there is no file {target}, seen from notebooks/: mend it")
