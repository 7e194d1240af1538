"""Notebooks and their widgets in a real JupyterLab. The formgrader is looked at in test_week."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from gradelib.author.compose import reference_answers, student_notebook, with_answers
from tests.browser import lab

pytestmark = lab.needs_browser
expect.set_options(timeout=30_000)  # a busy computer is slow to redraw
ROOT = Path(__file__).parents[2]
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


@contextmanager
def some_cells(browser, folder: Path, notebook: str, parts: list[str]) -> Iterator[Page]:
    """Run those cells of a notebook that have one of `parts`, with the reference answers."""
    answers = reference_answers(ROOT, notebook.split("_", 1)[1])
    whole = with_answers(student_notebook(ROOT, notebook), answers)
    code = [cell for cell in whole.cells if cell.cell_type == "code"]
    whole.cells = [cell for cell in code if any(part in cell.source for part in parts)]
    assert len(whole.cells) == len(parts)
    nbformat.write(whole, folder / f"{notebook}.ipynb")
    with lab.jupyter(folder) as address:
        page = browser.new_page(viewport=lab.LAPTOP)
        lab.open_notebook(page, address, f"{notebook}.ipynb")
        lab.run_all(page)
        yield page


def test_the_mask_explorer_redraws_at_every_click(browser, tmp_path):
    functions = ["attention_mask", "encoder_mask", "causal_mask", "decoder_mask"]
    functions += ["cross_attention_mask", "sliding_window_mask"]
    parts = ["import math", *(f"def {name}(" for name in functions), "explorer.show("]
    with some_cells(browser, tmp_path, "02_masks", parts) as page:
        masks = page.locator(".widget-html-content", has_text="query ↓ key →")
        blue = masks.locator("td[style*='rgb(0, 114, 178)']")
        expect(blue).to_have_count(15 + 3)  # two decoders: triangles over 5 and over 2 tokens
        lab.drag(page, "window", 0)  # each token sees itself alone
        expect(blue).to_have_count(5 + 2)
        lab.drag(page, "window", 1)
        page.get_by_role("button", name="encoder", exact=True).click()
        expect(blue).to_have_count(5 * 5 + 5 * 2)  # the padding looks too
        before = masks.inner_text()
        page.get_by_role("button", name="right").click()
        expect(masks).not_to_have_text(before, use_inner_text=True)
        expect(blue).to_have_count(5 * 5 + 5 * 2)
        page.get_by_label("second").fill("nobody waits today")
        expect(blue).to_have_count(5 * 5 + 5 * 3)
        page.get_by_role("button", name="encoder–decoder").click()
        expect(masks).to_contain_text("target looks at source")
        page.screenshot(path=lab.ARTIFACTS / "02_explorer.png")


def test_the_playground_follows_its_sliders_and_its_buttons(browser, tmp_path):
    functions = ["sample", "temperature", "top_k", "top_p", "min_p", "warp"]
    parts = ["import torch", *(f"def {name}(" for name in functions)]
    parts += ['language_model("decoder")', "ground = Playground(", "ground.show("]
    with some_cells(browser, tmp_path, "06_sampling", parts) as page:
        bars = page.locator(".widget-html-content", has_text="tokens are left")
        story = page.locator(".widget-html-content p")
        expect(bars).to_contain_text("2,048 of 2,048 tokens are left")
        for name, place in (("T", 0.1), ("min-p", 0.3), ("top-p", 0.5), ("top-k", 0.04)):
            before = bars.inner_text()
            lab.drag(page, name, place)
            expect(bars).not_to_have_text(before, use_inner_text=True)
        expect(bars).to_contain_text("cut off")
        page.screenshot(path=lab.ARTIFACTS / "06_playground.png")
        beginning = before = story.inner_text()
        for _ in range(3):
            page.get_by_role("button", name="draw a token").click()
            expect(story).not_to_have_text(before, use_inner_text=True)
            assert story.inner_text().startswith(before)
            assert before + story.locator("mark").inner_text() == story.inner_text()
            before = story.inner_text()
        page.get_by_role("button", name="begin again").click()
        expect(story).to_have_text(beginning, use_inner_text=True)
        page.get_by_label("begin").fill("The next morning")
        expect(story).to_have_text("The next morning", use_inner_text=True)
        page.get_by_role("button", name="draw ten").click()
        expect(story.locator("mark")).not_to_be_empty()
