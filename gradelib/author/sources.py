"""Read solutions, known mistakes and alternatives by their syntax trees, and make stubs.

A stub is made by keeping: decorators, signature, docstring, and what a class is given whole.
A module is imported only where `Source.object` is asked for.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
import linecache
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from gradelib.author import StoryError
from gradelib.author.edits import NoEdit, is_edit, read_edit

__all__ = ["Source", "read_solutions", "renamed", "statements", "stub", "variants"]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A function, a class or a value at the top level of a module, as it is written.

    Where it is written as an edit, `text` is the changed text of what it is an edit of, with the
    name and the docstring of that; `docstring` is its own.
    """

    name: str
    path: Path
    root: Path
    line: int
    text: str  # with its decorators
    docstring: str
    node: ast.stmt
    edited: Source | None = None  # what it is an edit of

    @property
    def space(self) -> dict[str, Any]:
        """Return the names that its module defines; in a notebook all of a reference is one."""
        others: list[Path] = []
        if self.path.parent.name == "reference":  # its head first: it knows who imports whom
            others = sorted(self.path.parent.glob("*.py"))
        modules = [vars(_load(self.root, path)) for path in [*others, self.path]]
        return {name: value for each in modules for name, value in each.items()}

    @property
    def object(self) -> Any:
        """Return what the module defines under this name; an edit is made anew each time."""
        if self.edited is None:
            return self.space[self.name]
        return _define(self.text, self.edited, f"<{self.name}>")


def read_solutions(root: Path, topic: str) -> dict[str, Source]:
    """Return the public functions, classes and values of a topic's reference by name.

    They stand in `solutions/<topic>/reference.py`, or in the modules of a folder `reference`. A
    value counts where a docstring stands under it. Raises StoryError.
    """
    place = root.resolve() / "solutions" / topic / "reference"
    found: dict[str, Source] = {}
    for source in _in_files(root, place):
        said = ""
        if source.name.startswith("_"):
            continue
        if source.name in found:
            said = f"stands in {found[source.name].path.name} too: keep one of them"
        elif not source.docstring:
            said = "needs a docstring: it is the task as a student reads it"
        if said:
            raise StoryError(source.path, source.line, f"{source.name} {said}")
        found[source.name] = source
    if not found and not place.is_dir() and not place.with_suffix(".py").exists():
        said = "there is no such file: write the reference answers there"
        raise StoryError(place.with_suffix(".py"), 1, said)
    return found


def variants(
    root: Path, kind: Literal["mistakes", "alternatives"], topic: str
) -> dict[str, dict[str, Source]]:
    """Return the answers `function__how` of a topic as `{function: {how: source}}`.

    They stand in `solutions/<topic>/<kind>.py`, or in the modules of a folder `<kind>`. A mistake
    `function__how__again` is another spelling of `function__how`, whose hint it earns. Raises
    StoryError for one that could not be pasted into a notebook in place of the answer.
    """
    solutions = read_solutions(root, topic)
    found: dict[str, dict[str, Source]] = {name: {} for name in solutions}
    for source in _in_files(root, root.resolve() / "solutions" / topic / kind):
        function, _, how = source.name.partition("__")
        said = ""
        if function not in found or not how:
            said = f"names no exercise: call it <function>__<what>; there are {', '.join(found)}"
        elif how in found[function]:
            said = f"stands in {found[function][how].path.name} too: call one of them otherwise"
        elif kind == "mistakes" and not source.docstring and "__" not in how:
            said = "needs a docstring: it is the hint that the mistake earns"
        elif function in {n.id for n in ast.walk(source.node) if isinstance(n, ast.Name)}:
            said = f"uses {function}, which would be itself once it is pasted: write it out"
        if said:
            raise StoryError(source.path, source.line, f"{source.name} {said}")
        found[function][how] = _edited(source, solutions[function])
    return {name: dict(_with_hints(those)) for name, those in found.items()}


def _with_hints(found: dict[str, Source]) -> Iterator[tuple[str, Source]]:
    """Yield the variants of one answer; a spelling has the docstring of what it spells."""
    for how, source in found.items():
        base, _, spelling = how.partition("__")
        if spelling and base not in found:
            said = f"{source.name} is a spelling of {base}, which is not there"
            raise StoryError(source.path, source.line, said)
        yield how, replace(source, docstring=found[base].docstring)


def renamed(source: Source, function: str) -> str:
    """Return the text of a variant under the exercise's own name, also where it calls itself."""
    return re.sub(rf"\b{source.name}\b", function, source.text)


def stub(source: Source, given: Collection[str] = ()) -> str:
    """Return the answer cell that a student finds: all that tells what to write, no body."""
    node = ast.parse(source.text).body[0]
    if isinstance(node, ast.ClassDef):
        text = _class_stub(source, node, given)
    elif isinstance(node, Function):
        text = _function_stub(source, node, source.name)
    else:
        told = "\n".join(f"# {line}".rstrip() for line in source.docstring.split("\n"))
        kind = f": {ast.unparse(node.annotation)}" if isinstance(node, ast.AnnAssign) else ""
        text = f"{told}\n{source.name}{kind} = ...  # write {source.name} here"
    try:
        ast.parse(text)
    except SyntaxError:
        said = f"no stub can be made of {source.name}: give its docstring lines of its own"
        raise StoryError(source.path, source.line, said) from None
    return text


