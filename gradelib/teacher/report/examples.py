"""An answer as an example that anybody may see: no names, no comments, not too long."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable

from gradelib.student.handin import parse

__all__ = ["anonymous", "shortened", "without"]

COMMENT = re.compile(r"#.*$", re.M)
HIDING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LEAST = 3  # characters of a name that is taken out: shorter ones are parts of words
LINES, WIDTH, LONGEST = 40, 100, 20_000
STAND_IN = "student"  # for a name in a name that the student chose
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def anonymous(source: str, names: Iterable[str]) -> str:
    """Return code without comments, docstrings and these names, in Python's own layout.

    What cannot be read as Python loses what stands behind a #.
    """
    words = _words(names)
    tree = parse(source[:LONGEST])
    try:
        if tree is not None:
            return ast.unparse(_Anonymous(words).visit(tree))
    except (RecursionError, ValueError):  # nested too deep
        pass
    return without(COMMENT.sub("", source[:LONGEST]), names).strip()


def without(text: str, names: Iterable[str]) -> str:
    """Return a text without the words of these names."""
    words = sorted(_words(names), key=len, reverse=True)
    pattern = "|".join(map(re.escape, words))
    return re.sub(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", "…", text, flags=re.I) if words else text


def _words(names: Iterable[str]) -> set[str]:
    found = (word for name in names for word in re.findall(r"[^\W_]+", name))
    return {word.casefold() for word in found if len(word) >= LEAST}


class _Anonymous(ast.NodeTransformer):
    """Takes out docstrings, and names of people from texts and from what a student named."""

    def __init__(self, words: set[str]) -> None:
        self.words = words

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, DEFINITIONS):
            if ast.get_docstring(node, clean=False) is not None:
                node.body = node.body[1:] or [ast.Pass()]
            node.name = self._named(node.name)
        elif isinstance(node, ast.Name):
            node.id = self._named(node.id)
        elif isinstance(node, ast.arg):
            node.arg = self._named(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = without(node.value, self.words)
        self.generic_visit(node)
        return node

    def _named(self, name: str) -> str:
        if hasattr(builtins, name):
            return name
        parts = name.split("_")
        return "_".join(STAND_IN if part.casefold() in self.words else part for part in parts)


def shortened(text: str, lines: int = LINES, width: int = WIDTH) -> str:
    """Return a text of at most so many lines and columns, with … where more is left out.

    What turns the writing round, or is no character to see, is shown as �.
    """
    most = lines * width * 2
    seen = HIDING.sub("�", text[:most])
    kept = [line if len(line) <= width else f"{line[: width - 1]}…" for line in seen.splitlines()]
    more = len(kept) > lines or len(text) > most
    return "\n".join([*kept[:lines], *(["…"] if more else [])])
