"""Notebooks and their widgets in a real JupyterLab. The formgrader is looked at in test_week."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import Page, expect

from gradelib.author.compose import reference_answers, student_notebook, with_answers
from gradelib.checking.tags import CellTag
from gradelib.student.progress import of_file
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
    found = {part: [cell for cell in code if part in cell.source] for part in parts}
    assert {part: len(cells) for part, cells in found.items() if len(cells) != 1} == {}
    whole.cells = [cell for cell in code if any(part in cell.source for part in parts)]
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
    parts += ["teller = language_model(", "ground = Playground(", "ground.show("]
    with some_cells(browser, tmp_path, "06_sampling", parts) as page:
        bars = page.locator(".widget-html-content", has_text="tokens are left")
        story = page.locator(".widget-html-content p")
        everything = re.compile(r"([\d,]+) of \1 tokens are left")
        expect(bars).to_contain_text("tokens are left")
        expect(bars).not_to_contain_text(everything)  # it opens with top-p
        lab.drag(page, "top-p", 1)
        expect(bars).to_contain_text(everything)
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
        page.get_by_label("begin").fill("abc" * 200)
        expect(page.get_by_text("it is cut after")).to_be_visible()
        page.get_by_label("begin").fill("")
        expect(page.get_by_text("An empty text begins with the end token")).to_be_visible()


def test_progress_counts_the_checks_of_this_session_and_those_of_the_file(browser, tmp_path):
    """The notebook has a name of its own, and a second one of the course lies beside it."""
    name = "start_here.softmax"
    notebook = student_notebook(ROOT, "00_start_here")
    keep = ("start_here.most_likely", "start_here.softmax")
    tagged = [(CellTag.of(cell), cell) for cell in notebook.cells]
    notebook.cells = [cell for tag, cell in tagged if tag.kind == "setup" or tag.exercise in keep]
    right = reference_answers(ROOT, "start_here")
    notebook = with_answers(notebook, {one: right[one] for one in keep})
    start = "import torch\nfrom torch import Tensor\nfrom gradelib import check, progress"
    notebook.cells.insert(1, new_code_cell(start))
    notebook.cells.append(new_code_cell("progress()"))
    nbformat.write(notebook, tmp_path / "ana.ipynb")
    shutil.copy(ROOT / "notebooks" / "01_tokenization.ipynb", tmp_path)
    with lab.jupyter(tmp_path) as address:
        page = browser.new_page(viewport=lab.LAPTOP)
        lab.open_notebook(page, address, "ana.ipynb")
        lab.run_all(page)
        shown = page.locator(".gradelib-progress")
        expect(shown).to_contain_text("ana: 2 of 2 done, 4 of 4 points")
        shown.screenshot(path=lab.ARTIFACTS / "progress.png")
        page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
        saved = tmp_path / "ana.ipynb"
        page.wait_for_function(
            "() => !window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=30_000
        )
    seen = of_file(saved)
    assert [task.state for task in seen.tasks] == ["passed", "passed"]
    assert [task.name for task in seen.tasks] == ["start_here.most_likely", name]
