"""What notebook 06 asks: choosing tokens, cutting the tail, beams, speculative decoding.

What is random is judged by its distribution. A token that has probability p falls K times in N
draws. By Chernoff's bound, for any N and either direction,

    P(N * kl(K / N, p) >= t) <= e^-t,  with  kl(a, p) = a ln(a / p) + (1 - a) ln((1 - a) / (1 - p)).

An answer fails where N * kl reaches LIMIT = 25. One look at one token is a false alarm with a
chance below 2 * e^-25 < 2.8e-11. Where two samplers are compared, their pooled share m stands for
p: N * kl(a, m) + N * kl(b, m) is never larger than the same sum at the true p, so it reaches
2 * LIMIT with a chance below 4 * e^-25 < 5.6e-11. The cases below look at fewer than 600 shares,
and grading repeats them for three more seeds: in a whole notebook a right answer fails with a
chance below 600 * 4 * 5.6e-11 < 2e-7, which is less than one in a million.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.compare import difference
from gradelib.checking.exercise import Exercise, Tolerance

Inputs = dict[str, Any]
Rng = np.random.Generator
Pool = list[tuple[float, list[int]]]  # sequences with their scores, the best one first

LIMIT = 25.0  # see above
LOOSE = Tolerance(relative=0.0, absolute=0.08)  # how alike two draws of one known mistake are

greedy = Exercise("sampling.greedy", points=1, difficulty=1)
generate = Exercise("sampling.generate", points=2, difficulty=2)
repetition_rate = Exercise("sampling.repetition_rate", points=1, difficulty=1)
sample = Exercise("sampling.sample", points=2, difficulty=2, tolerance=LOOSE)
distinct_n = Exercise("sampling.distinct_n", points=1, difficulty=1)
temperature = Exercise("sampling.temperature", points=1, difficulty=1)
top_k = Exercise("sampling.top_k", points=1, difficulty=1)
top_p = Exercise("sampling.top_p", points=3, difficulty=3)
min_p = Exercise("sampling.min_p", points=1, difficulty=1)
warp = Exercise("sampling.warp", points=1, difficulty=1)
repetition_penalty = Exercise("sampling.repetition_penalty", points=2, difficulty=2)
no_repeat_ngram = Exercise("sampling.no_repeat_ngram", points=2, difficulty=2)
sequence_log_probability = Exercise("sampling.sequence_log_probability", points=2, difficulty=2)
beam_score = Exercise("sampling.beam_score", points=1, difficulty=1)
beam_step = Exercise("sampling.beam_step", points=3, difficulty=3)
keep_running = Exercise("sampling.keep_running", points=2, difficulty=2)
keep_finished = Exercise("sampling.keep_finished", points=2, difficulty=2)
may_stop = Exercise("sampling.may_stop", points=1, difficulty=1)
beam_search = Exercise("sampling.beam_search", points=3, difficulty=3)
residual = Exercise("sampling.residual", points=1, difficulty=1)
speculative_step = Exercise("sampling.speculative_step", points=3, difficulty=3, tolerance=LOOSE)
speculative_block = Exercise("sampling.speculative_block", points=2, difficulty=2, tolerance=LOOSE)


# --- judging what is random ----------------------------------------------------------------------


def _kl(share: float, p: float) -> float:
    """Return how far a share is from a probability, in nats: the binary relative entropy."""
    parts = [(share, p), (1 - share, 1 - p)]
    return sum(a * np.log(a / b) if b > 0 else np.inf for a, b in parts if a > 0)


def unlike(shares: Tensor, exact: Tensor, draws: int) -> str | None:
    """Say which share of so many draws cannot come from its exact probability, or return None."""
    for place in np.ndindex(*exact.shape):
        share, p = float(shares[place]), min(1.0, float(exact[place]))
        if draws * _kl(share, p) >= LIMIT:
            at = ", ".join(map(str, place))
            return f"[{at}] should come in {p:.1%} of the draws, but came in {share:.1%}"
    return None


def differ(left: Tensor, right: Tensor, draws: int) -> str | None:
    """Say which of two samplers' shares, each of so many draws, cannot be alike, or return None."""
    for place in np.ndindex(*left.shape):
        a, b = float(left[place]), float(right[place])
        if draws * (_kl(a, (a + b) / 2) + _kl(b, (a + b) / 2)) >= 2 * LIMIT:
            at = ", ".join(map(str, place))
            return f"[{at}] should come in about {a:.1%} of the runs, but came in {b:.1%}"
    return None


def _form(expected: Any, answer: Any, random: tuple[str, ...]) -> str | None:
    """Compare all that is not random, and the form of what is: shape, type, no share above one."""
    left, right = ({k: v for k, v in one.items() if k not in random} for one in (expected, answer))
    if found := difference(left, right):
        return found.message
    for name in random:
        left, right = expected[name], answer[name]
        if found := difference(left * 0, right * 0):
            return found.message
        if right.sum() > left.sum() + 0.5 or (right < 0).any():
            return f"the shares of {name!r} sum to {float(right.sum()):.3g}"
    return None


def _shares(codes: Tensor, sizes: tuple[int, ...]) -> Tensor:
    """Return how often each code came; codes that cannot be are left out."""
    total = int(np.prod(sizes))
    inside = codes[(codes >= 0) & (codes < total)].long()
    counts = torch.bincount(inside, minlength=total).double()
    return (counts / max(1, len(codes))).reshape(sizes)


def _normal(rng: Rng, *shape: int, spread: float = 1.0) -> Tensor:
    return torch.from_numpy((spread * rng.normal(size=shape)).astype(np.float32))


def _distributions(rng: Rng, *shape: int, evenness: float = 1.0) -> Tensor:
    drawn = rng.dirichlet(np.full(shape[-1], evenness), shape[:-1])
    return torch.from_numpy(drawn.astype(np.float32))


def _logits(rng: Rng, *rows: list[float], shuffle: bool = True) -> Tensor:
    """Return rows of logits with these probabilities, in random order and on any level."""
    made = []
    for row in rows:
        order = rng.permutation(len(row)) if shuffle else np.arange(len(row))
        with np.errstate(divide="ignore"):
            made.append(np.log(np.array(row))[order] + rng.uniform(-3, 3))
    return torch.from_numpy(np.array(made, dtype=np.float32))


def _ids(rng: Rng, *shape: int, vocab: int) -> Tensor:
    return torch.from_numpy(rng.integers(vocab, size=shape))


# --- greedy --------------------------------------------------------------------------------------


@greedy.case
def three_rows(rng: Rng) -> Inputs:
    """Three rows of five logits; the largest stands at a place of its own in each."""
    logits = _normal(rng, 3, 5)
    places = rng.permutation(5)[:3]
    logits[torch.arange(3), torch.from_numpy(places)] += 6
    return {"logits": logits}


@greedy.case
def all_below_zero(rng: Rng) -> Inputs:
    """Two rows of seven logits, all of them below zero."""
    logits = -10 + _normal(rng, 2, 7)
    logits[:, rng.permutation(7)[0]] -= 3
    return {"logits": logits}


