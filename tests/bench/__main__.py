"""Measure what the docs promise, and write docs/benchmarks.md: `make bench`.

Figures are ratios measured side by side in one run, or medians; no test depends on them. Names of
parts after the command measure these alone, and leave the others as they were.
"""

from __future__ import annotations

import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from gradelib.author import compose
from gradelib.checking import records
from gradelib.checking.exercise import in_topic
from gradelib.checking.judge import judge
from gradelib.checking.runner import run_cases

ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs" / "benchmarks.md"
ROUNDS = 5
HEADER = """# Benchmarks

Made by `make bench`, or a part of it by `make bench PARTS="grading"`. Look at the ratios: the
seconds are one computer's, and it may be another one for each part.

"""
MARK = "<!-- {name}: {machine} -->\n\n"
MARKED = re.compile(r"<!-- (\w+): .*? -->\n\n")


def median(action: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Return the median time of some rounds, in seconds, after one that is not counted."""
    action()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def table(title: str, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    head = list(head)
    lines = [f"## {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows), "", ""])


def imports() -> str:
    """Compare importing gradelib with starting Python, and with importing torch."""

    def run(code: str) -> float:
        return median(lambda: subprocess.run([sys.executable, "-c", code], check=True))

    bare = run("pass")
    codes = {"gradelib": "import gradelib", "a check": "from gradelib import check", "torch": ""}
    codes["torch"] = "import torch"
    rows = [(what, f"{run(code) - bare:.2f} s") for what, code in codes.items()]
    return table("Importing", ["what", "beyond starting Python"], rows)


def topics() -> list[str]:
    return [path.stem[3:] for path in sorted((ROOT / "notebooks" / "src").glob("*.md"))]


def checks() -> str:
    """Time the visible check of every exercise, with the reference as the answer."""
    rows, times = [], []
    for topic in topics():
        solutions = compose.read_solutions(ROOT, topic)
        record = records.load(topic)
        for name, exercise in in_topic(topic).items():
            answer = solutions[exercise.function].object

            def check(name=name, exercise=exercise, answer=answer, record=record) -> None:
                drawn = record.drawn(name)
                outcomes = run_cases(exercise, answer, [one.inputs for one in drawn])
                assert judge(exercise, drawn, outcomes, record.mistakes(name)).passed

            times.append(median(check))
            rows.append((f"`{name}`", f"{1000 * times[-1]:.0f} ms"))
    rows.append(("**median of all**", f"**{1000 * statistics.median(times):.0f} ms**"))
    rows.append(("**slowest**", f"**{1000 * max(times):.0f} ms**"))
    return table("A visible check of a right answer", ["exercise", "time"], rows)


def notebooks() -> str:
    """Run every notebook from top to bottom, as shipped and with the reference answers."""
    from tests.bench import notebooks as course

    rows = []
    for name in course.names():
        for kind, notebook in (("blank", course.blank(name)), ("solved", course.solved(name))):
            ran = course.run(notebook)
            if ran.errors:
                raise RuntimeError(f"{name}, {kind}: {ran.errors[0]}")
            rows.append((name, kind, f"{ran.seconds:.0f} s", f"{ran.megabytes:.0f} MB"))
    return table("A notebook from top to bottom", ["notebook", "", "time", "memory"], rows)


def tokenizers() -> str:
    """Compare byte-pair encoding in Python with the library in Rust."""
    from tests.bench import tokenization

    rows = [
        (task, how, f"{taken:.3f} s", f"{taken / times['tokenizers']:.1f}")
        for task, times in tokenization.measure().items()
        for how, taken in times.items()
    ]
    size = len(tokenization.PYTHON.encode()) // 1000
    title = f"Byte-pair encoding on {size} kB of English"
    return table(title, ["task", "who", "time", "times `tokenizers`"], rows)


def writing() -> str:
    """Compare writing with the reference's cache, without it, and with `transformers`."""
    from tests.bench import decoder

    times = decoder.measure()
    library = next(iter(times.values()))
    rows = [(who, f"{taken:.2f} ms", f"{taken / library:.2f}") for who, taken in times.items()]
    title = f"Writing {decoder.TOKENS} tokens with the tiny decoder"
    return table(title, ["who", "a token", "times `generate`"], rows)


def models() -> str:
    """Load each model in processes of its own; then the decoders write, the encoders read."""
    from tests.bench import models

    rows = []
    for name, said in models.measure().items():
        if isinstance(said, str):
            rows.append((f"`{name}`", said, "", "", "", ""))
            continue
        rows.append((
            f"`{name}`", f"{said.cold:.1f} s", f"{said.loaded:.2f} s", f"{said.rate:,.0f}",
            f"{said.more:.0f} MB", f"{said.whole:.0f} MB",
        ))  # fmt: skip
    head = ["model", "to load, with the import of transformers", "without it", "tokens a second",
            "memory it adds", "of the whole process"]  # fmt: skip
    return table("Models", head, rows)


def training() -> str:
    """Train some steps of each model, and say how long `make models` takes in all."""
    from tests.bench import training

    stages = list(training.measure())
    rows = [
        (one.name, one.steps, f"{1000 * one.seconds:.0f} ms", f"{one.minutes:.0f}")
        for one in stages
    ]
    rows.append(("**all**", "", "", f"**{sum(one.minutes for one in stages):.0f}**"))
    title = f"Training the tiny models, from {training.STEPS} steps of each"
    return table(title, ["model", "steps", "a step", "minutes in all"], rows)


def grading() -> str:
    """Grade some with plain nbgrader and a class with gradelib, then one ten times as big."""
    from tests.bench import grading

    with tempfile.TemporaryDirectory() as folder:
        costs = grading.measure(ROOT, Path(folder))
    plain = costs[0][1].each
    rows = [
        (f"`{how}`", cost.students, f"{cost.seconds:.0f} s", f"{cost.each:.2f} s",
         f"{plain / cost.each:.1f}", f"{cost.grader:.0f} MB", f"{cost.all_of_it:.0f} MB")
        for how, cost in costs[:3]
    ]  # fmt: skip
    head = ["command", "students", "time", "a student", "throughput, times plain nbgrader",
            "memory of the grader", "of it and its children"]  # fmt: skip
    title = f"Grading week 1, two notebooks a student, with {grading.JOBS} jobs"
    after = [
        (f"`{how}`", cost.students, f"{cost.seconds:.0f} s", f"{cost.grader:.0f} MB")
        for how, cost in costs[3:]
    ]
    return table(title, head, rows) + table(
        "Feedback and export of the same week", ["command", "students", "time", "memory"], after
    )


PARTS = (imports, checks, tokenizers, writing, models, training, notebooks, grading)


def kept(text: str) -> dict[str, str]:
    """Return the parts of a benchmarks page by name, each with its mark."""
    starts = [*MARKED.finditer(text)]
    ends = [one.start() for one in starts[1:]] + [len(text)]
    return {one[1]: text[one.start() : end] for one, end in zip(starts, ends, strict=True)}


def main(asked: Sequence[str]) -> int:
    """Measure the parts asked for, else all, and write each down at once; return the exit code."""
    known = {part.__name__: part for part in PARTS}
    if unknown := sorted({*asked} - {*known}):
        print(f"no part {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    for name in asked or known:
        print(f"{name} …", flush=True)
        measured = MARK.format(name=name, machine=machine) + known[name]()
        parts = kept(OUT.read_text(encoding="utf-8")) | {name: measured}
        page = HEADER + "".join(parts[name].rstrip() + "\n\n" for name in known if name in parts)
        OUT.write_text(page.rstrip() + "\n", encoding="utf-8")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"written: {OUT.relative_to(ROOT)}; this process took {most:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
