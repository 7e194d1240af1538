"""Run an answer on inputs and say what came of it. Judges nothing.

This runs beside the student's code: in the notebook for a check, in the student's kernel at
grading. Inputs are copied, every exception is caught, time is limited, prints are kept.
"""

from __future__ import annotations

import contextlib
import copy
import dis
import io
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import partial, reduce
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, cast

from gradelib.checking import codec, compare
from gradelib.checking.exercise import Exercise, Inputs
from gradelib.checking.outcome import MISSING, Outcome
from gradelib.checking.restrictions import with_kin
from gradelib.checking.time_limit import OutOfTime, limited
from gradelib.checking.unchanged import is_as_before

__all__ = ["run_cases"]

PRINTED = 600  # characters kept of what an answer prints
GIVE_UP = 2  # timeouts after which the remaining cases are not run
NOT_RUN = "not run: too many cases ran out of time"
LEAVES = "it leaves gradients switched off for all that follows; `with torch.no_grad():` does not"
RESTARTED = "if it stands in a cell, run that once more, since the kernel was restarted"
GRADELIB = str(Path(__file__).parents[1]) + os.sep
RAISE = dis.opmap["RAISE_VARARGS"]


class Forbidden(RuntimeError):
    """An answer used what the exercise says it must do without."""


class _FirstOutput(io.TextIOBase):
    """Keeps the beginning of what is printed, so that a flood costs nothing."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text[: PRINTED - len(self.text)]
        return len(text)


def run_cases(
    exercise: Exercise, answer: Any, inputs: list[Inputs], patience: float = 1.0
) -> list[Outcome]:
    """Run `answer` on each of `inputs`. Never raises, and takes no longer than the limit.

    A case that runs out of time is tried once more, after the others: what a library does at its
    first call counts for nobody. With `patience` above 1 nothing is tried again: the first late
    case has so many times the limit. The seconds of a late outcome are the limit that it broke.
    """
    if answer is MISSING or answer is Ellipsis:  # `name = ...` is the stub of a value
        message = f"the notebook defines no {exercise.function}: {RESTARTED}"
        return [Outcome("not_written", message=message) for _ in inputs]
    outcomes = _run_all(exercise, answer, inputs, GIVE_UP, patience)
    late = [place for place, outcome in enumerate(outcomes) if outcome.status == "timeout"]
    if late and patience == 1:
        again = _run_all(exercise, answer, [inputs[place] for place in late], 1)
        if again[0].status != "timeout":
            for place, outcome in zip(late, again, strict=True):
                outcomes[place] = outcome
    return outcomes


def _run_all(
    exercise: Exercise, answer: Any, inputs: list[Inputs], most: int, patience: float = 1.0
) -> list[Outcome]:
    """Run an answer on inputs, but on no more of them once `most` have run out of time."""
    outcomes: list[Outcome] = []
    timeouts = 0
    with _random_state_kept():
        for one in inputs:
            if timeouts >= most:
                outcomes.append(Outcome("timeout", message=NOT_RUN))
            else:
                outcomes.append(_run_case(exercise, answer, one, 1.0 if timeouts else patience))
                timeouts += outcomes[-1].status == "timeout"
    return outcomes


def _run_case(exercise: Exercise, answer: Any, inputs: Inputs, patience: float) -> Outcome:
    copied = copy.deepcopy(inputs, {id(x): x.clone() for x in inputs.values() if _shares_none(x)})
    output = _FirstOutput()
    start, limit = time.thread_time(), patience * exercise.seconds
    try:
        _fix_random_state()
        with redirect_stdout(output), redirect_stderr(output), _forbidding(exercise.without):
            value = limited(limit, partial(_answer, exercise, answer, copied))
        if patience > 1 and time.thread_time() - start > (limit := exercise.seconds):
            raise OutOfTime
    except OutOfTime:
        late = f"it took longer than {exercise.seconds:g} s: a slow computer, or a loop without end"
        return Outcome("timeout", message=late, printed=output.text, seconds=limit)
    except BaseException as error:  # noqa: BLE001 - also SystemExit
        return _failed(exercise, answer, error, output.text, time.thread_time() - start)
    seconds = time.thread_time() - start
    fixed = inputs.keys() - exercise.may_change
    changed = [name for name in inputs if name in fixed and _changed(inputs[name], copied[name])]
    return Outcome("value", value, changed=changed, printed=output.text, seconds=seconds)


def _shares_none(value: Any) -> bool:
    """Say whether `value` is a tensor of its own, which `clone` copies ten times as fast."""
    if not codec.is_tensor(value) or type(value) is not sys.modules["torch"].Tensor:
        return False
    return not (value.requires_grad or value._is_view() or vars(value))


def _answer(exercise: Exercise, answer: Any, inputs: Inputs) -> Any:
    """Return what an answer gives, as plain data. Raises Forbidden if it leaves gradients off."""
    torch = sys.modules.get("torch")
    with torch.enable_grad() if torch else contextlib.nullcontext():  # whatever a cell has left
        value = codec.decode(*codec.encode(_drive(exercise, answer, inputs)))
        if torch and not torch.is_grad_enabled():
            raise Forbidden(LEAVES)
    return value


def _changed(before: Any, after: Any) -> bool:
    if is_as_before(before, after):
        return False
    left, right = (codec.decode(*codec.encode(value)) for value in (before, after))
    if isinstance(left, codec.Opaque):  # a callable that the case made: nothing to compare
        return False
    return compare.difference(left, right) is not None


def _drive(exercise: Exercise, answer: Any, inputs: Inputs) -> Any:
    if exercise.driver is not None:
        return exercise.driver(answer, **inputs)
    if exercise.kind == "value":
        return answer
    if exercise.kind == "class":
        return _take_steps(answer, **inputs)
    return answer(**inputs)


def _take_steps(
    answer: Callable[..., Any], init: Inputs, steps: Sequence[str | tuple[str, Inputs]]
) -> list[Any]:
    """Make an object and take the steps: a name reads an attribute, a pair calls a method."""
    instance = answer(**init)
    results = []
    for step in steps:
        name, arguments = (step, None) if isinstance(step, str) else step
        attribute = getattr(instance, name)
        results.append(attribute if arguments is None else attribute(**arguments))
    return [copy.deepcopy(result) for result in results]


def _failed(
    exercise: Exercise, answer: Any, error: BaseException, printed: str, seconds: float
) -> Outcome:
    message = _one_line(error)
    if isinstance(error, NotImplementedError) and _raised_here(error):
        *_, (frame, _) = traceback.walk_tb(error.__traceback__)
        inside = _name(frame)
        own = isinstance(answer, type) and inside.rpartition(".")[0] == answer.__name__
        if inside == exercise.function or own:
            return Outcome("not_written", message="put your answer in place of the raise line")
        message = f"it calls {inside}, which is not written yet"
    lines = "\n".join(f"line {f.lineno}, in {f.name}: {f.line}" for f in _frames(error))
    place = _place(exercise, answer, error)
    kind, kinds = type(error).__name__, [one.__name__ for one in type(error).__mro__[:-2]]
    return Outcome("error", None, kind, message, kinds, place, lines, [], printed, seconds)


def _raised_here(error: BaseException) -> bool:
    """Say whether the student's code has a `raise` there: torch raises NotImplementedError too."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None or _is_ours(last.tb_frame):
        return False
    return last.tb_frame.f_code.co_code[last.tb_lasti] == RAISE


