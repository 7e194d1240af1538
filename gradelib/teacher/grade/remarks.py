"""What a teacher should know of a notebook beside its points: one line for each thing.

What differs between what the student saw and what was graded stands here, in the table and in the
feedback. A student wrote parts of these lines: they are made plain and cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from nbformat import NotebookNode

from gradelib.checking.tags import CellTag
from gradelib.checking.verdict import Verdict
from gradelib.sandbox.stand_ins import SAYS
from gradelib.teacher.grade.plan import answer_cells, rebound_below
from gradelib.teacher.kernels.run import Ran, Work
from gradelib.terminal import plain

__all__ = ["remarks_on"]

SAID = 4  # different lines of what stood in for something that are passed on
SAYING = re.compile(rf"^{re.escape(SAYS)} [^\n]+", re.M)
FOLDER = re.compile(r" \(/[^()]{0,200}\)")  # where the kernel found a module: another each time
NOT_RUN = "not run: "
LONGEST = 200  # characters of what a student chose


def remarks_on(
    nb: NotebookNode, work: Work, ran: Ran, verdicts: Mapping[str, Verdict]
) -> list[str]:
    """Return what is odd about a notebook that was graded."""
    return [
        *_questions(nb, verdicts),
        *_cells_given_up(nb, ran),
        *_answers_that_raised(nb, work, ran),
        *_bound_again(nb, work),
        *_stood_in(ran),
    ]


def _questions(nb: NotebookNode, verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    """Name what the notebook itself called passed, and that has no points."""
    said = {tag.exercise for cell in nb.cells if (tag := CellTag.of(cell)).said == "passed"}
    lost = [name for name, verdict in verdicts.items() if name in said and not verdict.passed]
    if lost:
        yield f"please look: the notebook said passed, and there are no points, for {_some(lost)}"


def _cells_given_up(nb: NotebookNode, ran: Ran) -> Iterator[str]:
    """Say which cells hung, crashed or were not reached, those of one reason in one line."""
    by_reason: dict[str, list[int]] = {}
    for position, why in sorted(ran.stopped.items()):
        by_reason.setdefault(why, []).append(position)
    for why, positions in by_reason.items():
        labels = _some([_label(nb, position) for position in positions])
        if why.startswith(NOT_RUN):
            yield f"{len(positions)} cells were not run ({why.removeprefix(NOT_RUN)}): {labels}"
        else:
            yield f"given up: {labels}: {why}"


def _answers_that_raised(nb: NotebookNode, work: Work, ran: Ran) -> Iterator[str]:
    """Say which cells of answers raised, and which cells import what is not here."""
    answers = {position for name in work.places for position in answer_cells(nb.cells, name)}
    for position, outputs in sorted(ran.outputs.items()):
        errors = [output for output in outputs if output.get("output_type") == "error"]
        if not errors or position in ran.stopped:
            continue
        error = FOLDER.sub("", f"{errors[-1].get('ename')}: {errors[-1].get('evalue')}"[:1000])
        error = plain(error, LONGEST)
        missing = errors[-1].get("ename") in ("ModuleNotFoundError", "ImportError")
        if position in answers or missing:
            yield (
                f"{_label(nb, position)} did not run to its end ({error}): "
                "its imports and definitions were tried alone, too"
            )


def _bound_again(nb: NotebookNode, work: Work) -> Iterator[str]:
    again = [
        name.partition(".")[2]
        for name, places in work.places.items()
        if places and rebound_below(nb.cells, name, places[-1])
    ]
    if again:
        yield f"bound again below the check: {_some(again)}: what it was at its check counts"


def _stood_in(ran: Ran) -> Iterator[str]:
    """Pass on what the kernel said did nothing."""
    texts = [
        str(output.get("text", ""))
        for _, outputs in sorted(ran.outputs.items())
        for output in outputs
        if output.get("output_type") == "stream"
    ]
    said = dict.fromkeys(plain(line, LONGEST) for text in texts for line in SAYING.findall(text))
    yield from list(said)[:SAID]
    if len(said) > SAID:
        more = len(said) - SAID
        yield f"{SAYS} {more} more {'line' if more == 1 else 'lines'} did nothing"


def _label(nb: NotebookNode, position: int) -> str:
    """Name a cell by what it answers, or by how it begins."""
    names = [tag.exercise for cell in nb.cells if (tag := CellTag.of(cell)).kind == "check"]
    own = [name.partition(".")[2] for name in names if position in answer_cells(nb.cells, name)]
    if own:
        return f"the cell of {_some(own)}"
    first = next(iter(nb.cells[position].source.strip().splitlines()), "")
    return f"the cell that begins `{plain(first, 40)}`"


def _some(names: Iterable[str], most: int = 4) -> str:
    names = list(dict.fromkeys(names))
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