@greedy.case
def two_tokens_share_the_first_place(rng: Rng) -> Inputs:
    """In one of four rows two tokens have the same, largest logit."""
    logits = _normal(rng, 4, 6)
    first, second = sorted(rng.permutation(6)[:2])
    logits[2, [first, second]] = 5.0
    return {"logits": logits}


@greedy.case
def a_single_row(rng: Rng) -> Inputs:
    """One row: the answer still has an axis, of size 1."""
    logits = _normal(rng, 1, 4)
    logits[0, int(rng.integers(1, 4))] = 9.0
    return {"logits": logits}


# --- generate ------------------------------------------------------------------------------------


@generate.drive
def _generate(answer: Callable, rows: Tensor, after: Tensor, max_new: int, end: int) -> Any:
    """Speak by a table of what follows two ids, and hold against a token that it has come."""
    calls = []

    def next_logits(ids: Tensor) -> Tensor:
        calls.append(list(ids.shape))
        return after[ids[:, -2], ids[:, -1]]

    def choose(logits: Tensor, ids: Tensor) -> Tensor:
        often = torch.zeros_like(logits).scatter_add(1, ids, torch.ones_like(ids).float())
        return (logits - 2 * often).argmax(dim=-1)

    return {"ids": answer(next_logits, rows, choose, max_new, end), "asked for": calls}


def _speaker(rng: Rng, vocab: int, end: int, rows: list[list[int]], ends: list[int]) -> Tensor:
    """Make a table by which row i says `end` as its new token number ends[i] (0: never)."""
    for _ in range(5000):
        after = _normal(rng, vocab, vocab, vocab, spread=3.0)
        if [_end_of(after, row, end) for row in rows] == ends:
            return after
    raise RuntimeError("no table ends where it should")


def _end_of(after: Tensor, row: list[int], end: int, most: int = 6) -> int:
    ids = list(row)
    for new in range(1, most + 1):
        often = torch.bincount(torch.tensor(ids), minlength=len(after))
        ids.append(int((after[ids[-2], ids[-1]] - 2 * often).argmax()))
        if ids[-1] == end:
            return new
    return 0


@generate.case
def no_row_ends(rng: Rng) -> Inputs:
    """Two rows of three ids; neither says the end token, so six are added to each."""
    rows = [[1, 2, 3], [4, 1, 2]]
    after = _speaker(rng, 5, 0, rows, [0, 0])
    return {"rows": torch.tensor(rows), "after": after, "max_new": 6, "end": 0}


@generate.case
def one_row_ends_first(rng: Rng) -> Inputs:
    """Three rows end after 1, 2 and 4 new tokens: the first two are filled up with the end."""
    rows = [[1, 2], [3, 0], [4, 1]]
    after = _speaker(rng, 5, 2, rows, [2, 1, 4])
    return {"rows": torch.tensor(rows), "after": after, "max_new": 6, "end": 2}


@generate.case
def one_row_never_ends(rng: Rng) -> Inputs:
    """One row ends at once, the other never does."""
    rows = [[1, 2, 4, 3], [3, 0, 1, 2]]
    after = _speaker(rng, 5, 4, rows, [1, 0])
    return {"rows": torch.tensor(rows), "after": after, "max_new": 6, "end": 4}


@generate.case
def the_end_in_the_prompt(rng: Rng) -> Inputs:
    """The end token stands in the prompt, even at its end: that does not count."""
    rows = [[3, 2, 1, 3, 1]]
    after = _speaker(rng, 4, 1, rows, [3])
    return {"rows": torch.tensor(rows), "after": after, "max_new": 6, "end": 1}


@generate.case
def only_one_new_token(rng: Rng) -> Inputs:
    """At most one new token is asked for."""
    rows = [[1, 2], [2, 3], [0, 3], [3, 1]]
    after = _normal(rng, 4, 4, 4, spread=3.0)
    return {"rows": torch.tensor(rows), "after": after, "max_new": 1, "end": 0}


@generate.invariant
def the_prompt_stays(inputs: Inputs, answer: Any) -> bool:
    """The ids begin with the prompt."""
    begins = answer["ids"][:, : inputs["rows"].shape[1]] if isinstance(answer, dict) else None
    return begins is not None and begins.equal(inputs["rows"])


# --- repetition_rate -----------------------------------------------------------------------------


@repetition_rate.case
def near_and_far(rng: Rng) -> Inputs:
    """Some tokens come again within four tokens, others only later."""
    a, b, c, d, e, f, g = (int(one) for one in rng.permutation(50)[:7])
    return {"ids": [a, b, a, c, c, d, e, f, b, g, a], "window": 4}


@repetition_rate.case
def exactly_the_window(rng: Rng) -> Inputs:
    """One token comes again exactly `window` tokens later, another one token too late."""
    a, b, c, d, e = (int(one) for one in rng.permutation(50)[:5])
    return {"ids": [a, b, c, a, d, b, e], "window": 3}


@repetition_rate.case
def by_chance(rng: Rng) -> Inputs:
    """Thirty tokens by chance, of eleven different ones."""
    return {"ids": rng.integers(11, size=30).tolist(), "window": 6}


@repetition_rate.case
def the_same_again_and_again(rng: Rng) -> Inputs:
    """One token, eight times."""
    return {"ids": [int(rng.integers(50))] * 8, "window": 2}


@repetition_rate.case
def nothing_comes_again(rng: Rng) -> Inputs:
    """Six different tokens."""
    return {"ids": [int(one) for one in rng.permutation(50)[:6]], "window": 5}


@repetition_rate.case
def a_window_longer_than_the_text(rng: Rng) -> Inputs:
    """The window reaches beyond the first token."""
    a, b, c = (int(one) for one in rng.permutation(50)[:3])
    return {"ids": [a, b, c, a, b], "window": 20}


@repetition_rate.case
def no_tokens(rng: Rng) -> Inputs:
    """There is nothing at all."""
    return {"ids": [], "window": int(rng.integers(2, 9))}


# --- sample --------------------------------------------------------------------------------------

COPIES = 8000  # draws of each row


@sample.drive
def _sample(answer: Callable, logits: Tensor, seed: int) -> Any:
    """Draw many times each row of logits, all rows by one call, and again from the same seed."""
    rows, vocab = logits.shape
    many = logits.repeat(COPIES, 1)  # (copy * row, token)
    dice = torch.Generator().manual_seed(seed)
    drawn = answer(many, dice)
    next_ones = answer(many[:rows], dice)
    torch.rand(7)  # moves the global random state
    again = answer(many, torch.Generator().manual_seed(seed))
    table = drawn.reshape(-1, rows)[:COPIES]
    one_by_one = [_shares(column, (vocab,)) for column in table.T]
    together = _shares(table[:, 0] * vocab + table[:, 1], (vocab, vocab))
    return {
        "shape": [*next_ones.shape],
        "whole numbers": not next_ones.is_floating_point(),
        "the same seed, the same tokens": bool(drawn.equal(again)),
        "new tokens from a used generator": not bool(
            drawn[: 20 * rows].equal(_more(answer, many, dice, rows))
        ),
        "tokens": torch.stack(one_by_one),
        "first two rows": together,
    }


