"""Answer a grader's request, in the student's kernel: inputs in, outcomes out. Judges nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from gradelib.checking import codec, runner
from gradelib.checking.exercise import Inputs
from gradelib.checking.outcome import MISSING
from gradelib.checking.records import find_any

__all__ = ["serve"]


def serve(request: Path, reply: Path, namespace: dict[str, Any]) -> None:
    """Answer a request of the grader: `{exercise name: [inputs, ...]}` in, outcomes out."""
    cases: dict[str, list[Inputs]] = codec.unpack(request.read_bytes())
    outcomes = {}
    for name, inputs in cases.items():
        exercise = find_any(name)
        answer = namespace.get(exercise.function, MISSING)
        ran = runner.run_cases(exercise, answer, inputs)
        outcomes[name] = [asdict(outcome) for outcome in ran]
    reply.write_bytes(codec.pack(outcomes))
