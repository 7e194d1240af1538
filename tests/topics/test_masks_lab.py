"""Pictures and the widget of notebook 02."""

import matplotlib as mpl
import pytest
import torch

from gradelib.lab.mask_pictures import PAD, MaskPicture, draw_masks, of_batch, padded, show_batch
from gradelib.topics.masks.explorer import MaskExplorer
from solutions.masks.reference import (
    attention_mask,
    cross_attention_mask,
    decoder_mask,
    encoder_mask,
    sliding_window_mask,
)

mpl.use("Agg")
ROW = ["fog", "hides", PAD]


@pytest.fixture
def explorer() -> MaskExplorer:
    return MaskExplorer(
        attention_mask, encoder_mask, decoder_mask, cross_attention_mask, sliding_window_mask
    )


def test_a_picture_is_written_as_it_is_read():
    picture = MaskPicture.of_signs("■·· ■■· ■■·", ROW, title="a triangle")
    assert picture.values.tolist() == [
        [True, False, False],
        [True, True, False],
        [True, True, False],
    ]
    assert str(picture).splitlines()[1] == "  fog ■ · ·"


def test_a_mask_of_another_shape_is_refused_and_both_shapes_are_said():
    with pytest.raises(ValueError, match=r"expected a mask of shape \(3, 2\), got \(2, 3\)"):
        MaskPicture(torch.ones(2, 3), ROW, ROW[:2])


def test_padding_labels_stand_on_the_side_of_the_padding():
    assert padded([["a", "b"], ["c"]], "left") == [["a", "b"], [PAD, "c"]]
    assert padded([["a", "b"], ["c"]]) == [["a", "b"], ["c", PAD]]


def test_weights_are_written_into_the_cells_and_masks_are_not():
    weights = MaskPicture(torch.tensor([[0.25, 0.75]]), ["q"], ["k", "l"])
    assert "0.25" in weights._repr_html_()
    assert "0.75" in str(weights)
    assert ">1.00<" not in MaskPicture.of_signs("■·", ["q"], ["k", "l"])._repr_html_()


def test_tokens_cannot_break_the_page():
    page = MaskPicture.of_signs("■", ["<b>&"], title="<i>")._repr_html_()
    assert "<b>" not in page
    assert "<i>" not in page


def test_no_quotes_stand_inside_quotes(monkeypatch):
    """A style that ends too early makes JupyterLab hang."""
    from html.parser import HTMLParser

    from IPython import display

    shown = []
    monkeypatch.setattr(display, "display", lambda data, raw: shown.append(data["text/html"]))
    show_batch([ROW], "a row", [[1, 2, 0]])
    shown.append(MaskPicture(torch.rand(3, 3), ROW, ROW, "weights")._repr_html_())
    names = set()
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: names.update(name for name, _ in attributes)
    reader.feed("".join(shown))
    assert names == {"style"}


def test_values_that_are_no_weights_are_still_drawn():
    values = torch.tensor([[torch.nan, 7.0, -1.0]])
    assert MaskPicture(values, ["q"], ROW).rows() == [[0.0, 1.0, 0.0]]


def test_a_batch_gives_a_picture_for_each_sentence():
    tokens = padded([["fog", "hides"], ["stop"]])
    pictures = of_batch(encoder_mask(attention_mask([2, 1])), tokens)
    assert [one.title for one in pictures] == ["sentence 1", "sentence 2"]
    assert pictures[1].queries == ["stop", PAD]


def test_pictures_have_a_title_and_both_axes_say_who_looks_at_whom():
    axes = draw_masks([MaskPicture.of_signs("■·· ■■· ■■·", ROW)] * 2, "What to see")
    assert "What to see" in [text.get_text() for text in axes[0].figure.texts]
    assert "looks" in axes[0].get_ylabel()
    assert all("looked at" in panel.get_xlabel() for panel in axes)
    assert [tick.get_text() for tick in axes[0].get_xticklabels()] == ROW