def _more(answer: Callable, many: Tensor, dice: torch.Generator, rows: int) -> Tensor:
    return answer(many[: 20 * rows], dice)


def _sampled(expected: Any, answer: Any, inputs: Inputs) -> str | None:
    if said := _form(expected, answer, ("tokens", "first two rows")):
        return said
    exact = inputs["logits"].double().softmax(dim=-1)
    if said := unlike(answer["tokens"], exact, COPIES):
        return f"of {COPIES} draws: [row, token] = {said}"
    both = exact[0].unsqueeze(1) * exact[1]
    if said := unlike(answer["first two rows"], both, COPIES):
        return f"the tokens of two rows are not independent: the pair {said}"
    return None


sample.equal = _sampled


@sample.case
def two_rows_of_five(rng: Rng) -> Inputs:
    """Two rows of five tokens, the likeliest at 45 %."""
    logits = _logits(rng, [0.45, 0.25, 0.15, 0.1, 0.05], [0.4, 0.3, 0.15, 0.1, 0.05])
    return {"logits": logits, "seed": int(rng.integers(1000))}


@sample.case
def two_sure_rows(rng: Rng) -> Inputs:
    """Two rows of three tokens, one of which is nearly certain."""
    logits = _logits(rng, [0.9, 0.07, 0.03], [0.8, 0.15, 0.05])
    return {"logits": logits, "seed": int(rng.integers(1000))}


@sample.case
def tokens_that_cannot_be(rng: Rng) -> Inputs:
    """In three rows of four tokens some logits are -inf: these never come."""
    logits = _logits(rng, [0.6, 0.4, 0.0, 0.0], [0.5, 0.3, 0.2, 0.0], [1.0, 0.0, 0.0, 0.0])
    return {"logits": logits, "seed": int(rng.integers(1000))}


# --- distinct_n ----------------------------------------------------------------------------------


@distinct_n.case
def pairs_in_two_texts(rng: Rng) -> Inputs:
    """Two texts that share some pairs of tokens, n = 2."""
    a, b, c, d = (int(one) for one in rng.permutation(50)[:4])
    return {"texts": [[a, b, c, a, b, d], [b, c, d, d, a]], "n": 2}


@distinct_n.case
def single_tokens(rng: Rng) -> Inputs:
    """Three texts, n = 1: the tokens themselves."""
    a, b, c, d = (int(one) for one in rng.permutation(50)[:4])
    return {"texts": [[a, b, a, a], [c, a, b, d, c], [d]], "n": 1}


@distinct_n.case
def triples_and_a_short_text(rng: Rng) -> Inputs:
    """Three texts, n = 3; one of them is too short to have a triple."""
    a, b, c, d = (int(one) for one in rng.permutation(50)[:4])
    return {"texts": [[a, b, c, a, b, c, d], [a, d], [d, a, b, c]], "n": 3}


@distinct_n.case
def pairs_by_chance(rng: Rng) -> Inputs:
    """Five texts of different length, by chance, n = 2."""
    return {"texts": [rng.integers(6, size=size).tolist() for size in (4, 9, 3, 7, 12)], "n": 2}


@distinct_n.case
def the_order_matters(rng: Rng) -> Inputs:
    """Pairs that hold the same tokens in another order are different."""
    a, b = (int(one) for one in rng.permutation(50)[:2])
    return {"texts": [[a, b, a, b, b]], "n": 2}


@distinct_n.case
def all_alike(rng: Rng) -> Inputs:
    """One token, nine times, n = 4."""
    return {"texts": [[int(rng.integers(50))] * 9], "n": 4}


@distinct_n.case
def nothing_to_count(rng: Rng) -> Inputs:
    """All texts are too short."""
    return {"texts": [[int(rng.integers(50))], []], "n": 2}


# --- temperature ---------------------------------------------------------------------------------


@temperature.case
def a_low_temperature(rng: Rng) -> Inputs:
    """Two rows of five tokens at temperature 0.5."""
    return {"logits": _normal(rng, 2, 5, spread=2.0), "T": 0.5}


@temperature.case
def a_high_temperature(rng: Rng) -> Inputs:
    """Three rows of four tokens at temperature 2.5."""
    return {"logits": _normal(rng, 3, 4, spread=2.0), "T": 2.5}


@temperature.case
def a_token_that_is_cut_off(rng: Rng) -> Inputs:
    """One logit is -inf, and stays so."""
    logits = _normal(rng, 1, 6)
    logits[0, int(rng.integers(6))] = -torch.inf
    return {"logits": logits, "T": 0.7}


@temperature.case
def temperature_zero(rng: Rng) -> Inputs:
    """Temperature 0 is a ValueError."""
    return {"logits": _normal(rng, 2, 3), "T": 0.0}


@temperature.case
def a_negative_temperature(rng: Rng) -> Inputs:
    """A negative temperature is a ValueError."""
    return {"logits": _normal(rng, 2, 3), "T": -float(rng.uniform(0.5, 1.5))}


# --- top_k ---------------------------------------------------------------------------------------


@top_k.case
def three_of_seven(rng: Rng) -> Inputs:
    """Two rows of seven tokens, of which three stay."""
    return {
        "logits": torch.from_numpy(rng.permuted(np.arange(14.0).reshape(2, 7), axis=1) - 6),
        "k": 3,
    }


@top_k.case
def rows_on_different_levels(rng: Rng) -> Inputs:
    """Three rows of five tokens; all logits of one row lie above those of the others."""
    levels = torch.tensor([[-20.0], [0.0], [20.0]])
    steps = torch.from_numpy(rng.permuted(np.tile(np.arange(5.0), (3, 1)), axis=1)).float()
    return {"logits": steps + levels, "k": 2}


@top_k.case
def a_tie_at_the_border(rng: Rng) -> Inputs:
    """Two tokens are as likely as the second best: all three stay with k = 2."""
    row = np.array([3.0, 1.5, 1.5, 1.5, 0.5, -1.0])
    return {"logits": torch.from_numpy(rng.permutation(row)[None]).float(), "k": 2}


@top_k.case
def only_the_best(rng: Rng) -> Inputs:
    """k = 1: one token stays in each of four rows."""
    return {"logits": _normal(rng, 4, 3, spread=3.0), "k": 1}


@top_k.case
def more_than_there_are(rng: Rng) -> Inputs:
    """k is larger than the number of tokens: nothing changes."""
    return {"logits": _normal(rng, 2, 5), "k": int(rng.integers(6, 20))}


# --- top_p ---------------------------------------------------------------------------------------


