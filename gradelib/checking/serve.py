"""Answer a grader's request, in the student's kernel: inputs in, outcomes out. Judges nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from gradelib.checking import codec, runner
from gradelib.checking.outcome import MISSING
from gradelib.checking.records import find_any

__all__ = ["serve"]


def serve(request: Path, reply: Path, namespace: dict[str, Any]) -> None:
    """Answer a request of the grader: `{exercise name: [inputs, ...]}` in, outcomes out."""
    asked = codec.unpack(Path(request).read_bytes())
    said = {}
    for name, inputs in asked.items():
        exercise = find_any(name)
        answer = namespace.get(exercise.function, MISSING)
        said[name] = [asdict(outcome) for outcome in runner.run_cases(exercise, answer, inputs)]
    Path(reply).write_bytes(codec.pack(said))
