"""Notebook 00 in a real JupyterLab, and the graded class in nbgrader's formgrader."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

from tests.browser import lab  # noqa: E402 - needs playwright

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(lab.CHROMIUM is None, reason=lab.INSTALL),
]
ROOT = Path(__file__).parents[1]
ARTIFACTS = ROOT / "build" / "screenshots"
NOTEBOOK = "00_start_here.ipynb"
NAME = "start_here.most_likely"
WRONG = "def most_likely(words, probabilities):\n    return words[0]"
RIGHT = "def most_likely(words, probabilities):\n    return words[int(probabilities.argmax())]"


@pytest.fixture(scope="module")
def browser():
    with lab.chromium() as browser:
        yield browser


def verdict(page, name: str = NAME):
    return page.locator(".gradelib-verdict", has_text=name)


def test_a_notebook_shows_the_three_verdicts(browser, tmp_path):
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, tmp_path)
    with lab.jupyter(tmp_path) as address:
        page = browser.new_page(viewport=lab.LAPTOP)
        lab.open_notebook(page, address, NOTEBOOK)
        lab.run_all(page)
        assert verdict(page).get_attribute("data-status") == "not attempted"
        assert page.locator(".jp-RenderedText[data-mime-type*=stderr]").count() == 0
        lab.picture(page, ARTIFACTS / "00_blank.png")
        answer, check = lab.cell_with(page, "def most_likely"), lab.cell_with(page, f'("{NAME}")')
        for source, status in ((WRONG, "failed"), (RIGHT, "passed")):
            lab.write(page, answer, source)
            lab.run_cell(page, answer)
            lab.run_cell(page, check)
            page.wait_for_selector(f'.gradelib-verdict[data-status="{status}"]')
            assert verdict(page).get_attribute("data-status") == status
            verdict(page).screenshot(path=ARTIFACTS / f"00_{status}.png")


def test_formgrader_shows_the_graded_class(browser, graded_class):
    with lab.jupyter(ROOT, env={"GRADELIB_CLASS": str(graded_class.folder)}) as address:
        page = browser.new_page(viewport=lab.LAPTOP)
        page.goto(f"{address}/formgrader/gradebook/{graded_class.assignment}")
        page.wait_for_selector("text=00_start_here")
        page.screenshot(path=ARTIFACTS / "formgrader_week.png")
        page.goto(f"{address}/formgrader/manage_students/{graded_class.students[0]}")
        page.wait_for_selector(f"text={graded_class.assignment}")
        page.screenshot(path=ARTIFACTS / "formgrader_student.png")
        assert os.path.getsize(ARTIFACTS / "formgrader_week.png") > 10_000
