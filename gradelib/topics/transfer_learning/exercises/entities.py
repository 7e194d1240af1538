"""Section 7.6, names in a text: what is asked."""

from __future__ import annotations

import numpy as np

from gradelib.checking.exercise import Exercise, Inputs, Rng

align_labels = Exercise("transfer_learning.align_labels", points=2, difficulty=2)
entities_of = Exercise("transfer_learning.entities_of", points=3, difficulty=3)
entity_f1 = Exercise("transfer_learning.entity_f1", points=2, difficulty=2)

KINDS = ("PER", "LOC", "THG")
TAGS = ("O", *(f"{sign}-{kind}" for kind in KINDS for sign in "BI"))


# --- align_labels --------------------------------------------------------------------------------


def _cut(rng: Rng, pieces: list[int], padding: int = 0, special: bool = True) -> Inputs:
    """Words that are cut into so many tokens each, between [CLS] and [SEP]."""
    inside = [word for word, count in enumerate(pieces) for _ in range(count)]
    around: list[int | None] = [None] if special else []
    words = [*around, *inside, *around, *[None] * padding]
    return {"words": words, "tags": [int(tag) for tag in rng.integers(7, size=len(pieces))]}


@align_labels.case
def words_of_several_tokens(rng: Rng) -> Inputs:
    """Five words, of one, three, one, two and one tokens."""
    return _cut(rng, [1, 3, 1, 2, 1])


@align_labels.case
def whole_words(rng: Rng) -> Inputs:
    """Four words of one token each."""
    return _cut(rng, [1, 1, 1, 1])


@align_labels.case
def padding_at_the_end(rng: Rng) -> Inputs:
    """Two words of two tokens each, and padding behind [SEP]."""
    return _cut(rng, [2, 2], padding=3)


@align_labels.case
def the_same_tag_twice(rng: Rng) -> Inputs:
    """Two words with the same tag stand side by side: both have a first token."""
    drawn = _cut(rng, [1, 2, 2, 1])
    tag = int(rng.integers(7))
    return {**drawn, "tags": [0, tag, tag, 3]}


@align_labels.case
def no_special_tokens(rng: Rng) -> Inputs:
    """A tokenizer that adds nothing around the words."""
    return _cut(rng, [2, 1, 3], special=False)


@align_labels.case
def a_word_without_tokens(rng: Rng) -> Inputs:
    """The second of four words has no token, since the tokenizer threw it away."""
    return _cut(rng, [2, 0, 1, 2])


@align_labels.case
def a_text_without_words(rng: Rng) -> Inputs:
    """[CLS] and [SEP] alone."""
    return _cut(rng, [])


@align_labels.case
def cut_off(rng: Rng) -> Inputs:
    """The text was too long: of its five words the last two have no token any more."""
    drawn = _cut(rng, [1, 2, 2, 0, 0])
    return drawn


@align_labels.case
def one_word_alone(rng: Rng) -> Inputs:
    """One word of three tokens and no special ones: all three are of word 0."""
    return _cut(rng, [3], special=False)


# --- entities_of ---------------------------------------------------------------------------------


def _tags(text: str) -> Inputs:
    return {"tags": text.split()}


@entities_of.case
def one_of_each_kind(rng: Rng) -> Inputs:
    """A person of two words, a place of one, and a thing of three."""
    return _tags("B-PER I-PER O O B-LOC O B-THG I-THG I-THG O")


@entities_of.case
def side_by_side(rng: Rng) -> Inputs:
    """Two persons, one right after the other, and then a place."""
    return _tags("O B-PER B-PER I-PER B-LOC I-LOC")


@entities_of.case
def at_both_ends(rng: Rng) -> Inputs:
    """The first word and the last one are entities."""
    return _tags("B-LOC O O B-THG I-THG")


@entities_of.case
def a_beginning_is_missing(rng: Rng) -> Inputs:
    """An "I-" behind an "O", and one in the first place, go on with nothing."""
    return _tags("I-THG I-THG O I-PER O B-LOC I-LOC")


@entities_of.case
def another_kind_goes_on(rng: Rng) -> Inputs:
    """Behind "B-PER" stands "I-LOC", which goes on with no person; what follows does not either."""
    return _tags("O B-PER I-LOC I-PER O B-THG I-THG I-PER")


@entities_of.case
def the_same_kind_after_a_fault(rng: Rng) -> Inputs:
    """An entity, an "O", and an "I-" of its kind: the "O" has ended it."""
    return _tags("B-LOC I-LOC O I-LOC B-LOC O I-LOC")


@entities_of.case
def none_at_all(rng: Rng) -> Inputs:
    """A sentence without any entity."""
    return _tags("O O O O")


@entities_of.case
def no_words(rng: Rng) -> Inputs:
    """A sentence without words."""
    return {"tags": []}


@entities_of.case
def any_tags(rng: Rng) -> Inputs:
    """Twenty-five tags that a poor model might guess."""
    return {"tags": [str(tag) for tag in rng.choice(TAGS, size=25)]}


