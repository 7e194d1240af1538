"""A wrong answer that is a change of the right one: texts of the reference, and new ones.

    causal_mask__diagonal_hidden = Edit(".tril(past)", ".tril(past - 1)")

The hint stands below it as a docstring. Nothing here reads a file or runs an answer (`sources`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["Edit", "NoEdit", "is_edit", "read_edit"]

HIDDEN = "\0"  # stands for the characters of docstrings, where nothing is changed


class NoEdit(ValueError):
    """An edit that cannot be made. The message says why."""


class Edit:
    """A change of a function, class or value: texts of its code, each with what takes its place.

    Each old text occurs exactly once in the code. Docstrings are no code, comments are.
    """

    def __init__(self, old: str, new: str, *more: str) -> None:
        texts = [old, new, *more]
        if len(texts) % 2 or not all(texts[::2]):
            raise NoEdit("takes pairs of texts: an old one and the new one that takes its place")
        self.pairs = list(zip(texts[::2], texts[1::2], strict=True))

    def of(self, code: str) -> str:
        """Return the changed code of one definition. Raises NoEdit.

        >>> Edit("*", "+").of("def double(x): return x * 2")
        'def double(x): return x + 2'
        """
        places = sorted((*_place(code, old), new) for old, new in self.pairs)
        for (_, end, _), (start, _, _) in pairwise(places):
            if start < end:
                raise NoEdit(f"changes {code[start:end]!r} twice: make one pair of the two")
        changed = code
        for start, end, new in reversed(places):
            changed = changed[:start] + new + changed[end:]
        try:
            before, after = (ast.unparse(ast.parse(text)) for text in (code, changed))
        except SyntaxError as error:
            line = f"{error.msg}: {(error.text or '').strip()}"
            raise NoEdit(f"leaves no Python: {line}") from None
        if before == after:
            raise NoEdit("changes nothing")
        return changed


def is_edit(node: ast.stmt) -> bool:
    """Say whether a statement is an assignment `name = Edit(…)`."""
    call = getattr(node, "value", None)
    return isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Edit"


def read_edit(node: ast.stmt) -> Edit:
    """Return the edit that a statement assigns. Raises NoEdit."""
    call: ast.Call = node.value  # type: ignore[attr-defined]
    constants = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    texts = [text for text in constants if isinstance(text, str)]
    if call.keywords or len(texts) < max(2, len(call.args)):
        raise NoEdit("takes texts, written out: the old one, the new one, and so on")
    return Edit(*texts)


def _place(code: str, old: str) -> tuple[int, int]:
    """Return where a text stands in the code. Raises NoEdit where that is not one place."""
    open_code = _without_docstrings(code)
    if (times := open_code.count(old)) != 1:
        said = "quote more of what is around it" if times else "copy it from the reference"
        raise NoEdit(f"changes {old!r}, which occurs {times} times in the reference: {said}")
    start = open_code.index(old)
    return start, start + len(old)


def _without_docstrings(code: str) -> str:
    """Return the code, as long as before, in which no text can be found in a docstring."""
    lines = code.split("\n")
    for first, last in _docstrings(ast.parse(code)):
        lines[first:last] = [HIDDEN * len(line) for line in lines[first:last]]
    return "\n".join(lines)


def _docstrings(tree: ast.AST) -> Iterator[tuple[int, int]]:
    """Yield the lines, counted from 0, of each docstring that has lines of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = node.body[0]
            if ast.get_docstring(node) is not None and first.lineno > node.lineno:
                yield first.lineno - 1, first.end_lineno or first.lineno
