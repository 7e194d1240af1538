"""Section 10.6, how often a model obeys: what is asked."""

from __future__ import annotations

from gradelib.checking.exercise import Exercise, Inputs, Rng

obey_rate = Exercise("sft.obey_rate", points=1, difficulty=1)
by_kind = Exercise("sft.by_kind", points=1, difficulty=1)
rate_difference = Exercise("sft.rate_difference", points=2, difficulty=2)


def _yes(rng: Rng, right: int, count: int) -> list[bool]:
    """Return so many answers in any order, of which so many obeyed."""
    return [place < right for place in rng.permutation(count).tolist()]


# --- obey_rate -----------------------------------------------------------------------------------


@obey_rate.case
def most_obeyed(rng: Rng) -> Inputs:
    """Twelve instructions, nine obeyed."""
    return {"obeyed": _yes(rng, 9, 12)}


@obey_rate.case
def half_obeyed(rng: Rng) -> Inputs:
    """Eight instructions, four obeyed."""
    return {"obeyed": _yes(rng, 4, 8)}


@obey_rate.case
def few_of_many(rng: Rng) -> Inputs:
    """300 instructions, seventeen obeyed."""
    return {"obeyed": _yes(rng, 17, 300)}


@obey_rate.case
def any_number(rng: Rng) -> Inputs:
    """Some number of instructions, at least one obeyed and one not."""
    count = int(rng.integers(20, 60))
    return {"obeyed": _yes(rng, int(rng.integers(1, count)), count)}


@obey_rate.case
def all_obeyed(rng: Rng) -> Inputs:
    """Five instructions, all obeyed: the formula gives 0."""
    return {"obeyed": [True] * 5}


@obey_rate.case
def a_single_one(rng: Rng) -> Inputs:
    """One instruction, not obeyed."""
    return {"obeyed": [False]}


# --- by_kind -------------------------------------------------------------------------------------


@by_kind.case
def three_kinds(rng: Rng) -> Inputs:
    """Three kinds in turn, not in the order of the alphabet."""
    return {"kinds": ["who", "list", "place"] * 5, "obeyed": _yes(rng, 8, 15)}


@by_kind.case
def kinds_of_unequal_size(rng: Rng) -> Inputs:
    """One kind comes nine times, another three times, the last one once."""
    kinds = rng.permutation(["yes_no"] * 9 + ["about"] * 3 + ["length"]).tolist()
    return {"kinds": kinds, "obeyed": _yes(rng, 6, 13)}


@by_kind.case
def one_kind(rng: Rng) -> Inputs:
    """Seven instructions of one kind, five obeyed."""
    return {"kinds": ["last"] * 7, "obeyed": _yes(rng, 5, 7)}


@by_kind.case
def one_instruction(rng: Rng) -> Inputs:
    """One instruction, obeyed."""
    return {"kinds": ["both"], "obeyed": [True]}


@by_kind.case
def a_kind_that_never_obeys(rng: Rng) -> Inputs:
    """The second kind never obeys, the first always does."""
    kinds = ["what", "ending", "ending", "what", "thing", "thing"]
    return {"kinds": kinds, "obeyed": [True, False, False, True, True, False]}


@by_kind.case
def none(rng: Rng) -> Inputs:
    """No instructions, and so no kinds."""
    return {"kinds": [], "obeyed": []}


@by_kind.invariant
def in_the_order_in_which_they_come(inputs: Inputs, answer: dict[str, object]) -> bool:
    """The kinds stand in the order in which each of them comes first."""
    return list(answer) == list(dict.fromkeys(inputs["kinds"]))


# --- rate_difference -----------------------------------------------------------------------------


@rate_difference.case
def two_models(rng: Rng) -> Inputs:
    """Twenty instructions; the second model obeys more of them."""
    return {"first": _yes(rng, 7, 20), "second": _yes(rng, 13, 20)}


@rate_difference.case
def the_second_is_worse(rng: Rng) -> Inputs:
    """Fifteen instructions; the second model obeys fewer of them."""
    return {"first": _yes(rng, 12, 15), "second": _yes(rng, 4, 15)}


@rate_difference.case
def only_better(rng: Rng) -> Inputs:
    """The second model obeys all that the first does, and three more of twelve."""
    first = _yes(rng, 5, 12)
    missed = [place for place, yes in enumerate(first) if not yes]
    return {"first": first, "second": [yes or n in missed[:3] for n, yes in enumerate(first)]}


@rate_difference.case
def the_same_rate(rng: Rng) -> Inputs:
    """Both obey half, but not the same half: the difference is 0, its error is not."""
    first = _yes(rng, 6, 12)
    return {"first": first, "second": [not yes for yes in first]}


@rate_difference.case
def they_always_agree(rng: Rng) -> Inputs:
    """Both obey the same four of nine: difference and error are 0."""
    first = _yes(rng, 4, 9)
    return {"first": first, "second": list(first)}


@rate_difference.case
def a_single_instruction(rng: Rng) -> Inputs:
    """One instruction, which only the second obeys."""
    return {"first": [False], "second": [True]}
