"""The sentences and texts that translations are measured on."""

from gradelib.checking.exercise import Inputs, Rng

WORDS = ("the", "old", "lamp", "was", "in", "box", "a", "cat")
LETTERS = "abcAB., "


def draw_sentence(rng: Rng, length: int, words: int = 4) -> list[str]:
    return [str(word) for word in rng.choice(WORDS[:words], size=length)]


def draw_marks(rng: Rng) -> list[str]:
    """A sentence in which words come with and without a capital, and marks."""
    return [str(word) for word in rng.permutation(["The", "the", "the", "Lamp", "lamp", ".", ","])]


def with_slips(rng: Rng, sentence: list[str], slips: int, cut: int = 0) -> list[str]:
    changed = list(sentence)
    for place in rng.choice(len(sentence), size=slips, replace=False):
        changed[place] = str(rng.choice(WORDS))
    return changed[: len(changed) - cut]


def draw_test_set(rng: Rng, lengths: list[int], slips: int, cut: int = 0) -> Inputs:
    references = [draw_sentence(rng, length, 8) for length in lengths]
    translations = [with_slips(rng, reference, slips, cut) for reference in references]
    return {"translations": translations, "references": references}


def draw_text(rng: Rng, length: int) -> str:
    return "".join(str(letter) for letter in rng.choice(list(LETTERS), size=length))
