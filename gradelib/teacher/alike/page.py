"""Pairs side by side, said with care. All that a student wrote is text on the page."""

from __future__ import annotations

from collections.abc import Sequence

from gradelib.teacher.alike.pairs import Pair, Shared
from gradelib.teacher.report.page import framed, pages

__all__ = ["MOST_PAIRS", "alike_page"]

MOST_PAIRS = 60  # on the page; the others are counted
LINES, WIDTH = 120, 160  # of a source that are shown
PAGE = """
<p><b>This is a place to look, and no verdict.</b> Students who talk about an exercise, follow the
same lecture or read the same page write alike, and short answers leave little room. Whoever copies
well is not found here. Read both, ask both, and hold nothing against anyone for a number.</p>
<p>What the stub, the reference, other right answers and the known mistakes have in them does not
count, nor what many students have. Names, comments and layout do not count either. The number says
how much of what is left of the shorter one stands in the other, too. Marked lines are alike.</p>
{% for pair in pairs %}
<h2>{{ pair.left }} and {{ pair.right }}: {{ "%.0f" | format(100 * pair.part) }} percent</h2>
{% for shared in pair.shared %}
<h3><code>{{ shared.exercise }}</code></h3>
<div class="beside">
{% for student, lines in sides(pair, shared) %}<div><b>{{ student }}</b>
<pre>{% for text, is_alike in lines %}{% if is_alike %}<mark>{{ text }}</mark>{% else %}{{ text }}{%
endif %}{{ "\\n" }}{% endfor %}</pre></div>
{% endfor %}</div>
{% endfor %}
{% else %}<p>No pair is more alike than the exercises make it.</p>
{% endfor %}
{% if more %}<p>{{ more }} more pairs, less alike than these, are left out.</p>{% endif %}
<style>.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.beside div { min-width: 0; } mark { background: #ffe9b8; } body { max-width: 80rem; }</style>
"""


def alike_page(title: str, pairs: Sequence[Pair]) -> str:
    """Return the page of all pairs, the most alike first."""
    body = pages.from_string(PAGE).render(
        pairs=pairs[:MOST_PAIRS], more=len(pairs[MOST_PAIRS:]), sides=_sides
    )
    return framed(title, body)


def _sides(pair: Pair, shared: Shared) -> list[tuple[str, list[tuple[str, bool]]]]:
    return [
        (pair.left, _lines(shared.left, shared.left_lines)),
        (pair.right, _lines(shared.right, shared.right_lines)),
    ]


def _lines(source: str, alike: frozenset[int]) -> list[tuple[str, bool]]:
    """Return the lines of a source, each with whether it is alike."""
    lines = source.splitlines()
    shown = [(line[:WIDTH], number in alike) for number, line in enumerate(lines[:LINES], 1)]
    return [*shown, ("…", False)] if len(lines) > LINES else shown
