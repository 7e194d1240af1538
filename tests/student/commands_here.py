"""Run a student's commands in a folder, and look at what a notebook has then."""

from __future__ import annotations

import os
from pathlib import Path

from typer.testing import CliRunner

from gradelib.cli import app
from tests.student.pretend_bundle import NAME

FILE = f"{NAME}.ipynb"


def sources(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells]


def run(folder: Path, *words: str):
    """Run `gradelib …` in a folder, and return its exit code and what it printed."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(app, list(words))
    finally:
        os.chdir(before)
    error = f"{result.exception}" if isinstance(result.exception, ValueError | OSError) else ""
    if result.exception and not error and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output + error
