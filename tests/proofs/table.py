"""The kill table, docs/kill_table.md: what the checks of each exercise are proven to catch.

    python -m tests.proofs.table [--check]

It tells no times (`tests.bench` measures), and the same project gives the same table.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

from . import hints as hints_of
from . import rules
from .prove import (
    Kills,
    alternatives_pass,
    kills,
    mistakes_are_named,
    no_first_row_is_special,
    proven,
    straw,
)
from .subject import ROOT, Subject, exercises, subject

__all__ = ["PATH", "hints", "row", "table"]

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
- **hints**: wrong answers in other words than the known mistakes that get the hint which is due to
  them, of those to which one is due; and how many get another's.
- **rules**: what the cases of every exercise must be: each axis is once of size one, every
  argument matters, the type counts where it is named, a changed argument is seen, no first row is
  special. **exempt** is where one of them does not apply, with the reasons in `exempt.toml`.
"""
COLUMNS = (
    "exercise", "cases", "invariants", "mistakes", "strawmen", "mutants", "by fresh seeds",
    "equivalent", "alternatives", "rules", "exempt",
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
        f"{_rules_kept(one)}/{len(rules.RULES) + 1}",
        len(one.exempt),
    ]
    return _line(cells)


@dataclass(frozen=True)
class Part:
    """One topic's part of the page, and what the last line counts of it."""

    text: str
    exercises: int
    mistakes: int
    mutants: int
    killed: int
    equivalent: int
    reasons: list[str]
    hints: list[hints_of.Rate]


def part(topic: str, names: list[str]) -> Part:
    """Prove the exercises of a topic."""
    subjects = [subject(name) for name in names]
    rule = _line(["---"] + ["--:"] * (len(COLUMNS) - 1))
    rows = "\n".join(map(row, subjects))
    text = f"## {topic}\n\n{_line(COLUMNS)}\n{rule}\n{rows}\n"
    rates = [hints_of.rate(topic)] if topic in hints_of.topics() else []
    found = [kills(one) for one in subjects]
    return Part(
        text + (f"\n{hints(rates)}\n" if rates else ""),
        len(subjects),
        sum(len(one.mistakes) for one in subjects),
        sum(one.total for one in found),
        sum(one.killed for one in found),
        sum(len(one.equivalent) for one in found),
        _reasons(subjects),
        rates,
    )


def table(names: list[str]) -> str:
    """Return the whole page. Several topics are proven side by side."""
    topics = {
        topic: list(group) for topic, group in groupby(names, key=lambda name: name.split(".")[0])
    }
    if len(topics) == 1:
        parts = [part(*next(iter(topics.items())))]
    else:
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # else they wait for each other's cores
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            parts = list(pool.map(part, topics, topics.values()))
    reasons = [line for one in parts for line in one.reasons] or ["None."]
    texts = [one.text for one in parts]
    return "\n".join([HEAD, *texts, _total(parts), "## Equivalent, and why\n", *reasons]) + "\n"


def hints(rates: list[hints_of.Rate]) -> str:
    """Say how many wrong answers of some topics get the hint that is due."""
    known, right = sum(one.known for one in rates), sum(one.right for one in rates)
    anothers = sum(len(one.anothers) for one in rates)
    return f"Hints: {right}/{known} get the one that is due, {anothers} get another's."


def _rules_kept(one: Subject) -> int:
    broken = [lines for lines in rules.found(one).values() if lines]
    return len(rules.RULES) + 1 - len(broken) - bool(no_first_row_is_special(one))


def _share(found: Kills) -> str:
    return f"{found.killed}/{found.total - len(found.equivalent)}"


def _line(cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _total(parts: list[Part]) -> str:
    rates = [rate for one in parts for rate in one.hints]
    return (
        f"In all: {sum(one.exercises for one in parts)} exercises, "
        f"{sum(one.mistakes for one in parts)} known mistakes, "
        f"{sum(one.mutants for one in parts)} mutants, of which "
        f"{sum(one.killed for one in parts)} are killed and "
        f"{sum(one.equivalent for one in parts)} are equivalent. {hints(rates)}\n"
    )


def _reasons(subjects: list[Subject]) -> list[str]:
    """The reasons of `equivalent.toml` in each topic, for those that are still needed."""
    lines = []
    for one in subjects:
        for change, reason in {**kills(one).equivalent, **straw(one).equivalent}.items():
            if change in one.equivalent:
                lines.append(f"- `{one.name}`: {change}  \n  {reason}")
    return lines


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
