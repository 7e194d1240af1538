"""Answer a grader's request, in the student's kernel: inputs in, outcomes out. Judges nothing."""

from __future__ import annotations

import ast
import contextlib
import linecache
from collections.abc import Iterator
from typing import Any

from gradelib.checking import codec, runner
from gradelib.checking.exercise import Inputs, find
from gradelib.checking.outcome import MISSING, PARTS, Outcome
from gradelib.checking.quiz import Quiz, is_quiz

__all__ = ["AGAIN", "LATE", "serve"]

AGAIN = "again"  # said where a name was missing: it may be there at the end of the notebook
LATE = "late"  # said where the time was up
DEFINITIONS = "<definitions>"  # as a traceback calls them


def serve(
    request: bytes, names: dict[str, Any], definitions: str = "", patience: float = 1.0
) -> tuple[bytes, str]:
    """Answer a request: `{exercise: [inputs, ...]}` in, `{exercise: {part: [of each case]}}` out.

    Both are packed. `definitions` are made before, one by one, and taken back. Returns also what
    the grader may want to know at once, `AGAIN` or `LATE`: it believes neither, and asks again,
    but not where a case has not ended in `patience` times the limit, and another was late too.
    """
    cases: dict[str, list[Inputs]] = codec.unpack(request)
    outcomes = {}
    signs = set[str]()
    with _defined(definitions, names):
        for name, inputs in cases.items():
            exercise = Quiz(name, 0, {}).as_exercise() if is_quiz(name) else find(name)
            answer = names.get(exercise.function, MISSING)
            ran = runner.run_cases(exercise, answer, inputs, patience)
            late = [one.seconds for one in ran if one.status == "timeout"]
            endless = len(late) > 1 and late[0] > exercise.seconds
            signs |= {sign for outcome in ran if (sign := _sign(outcome, endless))}
            outcomes[name] = {part: [getattr(one, part) for one in ran] for part in PARTS}
    return codec.pack(outcomes), " ".join(sorted(signs))


def _sign(outcome: Outcome, endless: bool) -> str:
    if outcome.status == "timeout":
        return "" if endless else LATE
    missing = outcome.status == "not_written" or outcome.error == "NameError"
    return AGAIN if missing or "not written yet" in outcome.message else ""


@contextlib.contextmanager
def _defined(definitions: str, namespace: dict[str, Any]) -> Iterator[None]:
    """Make definitions in a namespace, each that can be made; afterwards it is as it was."""
    if not definitions:
        yield
        return
    before = dict(namespace)
    lines = definitions.splitlines(keepends=True)
    linecache.cache[DEFINITIONS] = (len(definitions), None, lines, DEFINITIONS)
    try:
        for statement in ast.parse(definitions).body:
            code = compile(ast.Module([statement], []), DEFINITIONS, "exec")
            with contextlib.suppress(Exception):  # what cannot be defined is not there
                exec(code, namespace)
        yield
    finally:
        namespace.clear()
        namespace.update(before)
