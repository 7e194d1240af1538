"""Code as tokens in which names do not count, and the fingerprints of runs of tokens.

The fingerprints are those of Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for
Document Fingerprinting", SIGMOD 2003. They choose some of them, since they compare whole programs
with each other; answers are so short that all are kept here, and nothing shared is missed.
"""

from __future__ import annotations

import ast
import hashlib
import io
import keyword
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradelib.student.handin import as_python, parse

__all__ = ["RUN", "Run", "Token", "runs", "tokens_of"]

RUN = 9  # tokens of one fingerprint
LONGEST = 50_000  # characters of code that are looked at
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}


@dataclass(frozen=True)
class Token:
    """A word of code, and the line in which it stands."""

    text: str
    line: int


@dataclass(frozen=True)
class Run:
    """RUN tokens in a row, as a number, and the lines that they reach over."""

    mark: int
    first: int
    last: int


def tokens_of(source: str) -> list[Token]:
    """Return the tokens of some code, without comments, docstrings, layout and chosen names.

    Nothing for what is no Python.
    """
    code = as_python(source) if len(source) <= LONGEST else ""
    tree = parse(code) if code else None
    if tree is None:
        return []
    chosen, skipped = set(_chosen(tree)), set(_docstrings(tree))
    try:
        found = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):  # what Python reads and tokenize does not
        return []
    return [
        Token(_normal(token, chosen), token.start[0])
        for token in found
        if token.type not in LAYOUT and token.start not in skipped
    ]


def _normal(token: tokenize.TokenInfo, chosen: set[str]) -> str:
    if token.type == tokenize.STRING:
        return "text"
    is_name = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
    return "name" if is_name and token.string in chosen else token.string


def _chosen(tree: ast.AST) -> Iterator[str]:
    """Yield the names that whoever wrote the code gave: they can be changed without a thought."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def _docstrings(tree: ast.AST) -> Iterator[tuple[int, int]]:
    """Yield where texts begin that stand alone: docstrings, and code that is put out of use."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.lineno, node.col_offset


def runs(tokens: Sequence[Token]) -> list[Run]:
    """Return all runs of RUN tokens, in their order."""
    return [
        Run(_mark(part), part[0].line, part[-1].line)
        for start in range(len(tokens) - RUN + 1)
        for part in [tokens[start : start + RUN]]
    ]


def _mark(tokens: Sequence[Token]) -> int:
    text = "\0".join(token.text for token in tokens)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
