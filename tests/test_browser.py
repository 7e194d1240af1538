"""Notebook 00 in a real JupyterLab. The formgrader is looked at in test_week."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser import lab

pytestmark = lab.needs_browser
ROOT = Path(__file__).parents[1]
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
        lab.picture(page, lab.ARTIFACTS / "00_blank.png")
        answer, check = lab.cell_with(page, "def most_likely"), lab.cell_with(page, f'("{NAME}")')
        for source, status in ((WRONG, "failed"), (RIGHT, "passed")):
            lab.write(page, answer, source)
            lab.run_cell(page, answer)
            lab.run_cell(page, check)
            page.wait_for_selector(f'.gradelib-verdict[data-status="{status}"]')
            assert verdict(page).get_attribute("data-status") == status
            verdict(page).screenshot(path=lab.ARTIFACTS / f"00_{status}.png")