@top_p.case
def sets_of_different_size(rng: Rng) -> Inputs:
    """Three rows of five tokens; at p = 0.7 one, two and four of them stay."""
    rows = [0.8, 0.1, 0.06, 0.03, 0.01], [0.5, 0.3, 0.12, 0.05, 0.03], [0.24, 0.22, 0.2, 0.18, 0.16]
    return {"logits": _logits(rng, *rows), "p": 0.7}


@top_p.case
def the_token_that_reaches_p(rng: Rng) -> Inputs:
    """Two tokens have 0.65 together, so at p = 0.8 a third one is needed, and reaches 0.9."""
    return {
        "logits": _logits(
            rng, [0.4, 0.25, 0.25001, 0.06, 0.02, 0.01999], [0.36, 0.29, 0.25, 0.05, 0.03, 0.02]
        ),
        "p": 0.8,
    }


@top_p.case
def nearly_all(rng: Rng) -> Inputs:
    """At p = 0.95 only the tail of each row goes."""
    return {
        "logits": _logits(
            rng, [0.5, 0.2, 0.13, 0.09, 0.04, 0.03, 0.01], [0.3, 0.25, 0.2, 0.1, 0.08, 0.06, 0.01]
        ),
        "p": 0.95,
    }


@top_p.case
def a_very_small_p(rng: Rng) -> Inputs:
    """However small p is, the most likely token stays."""
    return {"logits": _logits(rng, [0.4, 0.3, 0.2, 0.1]), "p": 1e-9}


@top_p.case
def all_of_them(rng: Rng) -> Inputs:
    """At p = 1 nothing goes, however unlikely; a logit of -inf stays what it is."""
    return {
        "logits": _logits(rng, [0.7, 0.2, 0.0999, 0.0001, 0.0], [0.4, 0.3, 0.2, 0.08, 0.02]),
        "p": 1.0,
    }


@top_p.invariant
def what_stays_keeps_its_logit(inputs: Inputs, answer: Tensor) -> bool:
    """A logit either stays as it is or becomes -inf."""
    return bool(((answer == inputs["logits"]) | (answer == -torch.inf)).all())


# --- min_p ---------------------------------------------------------------------------------------


@min_p.case
def a_sure_and_an_unsure_row(rng: Rng) -> Inputs:
    """At m = 0.2 a sure row keeps two of five tokens, an unsure one keeps four."""
    rows = [0.7, 0.16, 0.08, 0.05, 0.01], [0.3, 0.26, 0.22, 0.18, 0.04]
    return {"logits": _logits(rng, *rows), "m": 0.2}


@min_p.case
def between_the_borders(rng: Rng) -> Inputs:
    """Three rows of four tokens at m = 0.5; some are likelier than m times themselves."""
    rows = [0.4, 0.3, 0.22, 0.08], [0.6, 0.28, 0.1, 0.02], [0.34, 0.33, 0.165, 0.165]
    return {"logits": _logits(rng, *rows), "m": 0.5}


@min_p.case
def nothing_goes(rng: Rng) -> Inputs:
    """At m = 0 every token stays."""
    return {"logits": _logits(rng, [0.9, 0.06, 0.03, 0.005, 0.004, 0.001]), "m": 0.0}


@min_p.case
def only_the_likeliest(rng: Rng) -> Inputs:
    """At m = 1 only the most likely token of each row stays."""
    return {"logits": _logits(rng, [0.5, 0.45, 0.05], [0.4, 0.35, 0.25]), "m": 1.0}


# --- warp ----------------------------------------------------------------------------------------


@warp.case
def all_four(rng: Rng) -> Inputs:
    """Two rows of seven tokens through all four steps."""
    rows = [0.3, 0.24, 0.18, 0.12, 0.08, 0.05, 0.03], [0.5, 0.2, 0.12, 0.08, 0.05, 0.03, 0.02]
    return {"logits": _logits(rng, *rows), "T": 1.5, "k": 6, "p": 0.9, "m": 0.25}


@warp.case
def top_k_before_top_p(rng: Rng) -> Inputs:
    """After top-k the rest sums to one again, so that top-p takes fewer tokens."""
    return {"logits": _logits(rng, [0.34, 0.26, 0.18, 0.12, 0.1]), "k": 3, "p": 0.75}


@warp.case
def temperature_before_top_p(rng: Rng) -> Inputs:
    """A high temperature evens the row out, so that top-p takes more tokens."""
    rows = [0.6, 0.2, 0.1, 0.06, 0.03, 0.01], [0.45, 0.3, 0.1, 0.08, 0.05, 0.02]
    return {"logits": _logits(rng, *rows), "T": 3.0, "p": 0.7}


@warp.case
def temperature_before_min_p(rng: Rng) -> Inputs:
    """A low temperature makes the best token stand out, so that min-p takes fewer."""
    rows = [0.5, 0.3, 0.15, 0.05], [0.4, 0.35, 0.2, 0.05], [0.7, 0.2, 0.07, 0.03]
    return {"logits": _logits(rng, *rows), "T": 0.5, "m": 0.3}


@warp.case
def top_k_before_min_p(rng: Rng) -> Inputs:
    """Top-k and min-p alone, at m = 0: what top-k takes away must not come back."""
    return {
        "logits": _logits(rng, [0.5, 0.3, 0.15, 0.05], [0.4, 0.35, 0.2, 0.05]),
        "k": 2,
        "m": 0.0,
    }


@warp.case
def nothing_at_all(rng: Rng) -> Inputs:
    """Without any number the logits stay as they are."""
    return {"logits": _normal(rng, 2, 5)}


# --- repetition_penalty --------------------------------------------------------------------------


def _signed(rng: Rng, rows: int, vocab: int) -> Tensor:
    """Logits of both signs in every row, none close to zero."""
    size = rng.uniform(0.5, 4.0, size=(rows, vocab))
    signs = np.where(np.arange(vocab) % 2 == 0, 1, -1)
    return torch.from_numpy(rng.permuted(size * signs, axis=1).astype(np.float32))


@repetition_penalty.case
def above_and_below_zero(rng: Rng) -> Inputs:
    """Two rows of seven logits of both signs; five ids each, some more than once."""
    ids = np.array([rng.permutation(7)[[0, 1, 2, 0, 3]] for _ in range(2)])
    logits = _signed(rng, 2, 7)
    for row in range(2):  # what comes is of both signs
        logits[row, ids[row, 0]] = logits[row, ids[row, 0]].abs()
        logits[row, ids[row, 1]] = -logits[row, ids[row, 1]].abs()
    return {"logits": logits, "ids": torch.from_numpy(ids), "penalty": 1.5}


@repetition_penalty.case
def each_row_has_its_own(rng: Rng) -> Inputs:
    """Three rows that have different tokens so far."""
    order = rng.permutation(9)
    ids = torch.from_numpy(np.array([order[0:2], order[2:4], order[4:6]]))
    return {"logits": _signed(rng, 3, 9), "ids": ids, "penalty": 2.0}


