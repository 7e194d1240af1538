"""Find for each cell of a released notebook the one of a student's that stands for it.

What a submission says about itself (cell ids, grade flags, cell types) is not believed. An answer
is the last cell above its check that defines its name, a check the first cell that calls it;
written answers go by their grade_id, or else by the question above them; of several texts the last
that says something counts (answered.py). Whatever was odd is a remark.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator

from nbformat import NotebookNode

from gradelib.checking.tags import CellTag
from gradelib.student.answered import is_empty, is_like, says_something
from gradelib.student.handin import checked, defined, parse
from gradelib.student.written import split_off_answers

__all__ = ["Matcher", "kind_of", "normal"]

BY_CONTENT = {"setup", "demonstration", "code"}  # cells that count by what they contain alone


def kind_of(cell: NotebookNode) -> str:
    """Return what a released cell is: its tag's kind, nbgrader's own, code, or only text."""
    kind = CellTag.of(cell).kind
    if kind or "nbgrader" not in cell.metadata:
        return kind or ("code" if cell.cell_type == "code" else "text")
    marks = cell.metadata["nbgrader"]
    return "written" if marks.get("solution") or marks.get("task") else "locked"


class Matcher:
    """Fills `matches`: for the index of a released cell, that of the student's cell.

    Words that were typed into a question's cell get a cell of their own in `student`.
    """

    def __init__(self, released: list[NotebookNode], student: list[NotebookNode]) -> None:
        self.released, self.student = released, student
        self.matches: dict[int, int] = {}
        pairs = itertools.pairwise(released)
        asked = [(a, b) for a, b in pairs if (kind_of(a), kind_of(b)) == ("question", "written")]
        typed = split_off_answers(asked, student)
        self.remarks = [
            f"`{name}` was typed into the question's cell: it is read" for name in typed
        ]
        self.defines = [set(defined(c.source)) if c.cell_type != "raw" else set() for c in student]
        self.checks = [checked(c.source) if c.cell_type != "raw" else None for c in student]
        answers = [_exercise(c) for c in released if kind_of(c) == "answer"]
        self.wanted = {name.partition(".")[2] for name in answers}
        self.asked = {_grade_id(cell) for cell in released} - {""}
        self.by_text: dict[str, list[int]] = {}
        for index, cell in enumerate(student):
            self.by_text.setdefault(normal(cell), []).append(index)

    def match(self) -> None:
        # The sure ones first, so that nothing else takes their cells.
        order = [*sorted(BY_CONTENT), "answer", "check", "question", "locked", "written"]
        ways = {
            "answer": self._answer,
            "check": self._check,
            "locked": self._locked,
            "question": self._locked,
            "written": self._written,
        }
        kinds = [kind_of(cell) for cell in self.released]
        for kind in order:
            for index in (i for i, k in enumerate(kinds) if k == kind):
                match = ways.get(kind, self._same)(index)
                if match is not None:
                    self.matches[index] = match
        for index, match in self.matches.items():
            self._note_type(index, match)

    def _free(self, indices: Iterable[int]) -> list[int]:
        taken = set(self.matches.values())
        return [index for index in indices if index not in taken]

    def _same(self, index: int) -> int | None:
        same = self._free(self.by_text.get(normal(self.released[index]), []))
        return same[0] if same else None

    def _with_id(self, index: int) -> list[int]:
        """Return the student's cells with this grade_id that hold no answer to an exercise."""
        wanted = self.released[index].metadata["nbgrader"]["grade_id"]
        same_id = [i for i, cell in enumerate(self.student) if _grade_id(cell) == wanted]
        return self._free(i for i in same_id if not self.defines[i] & self.wanted)

    def _answer(self, index: int) -> int | None:
        name = _exercise(self.released[index])
        function = name.partition(".")[2]
        taken = set(self.matches.values())  # a cell of the story that uses the name again
        defining = [i for i, d in enumerate(self.defines) if function in d and i not in taken]
        defining = [i for i in defining if self.student[i].cell_type == "code"] or defining
        if len(defining) > 1:
            times = len(defining)
            self.remarks.append(
                f"`{function}` is defined {times} times: what it is at its check counts"
            )
        if defining:
            checks = [i for i, checked in enumerate(self.checks) if checked == name]
            above = [i for i in defining if checks and i < checks[-1]]
            return next(iter(self._free((above or defining)[-1:])), None)
        same_id = self._with_id(index)
        instead = sorted(self.defines[same_id[0]]) if same_id else []
        names = f": its cell defines {', '.join(f'`{n}`' for n in instead)}" if instead else ""
        if not any(function in self.defines[i] for i in self._answers()):  # as one with several
            self.remarks.append(f"no cell defines `{function}`{names}")
        return same_id[0] if same_id else None

    def _answers(self) -> Iterator[int]:
        """Yield the student's cells that are answers already."""
        for index, match in self.matches.items():
            if kind_of(self.released[index]) == "answer":
                yield match

    def _check(self, index: int) -> int | None:
        name = _exercise(self.released[index])
        checks = [i for i, checked in enumerate(self.checks) if checked == name]
        if len(checks) > 1:
            self.remarks.append(f"the check of `{name}` is there {len(checks)} times: one counts")
        if checks:
            return checks[0]
        return self._changed(index, f"the check of `{name}`")

    def _locked(self, index: int) -> int | None:
        same = self._same(index)
        if same is not None:
            return same
        texts = [i for i, cell in enumerate(self.student) if cell.cell_type != "code"]
        asked = self.released[index].source
        like = [i for i in self._free(texts) if is_like(self.student[i].source, asked)]
        return self._changed(index, f"`{_grade_id(self.released[index])}`", like)

    def _changed(self, index: int, what: str, like: Iterable[int] = ()) -> int | None:
        same_id = self._with_id(index) or [*like]
        how = "was changed" if same_id else "was missing"
        self.remarks.append(f"{what} {how}: it was put back as it had been handed out")
        return same_id[0] if same_id else None

    def _written(self, index: int) -> int | None:
        """By grade_id or below the question; the last one that was written in."""
        candidates = self._with_id(index)
        answered = [i for i in candidates if says_something(_words(self.student[i]))]
        if len(answered) > 1:
            name = _grade_id(self.released[index])
            self.remarks.append(f"`{name}` is there {len(answered)} times: the last one counts")
        if not answered:
            below = self._below(index)
            answered = [i for i in below if says_something(_words(self.student[i]))][:1]
            begun = [i for i in candidates if not is_empty(_words(self.student[i]))]
            candidates = begun or candidates or below[:1]  # "TODO" is for a person to see
        return next(iter((answered or candidates)[-1:]), None)

    def _below(self, index: int) -> list[int]:
        """Return the free texts below a question, up to the story's next cell."""
        texts: list[int] = []
        question = self.matches.get(index - 1)
        others = self.asked - {_grade_id(self.released[index])}
        for i in range(question + 1, len(self.student)) if question is not None else ():
            cell = self.student[i]
            if not self._free([i]) or _grade_id(cell) in others or self._is_story(cell):
                break
            if cell.cell_type != "code" or self._is_prose(i):
                texts.append(i)
        return texts

    def _is_story(self, cell: NotebookNode) -> bool:
        """Say whether a text is the story's, perhaps of another edition of the notebook."""
        texts = [text for text in self.released if kind_of(text) in ("text", "question")]
        own = normal(cell)
        return any(own == normal(text) or is_like(cell.source, text.source) for text in texts)

    def _is_prose(self, index: int) -> bool:
        """Say whether a cell of code holds words: no Python, or texts that nothing else needs."""
        if self.checks[index] or any(self._is_named(n, index) for n in self.defines[index]):
            return False
        tree = parse(self.student[index].source)
        return all(map(_is_text, tree.body if tree else []))

    def _is_named(self, name: str, index: int) -> bool:
        """Say whether a name is asked for, or stands in another cell of code."""
        cells = [c for i, c in enumerate(self.student) if i != index and c.cell_type == "code"]
        return name in self.wanted or any(
            name in cell.source and re.search(rf"\b{re.escape(name)}\b", cell.source)
            for cell in cells
        )

    def _note_type(self, index: int, match: int) -> None:
        now, before = self.student[match].cell_type, self.released[index].cell_type
        if now != before:
            what = _exercise(self.released[index]) or _grade_id(self.released[index])
            self.remarks.append(f"a cell of `{what}` had become {now}: it was read as {before}")