def statements(source: Source, given: Collection[str] = ()) -> Iterator[str]:
    """Yield each statement of an answer, normalised: what no student may find anywhere."""
    for item in getattr(source.node, "body", [source.node]):
        for node in ast.walk(item) if _bound(item) not in given else ():
            if isinstance(node, ast.stmt) and not (_is_text(node) or isinstance(node, Function)):
                yield ast.unparse(node).split("\n")[0]


def _in_files(root: Path, place: Path) -> Iterator[Source]:
    """Yield what stands in `<place>.py`, or file by file in the folder `place`."""
    single = place.with_suffix(".py")
    files = sorted(file for file in place.glob("*.py") if file.name != "__init__.py")
    if single.exists() and files:
        said = f"there is a folder {place.name} too: move these there, or the others here"
        raise StoryError(single, 1, said)
    for path in [single] if single.exists() else files:
        yield from _read(root, path)


def _edited(source: Source, reference: Source) -> Source:
    """Return a variant as it is read: with the text of the reference changed if it is an edit."""
    if not is_edit(source.node):
        return source
    try:
        text = read_edit(source.node).of(reference.text)
    except NoEdit as error:
        raise StoryError(source.path, source.line, f"{source.name} {error}") from None
    nodes = ast.parse(text).body
    if [_bound(node) for node in nodes] != [reference.name]:
        said = f"{source.name} leaves more or less than a {reference.name}: keep to what is in it"
        raise StoryError(source.path, source.line, said)
    return replace(source, text=text, node=nodes[0], edited=reference)


def _read(root: Path, path: Path) -> Iterator[Source]:
    text = path.read_text(encoding="utf-8")
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        raise StoryError(path, error.lineno or 1, f"this is no Python: {error.msg}") from None
    lines = text.split("\n")
    for node, after in pairwise([*body, ast.Pass()]):
        if isinstance(node, Function | ast.ClassDef):
            docstring = ast.get_docstring(node) or ""
        elif _bound(node) and _is_text(after):
            docstring = inspect.cleandoc(after.value.value)  # type: ignore[attr-defined]
        elif is_edit(node):
            docstring = ""
        else:
            continue
        whole = "\n".join(lines[_start(node) - 1 : node.end_lineno])
        yield Source(_bound(node), path, root.resolve(), _start(node), whole, docstring, node)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(getattr(node.value, "value", None), str)


def _bound(node: ast.stmt) -> str:
    """Return the name that a definition or an assignment binds, or nothing."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return getattr(node, "name", getattr(target, "id", ""))


def _start(node: ast.stmt) -> int:
    """Return the line of a definition's first decorator, or its own."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _function_stub(source: Source, node: ast.stmt, said: str) -> str:
    refusal = f'raise NotImplementedError("write {said} here")'
    indent = " " * node.col_offset
    if _is_text(node.body[0]):  # type: ignore[attr-defined]
        return f"{_to_docstring(source, node)}\n{indent}    {refusal}"
    node.body = [ast.Pass()]  # type: ignore[attr-defined]
    header = ast.unparse(node).removesuffix("pass").rstrip()  # so that no comment comes along
    return "\n".join(indent + line for line in [*header.split("\n"), f"    {refusal}"])


def _class_stub(source: Source, node: ast.ClassDef, given: Collection[str]) -> str:
    lines = source.text.split("\n")
    parts = [_to_docstring(source, node)]
    for item in node.body[1:]:
        if _bound(item) in given:
            parts.append("\n".join(lines[_start(item) - 1 : item.end_lineno]))
        elif isinstance(item, Function):
            parts.append(_function_stub(source, item, f"{source.name}.{item.name}"))
    if missing := set(given) - {_bound(item) for item in node.body}:
        said = f"{source.name} has no {', '.join(sorted(missing))}, which its exercise gives"
        raise StoryError(source.path, source.line, said)
    return "\n\n".join(parts)


def _to_docstring(source: Source, node: ast.stmt) -> str:
    """Return a definition from its first decorator to the end of its docstring."""
    docstring = node.body[0]  # type: ignore[attr-defined]
    kept = source.text.split("\n")[_start(node) - 1 : docstring.end_lineno]
    kept[-1] = kept[-1].encode()[: docstring.end_col_offset].decode()
    return "\n".join(kept)


def _define(text: str, reference: Source, file: str) -> Any:
    """Run another definition of a reference among the names of its module."""
    names = dict(reference.space)
    lines = text.splitlines(keepends=True)
    linecache.cache[file] = (len(text), None, lines, file)  # for tracebacks
    exec(compile(text, file, "exec", dont_inherit=True), names)
    return names[reference.name]


def _load(root: Path, path: Path) -> Any:
    """Import a module by its path, with the root on the path for what it imports itself."""
    name = ".".join(path.relative_to(root).with_suffix("").parts)
    known = sys.modules.get(name)
    if known is not None and known.__file__ == str(path):
        return known
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None, path
    assert spec.loader is not None, path
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