@repetition_penalty.case
def again_and_again(rng: Rng) -> Inputs:
    """One token has come six times, with a logit above zero; it is made less likely once."""
    logits = _signed(rng, 1, 4)
    token = int(rng.integers(4))
    logits[0, token] = 3.0
    return {"logits": logits, "ids": torch.full((1, 6), token), "penalty": 1.3}


@repetition_penalty.case
def cut_off_already(rng: Rng) -> Inputs:
    """A logit of -inf stays so, whether its token has come or not."""
    logits, order = _signed(rng, 1, 6), rng.permutation(6)
    logits[0, order[:2].tolist()] = -torch.inf
    return {"logits": logits, "ids": torch.from_numpy(order[None, 1:4].copy()), "penalty": 1.2}


# --- no_repeat_ngram -----------------------------------------------------------------------------


@no_repeat_ngram.case
def pairs(rng: Rng) -> Inputs:
    """Two rows, n = 2: what has followed the last token may not follow it again."""
    a, b, c, d, e = (int(one) for one in rng.permutation(8)[:5])
    rows = [[a, b, c, a, d, b, a], [c, d, e, d, a, e, d]]
    return {"logits": _normal(rng, 2, 8), "ids": torch.tensor(rows), "n": 2}


@no_repeat_ngram.case
def triples(rng: Rng) -> Inputs:
    """Three rows, n = 3: only the same two tokens in the same order count."""
    a, b, c, d, e = (int(one) for one in rng.permutation(7)[:5])
    rows = [[a, b, c, d, b, e, a, b], [b, a, c, e, d, e, a, b], [c, c, c, c, d, d, c, c]]
    return {"logits": _normal(rng, 3, 7), "ids": torch.tensor(rows), "n": 3}


@no_repeat_ngram.case
def single_tokens_once(rng: Rng) -> Inputs:
    """n = 1: no token that has come may come again."""
    rows = np.array([rng.permutation(9)[[0, 1, 2, 1]] for _ in range(2)])
    return {"logits": _normal(rng, 2, 9), "ids": torch.from_numpy(rows), "n": 1}


@no_repeat_ngram.case
def too_short(rng: Rng) -> Inputs:
    """The row is shorter than n: nothing changes."""
    a, b = (int(one) for one in rng.permutation(6)[:2])
    return {"logits": _normal(rng, 1, 6), "ids": torch.tensor([[a, b, a]]), "n": 4}


@no_repeat_ngram.case
def the_last_one_does_not_count(rng: Rng) -> Inputs:
    """The last n - 1 tokens come for the first time, so that nothing may not follow them."""
    a, b, c, d = (int(one) for one in rng.permutation(5)[:4])
    return {"logits": _normal(rng, 1, 5), "ids": torch.tensor([[a, b, a, c, d, d]]), "n": 3}


@no_repeat_ngram.case
def twice_at_the_end(rng: Rng) -> Inputs:
    """The last two tokens are the same, n = 2: it may not come a third time."""
    a, b, c = (int(one) for one in rng.permutation(10)[:3])
    return {
        "logits": _normal(rng, 2, 10),
        "ids": torch.tensor([[a, b, c, c], [b, b, a, a]]),
        "n": 2,
    }


@no_repeat_ngram.case
def cut_off_before(rng: Rng) -> Inputs:
    """A logit that is -inf already stays so."""
    a, b, c = (int(one) for one in rng.permutation(4)[:3])
    logits = _normal(rng, 1, 4)
    logits[0, c] = -torch.inf
    return {"logits": logits, "ids": torch.tensor([[a, b, a]]), "n": 2}


# --- sequence_log_probability --------------------------------------------------------------------


@sequence_log_probability.case
def after_a_prompt_of_two(rng: Rng) -> Inputs:
    """Three rows of six ids; the first two are the prompt."""
    return {
        "logits": _normal(rng, 3, 6, 4, spread=2.0),
        "ids": _ids(rng, 3, 6, vocab=4),
        "start": 2,
    }


@sequence_log_probability.case
def from_the_second_id_on(rng: Rng) -> Inputs:
    """Two rows of five ids; only the first id is given."""
    return {
        "logits": _normal(rng, 2, 5, 7, spread=2.0),
        "ids": _ids(rng, 2, 5, vocab=7),
        "start": 1,
    }


@sequence_log_probability.case
def only_the_last_id(rng: Rng) -> Inputs:
    """Four rows of three ids, all but the last one given."""
    return {
        "logits": _normal(rng, 4, 3, 6, spread=2.0),
        "ids": _ids(rng, 4, 3, vocab=6),
        "start": 2,
    }


@sequence_log_probability.case
def logits_on_any_level(rng: Rng) -> Inputs:
    """The logits of each position lie on a level of their own, up to 500."""
    levels = torch.from_numpy(rng.uniform(300, 500, size=(2, 4, 1)).astype(np.float32))
    return {"logits": levels + _normal(rng, 2, 4, 5), "ids": _ids(rng, 2, 4, vocab=5), "start": 1}


@sequence_log_probability.invariant
def no_probability_is_above_one(inputs: Inputs, answer: Tensor) -> bool:
    """No log probability is above 0."""
    return not (answer > 1e-4).any()


# --- beam_score ----------------------------------------------------------------------------------


def _nats(rng: Rng, *shape: int) -> Tensor:
    return -torch.from_numpy(rng.uniform(5, 20, size=shape).astype(np.float32))


@beam_score.case
def the_mean(rng: Rng) -> Inputs:
    """With a penalty of 1 it is the mean log probability of a token."""
    return {"log_probabilities": _nats(rng, 3), "length": 7, "penalty": 1.0}


@beam_score.case
def a_large_penalty(rng: Rng) -> Inputs:
    """A penalty of 2 favours long sequences."""
    return {"log_probabilities": _nats(rng, 2, 4), "length": 5, "penalty": 2.0}


@beam_score.case
def a_small_penalty(rng: Rng) -> Inputs:
    """A penalty of 0.6 lies between the sum and the mean."""
    return {"log_probabilities": _nats(rng, 5), "length": 12, "penalty": 0.6}


@beam_score.case
def no_penalty(rng: Rng) -> Inputs:
    """With a penalty of 0 the length plays no role."""
    return {"log_probabilities": _nats(rng, 4), "length": 9, "penalty": 0.0}


@beam_score.case
def a_negative_penalty(rng: Rng) -> Inputs:
    """A negative penalty favours short sequences."""
    return {"log_probabilities": _nats(rng, 6), "length": 4, "penalty": -0.5}


@beam_score.case
def a_single_sequence(rng: Rng) -> Inputs:
    """A single log probability, which has no axis: its score has none either."""
    return {"log_probabilities": _nats(rng), "length": 3, "penalty": 1.5}


# --- beam_step -----------------------------------------------------------------------------------


