"""Prove that the checks of one exercise tell right answers from wrong ones.

Each proof takes a Subject and returns what it finds amiss, one line each; no lines, no doubt.
Every proof looks at the recorded cases, which students see, and at fresh ones, as at grading.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from gradelib.checking.codec import is_tensor, pack
from gradelib.checking.compare import difference
from gradelib.checking.exercise import Tolerance
from gradelib.checking.hints import spelled
from gradelib.checking.judge import judge
from gradelib.checking.likeness import same_outcome
from gradelib.checking.outcome import MISSING, Drawn, KnownMistake, Outcome
from gradelib.checking.session import judge_answer

from .mutants import Mutant, build, mutants
from .strawmen import SAME, STRAWMEN, Strawman
from .subject import Subject

__all__ = ["Kills", "kills", "proven", "straw"]

SEEDS = 20  # fresh seeds on which the reference and the alternatives must pass
MISTAKES = 4  # an exercise knows at least so many
POOLS = 2  # how often a grading is repeated for mistakes
EXACT = Tolerance(relative=0, absolute=0, plain=1e-9)
HARD_CODED = "the recorded answers hard-coded"


@dataclass
class Kills:
    """What became of the mutants, or of the strawmen: those killed, and why others were not."""

    total: int = 0
    visible: int = 0  # killed by the recorded cases alone
    fresh: int = 0  # killed by fresh seeds only
    survivors: list[str] = field(default_factory=list)
    equivalent: dict[str, str] = field(default_factory=dict)  # with the reason
    first_row: list[str] = field(default_factory=list)  # killed, but only by a first row

    @property
    def killed(self) -> int:
        return self.visible + self.fresh


def pools(subject: Subject) -> Iterator[tuple[str, list[Drawn]]]:
    yield "the recorded cases", subject.visible
    for pool in range(math.ceil(SEEDS / subject.exercise.fresh_seeds)):
        yield f"fresh cases ({pool})", subject.fresh(pool)


def reference_passes(subject: Subject) -> list[str]:
    return list(_not_passed(subject, "the reference", subject.reference, subject.source))


@functools.cache
def alternatives_pass(subject: Subject) -> list[str]:
    every = subject.alternatives.items()
    return [said for how, answer in every for said in _not_passed(subject, how, answer)]


def _not_passed(subject: Subject, how: str, answer: Any, source: str = "") -> Iterator[str]:
    for where, drawn in pools(subject):
        outcomes = subject.run(answer, drawn)
        verdict = judge_answer(subject.exercise, drawn, outcomes, (), source)
        if not verdict.passed:
            first = verdict.findings[0] if verdict.findings else None
            said = f"case {first.case!r}: {first.message}" if first else verdict.note
            yield f"{how} is {verdict.status} on {where}: {said}"


def reference_is_clean(subject: Subject) -> list[str]:
    """It changes no argument, prints nothing, and leaves half of its time unused."""
    amiss = []
    drawn = subject.visible + subject.fresh()
    for one, outcome in zip(drawn, subject.run(subject.reference, drawn), strict=True):
        if outcome.changed:
            amiss.append(f"case {one.case.name!r}: it changes {', '.join(outcome.changed)}")
        if outcome.printed:
            amiss.append(f"case {one.case.name!r}: it prints {outcome.printed!r}")
        if outcome.seconds > subject.exercise.seconds / 2:
            amiss.append(f"case {one.case.name!r}: it takes {outcome.seconds:.1f} seconds")
    return amiss


def unwritten_is_not_attempted(subject: Subject) -> list[str]:
    namespace = dict(subject.namespace)
    exec(compile(subject.stub, "<stub>", "exec"), namespace)
    amiss = []
    answers = {"the stub": namespace[subject.exercise.function], "a missing name": MISSING}
    for what, answer in answers.items():
        for where, drawn in (("recorded", subject.visible), ("fresh", subject.fresh())):
            status = subject.judged(answer, drawn).status
            if status != "not attempted":
                amiss.append(f"{what} is {status!r} on {where} cases, not 'not attempted'")
    return amiss


@functools.cache
def mistakes_are_named(subject: Subject) -> list[str]:
    """Every known mistake fails and earns its own hint: on its own, no other says the same."""
    amiss = []
    written = {spelled(name): hint for name, (_, hint) in subject.mistakes.items()}
    if len(written) < MISTAKES:
        amiss.append(f"only {len(written)} known mistakes: at least {MISTAKES} are needed")
    recorded, hints = {one.name for one in subject.known}, [*written.values()]
    for name in sorted(recorded ^ set(subject.mistakes)):
        amiss.append(f"{name} is recorded or written, but not both: run `make build`")
    for hint in sorted({hint for hint in hints if hints.count(hint) > 1}):
        amiss.append(f"two mistakes have one hint: {hint!r}")
    visible = subject.visible
    amiss += _misnamed(subject, "the recorded cases", visible, subject.known, subject.live(visible))
    for pool in range(POOLS):
        drawn = subject.fresh(pool)
        live = subject.live(drawn)
        amiss += _misnamed(subject, f"fresh cases ({pool})", drawn, live, live)
    return amiss


def _misnamed(
    subject: Subject, where: str, drawn: list[Drawn],
    known: list[KnownMistake], live: list[KnownMistake],
) -> Iterator[str]:  # fmt: skip
    names = {mistake.hint: mistake.name for mistake in known}
    for one in live:
        verdict = judge(subject.exercise, drawn, one.outcomes, known)
        if verdict.status not in ("failed", "error"):
            yield f"{one.name} is {verdict.status} on {where}"
        elif verdict.hint != one.hint:
            earned = names.get(verdict.hint, "none")
            yield f"{one.name} earns another hint on {where}: that of {earned}"
        for other in known:  # whichever comes first in the file, only one may fit
            pairs = zip(one.outcomes, other.outcomes, strict=True)
            alike = all(same_outcome(subject.exercise, *pair) for pair in pairs)
            if alike and spelled(other.name) != spelled(one.name) and not verdict.passed:
                yield f"{one.name} answers like {other.name} on {where}: no case tells them apart"


def proven(names: Iterable[str], amiss: list[str]) -> int:
    """Count the names of which a proof finds nothing amiss."""
    return sum(not any(line.startswith(f"{name} ") for line in amiss) for name in names)


def says_the_same_twice(subject: Subject) -> list[str]:
    amiss = []
    for case in subject.exercise.cases:
        if len({pack(subject.exercise.draw(case, 7)) for _ in range(2)}) > 1:
            amiss.append(f"case {case.name!r} draws other inputs from the same seed")
    wrong = {name: answer for name, (answer, _) in subject.mistakes.items()}
    for name, answer in {"the reference": subject.reference, **wrong}.items():
        runs = [subject.at_pace(name).judged(answer, subject.visible) for _ in range(2)]
        if str(runs[0]) != str(runs[1]):
            amiss.append(f"{name} gets another verdict the second time")
    return amiss


def strawmen_fail(subject: Subject) -> list[str]:
    found = straw(subject)
    return [f"passes: {name}" for name in found.survivors] + _stale(subject, found, True)


@functools.cache
def straw(subject: Subject) -> Kills:
    """Judge every strawman. One that says what the reference says is not judged, with a reason."""
    found = Kills(total=len(STRAWMEN) + 1)
    for name, strawman in STRAWMEN.items():
        _count(found, subject, f"strawman: {name}", _fate(subject, strawman))
    _count(found, subject, f"strawman: {HARD_CODED}", _hard_coded_fate(subject))
    return found


def _count(found: Kills, subject: Subject, name: str, fate: str) -> None:
    if fate in ("visible", "fresh"):
        setattr(found, fate, getattr(found, fate) + 1)
    elif fate == "survives" and name not in subject.equivalent:
        found.survivors.append(name)
    else:
        found.equivalent[name] = subject.equivalent.get(name, fate)


def _fate(subject: Subject, strawman: Strawman) -> str:
    """Where a strawman fails, "survives", or why it cannot be judged. It must fail everywhere."""
    passed = []
    for drawn in (subject.visible, subject.fresh()):
        outcomes = [_straw_outcome(subject, strawman, one) for one in drawn]
        if any(a is not one.expected for a, one in zip(outcomes, drawn, strict=True)):
            passed.append(judge(subject.exercise, drawn, outcomes).passed)
    if not passed:
        return "has nothing to change here, or gives the right answer"
    return "survives" if any(passed) else "visible"


def _straw_outcome(subject: Subject, strawman: Strawman, one: Drawn) -> Outcome:
    """What a strawman makes of one case: the expected outcome where it has nothing to change."""
    if one.expected.status != "value":
        return one.expected
    right, inputs = one.expected.value, one.inputs
    if subject.exercise.kind == "class":  # the results of the steps, each on its own
        init = inputs.get("init", {})
        made = [strawman(init, item) for item in right]
        value = [old if new is SAME else new for old, new in zip(right, made, strict=True)]
    else:
        value = strawman(inputs, right)
    if value is SAME or difference(right, value, EXACT) is None:
        return one.expected
    return replace(one.expected, value=value)


def _hard_coded_fate(subject: Subject) -> str:
    """The recorded answers under their inputs; for other inputs what the case gave last."""
    if not any(one.inputs for one in subject.visible):
        return "there are no inputs: every answer is one value"
    known = {pack(one.inputs): one.expected for one in subject.visible}
    last = {one.case.name: one.expected for one in subject.visible}
    drawn = subject.fresh()
    outcomes = [known.get(pack(one.inputs), last[one.case.name]) for one in drawn]
    return "survives" if judge(subject.exercise, drawn, outcomes).passed else "fresh"


def mutants_are_killed(subject: Subject) -> list[str]:
    found = kills(subject)
    survive = [f"survives: {change}" for change in found.survivors]
    return survive + _stale(subject, found, False)


def no_first_row_is_special(subject: Subject) -> list[str]:
    """What fails must fail in another row than the first, too."""
    every = kills(subject).first_row
    listed = [line for line in subject.exempt if line.startswith("wrong only in the first row")]
    stale = [f"exempt, but kept: {line}" for line in listed if line not in every]
    return [line for line in every if line not in subject.exempt] + stale


def _stale(subject: Subject, found: Kills, straw: bool) -> list[str]:
    listed = [name for name in subject.equivalent if name.startswith("strawman: ") == straw]
    return [f"listed, but does not survive: {n}" for n in listed if n not in found.equivalent]


@functools.cache
def kills(subject: Subject) -> Kills:
    """Run every mutant of the reference until a case kills it."""
    made = mutants(subject.source, subject.exercise.given)
    hurried, found = subject.hurried, Kills(total=len(made))
    for mutant in made:
        listed = mutant.change in subject.equivalent  # then it must not run out of time by chance
        fate, elsewhere = _mutant_fate(subject if listed else hurried, mutant)
        _count(found, subject, mutant.change, fate)
        if not elsewhere:
            found.first_row.append(f"wrong only in the first row: {mutant.change}")
    return found


def _mutant_fate(subject: Subject, mutant: Mutant) -> tuple[str, bool]:
    """Where a mutant fails, and whether it would with its first rows mended.

    A check in which only a first row is special is passed by those who look at that row alone.
    """
    try:
        answer = build(mutant, subject.namespace)
    except Exception:  # noqa: BLE001 - it cannot even be defined, for whatever reason
        return "visible", True
    fate = "survives"
    for where, drawn in (("visible", subject.visible), ("fresh", subject.fresh())):
        for one in drawn:
            (outcome,) = subject.run(answer, [one])
            if judge(subject.exercise, [one], [outcome]).passed:
                continue
            fate = where if fate == "survives" else fate
            mended = replace(outcome, value=_mended(outcome.value, one.expected.value))
            if not judge(subject.exercise, [one], [mended]).passed:
                return fate, True
    return fate, fate == "survives"


def _mended(value: Any, right: Any) -> Any:
    """Return a tensor with the right first row, also inside a dictionary or a tuple."""
    if isinstance(value, dict) and isinstance(right, dict):
        return {key: _mended(item, right.get(key)) for key, item in value.items()}
    if isinstance(value, tuple) and isinstance(right, tuple) and len(value) == len(right):
        return tuple(map(_mended, value, right))
    if not (is_tensor(value) and is_tensor(right) and value.ndim and value.shape == right.shape):
        return value
    mended = value.clone()
    mended[:1] = right[:1].to(value.dtype)
    return mended