def test_cells_are_squares_of_one_size_and_all_tops_align():
    pictures = [
        MaskPicture.of_signs("■·· ■■· ■■·", ROW, title="a long title above a small mask"),
        MaskPicture.of_signs("■■■■■", ["q"], ["a", "longer", "key", "than", "the others"]),
    ]
    boxes = [panel.get_window_extent() for panel in draw_masks(pictures, "What to see")]
    sizes = [box.width / columns for box, columns in zip(boxes, (3, 5), strict=True)]
    sizes += [box.height / rows for box, rows in zip(boxes, (3, 1), strict=True)]
    assert max(sizes) - min(sizes) < 0.5
    assert abs(boxes[0].y1 - boxes[1].y1) < 0.5
    assert boxes[0].x1 < boxes[1].x0


def test_a_batch_is_shown_as_a_rectangle(monkeypatch):
    from IPython import display

    shown = []
    monkeypatch.setattr(display, "display", lambda data, raw: shown.append(data))
    show_batch([["<b>", PAD], ["c", "d"]], "two rows", [[1, 0], [2, 3]])
    page = shown[0]["text/html"]
    assert page.count("<tr") == 2
    assert page.count("<td") == 4
    assert "<b>" not in page
    assert "two rows" in shown[0]["text/plain"]


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_widget_shows_the_masks_of_each_kind_of_model(explorer, side):
    real = attention_mask([2, 1], side)
    for kind, make in (("encoder", encoder_mask), ("decoder", decoder_mask)):
        first, second = explorer.pictures("fog hides", "stop", kind, side)
        assert torch.equal(first.values, make(real)[0, 0])
        assert torch.equal(second.values, make(real)[1, 0])
    pictures = explorer.pictures("fog hides", "stop", "encoder–decoder", side)
    assert [one.values.shape for one in pictures] == [(4, 4), (3, 3), (3, 4)]
    assert pictures[2].keys == padded([["fog", "hides"], ["-"] * 4], side)[0]


def test_the_window_narrows_the_decoder_and_not_the_encoder(explorer):
    wide = explorer.pictures("a b c d", "e", "decoder")[0].values
    narrow = explorer.pictures("a b c d", "e", "decoder", window=2)[0].values
    assert (wide.sum().item(), narrow.sum().item()) == (10, 7)
    assert explorer.pictures("a b", "e", "encoder", window=1)[0].values.all()


def test_the_widget_says_what_is_missing_and_survives_what_is_wrong(explorer):
    def unwritten(real):
        raise NotImplementedError("write decoder_mask here")

    def wrong(real):
        raise RuntimeError("no <b>")

    parts = (attention_mask, encoder_mask, unwritten, cross_attention_mask)
    assert "write decoder_mask here" in MaskExplorer(*parts)._page(
        "a", "b", "decoder", "left", None
    )

    def later(tokens, window):
        return not_there_yet(tokens, window)  # noqa: F821

    parts = (attention_mask, encoder_mask, decoder_mask, cross_attention_mask, later)
    assert "<table" in MaskExplorer(*parts)._page("a", "b", "decoder", "left", None)
    assert "needs not_there_yet" in MaskExplorer(*parts)._page("a", "b", "decoder", "left", 3)
    parts = (attention_mask, wrong, decoder_mask, cross_attention_mask)
    assert "no &lt;b&gt;" in MaskExplorer(*parts)._page("a", "b", "encoder", "left", None)
    assert "<table" in explorer._page("", "", "encoder–decoder", "left", 3)


def test_the_widget_redraws_when_something_is_chosen(explorer, monkeypatch):
    from IPython import display

    shown = []
    monkeypatch.setattr(display, "display", shown.append)
    explorer.show("fog hides boats", "stop")
    *_, window, page = shown[0].children
    first, _second, kinds = shown[0].children[:3]
    before = page.value
    kinds.value = "encoder"
    assert window.disabled
    assert page.value != before
    first.value = "a b c d e f"
    assert page.value.count(">f<") == 2


def test_the_static_picture_shows_what_the_widget_shows(explorer):
    axes = explorer.draw("Three masks", "fog hides", "stop", "encoder–decoder")
    assert axes[2].texts[0].get_text() == "target looks at source"
