"""Section 6.6, "Draft and verify": what is asked."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sampling.exercises.chance import (
    COPIES,
    LOOSE,
    compare_form,
    differ,
    shares_of,
    unlike,
)
from gradelib.topics.sampling.exercises.inputs import distributions

residual = Exercise("sampling.residual", points=0, difficulty=1)
speculative_step = Exercise(  # who goes row by row needs seconds for all the draws
    "sampling.speculative_step", points=0, difficulty=3, tolerance=LOOSE, seconds=20.0
)
speculative_block = Exercise(
    "sampling.speculative_block", points=0, difficulty=2, tolerance=LOOSE, seconds=20.0
)


# --- residual ------------------------------------------------------------------------------------


@residual.case
def some_more_some_less(rng: Rng) -> Inputs:
    """Two rows of five tokens; `target` has more for some of them and less for others."""
    return {"target": distributions(rng, 2, 5), "draft": distributions(rng, 2, 5)}


@residual.case
def nothing_in_common(rng: Rng) -> Inputs:
    """Whatever one of them gives, the other does not: `target` is left over whole."""
    left, right = distributions(rng, 3, 2), distributions(rng, 3, 2)
    return {
        "target": torch.cat([left, torch.zeros(3, 2)], dim=1),
        "draft": torch.cat([torch.zeros(3, 2), right], dim=1),
    }


@residual.case
def two_equal_rows(rng: Rng) -> Inputs:
    """In one of four rows the two are equal, so that nothing is left over."""
    target, draft = distributions(rng, 4, 3), distributions(rng, 4, 3)
    draft[2] = target[2]
    return {"target": target, "draft": draft}


@residual.case
def equal_in_part(rng: Rng) -> Inputs:
    """Some tokens of a row have the same in both; others differ, in the second row by little."""
    order, little = torch.from_numpy(rng.permutation(5)), 2.0**-12
    target = torch.tensor([[0.5, 0.25, 0.125, 0.125, 0.0], [0.25 + little, 0.25, 0.25, 0.25, 0.0]])
    draft = torch.tensor([[0.25, 0.5, 0.125, 0.125, 0.0], [0.25, 0.25, 0.25, 0.25 + little, 0.0]])
    return {"target": target[:, order], "draft": draft[:, order]}


@residual.case
def a_single_token_has_more(rng: Rng) -> Inputs:
    """Only one of seven tokens has more in `target`: it gets all."""
    order = torch.from_numpy(rng.permutation(7))
    target = torch.tensor([[0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]])[:, order]
    draft = torch.tensor([[0.1, 0.15, 0.15, 0.15, 0.15, 0.15, 0.15]])[:, order]
    return {"target": target, "draft": draft}


@residual.case
def one_row(rng: Rng) -> Inputs:
    """A single row of four tokens."""
    return {"target": distributions(rng, 1, 4), "draft": distributions(rng, 1, 4)}


@residual.case
def one_token_there_is(rng: Rng) -> Inputs:
    """Three rows of one token, which is certain."""
    return {"target": torch.ones(3, 1), "draft": torch.ones(3, 1)}


@residual.invariant
def each_row_sums_to_one(inputs: Inputs, answer: Tensor) -> bool:
    """Each row sums to 1."""
    return bool(((answer.sum(dim=-1) - 1).abs() < 1e-3).all())


# --- speculative_step ----------------------------------------------------------------------------


@speculative_step.drive
def _speculative_step(answer: Callable[..., Any], draft: Tensor, target: Tensor, seed: int) -> Any:
    """Draft many tokens for each row, have all of them accepted or replaced by one call."""
    rows, vocab = draft.shape
    dice = torch.Generator().manual_seed(seed)
    tokens = torch.multinomial(draft, COPIES, replacement=True, generator=dice).T.flatten()
    given = tokens.clone(), draft.repeat(COPIES, 1), target.repeat(COPIES, 1)
    before = [one.clone() for one in given]
    dice = torch.Generator().manual_seed(seed + 1)
    taken, accepted = answer(*given, dice)
    torch.rand(7)  # moves the global random state
    again, _ = answer(*given, torch.Generator().manual_seed(seed + 1))
    alone = answer(*(one[:1] for one in given), dice)
    codes = 2 * taken.reshape(-1, rows) + accepted.reshape(-1, rows).long()
    return {
        "shapes": [len(taken) == len(tokens), taken.dim(), accepted.dim()],
        "shapes for one row": [[*one.shape] for one in alone],
        "types": [str(taken.dtype), str(accepted.dtype)],
        "tokens, draft and target stay as they are": _same(given, before),
        "an accepted token is the drafted one": bool((taken == tokens)[accepted.bool()].all()),
        "the same seed, the same tokens": bool(taken.equal(again)),
        "new tokens from a used generator": not bool(taken.equal(answer(*given, dice)[0])),
        "shares": torch.stack([shares_of(column, (vocab, 2)) for column in codes.T]),
    }


def _same(left: Sequence[Tensor], right: Sequence[Tensor]) -> bool:
    return all(one.equal(other) for one, other in zip(left, right, strict=True))


@speculative_step.compare
def _stepped(expected: Any, answer: Any, inputs: Inputs) -> str | None:
    if fault := compare_form(expected, answer, ("shares",)):
        return fault
    right, given = expected["shares"], answer["shares"]
    if fault := unlike(given.sum(dim=-1), inputs["target"].double(), COPIES):
        return f"the distribution is not that of `target`: [row, token] = {fault}"
    if fault := differ(right.sum(dim=1), given.sum(dim=1), COPIES):
        return f"of [row, accepted (0: no, 1: yes)], {fault}"
    if fault := differ(right, given, COPIES):
        return f"of [row, token, accepted (0: no, 1: yes)], {fault}"
    return None


def _seed(rng: Rng) -> int:
    return int(rng.integers(1000))


@speculative_step.case
def a_good_draft(rng: Rng) -> Inputs:
    """Two rows of four tokens; the draft is close to the target."""
    order = rng.permutation(4)
    target = torch.tensor([[0.5, 0.3, 0.15, 0.05], [0.1, 0.2, 0.3, 0.4]])[:, order]
    draft = torch.tensor([[0.4, 0.3, 0.15, 0.15], [0.25, 0.15, 0.25, 0.35]])[:, order]
    return {"draft": draft, "target": target, "seed": _seed(rng)}


@speculative_step.case
def a_single_token(rng: Rng) -> Inputs:
    """Two rows of one token, which is always accepted."""
    return {"draft": torch.ones(2, 1), "target": torch.ones(2, 1), "seed": _seed(rng)}


@speculative_step.case
def a_poor_draft(rng: Rng) -> Inputs:
    """Three rows of five tokens; the draft prefers what the target avoids."""
    order = rng.permutation(5)
    target = torch.tensor(
        [[0.6, 0.2, 0.1, 0.06, 0.04], [0.02, 0.08, 0.7, 0.1, 0.1], [0.3, 0.3, 0.2, 0.1, 0.1]]
    )
    draft = torch.tensor(
        [[0.05, 0.1, 0.15, 0.3, 0.4], [0.5, 0.3, 0.05, 0.1, 0.05], [0.05, 0.05, 0.2, 0.3, 0.4]]
    )
    return {"draft": draft[:, order], "target": target[:, order], "seed": _seed(rng)}


@speculative_step.case
def a_draft_that_has_nothing_in_common(rng: Rng) -> Inputs:
    """The draft proposes only what the target never says; in a second row the two are equal."""
    target = torch.tensor([[0.7, 0.3, 0.0], [0.2, 0.5, 0.3]])[:, rng.permutation(3)]
    draft = torch.where(target[:1] == 0, 1.0, 0.0)
    return {"draft": torch.cat([draft, target[1:]]), "target": target, "seed": _seed(rng)}


# --- speculative_block ---------------------------------------------------------------------------


BLOCKS = 120  # how often a block is drafted; this suffices where most is certain


@speculative_block.drive
def _speculative_block(
    answer: Callable[..., Any], draft: Tensor, target: Tensor, runs: int, seed: int
) -> Any:
    """Draft and verify many times; count how many tokens come, and which token at each place."""
    dice = torch.Generator().manual_seed(seed)
    drafts = torch.multinomial(draft, runs, replacement=True, generator=dice).T  # (run, position)
    places, vocab = target.shape
    lengths, tokens = torch.zeros(places + 2).double(), torch.zeros(places, vocab).double()
    plain, again = set(), dice.clone_state()
    for drafted in drafts:
        given = drafted.clone()
        taken = answer(given, draft, target, dice)
        kept = "stay as they are" if given.equal(drafted) else "are changed"
        plain.add(f"{taken.dim()} axis, {taken.dtype}, and the drafted tokens {kept}")
        lengths[min(len(taken), places + 1)] += 1
        for place, token in enumerate(taken.flatten().tolist()[:places]):
            tokens[place, int(token)] += 1
    same = [_twice(answer, (drafted, draft, target), again) for drafted in drafts[:10]]
    fixed = {"form": plain, "the same seed, the same tokens": all(same)}
    return fixed | {"lengths": lengths / runs, "tokens": tokens / runs}


def _twice(
    answer: Callable[..., Any], given: tuple[Tensor, Tensor, Tensor], dice: torch.Generator
) -> bool:
    """Say whether the same state of the generator gives the same tokens twice."""
    return bool(answer(*given, dice.clone_state()).equal(answer(*given, dice.clone_state())))


@speculative_block.compare
def _blocked(expected: Any, answer: Any, inputs: Inputs) -> str | None:
    runs = inputs["runs"]
    right, given = ({k: v for k, v in x.items() if k != "tokens"} for x in (expected, answer))
    if fault := compare_form(right, given, ("lengths",)):
        return fault
    if fault := differ(expected["lengths"], answer["lengths"], runs):
        return f"the number of new tokens: {fault}"
    if fault := compare_form(expected, answer, ("lengths", "tokens")):
        return fault
    if fault := differ(expected["tokens"], answer["tokens"], runs):
        return f"[place, token] = {fault}"
    for place, (shares, exact) in enumerate(zip(answer["tokens"], inputs["target"], strict=True)):
        came = round(float(shares.sum()) * runs)  # how often there was a token at this place
        if fault := unlike(shares / max(shares.sum(), 1e-9), exact.double(), came):
            return f"token number {place} of a block is not drawn from its row of `target`: {fault}"
    return None


@speculative_block.case
def all_are_accepted(rng: Rng) -> Inputs:
    """Draft and target are equal, so that all four tokens are accepted and a fifth is drawn."""
    target = torch.tensor([[0.3, 0.3, 0.4]] * 4 + [[0.02, 0.78, 0.2]])[:, rng.permutation(3)]
    return {"draft": target[:4].clone(), "target": target, "runs": BLOCKS, "seed": _seed(rng)}


@speculative_block.case
def one_drafted_token(rng: Rng) -> Inputs:
    """A single token is drafted, which is sometimes accepted."""
    order = rng.permutation(3)
    target = torch.tensor([[0.5, 0.2, 0.3], [0.1, 0.1, 0.8]])[:, order]
    draft = torch.tensor([[0.2, 0.6, 0.2]])[:, order]
    return {"draft": draft, "target": target, "runs": 40, "seed": _seed(rng)}


@speculative_block.case
def none_is_accepted(rng: Rng) -> Inputs:
    """The target never says what is drafted: one new token comes, from the first row."""
    order = rng.permutation(5)
    target = torch.tensor([[0.6, 0.4, 0.0, 0.0, 0.0]] * 3 + [[0.0, 0.0, 0.0, 0.0, 1.0]])[:, order]
    draft = torch.tensor([[0.0, 0.0, 0.5, 0.25, 0.25]] * 3)[:, order]
    return {"draft": draft, "target": target, "runs": BLOCKS, "seed": _seed(rng)}


@speculative_block.case
def the_third_is_rejected(rng: Rng) -> Inputs:
    """Two tokens are accepted and the third never is, although the fourth would be again."""
    order = torch.from_numpy(rng.permutation(6))
    sure = torch.eye(6)[:, order]
    target, draft = sure[[0, 1, 2, 3, 4]].clone(), sure[[0, 1, 5, 3]].clone()
    target[2] = torch.tensor([0.0, 0.0, 0.7, 0.3, 0.0, 0.0])[order]
    return {"draft": draft, "target": target, "runs": BLOCKS, "seed": _seed(rng)}


@speculative_block.case
def some_are_accepted(rng: Rng) -> Inputs:
    """A draft of two tokens that is sometimes right."""
    target = torch.tensor([[0.4, 0.6, 0.0, 0.0], [0.1, 0.1, 0.1, 0.7], [0.25, 0.25, 0.5, 0.0]])
    draft = torch.tensor([[0.0, 1.0, 0.0, 0.0], [0.4, 0.2, 0.1, 0.3]])
    order = rng.permutation(4)
    return {
        "draft": draft[:, order],
        "target": target[:, order],
        "runs": 4 * BLOCKS,
        "seed": _seed(rng),
    }