@entities_of.case
def other_kinds(rng: Rng) -> Inputs:
    """Kinds with other names, one of them with a hyphen."""
    return _tags("B-ORG I-ORG B-work-of-art I-work-of-art O B-X I-Y")


@entities_of.case
def kinds_that_end_alike(rng: Rng) -> Inputs:
    """A kind can end like another, or begin like it: PART is not ART, and ART is not AR."""
    return _tags("B-ART I-PART O B-PART I-ART I-PART O B-ART I-ART I-AR B-AR I-ART O")


# --- entity_f1 -----------------------------------------------------------------------------------


def _sentences(true: str, guessed: str) -> Inputs:
    return {
        "true": [line.split() for line in true.split("/")],
        "guessed": [line.split() for line in guessed.split("/")],
    }


@entity_f1.case
def some_are_found(rng: Rng) -> Inputs:
    """Three sentences: one entity is found, one is cut short, one has another kind, one is new."""
    return _sentences(
        "B-PER I-PER O / O B-LOC I-LOC / B-THG O O O",
        "B-PER I-PER O / O B-LOC O / B-LOC O O B-PER",
    )


@entity_f1.case
def the_same_place_in_another_sentence(rng: Rng) -> Inputs:
    """The entity is guessed at the right place of the wrong sentence."""
    return _sentences("O B-PER O / O O O / B-LOC O O", "O O O / O B-PER O / B-LOC O O")


@entity_f1.case
def long_and_short_sentences(rng: Rng) -> Inputs:
    """A sentence with many entities and one with a single one: each entity counts the same."""
    return _sentences(
        "B-PER B-LOC B-THG B-PER O B-LOC / O B-PER / O",
        "B-PER B-LOC B-THG O O B-LOC / B-PER B-PER / B-THG",
    )


@entity_f1.case
def begun_too_late(rng: Rng) -> Inputs:
    """Of three persons one is guessed to begin a word too late, and one a word too early."""
    more = ["I-PER"] * int(rng.integers(1, 4))
    true = ["O", "B-PER", "I-PER", *more], ["O", "O", "B-PER", *more], ["B-PER", *more]
    guessed = ["O", "O", "B-PER", *more], ["O", "B-PER", "I-PER", *more], ["B-PER", *more]
    return {"true": [*true], "guessed": [*guessed]}


@entity_f1.case
def the_same_tags_in_several_sentences(rng: Rng) -> Inputs:
    """Sentences with the same tags, true or guessed, are sentences of their own."""
    return _sentences(
        "B-PER O O / O B-LOC O / B-PER O O / O B-LOC O",
        "B-PER O O / B-PER O O / O B-PER O / O B-LOC O",
    )


@entity_f1.case
def many_are_guessed(rng: Rng) -> Inputs:
    """Every word is guessed to be a thing: most of them are not."""
    return _sentences("O B-THG O O / B-LOC O", "B-THG B-THG B-THG B-THG / B-THG B-THG")


@entity_f1.case
def all_right(rng: Rng) -> Inputs:
    """All entities are found."""
    same = "B-PER I-PER O / O B-LOC"
    return _sentences(same, same)


@entity_f1.case
def nothing_to_find(rng: Rng) -> Inputs:
    """There is no entity, and none is guessed."""
    return _sentences("O O / O", "O O / O")


@entity_f1.case
def nothing_guessed(rng: Rng) -> Inputs:
    """Nothing is guessed, as if all words were outside."""
    return _sentences("B-PER O / O B-LOC I-LOC", "O O / O O O")


@entity_f1.case
def any_sentences(rng: Rng) -> Inputs:
    """Eight sentences with the tags of a poor model, which begins some entities with "I-"."""
    lengths = rng.integers(3, 9, size=8)
    true, guessed = [], []
    for length in lengths:
        tags = [str(rng.choice(["O", "B-PER", "B-LOC"])) for _ in range(length)]
        doubt = rng.random(length) < 0.4
        true.append(tags)
        guessed.append([str(rng.choice(TAGS)) if no else tag for tag, no in zip(tags, doubt)])  # noqa: B905
    return {"true": true, "guessed": guessed}


@entity_f1.case
def a_sentence_that_begins_inside(rng: Rng) -> Inputs:
    """A person ends one sentence, and the guess begins the next one with "I-PER": a fault."""
    return _sentences("O B-PER / O O B-LOC", "O B-PER / I-PER O B-LOC")


@entity_f1.case
def long_sentences(rng: Rng) -> Inputs:
    """Two sentences with hundreds of words each, one of which is one long entity."""
    count = int(np.round(rng.integers(150, 200)))
    long = ["B-THG", *["I-THG"] * (count - 1)]
    return {"true": [long, ["B-PER", "O"] * 90], "guessed": [long, ["B-PER", "O", "O", "O"] * 45]}
