"""Can the village say this sentence? The test looks at one sentence alone, in any of its stories.

Words must agree with each other inside the sentence (a girl and her hands, a mill and what lies
in it); whether they agree with the sentences before is for `log_probability` to say.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import replace

from gradelib.lab.village.exact import derivations
from gradelib.lab.village.grammar import Draw, Entry, Node, Nodes, OneOf, Ref, Source, Text, known
from gradelib.lab.village.stories import PLOTS

OTHERS = ("others", "others_of", "other_things", "other_foods")  # all but one: that is not asked
Known = dict[str, list[Entry]]  # a variable -> what it may hold somewhere in a plot


@functools.lru_cache(100_000)
def can_say(sentence: str) -> bool:
    """Say whether some story of the village can hold this sentence.

    >>> can_say("Mia clapped her hands."), can_say("Mia clapped his hands.")
    (False, False)
    >>> can_say("Mia clapped her hands and put the key safely away.")
    True
    """
    if any(part in f" {sentence}" and derivations(ns, f" {sentence}") for part, ns in _templates()):
        return True
    # two sentences that `sentences` cannot tell from one: "Come in!" Tom said. "Come!" Tom laughed.
    cuts = (found.span() for found in re.finditer(r'(?<=[?!]") (?=["A-Z])', sentence))
    return any(can_say(sentence[:start]) and can_say(sentence[end:]) for start, end in cuts)


@functools.cache
def _templates() -> tuple[tuple[str, Nodes], ...]:
    """Return the sentences of all plots, each free of what was said before it.

    Beside each stands the longest part that it always says, which is quick to look for.
    """
    found: list[tuple[str, Nodes]] = []
    for _, plot in PLOTS.values():
        entries: Known = {}
        _collect(plot, entries)
        for nodes in _sentences(plot):
            part = max((node.text for node in nodes if isinstance(node, Text)), key=len)
            found.append((part, _freed(nodes, entries, set())[0]))
    return tuple(found)


def _collect(nodes: Nodes, entries: Known) -> None:
    """Note all that each variable may hold, in the order in which a story is told."""
    for node in nodes:
        if isinstance(node, OneOf):
            for _, branch in node.branches:
                _collect(branch, entries)
        elif isinstance(node, Draw) and node.var:
            held = entries.setdefault(node.var, [])
            held += [entry for entry in _all_of(node.source, entries) if entry not in held]


def _all_of(source: Source, entries: Known) -> list[Entry]:
    """Return all entries of a source, whatever it depends on."""
    needed = [
        var for var in dict.fromkeys(n.partition(".")[0] for n in source.needs) if var in entries
    ]
    every = itertools.product(*(entries[var] for var in needed))
    states = [dict(zip(needed, held, strict=True)) for held in every]
    seen = {tuple(known(state, name) for name in source.needs): state for state in states}
    drawn = (entry for state in seen.values() for _, entry in source.choices(state))
    return list(dict.fromkeys(drawn))


def _sentences(nodes: Nodes) -> list[Nodes]:
    """Return the branches that are sentences: they begin with the space before one."""
    found: list[Nodes] = []
    for node in nodes:
        if isinstance(node, OneOf):
            for _, branch in node.branches:
                is_sentence = branch and isinstance(branch[0], Text) and branch[0].text == " "
                found += [branch] if is_sentence else _sentences(branch)
    return found


def _freed(nodes: Nodes, entries: Known, drawn: set[str]) -> tuple[Nodes, set[str]]:
    """Draw each variable that an earlier sentence would have drawn."""
    free: list[Node] = []
    for node in nodes:
        if isinstance(node, OneOf):
            branches = [(p, *_freed(branch, entries, drawn)) for p, branch in node.branches]
            free.append(OneOf(tuple((p, branch) for p, branch, _ in branches)))
            drawn = drawn.union(*(after for _, _, after in branches))
        elif isinstance(node, Ref) and node.var not in drawn:
            source = _free(node.var, entries)
            free.append(Draw(node.var, source, node.form, node.capital, silent=False))
            drawn = drawn | {node.var}
        elif isinstance(node, Draw):
            needed = {name.partition(".")[0] for name in node.source.needs}
            missing = sorted(name for name in needed - drawn if name in entries)
            if missing and node.source.name in OTHERS:
                entry_of = _all_of(node.source, entries)
                node, missing = replace(node, source=_any(node.var, entry_of)), []
            free += [Draw(name, _free(name, entries), "", False, silent=True) for name in missing]
            free.append(node)
            drawn = drawn.union(missing, {node.var} if node.var else ())
        else:
            free.append(node)
    return tuple(free), drawn


def _free(name: str, entries: Known) -> Source:
    return _any(name, entries[name])


def _any(name: str, held: list[Entry]) -> Source:
    return Source(f"any {name}", (), lambda: [(entry, 1.0) for entry in held])
