"""Notebook 06's reference answers agree with transformers, and its checks seldom err by chance."""

import inspect
import math
import time

import numpy as np
import pytest
import torch
from transformers import (
    MinPLogitsWarper,
    NoRepeatNGramLogitsProcessor,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)
from transformers.generation.utils import _speculative_sampling

import solutions.sampling.reference as ours
from gradelib.checking.exercise import find, in_topic
from gradelib.checking.runner import run_cases
from gradelib.lab import data, models
from gradelib.topics.sampling.exercises.chance import LIMIT, differ, unlike
from tests.topics.clear import TableModel, clear_rows

VOCAB = 60
END = 0


def dice(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture(scope="module")
def model() -> TableModel:
    """Loops are compared on a table: what a real model says depends on how it is computed."""
    return TableModel(3 * torch.randn(VOCAB, VOCAB, VOCAB, generator=dice(6)), END).eval()


@pytest.fixture(scope="module")
def speak(model):
    @torch.no_grad()
    def next_logits(ids):
        return model(ids).logits[:, -1]

    return next_logits


@pytest.fixture(scope="module")
def real():
    """Logits of the tiny decoder after several beginnings of stories, and the ids so far."""
    try:
        decoder, tokenizer = models.load("decoder")
    except data.MissingData:
        pytest.skip("the tiny decoder is not in data/models: `make models` trains it")
    texts = [story["text"] for story in data.stories("validation")[:6]]
    ids = torch.tensor([tokenizer(text)["input_ids"][:24] for text in texts])
    with torch.no_grad():
        return ids, decoder(ids).logits[:, -1]


def some_logits(seed: int = 0, spread: float = 3.0) -> torch.Tensor:
    return spread * torch.randn(7, VOCAB, generator=dice(seed))


# --- processors ----------------------------------------------------------------------------------

WARPERS = {
    "temperature": (ours.temperature, TemperatureLogitsWarper, [0.3, 1.0, 2.5]),
    "top-k": (ours.top_k, TopKLogitsWarper, [1, 5, 59, 60, 200]),
    "top-p": (ours.top_p, TopPLogitsWarper, [1e-9, 0.1, 0.5, 0.9, 0.999, 1.0]),
    "min-p": (ours.min_p, MinPLogitsWarper, [0.0, 0.02, 0.1, 0.5, 1.0]),
}


@pytest.mark.parametrize("name", WARPERS)
@pytest.mark.parametrize("seed", range(5))
def test_warpers_agree_with_transformers_on_random_logits(name, seed):
    mine, theirs, numbers = WARPERS[name]
    for number in numbers:
        for spread in (0.5, 3.0, 12.0):
            logits = some_logits(seed, spread)
            clear = clear_rows(name, logits, number)
            assert clear.sum() >= 6, "nearly all rows can be compared"
            assert mine(logits, number)[clear].equal(theirs(number)(None, logits)[clear])


@pytest.mark.parametrize("name", WARPERS)
def test_warpers_agree_with_transformers_on_real_logits(name, real):
    mine, theirs, numbers = WARPERS[name]
    for number in numbers:
        clear = clear_rows(name, real[1], number)
        assert clear.sum() >= 5, "nearly all rows can be compared"
        assert mine(real[1], number)[clear].equal(theirs(number)(None, real[1])[clear])


def test_warpers_agree_after_others_have_cut_off_tokens():
    cut = ours.top_k(some_logits(), 9)
    for name, (mine, theirs, numbers) in WARPERS.items():
        for number in numbers:
            clear = clear_rows(name, cut, number)
            assert clear.sum() >= 6, "nearly all rows can be compared"
            assert mine(cut, number)[clear].equal(theirs(number)(None, cut)[clear])


def test_warp_has_the_order_of_transformers(model):
    """`generate` puts its steps in this order: the list is made by its own function."""
    from transformers import GenerationConfig

    wanted = {"temperature": 1.3, "top_k": 20, "top_p": 0.8, "min_p": 0.05}
    config = GenerationConfig(do_sample=True, eos_token_id=END, pad_token_id=END, **wanted)
    steps = model._get_logits_processor(config, input_ids_seq_length=3, device="cpu")
    names = [type(step).__name__ for step in steps]
    order = ["TemperatureLogitsWarper", "TopKLogitsWarper", "TopPLogitsWarper", "MinPLogitsWarper"]
    assert names == order
    for seed in range(10):
        logits = some_logits(seed)
        few = ours.top_k(ours.temperature(logits, 1.3), 20)
        clear = clear_rows("top-p", few, 0.8) & clear_rows("min-p", ours.top_p(few, 0.8), 0.05)
        assert clear.sum() >= 6, "nearly all rows can be compared"
        assert ours.warp(logits, 1.3, 20, 0.8, 0.05)[clear].equal(steps(None, logits)[clear])


@pytest.mark.parametrize("seed", range(5))
def test_the_repetition_penalty_agrees_with_transformers(seed):
    ids = torch.randint(VOCAB, (7, 25), generator=dice(seed))
    for penalty in (1.05, 1.3, 4.0):
        theirs = RepetitionPenaltyLogitsProcessor(penalty)(ids, some_logits(seed))
        torch.testing.assert_close(ours.repetition_penalty(some_logits(seed), ids, penalty), theirs)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 30])
