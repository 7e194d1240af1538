"""Section 1.5, "How long should the list be?": what is asked."""

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.tokenization.exercises.inputs import ENGLISH, some_of

tokens_per_word = Exercise("tokenization.tokens_per_word", points=1, difficulty=1)


def _cut(rng: Rng, word: str, parts: int) -> list[str]:
    """Cut a word into tokens at random places."""
    places = sorted(some_of(rng, range(1, len(word)), parts - 1))
    cuts = [word[i:j] for i, j in zip([0, *places], [*places, len(word)], strict=True)]
    return [cuts[0], *(f"##{piece}" for piece in cuts[1:])]


@tokens_per_word.case
def five_words_in_pieces(rng: Rng) -> Inputs:
    """Five words of one to four tokens each; one word comes twice."""
    words = some_of(rng, ("harbour", "garden", "school", "bridge"), 4)
    cuts = [_cut(rng, word, parts) for word, parts in zip(words, (1, 4, 3, 2), strict=True)]
    return {"tokenized": [*cuts, cuts[1]]}


@tokens_per_word.case
def one_long_word(rng: Rng) -> Inputs:
    """Three whole words and one in five to nine tokens."""
    pieces = _cut(rng, "harbourmaster", int(rng.integers(5, 10)))
    return {"tokenized": [[word] for word in some_of(rng, ENGLISH, 3)] + [pieces]}


@tokens_per_word.case
def with_an_unknown_word(rng: Rng) -> Inputs:
    """A word that became "[UNK]" is a word of one token."""
    first, second = some_of(rng, ("harbour", "garden", "school", "bridge"), 2)
    return {"tokenized": [["[UNK]"], _cut(rng, first, 3), ["[UNK]"], _cut(rng, second, 4)]}


@tokens_per_word.case
def whole_words(rng: Rng) -> Inputs:
    """Every word is one token."""
    return {"tokenized": [[word] for word in some_of(rng, ENGLISH, 4)]}


@tokens_per_word.case
def no_words_at_all(rng: Rng) -> Inputs:
    """There are no words."""
    return {"tokenized": []}
