"""Whether a text is an answer in words. When in doubt it is: no words may be lost.

There are three: a text that is empty, one that says something, and what lies between, such as
"TODO" or a heading alone. The last is no answer, and where an answer is asked for it still goes to
whoever marks.
"""

from __future__ import annotations

import html
import re
from collections import Counter

__all__ = ["PLACEHOLDER", "is_empty", "is_like", "says_something"]

PLACEHOLDER = "*Write your answer here.*"  # what is handed out
SENTENCE = 8  # words of a heading that may be an answer
ADDED = 4  # words more than a text had, so that some may be an answer
LEAST = 8  # words of a text that can be told when some of them are others
ALIKE = 0.6  # of a text's words that are still there, so that another is taken for it
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
COMMENT = re.compile(r"<!--.*?-->|^ {0,3}\[//\]: *# *\(.*\) *$", re.DOTALL | re.MULTILINE)
HTML_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"</?(?:br|p|hr|div|span|b|i|em|strong|center|font|details)\b[^>]*>", re.I)
HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]|$)")
UNDERLINE = re.compile(r"^ {0,3}=+[ \t]*$")  # of -, it may be a rule below an answer
LIST_MARK = re.compile(r"^[\s>]*(?:[-*+•]|\d{1,3}[.)])(?:\s+\[[ xX]?\])?(?:\s+|$)")
ASKED_FOR = (  # what stands where an answer is to come
    r"to ?do|tb[acd]|to be (?:done|continued)|fix ?me|wip|work in progress|x{3,}|placeholder"
    r"|(?:(?:write|type|put|enter|insert|give) )?(?:(?:your|my|the) )?answers?"
    r"(?: (?:goes|go))?(?: (?:here|below))?"
    r"|(?:meine |ihre |deine )?antwort(?: hier)?|(?:ma |votre )?reponse(?: ici)?"
    r"|(?:mi |tu |su )?respuesta(?: aqui)?|here|hier|ici|aqui"
)
ONLY_ASKED_FOR = re.compile(ASKED_FOR)
ACCENTS = str.maketrans("éèêíìáà", "eeeiiaa")


def is_empty(source: str) -> bool:
    """Say whether a text is certainly as it was handed out, or has nothing at all in it.

    >>> is_empty("_Write  your answer here_ \\n"), is_empty("TODO"), is_empty("?")
    (True, False, False)
    """
    text = TAG.sub(" ", INVISIBLE.sub("", html.unescape(source)))
    return not text.strip("*_ \t\r\n\xa0") or _folded(text) == _folded(PLACEHOLDER)


def says_something(source: str) -> bool:
    """Say whether a text has words, numbers or a picture in it that may be an answer.

    No answer are an empty text, bullets, rules and comments, headings alone (unless one is as long
    as a sentence), and what only says that an answer is to come.

    >>> says_something("## My notes"), says_something("## My notes\\n\\nIt grows.")
    (False, True)
    """
    text = HTML_HEADING.sub(r"\n# \2\n", COMMENT.sub(" ", source))
    text = INVISIBLE.sub("", html.unescape(TAG.sub(" ", text)))
    lines = text.splitlines() or [""]
    return any(_says(line, after) for line, after in zip(lines, [*lines[1:], ""], strict=True))


def _says(line: str, after: str) -> bool:
    is_heading = bool(HEADING.match(line) or UNDERLINE.match(after))
    words = _folded(LIST_MARK.sub("", line))
    if not words or ONLY_ASKED_FOR.fullmatch(words):
        return False
    return not is_heading or len(words.split()) >= SENTENCE


def _folded(text: str) -> str:
    """Return the letters and digits of a text as small words, one blank between them."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold().translate(ACCENTS)))


def is_like(source: str, text: str) -> bool:
    """Say whether `source` is `text`, perhaps of another edition, with hardly a word more."""
    own, there = Counter(_folded(text).split()), Counter(_folded(source).split())
    same, most = (own & there).total(), own.total()
    return most >= LEAST and same >= ALIKE * most and there.total() - most < ADDED
