"""Make a known mistake of a wrong answer that `gradelib report` found: its author gives the hint.

The answer is written below the topic's known mistakes as `function__name`. What it uses and the
module does not define is said. `make build` and the proofs then hold it to the others.
"""

from __future__ import annotations

import ast
import builtins
import json
import re
import textwrap
from pathlib import Path

from gradelib.author.sources import read_solutions, variants

__all__ = ["new_mistake"]

WIDTH = 94  # of a line of a hint
FOLDER_FILE = "from_hand_ins.py"  # where the mistakes of a topic are a folder
HEAD = '"""Wrong answers that classes have handed in."""\n'


def new_mistake(
    root: Path, exercise: str, name: str, hint: str, report: Path, group: int
) -> tuple[Path, list[str]]:
    """Add a mistake; return the file, and the names that are not defined there.

    Raises ValueError for what is not in the report, and for a name or an answer that cannot be one.
    """
    topic, _, function = exercise.partition(".")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name.endswith("_"):
        raise ValueError(f"a mistake is named like a function, such as forgets_the_mask: {name!r}")
    if function not in read_solutions(root, topic):
        raise ValueError(f"{topic} has no {function}")
    if name in variants(root, "mistakes", topic)[function]:
        raise ValueError(f"there is a known mistake {function}__{name} already")
    if not hint.strip() or '"""' in hint or "\\" in hint:
        raise ValueError("give the hint in plain words: it is what a student reads")
    node = _definition(_example(report, exercise, group), function)
    text = _written(node, f"{function}__{name}", hint)
    path = _place(root, topic)
    before = path.read_text(encoding="utf-8") if path.exists() else HEAD
    path.write_text(f"{before.rstrip()}\n\n\n{text}\n", encoding="utf-8")
    return path, _undefined(before, text)


def _example(report: Path, exercise: str, group: int) -> str:
    """Return the answer of a group, as the report has it."""
    try:
        abouts = json.loads(report.read_bytes())["exercises"]
        groups: list[dict[str, str]] = next(
            (a["groups"] for a in abouts if a["name"] == exercise), []
        )
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{report} is no report: gradelib report WEEK writes one") from None
    if not 1 <= group <= len(groups):
        raise ValueError(f"{exercise} has {len(groups)} groups in {report.name}, not {group}")
    return str(groups[group - 1]["example"])


def _definition(source: str, function: str) -> ast.FunctionDef:
    """Return the function that an answer is. Raises ValueError where it cannot stand alone."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        raise ValueError("the answer is no Python: write the mistake by hand") from None
    found = [n for n in body if isinstance(n, ast.FunctionDef) and n.name == function]
    if not found:
        raise ValueError(f"the answer defines no function {function}: write the mistake by hand")
    if any(isinstance(n, ast.Name) and n.id == function for n in ast.walk(found[-1])):
        raise ValueError(f"the answer calls {function} itself: write the mistake by hand")
    return found[-1]


def _written(node: ast.FunctionDef, name: str, hint: str) -> str:
    node.name = name
    lines = ast.unparse(node).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("def ")) + 1
    said = textwrap.fill(" ".join(hint.split()), WIDTH)
    doc = textwrap.indent(f'"""{said}"""', "    ")
    return "\n".join([*lines[:at], doc, *lines[at:]])


def _place(root: Path, topic: str) -> Path:
    folder = root / "solutions" / topic / "mistakes"
    return folder / FOLDER_FILE if folder.is_dir() else folder.with_suffix(".py")


def _undefined(module: str, text: str) -> list[str]:
    """Return the names that a definition uses and nothing in the module gives it."""
    given = {name for node in ast.walk(ast.parse(module)) for name in _bound(node)}
    function = ast.parse(text)
    own = {name for node in ast.walk(function) for name in _bound(node)}
    used = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
    return sorted(name for name in used - given - own if not hasattr(builtins, name))


def _bound(node: ast.AST) -> list[str]:
    match node:
        case ast.Import() | ast.ImportFrom():
            return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
        case ast.FunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.arg():
            return [node.arg]
        case ast.Name(ctx=ast.Store()):
            return [node.id]
    return []
