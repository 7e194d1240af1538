"""The definitions of a cell that did not run to its end: what can be tried of it alone.

A line beside a right answer may raise where it is graded and not at the student's: an import that
only they have, a download, a process. Then the imports, functions, classes and values of the cell
are defined one by one, and what cannot be is left out.
"""

from __future__ import annotations

import ast

from gradelib.student.handin import as_python

__all__ = ["definitions"]

ALWAYS = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
IF_IT_RAISED = ALWAYS | ast.Assign | ast.AnnAssign | ast.If | ast.Try


def definitions(source: str, was_stopped: bool) -> str:
    """Return the part of a cell that defines something, as Python. Nothing where there is none.

    Of a cell that was stopped (a loop, a crash) no value that has to be computed is kept.
    """
    try:
        kept = [node for node in ast.parse(as_python(source)).body if _is_kept(node, was_stopped)]
        return "\n".join(map(ast.unparse, kept))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _is_kept(node: ast.stmt, was_stopped: bool) -> bool:
    if not was_stopped:
        return isinstance(node, IF_IT_RAISED)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return not any(isinstance(part, ast.Call | ast.ListComp) for part in ast.walk(node))
    return isinstance(node, ALWAYS)