def _is_text(statement: ast.stmt) -> bool:
    """Say whether a statement is a text, prints texts, or gives one a name."""
    match statement:
        case ast.Expr(ast.Call(ast.Name("print"), arguments, [])):
            return all(isinstance(argument, ast.Constant) for argument in arguments)
        case ast.Expr(ast.Constant(str())) | ast.Assign(value=ast.Constant(str())):
            return True
    return False


def _words(cell: NotebookNode) -> str:
    """Return what a cell says: in one of code, # begins a comment and no heading."""
    if cell.cell_type != "code":
        return str(cell.source)
    return re.sub(r"^[ \t]*#+", "", cell.source, flags=re.M)


def _exercise(cell: NotebookNode) -> str:
    return CellTag.of(cell).exercise


def _grade_id(cell: NotebookNode) -> str:
    marks = cell.metadata.get("nbgrader")
    return str(marks.get("grade_id", "")) if isinstance(marks, dict) else ""


def normal(cell: NotebookNode) -> str:
    """Return what a cell says, whatever its white space and, for code, its comments."""
    read = _normal_text if len(cell.source) <= 20_000 else _normal_text.__wrapped__
    return read(cell.source, cell.cell_type == "code")


@functools.lru_cache(maxsize=4096)
def _normal_text(source: str, code: bool) -> str:
    tree = parse(source) if code else None
    if tree is not None and tree.body:
        try:
            return _short(ast.dump(tree))
        except RecursionError:  # 1,500 times elif
            pass
    return _short(" ".join(source.split()))


def _short(text: str) -> str:
    """Return a hash in place of a long text: thousands of them are kept."""
    return text if len(text) <= 10_000 else hashlib.sha256(text.encode()).hexdigest()
