"""Text before the tokens: pieces, words, white space, lines that are not too long. No tokenizer."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from itertools import pairwise

__all__ = ["bert_words", "count_words", "cut", "pieces", "visible", "wrapped"]

PIECE = re.compile(r" ?\w+| ?[^\w\s]+|\s+")
WIDE = 96  # characters of a line; JupyterLab breaks a longer one inside a word
VISIBLE = {" ": "␣", "\n": "⏎", "\t": "⇥"}


def pieces(text: str) -> list[str]:
    """Cut `text` where no token may reach across: a word or a sign with the space before it.

    The pieces, joined, are the text again.

    >>> pieces("The sea, at last.")
    ['The', ' sea', ',', ' at', ' last', '.']
    """
    return PIECE.findall(text)


def count_words(text: str) -> dict[tuple[int, ...], int]:
    """Count the pieces of `text`, each as its UTF-8 bytes, in order of first occurrence.

    >>> count_words("no no")
    {(110, 111): 1, (32, 110, 111): 1}
    """
    counts: dict[tuple[int, ...], int] = {}
    for piece in pieces(text):
        word = tuple(piece.encode("utf-8"))
        counts[word] = counts.get(word, 0) + 1
    return counts


def bert_words(text: str) -> list[str]:
    """Split `text` as BERT's uncased models do before WordPiece.

    Lower case, no accents, one punctuation mark a word, no white space. It leaves out what BERT
    does for Chinese characters and for control characters.

    >>> bert_words("Où est Chloë?")
    ['ou', 'est', 'chloe', '?']
    """
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
    return "".join(f" {sign} " if _is_punctuation(sign) else sign for sign in plain).split()


def cut(text: str, ids: list[int], merges: list[tuple[int, int]]) -> list[str]:
    r"""Cut `text` where its byte-level tokens `ids` end.

    The bytes of a token that holds only a part of a character are shown in hexadecimal.
    Raises ValueError when the tokens are longer or shorter than the text.

    >>> cut("née", [110, 195, 169, 101], merges=[])
    ['n', '\\xc3', '\\xa9', 'e']
    """
    sizes = [1] * 256
    for first, second in merges:
        sizes.append(sizes[first] + sizes[second])
    data, ends = text.encode("utf-8"), [0]
    for token in ids:
        ends.append(ends[-1] + sizes[token])
    if ends[-1] != len(data):
        raise ValueError(f"the tokens hold {ends[-1]} bytes, the text has {len(data)}")
    return [data[start:end].decode(errors="backslashreplace") for start, end in pairwise(ends)]


def visible(token: str) -> str:
    """Make white space visible.

    >>> visible(" sea")
    '␣sea'
    """
    return "".join(VISIBLE.get(sign, sign) for sign in token)


def _is_punctuation(sign: str) -> bool:
    ascii_sign = sign.isascii() and sign.isprintable() and not sign.isalnum() and sign != " "
    return ascii_sign or unicodedata.category(sign).startswith("P")


def wrapped(text: str, indent: str = "") -> str:
    """Break the lines of `text` that are too long between two words; each begins with `indent`.

    >>> print(wrapped("fog " * 26 + "\\nsea", indent="  "))
      fog fog fog fog fog fog fog fog fog fog fog fog fog fog fog fog fog fog fog fog fog fog fog
      fog fog fog
      sea
    """
    filler = textwrap.TextWrapper(WIDE, initial_indent=indent, subsequent_indent=indent)
    filler.break_long_words = filler.break_on_hyphens = False
    return "\n".join(filler.fill(line) for line in text.splitlines())
