"""The rules of published corpora, as far as they suit small documents, to measure the crawl by.

C4: Raffel et al. 2020, section 2.2. Gopher: Rae et al. 2021, appendix A.1.1. FineWeb: Penedo et
al. 2024, section 3.6. Left out: lists of bad words, and rules on whole sites.
"""

from __future__ import annotations

import re
from collections import Counter

ENDS = (".", "!", "?", '"', "”")
STOP_WORDS = {"the", "be", "to", "of", "and", "that", "have", "with"}  # Gopher's
ENGLISH = {"the", "and", "of", "to", "a", "in", "is", "it", "was", "that", "for", "with", "you"}
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ADDRESS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
PHONE = re.compile(r"(?<![\d-])(?:\+\d{2} ?|\(\d{3}\) ?|0)\d[\d -]{5,12}\d(?![\d-])")


def c4(text: str) -> bool:
    """Say whether C4 keeps a page: what is left of it are sentences, three at least."""
    low = text.lower()
    if "lorem ipsum" in low or "{" in text:
        return False
    lines = [
        line
        for line in text.split("\n")
        if line.rstrip().endswith(ENDS)
        and len(line.split()) >= 5
        and not any(
            word in line.lower() for word in ("javascript", "cookie policy", "terms of use")
        )
    ]
    return len(re.findall(r"[.!?]+[\"”]?(?:\s|$)", "\n".join(lines))) >= 3


def gopher(text: str) -> bool:
    """Say whether Gopher's rules keep a page, with 20 words in place of 50 as the least."""
    words, lines = text.split(), [line for line in text.split("\n") if line.strip()]
    if not 20 <= len(words) <= 100_000:
        return False
    mean = sum(map(len, words)) / len(words)
    signs = (text.count("#") + text.count("…") + text.count("...")) / len(words)
    bullets = sum(line.lstrip()[:1] in "-*•" for line in lines) / len(lines)
    open_ended = sum(line.rstrip().endswith(("…", "...")) for line in lines) / len(lines)
    letters = sum(any(map(str.isalpha, word)) for word in words) / len(words)
    known = STOP_WORDS & {word.lower().strip(".,;:!?\"'“”") for word in words}
    shaped = 3 <= mean <= 10 and signs <= 0.1 and bullets <= 0.9 and open_ended <= 0.3
    return shaped and letters >= 0.8 and len(known) >= 2 and not repeats(words, lines)


def repeats(words: list[str], lines: list[str]) -> bool:
    """Say whether too much of a page is said more than once."""
    seen = Counter(lines)
    if 1 - len(seen) / len(lines) > 0.3:
        return True
    total = sum(map(len, words))
    for size, most in ((2, 0.2), (3, 0.18), (4, 0.16)):
        runs = Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
        run, times = runs.most_common(1)[0]
        if times > 1 and times * sum(map(len, run)) / total > most:
            return True
    fives = Counter(tuple(words[i : i + 5]) for i in range(len(words) - 4))
    return sum(n - 1 for n in fives.values()) / max(1, sum(fives.values())) > 0.15


def fineweb(text: str) -> bool:
    """Say whether FineWeb's three rules on lines keep a page."""
    lines = [line for line in text.split("\n") if line.strip()]
    ended = sum(line.rstrip().endswith(ENDS) for line in lines) / len(lines)
    seen = Counter(lines)
    doubled = sum(len(line) * (n - 1) for line, n in seen.items()) / len("".join(lines))
    short = sum(len(line) < 30 for line in lines) / len(lines)
    return ended > 0.12 and doubled < 0.1 and short < 0.67


def english(text: str) -> bool:
    """Say whether enough of the words are English ones that are very frequent."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return bool(words) and sum(word in ENGLISH for word in words) / len(words) >= 0.12


def personal(text: str) -> list[str]:
    """Return what looks like an e-mail address, a telephone number or a computer's address."""
    return [found for rule in (EMAIL, ADDRESS, PHONE) for found in rule.findall(text)]
