"""Known mistakes and alternatives can be pasted into their notebook: they use what it imports."""

import builtins

import pytest

from gradelib.author.compose import open_chapter, student_notebook
from gradelib.author.sources import renamed, variants
from gradelib.checking.session import global_names
from gradelib.teacher.grade.plan import bound
from tests.teacher.small_course import ROOT

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks" / "src").glob("*.md"))


def missing(notebook: str, kind: str) -> list[str]:
    """Return what such answers use and the notebook neither has nor asks for."""
    chapter = open_chapter(ROOT, notebook)
    cells = [c.source for c in student_notebook(ROOT, notebook).cells if c.cell_type == "code"]
    there = {name for source in cells for name in bound(source)} | {*dir(builtins)}
    known = variants(ROOT, kind, chapter.story.topic)
    asked = {exercise.function for exercise in chapter.exercises.values()}
    return [
        f"{function}__{how} uses {name}"
        for function, sources in known.items()
        for how, source in sources.items()
        for name in global_names(compile(renamed(source, function), how, "exec"))
        if function in asked and name not in there | asked
    ]


@pytest.mark.parametrize("kind", ["mistakes", "alternatives"])
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_an_answer_that_is_pasted_finds_all_names(notebook, kind):
    assert missing(notebook, kind) == []
