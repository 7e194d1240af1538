"""Code and emphasis in a line of text, as Markdown has them, for pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["inline"]

EMPHASIS = re.compile(r"(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])")


def inline(text: str) -> Markup:
    """Show `code` and *emphasis* as Markdown does. All else in the text is only text."""
    from markupsafe import Markup, escape

    parts = str(escape(text)).split("`")
    if len(parts) % 2 == 0:  # a single one is no pair
        parts[-2:] = ["`".join(parts[-2:])]
    shown = [
        f"<code>{part}</code>" if number % 2 else EMPHASIS.sub(r"<em>\1</em>", part)
        for number, part in enumerate(parts)
    ]
    return Markup("".join(shown))
