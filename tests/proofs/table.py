"""The kill table, docs/kill_table.md: what the checks of each exercise are proven to catch.

    python -m tests.proofs.table [--check]

It tells no times (`tests.bench` measures), and the same project gives the same table.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from .prove import Kills, alternatives_pass, kills, mistakes_are_named, proven, straw
from .subject import ROOT, Subject, exercises, subject

__all__ = ["PATH", "row", "table"]

PATH = ROOT / "docs" / "kill_table.md"
HEAD = """# The kill table

What the checks of each exercise are proven to catch. Built by `make kill-table`; the same proofs
run as tests.

- **cases**: ways to draw inputs; **invariants**: what holds for every right answer.
- **mistakes**: known wrong answers that fail and earn their own hint, on visible and fresh cases.
- **strawmen**: answers without a thought (zeros, the input, the right answer transposed, …) that
  fail, of those that can be wrong here at all.
- **mutants**: small automatic changes to the reference that fail, of those that change what it
  does. *By fresh seeds* are those among them that the visible cases let pass.
- **equivalent**: mutants that change nothing, and so cannot fail, with the reasons below.
- **alternatives**: other right answers, which pass.
"""
COLUMNS = (
    "exercise", "cases", "invariants", "mistakes", "strawmen", "mutants", "by fresh seeds",
    "equivalent", "alternatives",
)  # fmt: skip


def row(one: Subject) -> str:
    """Return an exercise's line of the table."""
    found, strawmen = kills(one), straw(one)
    cells = [
        f"`{one.name}`",
        len(one.exercise.cases),
        len(one.exercise.invariants),
        f"{proven(one.mistakes, mistakes_are_named(one))}/{len(one.mistakes)}",
        _share(strawmen),
        _share(found),
        found.fresh,
        len(found.equivalent),
        f"{proven(one.alternatives, alternatives_pass(one))}/{len(one.alternatives)}",
    ]
    return _line(cells)


def table(names: list[str]) -> str:
    """Return the whole page."""
    subjects = [subject(name) for name in names]
    parts = [HEAD]
    for topic, group in groupby(subjects, key=lambda one: one.exercise.topic):
        rule = _line(["---"] + ["--:"] * (len(COLUMNS) - 1))
        rows = "\n".join(row(one) for one in group)
        parts.append(f"## {topic}\n\n{_line(COLUMNS)}\n{rule}\n{rows}\n")
    parts.append(_total(subjects))
    parts.append("## Equivalent, and why\n\n" + "\n".join(_reasons(subjects)) + "\n")
    return "\n".join(parts)


def _share(found: Kills) -> str:
    return f"{found.killed}/{found.total - len(found.equivalent)}"


def _line(cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _total(subjects: list[Subject]) -> str:
    made = sum(kills(one).total for one in subjects)
    killed = sum(kills(one).killed for one in subjects)
    same = sum(len(kills(one).equivalent) for one in subjects)
    mistakes = sum(len(one.mistakes) for one in subjects)
    return (
        f"In all: {len(subjects)} exercises, {mistakes} known mistakes, {made} mutants, of which "
        f"{killed} are killed and {same} are equivalent.\n"
    )


def _reasons(subjects: list[Subject]) -> list[str]:
    """The reasons of `equivalent.toml` in each topic, for those that are still needed."""
    lines = []
    for one in subjects:
        for change, reason in {**kills(one).equivalent, **straw(one).equivalent}.items():
            if change in one.equivalent:
                lines.append(f"- `{one.name}`: {change}  \n  {reason}")
    return lines or ["None."]


def main(arguments: list[str], path: Path = PATH) -> int:
    """Write the table, or with `--check` say whether it is up to date."""
    text = table(exercises())
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    if "--check" not in arguments:
        path.write_text(text, encoding="utf-8")
    elif text != old:
        print(f"{path.name} is not up to date: run `make kill-table`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
