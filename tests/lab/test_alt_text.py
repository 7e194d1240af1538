"""A figure's description says its claim and its numbers, and stands in what a notebook shows."""

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb

from gradelib.lab import figures
from gradelib.lab.alt_text import as_html, describe


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_lines_are_described_by_their_ends():
    curves = {"yours": ([1, 2, 3], [3.0, 0.5, 1.0]), "trigram": ([1, 3], [2.0, 2.0])}
    axes = figures.lines(curves, "It learns", x="step", y="loss (nats)")
    said = describe(axes.figure)
    assert said.startswith("It learns. across: step, up: loss (nats). ")
    assert "a line yours from 3 at 1 to 1 at 3, between 0.5 and 3" in said
    assert "a level line trigram at 2" in said


def test_bars_are_described_by_their_names_and_values():
    (axes,) = figures.next_words(["net", "boat"], {"T = 1": [0.75, 0.25]}, "A net")
    assert "A net. T = 1, across: probability. bars: net 0.75, boat 0.25." in describe(axes.figure)


def test_a_grid_is_described_by_what_stands_beside_it():
    axes = figures.heatmap([[0.1, 0.9]], ["a"], ["c", "d"], "Weights", x="key", y="query")
    assert "a grid of 1 rows (a) and 2 columns (c, d)" in describe(axes.figure)


def test_a_long_list_is_cut():
    axes = figures.figure("Many")
    for place in range(40):
        axes.annotate(f"n{place}", (place, 0))
    said = describe(axes.figure)
    assert "n9, …, n39" in said
    assert "n20" not in said


def test_what_the_author_says_takes_the_place_of_the_numbers():
    axes = figures.figure("A claim")
    axes.plot([1, 2])
    axes.figure.set_label("Two points, and a line between them.")
    assert describe(axes.figure) == "A claim. Two points, and a line between them."


def test_the_image_carries_the_description_and_no_markup():
    axes = figures.figure('A "title" & <b>')
    axes.plot([1, 2])
    image = as_html(axes.figure)
    found = re.fullmatch(r'<img alt="([^"<>]*)" src="data:image/png;base64,[\w+/=]+" .*>', image)
    assert found
    assert found[1].startswith("A &quot;title&quot; &amp; &lt;b&gt;.")


def test_a_notebook_shows_every_figure_with_its_description():
    shell = InteractiveShell.instance()
    try:
        axes = figures.figure("Seen")
        axes.plot([1, 2])
        shown, _ = shell.display_formatter.format(axes.figure)
        assert "image/png" not in shown  # Jupyter would give it no description
        assert shown["text/html"].startswith('<img alt="Seen.')
    finally:
        InteractiveShell.clear_instance()


def luminance(shade):
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shade]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("thing", figures.COLOURS)
def test_what_is_written_in_a_figure_can_be_read(thing):
    """As the Web Content Accessibility Guidelines 2.2 measure contrast, on white."""
    axes = figures.figure("A title")
    figures.label(axes, 0, 0, "text", figures.colour(thing))
    (text,) = axes.texts
    assert 1.05 / (luminance(to_rgb(text.get_color())) + 0.05) >= 4.5
