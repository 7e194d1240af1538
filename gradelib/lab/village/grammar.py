"""A probabilistic grammar that remembers what it said. Exact sums over it are in `exact.py`.

A story is written from templates. In a template

    {hero}            says what the variable `hero` holds
    {hero.his}        says one of its forms
    {Hero.he}         says it with a capital letter
    {hero:people}     draws `hero` from the source `people`, then says it
    {adj:adjs.a}      draws `adj` from `adjs`, then says its form `a`
    {+thing:things}   draws `thing` and says nothing yet
    {:weathers}       draws from `weathers`, says it, and forgets it; {:Weathers} in capitals
    [early|late]      says one of the alternatives, each as likely as the others

so that a later choice can depend on an earlier one, however far back that was.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

State = Mapping[str, "Entry"]


@dataclass(frozen=True, eq=False)
class Entry:
    """A word or phrase with its forms: `Entry("Mia", {"he": "she", "his": "her"})`."""

    text: str
    forms: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)  # what other choices need to know

    def form(self, name: str) -> str:
        """Return the form `name`; the empty name is the text itself."""
        return self.forms[name] if name else self.text


def known(state: State, name: str) -> Entry | str | None:
    """Return the variable `name`, or its form if `name` is like "hero.he"; None if not drawn."""
    var, dot, form = name.partition(".")
    entry = state.get(var)
    return entry.form(form) if dot and entry else entry


@dataclass(frozen=True, eq=False)
class Source:
    """Where a variable's value is drawn from, and what decides it."""

    name: str
    needs: tuple[str, ...]  # variables ("hero") or only a form of them ("hero.he")
    options: Callable[..., Sequence[tuple[Entry, float]]]  # values of `needs` -> (entry, weight)
    _cache: dict[tuple[Entry | str | None, ...], tuple[tuple[float, Entry], ...]] = field(
        default_factory=dict
    )
    _spoken: dict[tuple[object, ...], tuple[tuple[float, str, Entry], ...]] = field(
        default_factory=dict
    )

    def choices(self, state: State) -> tuple[tuple[float, Entry], ...]:
        """Return (probability, entry) for each option, given what is already known."""
        key = tuple(known(state, name) for name in self.needs)
        if key not in self._cache:
            options = self.options(*key)
            total = sum(weight for _, weight in options)
            self._cache[key] = tuple((weight / total, entry) for entry, weight in options)
        return self._cache[key]

    def spoken(
        self, state: State, form: str, capital: bool
    ) -> tuple[tuple[float, str, Entry], ...]:
        """Return (probability, a form of the entry, entry) for each option."""
        key = (form, capital, *[known(state, name) for name in self.needs])
        if key not in self._spoken:
            options = self.choices(state)
            self._spoken[key] = tuple((p, say(entry, form, capital), entry) for p, entry in options)
        return self._spoken[key]


@dataclass(frozen=True, eq=False)
class Text:
    """Says the same thing always."""

    text: str


@dataclass(frozen=True, eq=False)
class Ref:
    """Says a form of a variable."""

    var: str
    form: str
    capital: bool


@dataclass(frozen=True, eq=False)
class Draw:
    """Draws a variable and says it, unless it is silent."""

    var: str
    source: Source
    form: str
    capital: bool
    silent: bool

    def options(self, state: State) -> Sequence[tuple[float, str, Entry]]:
        """Return (probability, what is said, entry) for each value that it may draw."""
        if self.silent:
            return [(probability, "", entry) for probability, entry in self.source.choices(state)]
        return self.source.spoken(state, self.form, self.capital)

    def remember(self, state: State, entry: Entry) -> State:
        """Return the state after an entry was drawn."""
        return {**state, self.var: entry} if self.var else state


@dataclass(frozen=True, eq=False)
class OneOf:
    """Goes on with one of several sequences of nodes."""

    branches: tuple[tuple[float, tuple[Node, ...]], ...]


@dataclass(frozen=True, eq=False)
class Let:
    """Remembers a value that is already certain."""

    var: str
    value: Entry


Node = Text | Ref | Draw | OneOf | Let
Nodes = tuple[Node, ...]
Step = tuple[float, str, Nodes, State]  # probability, text said, what follows, state


def say(entry: Entry, form: str, capital: bool) -> str:
    """Return a form of an entry, with a capital letter where one is due."""
    text = entry.form(form)
    return text[:1].upper() + text[1:] if capital else text


def steps(nodes: Nodes, state: State) -> Iterator[Step]:
    """Yield every way to take the first of `nodes`."""
    node, rest = nodes[0], nodes[1:]
    if isinstance(node, Text):
        yield 1.0, node.text, rest, state
    elif isinstance(node, Ref):
        yield 1.0, say(state[node.var], node.form, node.capital), rest, state
    elif isinstance(node, Let):
        yield 1.0, "", rest, {**state, node.var: node.value}
    elif isinstance(node, OneOf):
        for probability, branch in node.branches:
            yield probability, "", branch + rest, state
    else:
        for probability, said, entry in node.options(state):
            yield probability, said, rest, node.remember(state, entry)


