"""Section 4.4, pairs of sentences: what is asked."""

from gradelib.checking.exercise import Exercise, Inputs, Rng

nsp_pairs = Exercise("encoder.nsp_pairs", points=2, difficulty=2)

WORDS = [
    "fog",
    "hides",
    "boats",
    "nobody",
    "waits",
    "the",
    "harbour",
    "sleeps",
    "gulls",
    "cry",
    "nets",
    "dry",
    "lamps",
    "burn",
]


def _sentences(rng: Rng, count: int) -> list[str]:
    return [" ".join(rng.choice(WORDS, size=3)) + f" {number}." for number in range(count)]


def _stories(rng: Rng, lengths: list[int]) -> Inputs:
    said = iter(_sentences(rng, sum(lengths)))
    pairs = sum(max(length - 1, 0) for length in lengths)
    return {
        "documents": [[next(said) for _ in range(length)] for length in lengths],
        "dice": [float(number) for number in rng.random(pairs)],
        "others": [f"elsewhere {number}" for number in rng.permutation(pairs)],
    }


@nsp_pairs.case
def three_stories(rng: Rng) -> Inputs:
    """Stories of four, two and five sentences."""
    return _stories(rng, [4, 2, 5])


@nsp_pairs.case
def a_story_of_one_sentence(rng: Rng) -> Inputs:
    """One sentence makes no pair, and the next story begins anew."""
    return _stories(rng, [3, 1, 3])


@nsp_pairs.case
def an_empty_story(rng: Rng) -> Inputs:
    """A document without a sentence."""
    return _stories(rng, [2, 0, 4])


@nsp_pairs.case
def no_story(rng: Rng) -> Inputs:
    """No document, and no pair."""
    return _stories(rng, [])


@nsp_pairs.case
def all_true(rng: Rng) -> Inputs:
    """Every second sentence is the true one."""
    drawn = _stories(rng, [3, 4])
    return {**drawn, "dice": [0.4 * number for number in drawn["dice"]]}


@nsp_pairs.case
def all_false(rng: Rng) -> Inputs:
    """Every second sentence comes from elsewhere; one number is exactly 0.5."""
    drawn = _stories(rng, [4, 2])
    return {**drawn, "dice": [0.5, *(0.5 + 0.5 * number for number in drawn["dice"][1:])]}


@nsp_pairs.case
def sentences_that_come_again(rng: Rng) -> Inputs:
    """The same sentence stands at several places, and another one follows each time."""
    drawn = _stories(rng, [5, 4])
    first, *others = drawn["documents"][0]
    again = [[first, others[0], first, others[1], first], [others[1], first, others[2], first]]
    return {**drawn, "documents": again, "dice": [number / 2 for number in drawn["dice"]]}


@nsp_pairs.case
def elsewhere_it_says_the_same(rng: Rng) -> Inputs:
    """What comes from elsewhere is sometimes the very sentence that follows: it is from elsewhere
    even so."""
    drawn = _stories(rng, [3, 5])
    follows = [second for story in drawn["documents"] for second in story[1:]]
    same = rng.permutation([True, True, True, False, False, False])
    others = [f if here else o for f, o, here in zip(follows, drawn["others"], same, strict=True)]
    return {**drawn, "others": others, "dice": [0.3 + 0.7 * number for number in drawn["dice"]]}
