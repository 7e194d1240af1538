"""A verdict can be read: on light pages and on dark ones, and without a dump of tensors."""

import pytest
import torch

from gradelib.checking.showing import brief
from gradelib.checking.verdict import COLOURS, INK, Finding, Verdict, as_html, as_text

PAGES = {"light": "#FFFFFF", "dark": "#212121", "VS Code, dark": "#1E1E1E"}
READABLE = 4.5  # WCAG 2.1, level AA, for text
SEEN = 3.0  # WCAG 2.1, for the stripe at the side, which says nothing that the word does not


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour `#RRGGBB` (WCAG 2.1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_largest_contrast_there_is():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("status", COLOURS)
def test_the_word_can_be_read_on_every_page(status):
    """It stands on a colour of its own, so that the page's does not matter."""
    html = as_html(Verdict("numbers.half", status, 1))
    assert f"color: {INK}; background: {COLOURS[status]}" in html
    assert contrast(INK, COLOURS[status]) >= READABLE


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("status", COLOURS)
def test_the_stripe_is_seen_on_every_page(status, page):
    assert contrast(COLOURS[status], page) >= SEEN


def test_a_hint_that_is_not_certain_says_so():
    sure = Verdict("numbers.half", "failed", 1, hint="Look.")
    unsure = Verdict("numbers.half", "failed", 1, hint="Look.", hint_is_certain=False)
    for show in (as_text, as_html):
        assert "It looks as if" not in show(sure)
        assert "It looks as if" in show(unsure)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (torch.tensor([[1, 2], [3, 4]]), "tensor [[1, 2], [3, 4]]"),
        (torch.tensor([0.5]).double(), "tensor [0.5] (float64)"),
        (torch.tensor(True), "tensor True"),
        (torch.zeros(3, 5), "a tensor of shape (3, 5) (float32)"),
        (torch.zeros(2, 2, 1), "a tensor of shape (2, 2, 1) (float32)"),
        ({"ids": torch.tensor([1, 2]), "n": 0.1}, "{'ids': tensor [1, 2], 'n': 0.1}"),
        ([torch.zeros(9, 9)], "[a tensor of shape (9, 9) (float32)]"),
        ((1,), "(1,)"),
        ("two\nlines", r"'two\nlines'"),
        ("x" * 100, "'" + "x" * 58 + "…"),
    ],
)
def test_small_tensors_are_shown_and_larger_ones_described(value, shown):
    assert brief(value) == shown
    assert "\n" not in brief(value)


def test_a_cases_text_may_name_code_and_its_message_is_data():
    found = Finding("swapped", "`target` is *less*.", "expected '*a*', got '`b`'")
    page = as_html(Verdict("a.b", "failed", 1, findings=[found]))
    assert "<b><code>target</code> is <em>less</em>.</b>" in page
    assert "<em>a</em>" not in page
    assert "<code>b</code>" not in page


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("It begins *after* the mistake.", "It begins <em>after</em> the mistake."),
        ("Is it `heads`, or `d_head`?", "Is it <code>heads</code>, or <code>d_head</code>?"),
        ("A *long `x * y` way*.", "A *long <code>x * y</code> way*."),
        ("2 * 3 * 4 and **kwargs", "2 * 3 * 4 and **kwargs"),
        ("a `b", "a `b"),
        ("one `a` and `b", "one <code>a</code> and `b"),
        ("`<unk>` & *<b>*", "<code>&lt;unk&gt;</code> &amp; <em>&lt;b&gt;</em>"),
    ],
)
def test_code_and_emphasis_look_like_it_and_nothing_else_is_html(said, shown):
    for page in (
        as_html(Verdict("a.b", "passed", 1, note=said)),
        as_html(Verdict("a.b", "failed", 1, hint=said)),
    ):
        assert shown in page
    assert said in as_text(Verdict("a.b", "passed", 1, note=said))