def _beams(rng: Rng, texts: int, beams: int, position: int, vocab: int) -> Inputs:
    """Beams whose ids are all different, their scores close together, and what may follow them."""
    ids = torch.from_numpy(rng.permutation(texts * beams * position)).view(texts, beams, position)
    scores = -torch.from_numpy(np.sort(rng.uniform(1, 3, (texts, beams)), axis=1)).float()
    log_probs = _distributions(rng, texts, beams, vocab).clamp(min=1e-6).log()
    return {"ids": ids, "scores": scores, "log_probs": log_probs}


@beam_step.case
def two_texts(rng: Rng) -> Inputs:
    """Two texts with three beams of four ids, five tokens, and the best six candidates of each."""
    return _beams(rng, 2, 3, 4, 5) | {"count": 6}


@beam_step.case
def one_text_is_far_worse(rng: Rng) -> Inputs:
    """All beams of one of three texts are far less likely than those of the others."""
    drawn = _beams(rng, 3, 2, 1, 7)
    drawn["scores"][1] -= 100
    return drawn | {"count": 4}


@beam_step.case
def one_beam_wins_all(rng: Rng) -> Inputs:
    """One of four beams is so much likelier that all candidates continue it."""
    drawn = _beams(rng, 1, 4, 3, 6)
    drawn["scores"][:, 1:] -= 50
    return drawn | {"count": 2}


@beam_step.case
def the_first_step(rng: Rng) -> Inputs:
    """Four texts with a single beam each, as at the beginning."""
    drawn = _beams(rng, 4, 1, 2, 8)
    drawn["scores"] = torch.zeros(4, 1)
    return drawn | {"count": 3}


@beam_step.case
def the_last_beam_is_the_best(rng: Rng) -> Inputs:
    """The beams need not come in the order of their scores."""
    drawn = _beams(rng, 2, 4, 3, 5)
    drawn["scores"] = drawn["scores"].flip(1) + torch.tensor([0.0, 0.0, 0.0, 2.0])
    return drawn | {"count": 7}


@beam_step.invariant
def the_best_candidate_comes_first(inputs: Inputs, answer: Any) -> bool:
    """The scores of each text never rise from one candidate to the next."""
    return not (answer[0].diff(dim=1) > 0).any()


# --- keep_running --------------------------------------------------------------------------------


def _candidates(rng: Rng, texts: int, count: int, position: int, end: int, ended: list) -> Inputs:
    """Candidates in the order of their scores; `ended` says for each text which ones end."""
    ids = torch.from_numpy(rng.integers(1, 40, (texts, count, position)))
    ids[ids == end] += 40
    for text, places in enumerate(ended):
        ids[text, places, -1] = end
    totals = -torch.from_numpy(np.sort(rng.uniform(1, 9, (texts, count)), axis=1)).float()
    return {"totals": totals, "ids": ids, "end": end}


@keep_running.case
def some_have_ended(rng: Rng) -> Inputs:
    """Two texts with six candidates, of which other ones have ended."""
    return _candidates(rng, 2, 6, 4, 5, [[0, 2], [1, 3]]) | {"beams": 3}


@keep_running.case
def none_has_ended(rng: Rng) -> Inputs:
    """Three texts with four candidates, none of which has ended: the first two go on."""
    return _candidates(rng, 3, 4, 5, 0, [[], [], []]) | {"beams": 2}


@keep_running.case
def the_best_have_all_ended(rng: Rng) -> Inputs:
    """The best three of six candidates have ended, so that the other three go on."""
    return _candidates(rng, 1, 6, 2, 7, [[0, 1, 2]]) | {"beams": 3}


@keep_running.case
def an_end_in_the_middle(rng: Rng) -> Inputs:
    """The end token stands before the last position: that means nothing."""
    drawn = _candidates(rng, 2, 8, 3, 9, [[1], [0, 4]])
    drawn["ids"][0, 0, 1] = drawn["ids"][0, 2, 0] = drawn["ids"][1, 1, 1] = 9
    return drawn | {"beams": 4}


# --- keep_finished -------------------------------------------------------------------------------


def _pool(rng: Rng, count: int, best: float, step: float = 0.1) -> Pool:
    """A pool in order, whose scores begin at `best`."""
    rows = rng.integers(1, 40, (count, 3)).tolist()
    return [(best - step * place, row) for place, row in enumerate(rows)]


def _ranked(rng: Rng, count: int, end: int, ended: list[int], best: float = -1.0) -> Pool:
    """Candidates of four ids, whose scores begin at `best`; `ended` says which ones end."""
    drawn = _candidates(rng, 1, count, 4, end, [ended])
    scores = drawn["totals"][0] - drawn["totals"][0, 0] + best
    return list(zip(scores.tolist(), drawn["ids"][0].tolist(), strict=True))


@keep_finished.case
def into_an_empty_pool(rng: Rng) -> Inputs:
    """Two of the first three candidates have ended, and so has the fourth, which is too late."""
    return {"pool": [], "candidates": _ranked(rng, 6, 3, [0, 2, 3]), "beams": 3, "end": 3}


@keep_finished.case
def into_a_full_pool(rng: Rng) -> Inputs:
    """The pool is full: the best of old and new stay, and here the new one is the best."""
    candidates = _ranked(rng, 4, 0, [0], best=-2.0)
    return {"pool": _pool(rng, 2, -3.0), "candidates": candidates, "beams": 2, "end": 0}


@keep_finished.case
def not_good_enough(rng: Rng) -> Inputs:
    """The pool is full of better ones, so that what has ended does not stay."""
    candidates = _ranked(rng, 8, 7, [0, 3], best=-2.5)
    return {"pool": _pool(rng, 4, -1.2), "candidates": candidates, "beams": 4, "end": 7}


@keep_finished.case
def in_between(rng: Rng) -> Inputs:
    """A new one comes in between the old ones, and there is still a place for all of them."""
    pool = _pool(rng, 2, -0.5 - float(rng.uniform(0, 0.2)), 2.0)
    return {"pool": pool, "candidates": _ranked(rng, 6, 5, [0]), "beams": 3, "end": 5}


@keep_finished.case
def an_end_before_the_end(rng: Rng) -> Inputs:
    """The end token stands before the last position: that finishes nothing."""
    candidates = _ranked(rng, 6, 9, [1])
    candidates[0][1][1] = candidates[2][1][0] = 9
    return {"pool": _pool(rng, 1, -3.0), "candidates": candidates, "beams": 3, "end": 9}


@keep_finished.case
def the_last_step(rng: Rng) -> Inputs:
    """In the last step the first three candidates all count as finished."""
    given = {"pool": _pool(rng, 1, -0.2), "candidates": _ranked(rng, 6, 1, [1, 4])}
    return given | {"beams": 3, "end": 1, "last": True}


@keep_finished.case
def nothing_has_ended(rng: Rng) -> Inputs:
    """No candidate has ended: the pool is what it was."""
    return {"pool": _pool(rng, 1, -2.0), "candidates": _ranked(rng, 4, 8, []), "beams": 2, "end": 8}


# --- may_stop ------------------------------------------------------------------------------------