def _place(exercise: Exercise, answer: Any, error: BaseException) -> str:
    """Name the student's function in which an error arose; the answer itself has no name."""
    inside = [frame for frame, _ in traceback.walk_tb(error.__traceback__) if not _is_ours(frame)]
    if not inside:
        return ""
    parts = [part for part in _name(inside[-1]).split(".") if not part.startswith("<")]
    own = {exercise.function, getattr(answer, "__name__", "")}
    return ".".join(parts[1:] if parts and parts[0] in own else parts)


def _name(frame: FrameType) -> str:
    return frame.f_code.co_qualname.rpartition("<locals>.")[2]


def _one_line(error: BaseException) -> str:
    try:
        return " ".join(str(error).split())[:PRINTED]
    except Exception as nested:  # noqa: BLE001 - a student's own __str__
        return f"(its message could not be read: {type(nested).__name__})"


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    """Return the frames of the student's own code: not ours, not a library's."""
    walked = traceback.walk_tb(error.__traceback__)
    students = [number for number, (frame, _) in enumerate(walked) if not _is_ours(frame)]
    every = traceback.extract_tb(error.__traceback__)
    return [every[number] for number in students[-6:]]


def _is_ours(frame: FrameType) -> bool:
    """Say whether a frame is not of the student's own code, but of gradelib or a library."""
    file = frame.f_code.co_filename
    return "site-packages" in file or file.startswith((sys.base_prefix, GRADELIB, "<frozen"))


@contextlib.contextmanager
def _random_state_kept() -> Iterator[None]:
    """Put the global random state back when all cases have run: it takes as long as a case."""
    import numpy as np

    torch = sys.modules.get("torch")
    before = random.getstate(), np.random.get_state(), torch.get_rng_state() if torch else None
    try:
        yield
    finally:
        random.setstate(before[0])
        np.random.set_state(before[1])
        if torch:
            torch.set_rng_state(before[2])


def _fix_random_state() -> None:
    """Fix the global random state, so that a check says the same twice."""
    import numpy as np  # also where an answer has thrown it out

    random.seed(0)
    np.random.seed(0)  # the global state is what a student's code may use
    if torch := sys.modules.get("torch"):
        torch.default_generator.manual_seed(0)  # 100 times faster than torch.manual_seed,
        if torch.cuda.is_initialized():  # which sees to devices that nobody uses
            torch.cuda.manual_seed_all(0)


@contextlib.contextmanager
def _forbidding(names: tuple[str, ...]) -> Iterator[None]:
    """Make each dotted name raise Forbidden while an answer runs."""
    with contextlib.ExitStack() as stack:
        for name in with_kin(names):
            owner_name, _, attribute = name.rpartition(".")
            owner = _resolve(owner_name)
            if owner is None or not hasattr(owner, attribute):
                continue
            before = getattr(owner, attribute)
            try:
                setattr(owner, attribute, _refusal(name))
            except (AttributeError, TypeError):  # a built-in type: only the static look applies
                continue
            stack.callback(setattr, owner, attribute, before)
        yield


def _refusal(name: str) -> Callable[..., NoReturn]:
    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise Forbidden(f"this exercise is to be solved without {name}")

    return refuse


def _resolve(dotted: str) -> Any:
    """Return what a dotted name stands for, if it has been imported already."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        if known := cast(Any, sys.modules.get(".".join(parts[:end]))):
            return reduce(lambda owner, name: getattr(owner, name, None), parts[end:], known)
    return None
