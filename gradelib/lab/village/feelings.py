"""Find the signs of a feeling in a text. Only the village's own signs count."""

from __future__ import annotations

import functools
import re

from gradelib.lab.village import signs
from gradelib.lab.village.lexicon import rows


@functools.cache
def _pattern(feeling: str) -> re.Pattern[str]:
    lines = [cells[0] for cells in rows(signs.SIGNS[feeling])]
    known = [re.sub(r"\{hero\.(his|he)\}", "PRONOUN", line) for line in lines]
    phrases = (re.escape(line).replace("PRONOUN", "(?:her|his|she|he)") for line in known)
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


def shows(text: str, feeling: str) -> bool:
    """Say whether somebody in `text` shows joy, sadness, anger, fear or surprise.

    >>> shows("Mia clapped her hands.", "joy")
    True
    """
    if feeling not in signs.SIGNS:
        raise ValueError(f"feeling must be one of {', '.join(signs.SIGNS)}: got {feeling!r}")
    return bool(_pattern(feeling).search(text))
