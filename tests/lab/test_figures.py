"""What every notebook shows its results with: strips of tokens, figures, the token widget."""

import matplotlib
import pytest

from gradelib.lab import figures, tokens
from gradelib.lab.tokens import Strip
from gradelib.topics.tokenization.explorer import TokenExplorer
from tests.topics.tiny_bpe import BEAD, encode

matplotlib.use("Agg")


# strips


def test_a_strip_escapes_what_it_shows():
    page = Strip(["<b>", "&"], "<i>", under=["<u>", 2])._repr_html_()
    assert "&lt;b&gt;" in page
    assert "&amp;" in page
    assert not any(tag in page for tag in ("<b>", "<i>", "<u>"))


def test_tokens_of_a_word_share_a_shade_and_kinds_have_their_own():
    chips = Strip([["un", "##known"], ["[UNK]"], ["sea"]], kinds={"[UNK]": "unknown"}).chips()
    papers = [chip.paper for chip in chips]
    assert papers == [tokens.WORDS[0], tokens.WORDS[0], tokens.KINDS["unknown"], tokens.WORDS[0]]
    assert [chip.apart for chip in chips] == [False, False, True, True]


def test_white_space_is_visible_in_a_strip():
    assert str(Strip([" a", "\n"], "t")) == "t (2 tokens): ␣a|⏎"


def test_a_drawn_strip_wraps_and_is_as_wide_as_asked():
    chips = Strip(["word"] * 60).chips()
    placed, last = tokens._placed(chips, letters=50)
    assert last > 0
    assert max(left + len(chip.text) + 1.2 for left, _, chip in placed) <= 50


def test_a_table_escapes_and_puts_numbers_to_the_right(capsys):
    assert tokens._cell("<b>") == "<td style='text-align:left;white-space:pre-wrap'>&lt;b&gt;</td>"
    assert "right" in tokens._cell(4096)
    assert "4,096" in tokens._cell(4096)
    tokens.show_table({"a": [1]}, "of ones")


# figures


def titles(axes) -> str:
    return axes.figure.get_suptitle()


def test_every_figure_has_its_title_and_its_labels():
    axes = figures.lines({"seen": ([1, 2], [3, 4])}, "It grows", x="time (s)", y="size (m)")
    assert (titles(axes), axes.get_xlabel(), axes.get_ylabel()) == (
        "It grows",
        "time (s)",
        "size (m)",
    )
    axes = figures.bars({"a": {"German": 1.0, "Greek": 2.0}}, "Greek is longer", x="tokens")
    assert (titles(axes), axes.get_xlabel()) == ("Greek is longer", "tokens")
    panels = figures.next_words(["a", "b"], {"T = 1": [0.2, 0.8], "T = 2": [0.4, 0.6]}, "b leads")
    assert titles(panels[0]) == "b leads"
    assert [panel.get_title("left") for panel in panels] == ["T = 1", "T = 2"]


def test_a_heatmap_has_a_token_at_each_row_and_column():
    weights = [[0.1, 0.9, 0.0], [0.5, 0.2, 0.3]]
    names = ["Der", "Hund"], ["the", "dog", "."]
    axes = figures.heatmap(weights, *names, "Where German looks", x="English", y="German")
    assert [label.get_text() for label in axes.get_yticklabels()] == names[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == names[1]


def test_a_loss_curve_shows_the_floor():
    axes = figures.losses({"yours": ([0, 10], [3.0, 1.0])}, "It learns", floor=0.33)
    assert "entropy 0.33" in " ".join(text.get_text() for text in axes.texts)


def test_a_thing_without_a_colour_is_an_error_that_lists_the_others():
    with pytest.raises(KeyError, match="no colour is kept for 'Dutch'; there are: yours"):
        figures.colour("Dutch")


# the widget


@pytest.fixture
def explorer() -> TokenExplorer:
    return TokenExplorer(encode, BEAD, {"words": str.split})


def test_the_slider_at_zero_shows_bytes(explorer):
    first = explorer.strips("to be", 0)[0]
    assert (first.tokens, first.title) == ([["t", "o"], [" ", "b", "e"]], "bytes, before any merge")


def test_the_last_merge_is_marked(explorer):
    strip = explorer.bpe("to be", 2)
    assert strip.tokens == [["t", "o"], [" be"]]
    assert strip.kinds == {" be": "new"}
    assert explorer.bpe("to be", 1).title == "BPE after 1 merge"


def test_the_picture_marks_what_is_new_since_the_row_above(explorer):
    axes = explorer.draw("be to be", (0, 2), "Two words are one token")
    drawn = [patch.get_facecolor() for patch in axes.patches]
    assert drawn.count(matplotlib.colors.to_rgba(tokens.KINDS["new"])) == 2


def test_a_function_that_stops_is_told_in_the_widget(explorer):
    def unwritten(*_):
        raise NotImplementedError("write encode_bpe here")

    assert "write encode_bpe here" in TokenExplorer(unwritten, BEAD)._page("a", 1)
    broken = TokenExplorer(lambda *_: [97, 97], BEAD)._page("a", 1)
    assert "ValueError: the tokens hold 2 bytes, the text has 1" in broken
    assert "to" in explorer._page("to be", 1)


def test_the_widget_can_be_built(explorer):
    explorer.show("to be", merges=1)