def test_no_repeat_ngram_agrees_with_transformers(n):
    for seed in range(5):
        ids = torch.randint(4, (7, 25), generator=dice(seed))  # few tokens, many repetitions
        theirs = NoRepeatNGramLogitsProcessor(n)(ids, some_logits(seed))
        assert ours.no_repeat_ngram(some_logits(seed), ids, n).equal(theirs)


def test_both_agree_with_transformers_on_real_logits(real):
    ids, logits = real
    theirs = RepetitionPenaltyLogitsProcessor(1.3)(ids, logits)
    torch.testing.assert_close(ours.repetition_penalty(logits, ids, 1.3), theirs)
    for n in (1, 2):
        theirs = NoRepeatNGramLogitsProcessor(n)(ids, logits)
        assert ours.no_repeat_ngram(logits, ids, n).equal(theirs)


# --- generate ------------------------------------------------------------------------------------


def prompts(rows: int = 3, seed: int = 1) -> torch.Tensor:
    return torch.randint(1, VOCAB, (rows, 4), generator=dice(seed))


def theirs(model, ids, **how):
    settings = {"max_new_tokens": 12, "attention_mask": torch.ones_like(ids), "pad_token_id": END}
    settings |= {"use_cache": False}
    return model.generate(ids, **settings, **how)


@pytest.mark.parametrize("seed", range(4))
def test_greedy_generation_agrees_with_transformers(model, speak, seed):
    ids = prompts(3, seed)
    mine = ours.generate(speak, ids, lambda logits, _: ours.greedy(logits), 12, END)
    assert mine.equal(theirs(model, ids, do_sample=False))


def test_greedy_generation_with_both_penalties_agrees_with_transformers(model, speak):
    def choose(logits, ids):
        logits = ours.repetition_penalty(logits, ids, 1.4)
        return ours.greedy(ours.no_repeat_ngram(logits, ids, 2))

    how = {"repetition_penalty": 1.4, "no_repeat_ngram_size": 2, "do_sample": False}
    for seed in range(4):
        ids = prompts(2, seed)
        assert ours.generate(speak, ids, choose, 12, END).equal(theirs(model, ids, **how))


def test_sampling_agrees_with_transformers_draw_by_draw(model, speak):
    """Both draw by torch.multinomial: from the same state come the same tokens."""
    how = {"temperature": 1.5, "top_k": 30, "top_p": 0.9, "min_p": 0.02}
    ids = prompts(4)
    torch.manual_seed(5)
    expected = theirs(model, ids, do_sample=True, **how)
    luck = dice(5)
    mine = ours.generate(
        speak, ids, lambda logits, _: ours.sample(ours.warp(logits, *how.values()), luck), 12, END
    )
    assert mine.equal(expected)