def steps_along(nodes: Nodes, state: State, text: str, at: int) -> Iterator[Step]:
    """Yield the steps that say what `text` says from `at` on, as far as both of them go."""
    node = nodes[0]
    if isinstance(node, Draw):  # of many options few fit, and only these are worth remembering
        ahead = text[at:]
        for probability, said, entry in node.options(state):
            if ahead.startswith(said) or said.startswith(ahead):
                yield probability, said, nodes[1:], node.remember(state, entry)
    else:
        for step in steps(nodes, state):
            if text.startswith(step[1], at) or step[1].startswith(text[at:]):
                yield step


def draw(
    nodes: Nodes, rng: np.random.Generator, state: State | None = None
) -> tuple[str, float, State]:
    """Write one text; return it, its log-probability in nats, and the final state.

    Only `rng.random()` is asked, so that a seed gives the same text in every NumPy.
    """
    said: list[str] = []
    log_probability, state = 0.0, state or {}
    while nodes:
        options = list(steps(nodes, state))
        probability, text, nodes, state = options[0] if len(options) == 1 else _pick(options, rng)
        said.append(text)
        log_probability += math.log(probability)
    return "".join(said), log_probability, state


def _pick(options: list[Step], rng: np.random.Generator) -> Step:
    point = rng.random()
    sums = itertools.accumulate(option[0] for option in options)
    return next((o for o, upto in zip(options, sums, strict=True) if point < upto), options[-1])


class Templates:
    """Compiles templates into nodes, with the sources that they may draw from."""

    _slot = re.compile(r"\{(\+?)(\w*)(?::([\w/]+))?(?:\.(\w+))?\}|([\[\]|])|([^\[\]|{}]+)")

    def __init__(self, sources: Iterable[Source]):
        self.sources = {source.name: source for source in sources}

    def compile(self, template: str) -> Nodes:
        """Turn one template into nodes."""
        tokens = list(self._slot.finditer(template))
        if sum(len(token.group()) for token in tokens) != len(template):
            raise ValueError(f"template has a slot that cannot be read: {template!r}")
        branches, end = self._alternatives(tokens, 0)
        if end != len(tokens) or len(branches) != 1:
            raise ValueError(f"template has brackets that do not match: {template!r}")
        return branches[0]

    def _alternatives(self, tokens: list[re.Match[str]], at: int) -> tuple[list[Nodes], int]:
        branches: list[list[Node]] = [[]]
        while at < len(tokens):
            mark = tokens[at].group(5)
            at += 1
            if mark == "]":
                break
            if mark == "|":
                branches.append([])
            elif mark == "[":
                inner, at = self._alternatives(tokens, at)
                branches[-1].append(OneOf(tuple((1 / len(inner), nodes) for nodes in inner)))
            else:
                branches[-1].append(self._slot_node(tokens[at - 1]))
        return [tuple(branch) for branch in branches], at

    def _slot_node(self, token: re.Match[str]) -> Node:
        silent, var, source, form, _, text = token.groups()
        if text:
            return Text(text)
        first = (var or source)[:1]
        name, capital = var[:1].lower() + var[1:], first.isupper()
        if source is None:
            return Ref(name, form or "", capital)
        source = source[:1].lower() + source[1:]
        return Draw(name, self.sources[source], form or "", capital, bool(silent))

    def one_of(self, *templates: str | tuple[float, str]) -> OneOf:
        """Choose one sentence (or several in one template); weights are 1 unless given."""
        weighted = [(1.0, t) if isinstance(t, str) else t for t in templates]
        total = sum(weight for weight, _ in weighted)
        return OneOf(tuple((w / total, (Text(" "), *self.compile(t))) for w, t in weighted))

    def maybe(self, probability: float, *templates: str | tuple[float, str]) -> OneOf:
        """Say one of the sentences with this probability, else nothing."""
        return OneOf(((probability, (self.one_of(*templates),)), (1 - probability, ())))


def fork(*branches: tuple[float, Sequence[Node]]) -> OneOf:
    """Go on with one of several sequences, each with its probability."""
    if abs(sum(probability for probability, _ in branches) - 1) > 1e-9:
        raise ValueError(f"probabilities must sum to 1: got {[p for p, _ in branches]}")
    return OneOf(tuple((probability, tuple(nodes)) for probability, nodes in branches))


def let(var: str, value: str) -> Let:
    """Remember that `var` is `value`."""
    return Let(var, Entry(value))