@may_stop.drive
def _may_stop(answer: Callable, best: float | list[float], **inputs: Any) -> Any:
    """Ask about one running beam, or about many."""
    if isinstance(best, list):
        return [answer(best=one, **inputs) for one in best]
    return answer(best=best, **inputs)


@may_stop.case
def the_pool_is_not_full(rng: Rng) -> Inputs:
    """Two of three places are taken, and the running beam is far worse: go on."""
    return {"pool": _pool(rng, 2, -0.4), "best": -6.0, "beams": 3}


@may_stop.case
def full_and_better(rng: Rng) -> Inputs:
    """The pool is full and better than what runs: stop."""
    return {"pool": _pool(rng, 3, -0.4), "best": -float(rng.uniform(1, 2)), "beams": 3}


@may_stop.case
def the_running_beam_beats_the_last(rng: Rng) -> Inputs:
    """The running beam beats the last of the pool, but not the others: go on."""
    return {"pool": _pool(rng, 4, -0.5, 0.3), "best": -float(rng.uniform(1.2, 1.3)), "beams": 4}


@may_stop.case
def the_running_beam_beats_all(rng: Rng) -> Inputs:
    """The running beam beats the whole pool: go on."""
    return {"pool": _pool(rng, 2, -1.5), "best": -float(rng.uniform(0.2, 1)), "beams": 2}


@may_stop.case
def exactly_as_good(rng: Rng) -> Inputs:
    """The running beam is exactly as good as the last of the pool: it does not beat it, so stop."""
    first = float(rng.uniform(-1.4, -1.1))
    return {"pool": [(first, [1, 4]), (-1.5, [2, 4])], "best": -1.5, "beams": 2}


@may_stop.case
def many_beams(rng: Rng) -> Inputs:
    """A full pool, and twenty different running beams, one after the other."""
    return {"pool": _pool(rng, 3, -0.9), "best": rng.uniform(-1.5, -0.5, 20).tolist(), "beams": 3}


# --- beam_search ---------------------------------------------------------------------------------


@beam_search.drive
def _beam_search(answer: Callable, after: Tensor, **inputs: Any) -> Any:
    """Speak by a table of what follows two ids, and note for how many rows it was asked."""
    rows = []

    def next_logits(ids: Tensor) -> Tensor:
        rows.append(len(ids))
        return after[ids[:, -2], ids[:, -1]]

    found = answer(next_logits, **inputs)
    return {"best": [(float(score), list(ids)) for score, ids in found], "rows asked for": rows}


def _search(rng: Rng, texts: int, vocab: int, position: int, end: int, wish: float = 0.0) -> Inputs:
    """A table whose end token has its logit raised by `wish`, and prompts without an end."""
    after = _normal(rng, vocab, vocab, vocab, spread=2.0)
    after[:, :, end] += wish
    prompts = rng.integers(1, vocab - 1, (texts, position)) + 1
    prompts[prompts == end] = 1
    return {"after": after, "prompts": torch.from_numpy(prompts), "end": end}


@beam_search.case
def three_beams(rng: Rng) -> Inputs:
    """Two texts, three beams, up to five new tokens."""
    return _search(rng, 2, 9, 3, 0) | {"beams": 3, "max_new": 5}


@beam_search.case
def a_single_beam(rng: Rng) -> Inputs:
    """Three texts with one beam each, up to seven new tokens."""
    return _search(rng, 3, 6, 2, 4, 1.0) | {"beams": 1, "max_new": 7}


@beam_search.case
def long_ones_are_favoured(rng: Rng) -> Inputs:
    """A penalty of 2, and an end token that often comes."""
    return _search(rng, 4, 10, 2, 0, 2.5) | {"beams": 2, "max_new": 8, "penalty": 2.0}


@beam_search.case
def short_ones_are_favoured(rng: Rng) -> Inputs:
    """A penalty of 0, and an end token that often comes."""
    return _search(rng, 3, 11, 4, 5, 1.0) | {"beams": 2, "max_new": 6, "penalty": 0.0}


@beam_search.case
def texts_that_end_early(rng: Rng) -> Inputs:
    """Five texts with an end token that comes nearly always: all are done before the last round."""
    return _search(rng, 5, 8, 3, 0, 5.0) | {"beams": 2, "max_new": 12}


@beam_search.case
def done_stays_done(rng: Rng) -> Inputs:
    """One text is done early; waiting longer would find something that scores better."""
    return _patient(rng)


def _story(size: int, *said: tuple[int, dict[int, float]]) -> Tensor:
    """A table of logits in which what follows a token depends on that token alone."""
    after = torch.full((size, size, size), -14.0)
    for token, probabilities in said:
        after[:, token, list(probabilities)] = torch.tensor(list(probabilities.values())).log()
    return after


def _patient(rng: Rng) -> Inputs:
    """Text one is done after two rounds, but its running beam is then sure of what follows."""
    a, b, c, d, e, f = (int(one) for one in rng.permutation(6) + 1)
    after = _story(
        8,
        (a, {0: 0.52, b: 0.48}),
        (b, {0: 0.55, c: 0.45}),
        (c, {d: 1.0}),
        (d, {d: 1.0}),
        (e, {e: 0.55, f: 0.45}),  # text two goes on and on
        (f, {e: 0.45, f: 0.55}),
    )
    prompts = torch.tensor([[7, e, a], [7, a, e]])
    return {"after": after, "prompts": prompts, "end": 0, "beams": 2, "max_new": 9, "penalty": 1.0}


@beam_search.case
def an_end_among_the_best(rng: Rng) -> Inputs:
    """The best first token ends the text; another one that looks poor leads to something better."""
    a, b, c, *rest = (int(one) for one in rng.permutation(8) + 1)
    after = _story(
        9,
        (a, {0: 0.4, b: 0.35, c: 0.25}),
        (b, dict.fromkeys(rest, 0.2)),
        (c, {0: 1.0}),
        *((token, {0: 0.5, token: 0.5}) for token in rest),
    )
    prompts = torch.tensor([[b, a]])
    return {"after": after, "prompts": prompts, "end": 0, "beams": 2, "max_new": 4, "penalty": 1.0}


@beam_search.case
def all_beams_end_at_once(rng: Rng) -> Inputs:
    """The likeliest continuation of each of three beams ends it, and three others go on."""
    a, b, c, d, e, f, g, *rest = (int(one) for one in rng.permutation(11) + 1)
    after = _story(
        12,
        (a, {b: 0.4, c: 0.35, d: 0.25}),
        (b, {0: 0.52, e: 0.48}),
        (c, {0: 0.52, f: 0.48}),
        (d, {0: 0.52, g: 0.48}),
        *((token, dict.fromkeys(rest, 0.25)) for token in (e, f, *rest)),
        (g, {0: 1.0}),
    )
    prompts = torch.tensor([[c, b, d, a]])
    return {"after": after, "prompts": prompts, "end": 0, "beams": 3, "max_new": 5, "penalty": 1.0}