@pytest.mark.parametrize("penalty", [-0.5, 0.0, 1.0, 2.0])
@pytest.mark.parametrize("beams", [2, 3, 5])
def test_beam_search_agrees_with_transformers(model, speak, beams, penalty):
    def eager(ids):
        logits = speak(ids)
        logits[:, END] += 4  # so that many texts end
        return logits

    how = {"num_beams": beams, "length_penalty": penalty, "do_sample": False}
    how |= {"sequence_bias": {(END,): 4.0}, "renormalize_logits": True}
    how |= {"output_scores": True, "return_dict_in_generate": True}
    lengths = set()
    for seed in range(4):
        ids = prompts(3, seed)
        expected = theirs(model, ids, **how)
        for place, (score, text) in enumerate(
            ours.beam_search(eager, ids, beams, 12, END, penalty)
        ):
            row = expected.sequences[place].tolist()
            assert row == text + [END] * (len(row) - len(text))
            assert score == pytest.approx(float(expected.sequences_scores[place]), rel=1e-4)
            lengths.add(len(text))
    assert len(lengths) > 1  # some end early


def test_one_beam_without_an_end_is_greedy(speak):
    ids = prompts(3)
    mine = ours.beam_search(speak, ids, 1, 8, end=-1, penalty=1.0)
    expected = ours.generate(speak, ids, lambda logits, _: ours.greedy(logits), 8, end=-1)
    assert [text for _, text in mine] == expected.tolist()


def test_beams_of_many_texts_are_those_of_each_text_alone(speak):
    ids = prompts(5)
    together = ours.beam_search(speak, ids, 3, 8, END)
    alone = [ours.beam_search(speak, row.unsqueeze(0), 3, 8, END)[0] for row in ids]
    assert [text for _, text in together] == [text for _, text in alone]


def test_a_wide_beam_finds_the_best_of_all_sequences():
    """Three steps over five tokens: with enough beams nothing is missed."""
    table = torch.randn(5, 5, generator=dice(3)).log_softmax(-1)
    every = {
        (a, b, c): float(table[1, a] + table[a, b] + table[b, c])
        for a in range(5)
        for b in range(5)
        for c in range(5)
    }
    best = max(every, key=every.get)
    [(score, text)] = ours.beam_search(
        lambda ids: torch.cat([table[ids[:, -1] % 5], torch.full((len(ids), 50), -99.0)], dim=1),
        torch.tensor([[1]]),
        25,
        3,
        end=54,
        penalty=0.0,
    )
    assert tuple(text[1:]) == best
    assert score == pytest.approx(every[best], rel=1e-4)


def test_the_log_probability_of_a_sequence_agrees_with_transformers(model):
    ids = prompts(3)
    said = theirs(model, ids, do_sample=False, output_logits=True, return_dict_in_generate=True)
    steps = model.compute_transition_scores(said.sequences, said.logits, normalize_logits=True)
    with torch.no_grad():
        logits = model(said.sequences).logits
    for row, text in enumerate(said.sequences.tolist()):
        over = text.index(END, 4) + 1 if END in text[4:] else len(text)
        mine = ours.sequence_log_probability(
            logits[row : row + 1, :over], said.sequences[row : row + 1, :over], 4
        )
        torch.testing.assert_close(mine[0], steps[row, : over - 4].sum(), rtol=1e-4, atol=1e-4)


# --- speculative decoding ------------------------------------------------------------------------


