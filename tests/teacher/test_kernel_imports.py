"""What kernels need was imported before they were forked: none compiles or looks for it anew."""

import ast
import json

import pytest

from gradelib.sandbox.confine import available

if REASONS := available():
    pytest.skip(f"nothing is forked without a sandbox: {REASONS}", allow_module_level=True)

from gradelib.student.handin import as_python
from gradelib.teacher.course import Limits
from gradelib.teacher.kernels.run import Work, run
from tests.teacher.small_course import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TOPICS = "gradelib.topics"


def outputs_of(*cells: str):
    limits = Limits(cell_seconds=20)
    return run(Work(dict(enumerate(cells)), {}, {}, limits, sandboxed=True)).outputs


def test_what_a_first_error_and_a_first_tensor_need_was_imported_before_the_fork():
    cells = ("import sys; known = {*sys.modules}", "1/0", "import torch\ntorch.ones(2)")
    outputs = outputs_of(*cells, "sorted({*sys.modules} - known)")
    assert outputs[1][0]["ename"] == "ZeroDivisionError"
    assert outputs[3][0]["data"]["text/plain"] == "[]"


def what_notebooks_import() -> list[str]:
    """Return what the notebooks of the course import of gradelib, but for their own topics."""
    cells = [cell for path in NOTEBOOKS for cell in json.loads(path.read_bytes())["cells"]]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    trees = [ast.parse(as_python(source)) for source in code]
    found = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in found if (node.module or "").split(".")[0] == "gradelib"]
    return [ast.unparse(node) for node in ours if not str(node.module).startswith(TOPICS)]


def test_what_notebooks_import_of_gradelib_was_imported_before_the_fork():
    lines = sorted(set(what_notebooks_import()))
    assert "from gradelib import check, hint, progress, submit" in lines
    seen = "import sys\nbefore = set(sys.modules)\n"
    told = "\nprint(sorted(name for name in set(sys.modules) - before if 'gradelib' in name))"
    assert outputs_of(seen + "\n".join(lines) + told)[0][0]["text"] == "[]\n"