# --- residual ------------------------------------------------------------------------------------


@residual.case
def some_more_some_less(rng: Rng) -> Inputs:
    """Two rows of five tokens; `target` has more for some of them and less for others."""
    return {"target": _distributions(rng, 2, 5), "draft": _distributions(rng, 2, 5)}


@residual.case
def nothing_in_common(rng: Rng) -> Inputs:
    """Whatever one of them gives, the other does not: `target` is left over whole."""
    left, right = _distributions(rng, 3, 2), _distributions(rng, 3, 2)
    return {
        "target": torch.cat([left, torch.zeros(3, 2)], dim=1),
        "draft": torch.cat([torch.zeros(3, 2), right], dim=1),
    }


@residual.case
def two_equal_rows(rng: Rng) -> Inputs:
    """In one of four rows the two are equal, so that nothing is left over."""
    target, draft = _distributions(rng, 4, 3), _distributions(rng, 4, 3)
    draft[2] = target[2]
    return {"target": target, "draft": draft}


@residual.case
def a_single_token_has_more(rng: Rng) -> Inputs:
    """Only one of seven tokens has more in `target`: it gets all."""
    order = torch.from_numpy(rng.permutation(7))
    target = torch.tensor([[0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]])[:, order]
    draft = torch.tensor([[0.1, 0.15, 0.15, 0.15, 0.15, 0.15, 0.15]])[:, order]
    return {"target": target, "draft": draft}


@residual.invariant
def each_row_sums_to_one(inputs: Inputs, answer: Tensor) -> bool:
    """Each row sums to 1."""
    return bool(((answer.sum(dim=-1) - 1).abs() < 1e-3).all())


# --- speculative_step ----------------------------------------------------------------------------


@speculative_step.drive
def _speculative_step(answer: Callable, draft: Tensor, target: Tensor, seed: int) -> Any:
    """Draft many tokens for each row, have all of them accepted or replaced by one call."""
    rows, vocab = draft.shape
    dice = torch.Generator().manual_seed(seed)
    tokens = torch.multinomial(draft, COPIES, replacement=True, generator=dice).T.flatten()
    given = tokens.clone(), draft.repeat(COPIES, 1), target.repeat(COPIES, 1)
    dice = torch.Generator().manual_seed(seed + 1)
    taken, accepted = answer(*given, dice)
    torch.rand(7)  # moves the global random state
    again, _ = answer(*given, torch.Generator().manual_seed(seed + 1))
    codes = 2 * taken.reshape(-1, rows) + accepted.reshape(-1, rows).long()
    return {
        "shapes": [len(taken) == len(tokens), taken.dim(), accepted.dim()],
        "types": [not taken.is_floating_point(), accepted.dtype == torch.bool],
        "an accepted token is the drafted one": bool((taken == tokens)[accepted.bool()].all()),
        "the same seed, the same tokens": bool(taken.equal(again)),
        "new tokens from a used generator": not bool(taken.equal(answer(*given, dice)[0])),
        "shares": torch.stack([_shares(column, (vocab, 2)) for column in codes.T]),
    }


def _stepped(expected: Any, answer: Any, inputs: Inputs) -> str | None:
    if said := _form(expected, answer, ("shares",)):
        return said
    ours, theirs = expected["shares"], answer["shares"]
    if said := unlike(theirs.sum(dim=-1), inputs["target"].double(), COPIES):
        return f"the distribution is not that of `target`: [row, token] = {said}"
    if said := differ(ours.sum(dim=1), theirs.sum(dim=1), COPIES):
        return f"of [row, accepted (0: no, 1: yes)], {said}"
    if said := differ(ours, theirs, COPIES):
        return f"of [row, token, accepted (0: no, 1: yes)], {said}"
    return None


speculative_step.equal = _stepped


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
    answer: Callable, draft: Tensor, target: Tensor, runs: int, seed: int
) -> Any:
    """Draft and verify many times; count how many tokens come, and which token at each place."""
    dice = torch.Generator().manual_seed(seed)
    drafts = torch.multinomial(draft, runs, replacement=True, generator=dice).T  # (run, position)
    places, vocab = target.shape
    lengths, tokens = torch.zeros(places + 2).double(), torch.zeros(places, vocab).double()
    plain, again = set(), dice.clone_state()
    for drafted in drafts:
        taken = answer(drafted.clone(), draft, target, dice)
        plain.add(f"{taken.dim()} axes, {'not ' * taken.is_floating_point()}whole numbers")
        lengths[min(len(taken), places + 1)] += 1
        for place, token in enumerate(taken.flatten().tolist()[:places]):
            tokens[place, int(token)] += 1
    same = [_twice(answer, (drafted, draft, target), again) for drafted in drafts[:10]]
    told = {"form": plain, "the same seed, the same tokens": all(same)}
    return told | {"lengths": lengths / runs, "tokens": tokens / runs}


def _twice(answer: Callable, given: tuple, dice: torch.Generator) -> bool:
    """Say whether the same state of the generator gives the same tokens twice."""
    return bool(answer(*given, dice.clone_state()).equal(answer(*given, dice.clone_state())))


def _blocked(expected: Any, answer: Any, inputs: Inputs) -> str | None:
    runs = inputs["runs"]
    right, given = ({k: v for k, v in x.items() if k != "tokens"} for x in (expected, answer))
    if said := _form(right, given, ("lengths",)):
        return said
    if said := differ(expected["lengths"], answer["lengths"], runs):
        return f"the number of new tokens: {said}"
    if said := _form(expected, answer, ("lengths", "tokens")):
        return said
    if said := differ(expected["tokens"], answer["tokens"], runs):
        return f"[place, token] = {said}"
    for place, (shares, exact) in enumerate(zip(answer["tokens"], inputs["target"], strict=True)):
        came = round(float(shares.sum()) * runs)  # how often there was a token at this place
        if said := unlike(shares / max(shares.sum(), 1e-9), exact.double(), came):
            return f"token number {place} of a block is not drawn from its row of `target`: {said}"
    return None


speculative_block.equal = _blocked


@speculative_block.case
def all_are_accepted(rng: Rng) -> Inputs:
    """Draft and target are equal, so that all four tokens are accepted and a fifth is drawn."""
    target = torch.tensor([[0.3, 0.3, 0.4]] * 4 + [[0.02, 0.78, 0.2]])[:, rng.permutation(3)]
    return {"draft": target[:4].clone(), "target": target, "runs": BLOCKS, "seed": _seed(rng)}


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
    target = torch.tensor([[0.7, 0.1, 0.1, 0.1], [0.1, 0.1, 0.1, 0.7], [0.25, 0.25, 0.5, 0.0]])
    draft = torch.tensor([[0.3, 0.5, 0.1, 0.1], [0.4, 0.2, 0.1, 0.3]])
    order = rng.permutation(4)
    return {
        "draft": draft[:, order],
        "target": target[:, order],
        "runs": 4 * BLOCKS,
        "seed": _seed(rng),
    }