def exact(draft: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The distribution of the token that comes out, worked out without drawing anything."""
    accepted = torch.minimum(draft, target)  # drafted, and accepted
    return accepted + (1 - accepted.sum(-1, keepdim=True)) * ours.residual(target, draft)


def distributions(rows: int, vocab: int, evenness: float, seed: int) -> torch.Tensor:
    drawn = np.random.default_rng(seed).dirichlet(np.full(vocab, evenness), rows)
    return torch.from_numpy(drawn).float()


@pytest.mark.parametrize("seed", range(20))
def test_speculative_decoding_keeps_the_distribution(seed):
    """Proved for each pair of distributions: what is accepted plus what is drawn again."""
    draft, target = distributions(2, 9, 0.4, seed)
    torch.testing.assert_close(exact(draft[None], target[None]), target[None])


def test_speculative_tokens_come_as_often_as_the_target_says():
    draft = torch.tensor([[0.9, 0.05, 0.04, 0.01]])
    target = torch.tensor([[0.01, 0.04, 0.05, 0.9]])  # a very poor draft
    draws = 200_000
    tokens = torch.multinomial(draft, draws, replacement=True, generator=dice())[0]
    taken, accepted = ours.speculative_step(
        tokens, draft.expand(draws, -1), target.expand(draws, -1), dice(1)
    )
    shares = torch.bincount(taken, minlength=4) / draws
    assert unlike(shares, target[0].double(), draws) is None
    overlap = torch.minimum(draft, target).sum()
    assert unlike(accepted.double().mean()[None], overlap.double()[None], draws) is None


@pytest.mark.trained
def test_a_block_comes_out_as_that_of_transformers():
    draft, target = distributions(3, 4, 1.0, seed=1), distributions(4, 4, 1.0, seed=2)
    runs = 4000
    drafts = torch.multinomial(draft, runs, replacement=True, generator=dice()).T
    counts = {"ours": torch.zeros(5, dtype=torch.double), "theirs": torch.zeros(5).double()}
    luck = dice(3)
    torch.manual_seed(4)
    asked = inspect.signature(_speculative_sampling).parameters
    more = {"is_done_candidate": False} if "is_done_candidate" in asked else {}  # older versions
    for drafted in drafts:
        counts["ours"][len(ours.speculative_block(drafted, draft, target, luck))] += 1
        logits = draft.log()[None], target.log()[None]
        valid, _ = _speculative_sampling(drafted[None], logits[0], 3, logits[1], **more)
        counts["theirs"][valid.shape[1]] += 1
    assert differ(counts["ours"] / runs, counts["theirs"] / runs, runs) is None


# --- the checks themselves -----------------------------------------------------------------------


def binomial_tail(draws: int, p: float, at_least: int) -> float:
    """The exact probability of at least so many successes."""
    logs = [
        math.lgamma(draws + 1)
        - math.lgamma(k + 1)
        - math.lgamma(draws - k + 1)
        + k * math.log(p)
        + (draws - k) * math.log1p(-p)
        for k in range(at_least, draws + 1)
    ]
    return math.fsum(math.exp(log) for log in logs)


@pytest.mark.parametrize("p", [0.003, 0.05, 0.3, 0.5, 0.8, 0.99])
@pytest.mark.parametrize("draws", [120, 8000])
def test_a_false_alarm_is_as_unlikely_as_promised(p, draws):
    """The exact binomial tail beyond the limit, in both directions, is below 2 e^-25."""
    chance = 0.0
    for share in (p, 1 - p):
        fails = [
            k
            for k in range(int(share * draws) + 1, draws + 1)
            if unlike(torch.tensor([k / draws]), torch.tensor([share]).double(), draws)
        ]
        if fails:
            chance += binomial_tail(draws, share, min(fails))
    assert chance <= 2 * math.exp(-LIMIT)


def test_all_random_checks_together_look_at_fewer_shares_than_promised():
    looks = 0
    for name in ("sample", "speculative_step", "speculative_block"):
        exercise = find(f"sampling.{name}")
        for case in exercise.cases:
            inputs = exercise.draw(case, 0)
            [outcome] = run_cases(exercise, getattr(ours, name), [inputs])
            sizes = [v.numel() for v in outcome.value.values() if isinstance(v, torch.Tensor)]
            looks += 2 * sum(sizes)  # each at most against the truth and against the reference
    seeds = 1 + find("sampling.sample").fresh_seeds
    assert looks < 600
    assert looks * seeds * 4 * math.exp(-LIMIT) < 1e-6


def test_a_share_that_is_off_by_a_fortieth_is_found():
    """What the limit can see: 8,000 draws of a token with probability 1/2."""
    assert unlike(torch.tensor([0.545]), torch.tensor([0.5]).double(), 8000) is not None
    assert unlike(torch.tensor([0.52]), torch.tensor([0.5]).double(), 8000) is None
    assert unlike(torch.tensor([0.001]), torch.tensor([0.0]).double(), 8000) is not None


@pytest.mark.parametrize("name", list(in_topic("sampling")))
def test_a_visible_check_is_quick(name):
    exercise = find(name)
    inputs = [exercise.draw(case, 0) for case in exercise.cases]
    start = time.process_time()  # what this process computes, not how long it waits
    run_cases(exercise, getattr(ours, exercise.function), inputs)
    assert time.process_time() - start < 2
