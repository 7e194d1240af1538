"""Rules that the cases of every exercise keep, so that no author can forget them.

Each rule takes a Subject and returns what it finds amiss, one line each. Where a rule truly does
not apply, `solutions/<topic>/exempt.toml` says so: an exercise, a line as it stands here, and the
reason. A reason that is not needed any more is an error.
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.codec import is_tensor
from gradelib.checking.compare import difference
from gradelib.checking.exercise import Inputs, Tolerance
from gradelib.checking.outcome import Drawn, Outcome

from .subject import Subject

__all__ = ["RULES", "found", "kept"]

EXACT = Tolerance(relative=0, absolute=0, plain=1e-9)
WIDTHS = {
    "int64": (torch.int32, torch.int16, torch.uint8),
    "float32": (torch.float64, torch.float16),
}
Path = tuple[str, ...]
Rule = Callable[[Subject], Iterator[str]]
RULES: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    RULES[function.__name__.replace("_", " ")] = function
    return function


@functools.cache
def _said(subject: Subject) -> dict[str, list[str]]:
    """Return what each rule finds, with what is exempt."""
    return {name: list(check(subject)) for name, check in RULES.items()}


def found(subject: Subject) -> dict[str, list[str]]:
    """Return what each rule finds, without what is exempt."""
    return {
        name: [line for line in lines if line not in subject.exempt]
        for name, lines in _said(subject).items()
    }


def kept(subject: Subject) -> list[str]:
    """Return all that is amiss, and which exemptions are not needed."""
    every = {line for lines in _said(subject).values() for line in lines}
    mine = [line for line in subject.exempt if not line.startswith("wrong only in the first row")]
    stale = [f"exempt, but kept: {line}" for line in mine if line not in every]
    return [line for lines in found(subject).values() for line in lines] + stale


# --- each axis is once of size one ---------------------------------------------------------------


@rule
def each_axis_is_once_of_size_one(subject: Subject) -> Iterator[str]:
    """Every axis of every tensor that comes in or goes out: `squeeze` is never right by chance."""
    smallest: dict[tuple[str, int], int] = {}
    values = [one.expected.value for one in subject.visible]
    names = set.intersection(*([set(v) for v in values if isinstance(v, dict)] or [set()]))
    for one in subject.visible:
        if one.expected.status == "value":
            for name, tensor in _tensors_of(one, names):
                for back, size in enumerate(reversed(tensor.shape), start=1):
                    key = name, -back
                    smallest[key] = min(size or 2, smallest.get(key, size or 2))
    for (name, axis), size in smallest.items():
        if size > 1:
            yield f"axis {axis} of {name} is never of size 1"


def _tensors_of(one: Drawn, names: set[str]) -> Iterator[tuple[str, Tensor]]:
    """The tensors among the arguments, and those of the answer: it, or what it has by name.

    `names` are those that every answer has; what has other names each time is one thing.
    """
    for name, value in one.inputs.items():
        if is_tensor(value):
            yield f"`{name}`", value
    value = one.expected.value
    named = value.items() if isinstance(value, dict) else [("", value)]
    for name, item in [(name if name in names else "", item) for name, item in named]:
        parts = item if isinstance(item, tuple) else [item]
        for place, part in enumerate(parts):
            if is_tensor(part):
                yield " ".join(filter(None, ["the answer", str(name), str(place or "")])), part


# --- every argument matters ----------------------------------------------------------------------


@rule
def every_argument_matters(subject: Subject) -> Iterator[str]:
    """Each argument is perturbed in several ways: what is expected changes for some case.

    What is expected is computed here, too: a record may be of another processor's last bits.
    """
    drawn = subject.visible + subject.fresh()
    tried: dict[str, bool] = {}
    for one in drawn:
        (expected,) = subject.run(subject.reference, [one])
        for name, inputs in _perturbed(one.inputs):
            if not tried.get(name):
                (outcome,) = subject.run(subject.reference, [Drawn(one.case, inputs, one.expected)])
                tried[name] = _is_another(expected, outcome)
    for name, matters in tried.items():
        if not matters:
            yield f"{name}: the answer is never another one"


def _is_another(left: Outcome, right: Outcome) -> bool:
    if (left.status, left.error) != (right.status, right.error):
        return True
    return left.status == "value" and difference(left.value, right.value, EXACT) is not None


def _perturbed(inputs: Inputs) -> Iterator[tuple[str, Inputs]]:
    for path, leaf in _leaves(inputs, ()):
        for how, new in _others(leaf):
            changed = copy.deepcopy(inputs)
            inside = changed
            for key in path[:-1]:
                inside = inside[key]
            inside[path[-1]] = new
            yield f"`{'.'.join(path)}` {how}", changed


def _leaves(value: Inputs, path: Path) -> Iterator[tuple[Path, Any]]:
    for key, item in value.items():
        plain = isinstance(item, dict) and not any(is_tensor(leaf) for leaf in item.values())
        if plain and item and all(isinstance(name, str) for name in item):
            yield from _leaves(item, (*path, key))
        elif isinstance(key, str):
            yield (*path, key), item


def _others(leaf: Any) -> Iterator[tuple[str, Any]]:
    """Other values in place of one, each with its name."""
    if is_tensor(leaf):
        yield from _other_tensors(leaf)
    elif isinstance(leaf, bool):
        yield "turned round", not leaf
    elif isinstance(leaf, int):
        yield "one more", leaf + 1
    elif isinstance(leaf, float):
        yield "another number", 1.5 * leaf + 0.25
    elif isinstance(leaf, str):
        yield "one character more", f"{leaf}x"
    elif isinstance(leaf, list | tuple) and leaf:
        yield "without its last", leaf[:-1]
        yield "turned round", leaf[::-1]
    elif isinstance(leaf, dict) and leaf:
        yield "without its last", dict(list(leaf.items())[:-1])
        if all(is_tensor(item) for item in leaf.values()):
            yield "other numbers", {key: 1.5 * item + 0.25 for key, item in leaf.items()}
    elif isinstance(leaf, set) and leaf:
        yield "without its last", set(sorted(leaf, key=repr)[:-1])


def _other_tensors(leaf: Tensor) -> Iterator[tuple[str, Tensor]]:
    if leaf.dtype == torch.bool:
        yield "turned round", ~leaf
        return
    yield "all zeros", torch.zeros_like(leaf)
    if leaf.is_floating_point():
        yield "all ones", torch.ones_like(leaf)
        yield "other numbers", (1.5 * leaf + 0.25).flatten().flip(0).view(leaf.shape)
    else:
        yield "turned round", leaf.flatten().flip(0).view(leaf.shape)


# --- the type ------------------------------------------------------------------------------------


@rule
def the_type_is_part_of_the_answer(subject: Subject) -> Iterator[str]:
    """The right numbers in another width fail where the docstring names a type."""
    said = subject.reference.__doc__ or ""
    named = [name for name in WIDTHS if re.search(rf"\b{name}\b", said)]
    whole = [o for o in _answers(subject) if o.dtype == torch.int64]
    if whole and "int64" not in named and subject.exercise.kind == "function":
        yield "the answer is a tensor of whole numbers, and the docstring does not say int64"
    for name in named:
        for other in WIDTHS[name]:
            answer = _wrapped(subject, after=functools.partial(_retyped, name, other))
            for where, drawn in (("recorded", subject.visible), ("fresh", subject.fresh())):
                if subject.judged(answer, drawn).passed:
                    yield f"{other} passes for {name} on the {where} cases"


def _answers(subject: Subject) -> list[Tensor]:
    """What goes out as a tensor: the answer itself, where no driver hides it."""
    if subject.exercise.driver:
        return []
    return [one.expected.value for one in subject.visible if is_tensor(one.expected.value)]


def _retyped(name: str, other: torch.dtype, result: Any, arguments: list[Any]) -> Any:
    if isinstance(result, tuple):
        return tuple(_retyped(name, other, item, arguments) for item in result)
    if is_tensor(result) and str(result.dtype) == f"torch.{name}":
        return result.to(other)
    return result


# --- no argument is changed ----------------------------------------------------------------------


@rule
def a_changed_argument_is_seen(subject: Subject) -> Iterator[str]:
    """The reference, but one of its arguments is another afterwards: no driver may hide that."""
    drawn = subject.visible
    for place in range(6):
        spoilt: list[str] = []
        answer = _wrapped(subject, after=functools.partial(_spoil, place, spoilt))
        passed = subject.judged(answer, drawn).passed
        if spoilt and passed:
            yield f"argument {place} ({spoilt[0]}) may be changed unseen"


def _spoil(place: int, spoilt: list[str], result: Any, arguments: list[Any]) -> Any:
    """Change one argument, and return the result as it was."""
    before = copy.deepcopy(result)
    if place < len(arguments):
        victim = arguments[place]
        if is_tensor(victim) and victim.numel() and not victim.requires_grad:
            with torch.no_grad():
                victim.copy_(~victim if victim.dtype == torch.bool else victim + 1)
            spoilt.append("a tensor")
        elif isinstance(victim, list):
            victim.append(victim[-1] if victim else 0)
            spoilt.append("a list")
        elif isinstance(victim, dict | set) and victim:
            victim.pop() if isinstance(victim, set) else victim.popitem()
            spoilt.append("a dictionary or a set")
    return before


def _wrapped(subject: Subject, after: Callable[[Any, list[Any]], Any]) -> Any:
    """Return the reference, with something done after each call of it, or of its methods."""
    right = subject.reference
    if not isinstance(right, type):
        return _then(right, after)
    own = {"forward"} if issubclass(right, nn.Module) else {*vars(right)}
    methods = {
        name: _then(method, lambda result, given: after(result, given[1:]))
        for name, method in vars(right).items()
        if name in own and callable(method) and not name.startswith("_")
    }
    return type(right.__name__, (right,), methods)


def _then(
    function: Callable[..., Any], after: Callable[[Any, list[Any]], Any]
) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        return after(result, [*args, *kwargs.values()])

    return call
