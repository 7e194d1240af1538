"""Notebook 11: the reference agrees with closed forms, and what the notebook says is true."""

import doctest
import itertools
import json
import math
import re
from collections import Counter

import matplotlib as mpl
import numpy as np
import pytest
import torch
from matplotlib import pyplot as plt
from torch import nn
from torch.distributions import Categorical, kl_divergence
from transformers import AutoModelForSequenceClassification, GPT2Config, GPT2LMHeadModel

from gradelib.lab import data
from gradelib.lab.village import reward_parts, true_reward
from gradelib.topics.rlhf import pictures, ranking
from gradelib.topics.rlhf.pictures import (
    claim,
    curve_of,
    draw_overoptimization,
    draw_run,
    say_slow,
    show_stories,
    whole,
)
from gradelib.topics.rlhf.ranking import Candidates, pairs_of, read_rankings
from gradelib.topics.rlhf.stories import Storyteller, preferences, true_rewards
from gradelib.topics.rlhf.training import (
    RECORDED,
    Batch,
    Plan,
    Round,
    Run,
    Tools,
    fit_reward,
    judge_of,
    recorded_runs,
    run_rounds,
    scores_of_pairs,
)
from solutions.rlhf.reference import (
    RewardModel,
    best_of_n_kl,
    clip_fraction,
    group_advantages,
    grpo_loss,
    kl_estimates,
    pair_accuracy,
    ppo_loss,
    preference_loss,
    reinforce_loss,
    returns,
    shaped_reward,
    token_log_probs,
    whiten,
)
from tests.author.test_built_notebooks import ROOT
from tests.bench import preferring

mpl.use("Agg")
STORY = (ROOT / "notebooks" / "src" / "11_rlhf.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def teller():
    try:
        return Storyteller()
    except data.MissingData:
        pytest.skip("the tiny decoder is not in data/models: `make models` trains it")


def luck(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def two_policies(size: int = 5, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    logits = torch.randn(2, size, generator=luck(seed), dtype=torch.float64)
    return logits[0].log_softmax(0), logits[1].log_softmax(0)


@pytest.mark.parametrize("module", [pictures, ranking])
def test_the_examples_of_the_notebooks_own_pictures_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted >= 1
    assert result.failed == 0


# --- closed forms --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_k1_and_k3_are_unbiased_over_a_whole_vocabulary_and_k2_is_not(seed):
    policy, other = two_policies(seed=seed)
    true = kl_divergence(Categorical(logits=policy), Categorical(logits=other)).item()
    means = [(policy.exp() * k).sum().item() for k in kl_estimates(policy, other)]
    assert means[0] == pytest.approx(true)
    assert means[2] == pytest.approx(true)
    assert means[1] != pytest.approx(true, rel=1e-3)
    assert all((k >= 0).all() for k in kl_estimates(policy, other)[1:])


def test_k2_is_nearly_right_for_policies_that_are_near():
    policy, _ = two_policies()
    step = 1e-3 * torch.randn(5, generator=luck(1), dtype=torch.float64)
    other = (policy + step).log_softmax(0)
    true = kl_divergence(Categorical(logits=policy), Categorical(logits=other)).item()
    assert (policy.exp() * kl_estimates(policy, other)[1]).sum().item() == pytest.approx(true, 1e-2)


def test_over_all_texts_of_three_tokens_the_sum_of_k1_is_the_distance_of_the_texts():
    policy, other = two_policies(3)
    mean = total = 0.0
    for text in itertools.product(range(3), repeat=3):
        ids = torch.tensor(text)
        share = policy[ids].sum().exp().item()
        mean += share * kl_estimates(policy[ids], other[ids])[0].sum().item()
        total += share
    assert total == pytest.approx(1)
    one = kl_divergence(Categorical(logits=policy), Categorical(logits=other)).item()
    assert mean == pytest.approx(3 * one)


def test_log_probabilities_without_their_temperature_give_a_negative_distance():
    """What quiz_negative says: drawn at 0.7 and asked about at 1."""
    logits = torch.tensor([3.0, 1.0, 0.0, -1.0], dtype=torch.float64)
    cold = (logits / 0.7).softmax(0)
    moved = logits * 1.02  # a policy that has hardly gone anywhere
    wrong = (cold * (moved.log_softmax(0) - (1.05 * logits).log_softmax(0))).sum()
    assert wrong < 0


def test_the_gradient_of_reinforce_is_that_of_the_expected_advantage():
    """By enumeration: the mean over all tokens of its gradient is the exact gradient."""
    better = torch.randn(5, generator=luck(2), dtype=torch.float64)
    logits = torch.randn(5, generator=luck(3), dtype=torch.float64).requires_grad_()
    exact = torch.autograd.grad((logits.softmax(0) * better).sum(), logits)[0]
    mean = torch.zeros(5, dtype=torch.float64)
    mask = torch.ones(1, 1, dtype=torch.bool)
    for token in range(5):
        log_probs = logits.log_softmax(0)[token].view(1, 1)
        loss = reinforce_loss(log_probs, better[token].view(1, 1), mask)
        (gradient,) = torch.autograd.grad(loss, logits)
        mean -= logits.softmax(0)[token].detach() * gradient
    assert torch.allclose(mean, exact)


def test_at_the_first_step_ppo_and_reinforce_have_the_same_gradient_and_whitened_loss_is_zero():
    old, mask = -torch.rand(3, 7, generator=luck()), torch.ones(3, 7, dtype=torch.bool)
    better = whiten(torch.randn(3, 7, generator=luck(1)), mask)
    found = []
    for loss_of in (lambda new: ppo_loss(new, old, better, mask),
                    lambda new: reinforce_loss(new, better, mask)):  # fmt: skip
        new = old.clone().requires_grad_()
        loss = loss_of(new)
        found.append((loss.item(), torch.autograd.grad(loss, new)[0]))
    assert found[0][0] == pytest.approx(0, abs=1e-6)
    assert torch.allclose(found[0][1], found[1][1])
    assert found[0][1].norm() > 0.1


def test_the_clip_fraction_is_the_share_of_tokens_without_a_gradient():
    old = -torch.rand(4, 50, generator=luck()) - 0.5
    new = (old + 0.4 * torch.randn(4, 50, generator=luck(1))).requires_grad_()
    better, mask = torch.randn(4, 50, generator=luck(2)), torch.ones(4, 50, dtype=torch.bool)
    (gradient,) = torch.autograd.grad(ppo_loss(new, old, better, mask), new)
    share = clip_fraction(new.detach(), old, better, mask)
    assert 0.1 < share < 0.9
    assert (gradient == 0).float().mean().item() == pytest.approx(share)


def test_a_group_of_equal_scores_teaches_nothing_but_to_stay_near():
    old, mask = -torch.rand(4, 6, generator=luck()), torch.ones(4, 6, dtype=torch.bool)
    new = old.clone().requires_grad_()
    loss = grpo_loss(new, old, old, torch.full((1, 4), 2.0), mask, weight=0.5)
    (gradient,) = torch.autograd.grad(loss, new)
    assert loss.item() == 0
    assert gradient.abs().max() < 1e-6


@pytest.mark.parametrize("n", [2, 3, 8])
def test_the_distance_of_the_best_of_n_by_enumeration(n):
    """Many stories of equal chance, no two with the same score: the formula, nearly."""
    count = 2000
    ranks = np.arange(1, count + 1)
    best = (ranks / count) ** n - ((ranks - 1) / count) ** n
    exact = float((best * np.log(best * count)).sum())
    assert best_of_n_kl(n) == pytest.approx(exact, abs=2e-3)


def test_where_scores_are_equal_the_formula_is_an_upper_bound():
    """Two stories of chance a half and the best of four: worked out over all sixteen draws."""
    draws = Counter(max(four) for four in itertools.product((0, 1), repeat=4))
    best = [draws[score] / 16 for score in (0, 1)]
    assert sum(p * math.log(p / 0.5) for p in best) < best_of_n_kl(4)


def test_log_probs_are_those_of_transformers_loss():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = GPT2Config(vocab_size=30, n_embd=16, n_layer=2, n_head=2, n_positions=20)
        model = GPT2LMHeadModel(config).eval()
    ids = torch.randint(30, (3, 9), generator=luck())
    with torch.no_grad():
        told = model(ids, labels=ids)
    found = token_log_probs(told.logits, ids, 1.0)
    assert -found.mean().item() == pytest.approx(told.loss.item(), rel=1e-5)


def test_a_reward_model_reads_where_that_of_transformers_reads():
    with torch.random.fork_rng():
        torch.manual_seed(1)
        config = GPT2Config(
            vocab_size=30, n_embd=16, n_layer=2, n_head=2, n_positions=20, num_labels=1,
            pad_token_id=0,
        )  # fmt: skip
        theirs = AutoModelForSequenceClassification.from_config(config).eval()

    class Body(nn.Module):
        def forward(self, ids, mask):
            return theirs.transformer(ids, attention_mask=mask.long())[0]

    ours = RewardModel(Body(), 16)
    with torch.no_grad():
        ours.head.weight.copy_(theirs.score.weight)
        ours.head.bias.zero_()
    ids = torch.randint(1, 30, (3, 8), generator=luck())
    mask = torch.arange(8) < torch.tensor([8, 3, 5])[:, None]
    ids = ids.masked_fill(~mask, 0)
    with torch.no_grad():
        expected = theirs(ids, attention_mask=mask.long()).logits[:, 0]
        assert torch.allclose(ours(ids, mask), expected, atol=1e-5)


def test_a_reward_has_no_zero():
    chosen, rejected = torch.randn(2, 8, generator=luck())
    assert torch.allclose(
        preference_loss(chosen + 5, rejected + 5), preference_loss(chosen, rejected), atol=1e-6
    )


# --- what the notebook says of the village -------------------------------------------------------


@pytest.mark.parametrize("kind", ["preferences", "preferences/on_policy"])
def test_no_shipped_story_repeats_or_is_too_long_and_hardly_any_is_broken(kind):
    """Why a reward model cannot know that these are bad: of both kinds it learned from."""
    texts = [
        f"{pair['prompt']} {pair[side]}"
        for pair in preferences("validation", kind)[:100]
        for side in ("chosen", "rejected")
    ]
    parts = [reward_parts(text) for text in texts]
    broken = sum(part["broken"] < 0 and part["unfinished"] == 0 for part in parts)
    assert broken <= 0.02 * len(texts)
    assert all(part["repeats"] == part["too_long"] == 0 for part in parts)


def test_the_recorded_runs_are_those_that_the_notebook_plans():
    runs = recorded_runs()
    assert sorted(runs) == sorted(re.findall(r'Run\("([^"]+)"', STORY))
    assert all(run.planned == Plan().rounds and run.is_whole for run in runs.values())
    assert f"PRICE = {preferring.PRICE} " in STORY
    (rate,) = re.findall(r"gentle = Plan\(rate=(\S+)\)", STORY)
    assert float(rate) == preferring.GENTLE.rate < Plan().rate
    assert f"unseen[:{preferring.HELD_OUT}]" in STORY
    assert f"{Plan().limit:.0f} seconds" in STORY


def held_out(writer: str) -> dict[str, float]:
    """Return the parts of the true reward of stories that a writer of the record told."""
    parts: dict[str, float] = json.loads(RECORDED.read_text(encoding="utf-8"))["held out"][writer]
    return parts


def test_without_a_price_the_learned_reward_rises_and_the_true_one_falls_from_its_highest_point():
    distance, learned, true = curve_of(recorded_runs()["PPO without KL"])
    highest = true.index(max(true))
    assert learned[-1] > learned[0] + 1
    assert true[0] + 0.3 < true[highest] > true[-1] + 0.5
    assert 0 < highest < len(true) - 1  # so to stop early helps
    assert distance[-1] > 10 * distance[highest]


def test_it_wins_by_happy_ends_and_pays_with_broken_sentences():
    """What the guide of reflect_hacking says of the parts."""
    before, after = held_out("the decoder"), held_out("PPO without KL")
    assert after["ends_well"] > before["ends_well"] + 0.3
    assert after["broken"] < before["broken"] - 0.5
    assert min(after, key=lambda name: after[name] - before[name]) == "broken"


def test_a_price_keeps_the_policy_near_and_its_true_reward_up():
    runs = recorded_runs()
    free, priced = (runs[f"PPO {what} KL"].rounds[-1].distance for what in ("without", "with"))
    assert priced < free / 2
    won, lost = (sum(held_out(f"PPO {what} KL").values()) for what in ("with", "without"))
    assert won > lost + 0.3


def test_the_loop_moves_the_decoder_to_a_clearly_higher_true_reward():
    before, after = (sum(held_out(who).values()) for who in ("the decoder", "PPO on the truth"))
    assert after > before + 0.3


def test_the_best_of_sixteen_stays_nearer_than_any_run():
    assert best_of_n_kl(16) < 2
    ends = [run.rounds[-1].distance for run in recorded_runs().values()]
    assert best_of_n_kl(16) < min(ends)


def test_the_policy_writes_as_its_seed_says_and_its_mask_covers_the_ending(teller):
    prompts = [pair["prompt"] for pair in preferences("validation")[:3]]
    wrote = teller.write(teller.model, prompts, seed=3)
    again = teller.write(teller.model, prompts, seed=3)
    assert wrote.texts == again.texts
    for row, (text, prompt) in enumerate(zip(wrote.texts, prompts, strict=True)):
        assert text.startswith(prompt)
        ids = wrote.ids[row, 1:][wrote.mask[row]]
        ending = teller.tokenizer.decode(ids, skip_special_tokens=True)
        assert prompt + ending == text
        assert int(ids[-1]) == teller.end or len(ids) > 100


def test_drawn_tokens_are_as_likely_as_the_model_says(teller):
    """The cache, the padding on the left and the rows that go leave no trace."""
    prompts = [pair["prompt"] for pair in preferences("validation")[:6]]
    wrote = teller.write(teller.model, prompts, seed=1)
    with torch.no_grad():
        logits = teller.model(wrote.ids, attention_mask=wrote.attention_mask.long()).logits
    drawn = token_log_probs(logits, wrote.ids, 1.0)[wrote.mask]
    assert drawn.mean() > -1.0  # the village's entropy is about 0.3 nats a token
    assert drawn.min() > -12


def test_a_round_changes_a_policy_and_not_the_decoder(teller):
    def advantages(batch: Batch) -> torch.Tensor:
        scores = group_advantages(batch.scores).flatten()
        rewards = shaped_reward(scores, batch.old, batch.reference, batch.mask, 0.1)
        return whiten(returns(rewards), batch.mask)

    tools = Tools(true_rewards, token_log_probs, advantages, ppo_loss, clip_fraction)
    starts = [pair["prompt"] for pair in preferences("validation")[:6]]
    before = {name: weight.clone() for name, weight in teller.model.state_dict().items()}
    plan = Plan(rounds=2, groups=2, size=2)
    run = run_rounds(Run("short", 2), teller, starts, true_rewards, tools, plan)
    assert run.is_whole
    assert run.rounds[0].distance == pytest.approx(0, abs=1e-3)
    assert run.rounds[1].distance != 0
    assert all(torch.equal(before[name], w) for name, w in teller.model.state_dict().items())
    late = run_rounds(Run("late", 3), teller, starts, true_rewards, tools,
                      Plan(rounds=3, groups=1, size=2, limit=-1.0))  # fmt: skip
    assert not late.is_whole
    assert whole(late) is late  # no run of this name was recorded
    assert claim([late]).startswith("Slow computer, recorded runs.")


def test_a_reward_model_learns_from_pairs(teller):
    pairs = preferences("train")[:40]
    torch.manual_seed(0)
    model = RewardModel(teller.body(), teller.d_model)
    losses = fit_reward(model, teller, pairs, preference_loss, steps=12)
    assert sum(losses[-3:]) < sum(losses[:3])
    chosen, rejected, better = scores_of_pairs(judge_of(model, teller), pairs)
    assert pair_accuracy(chosen, rejected) > 0.55
    assert better.dtype == torch.bool


def test_a_frozen_body_reads_once_what_it_is_asked_again_and_does_not_learn(teller):
    pairs = preferences("train")[:3]
    body = teller.body(frozen=True)
    read, inner = [], body.inner.forward
    body.inner.forward = lambda *args, **more: read.append(1) or inner(*args, **more)
    torch.manual_seed(0)
    model = RewardModel(body, teller.d_model)
    losses = fit_reward(model, teller, pairs, preference_loss, steps=40, together=3)
    assert len(read) == 1
    assert losses[-1] < losses[0]
    before = teller.model.transformer.state_dict()
    assert all(torch.equal(before[name], w) for name, w in body.inner.state_dict().items())
    judge_of(model, teller)(["Mia lost her key. Tom found it."])
    assert len(read) == 2


# --- rankings and pictures -----------------------------------------------------------------------


def test_a_ranking_of_four_decides_six_pairs():
    candidates = Candidates(["Mia lost her key."], [["One.", "Two.", "Three.", "Four."]])
    pairs = pairs_of(candidates, ["BADC"])
    assert [(pair["chosen"], pair["rejected"]) for pair in pairs][:3] == [
        ("Two.", "One."),
        ("Two.", "Four."),
        ("Two.", "Three."),
    ]
    assert len(pairs) == 6
    assert pairs[0]["chosen_reward"] == true_reward("Mia lost her key. Two.")
    assert pairs_of(candidates, []) == []
    with pytest.raises(ValueError, match="each of ABCD once"):
        read_rankings(["AABC"], 1)


def a_run(name: str, true: list[float]) -> Run:
    rounds = [Round(1.0 + at, value, 4.0 * at, 0.1, "Mia slept.") for at, value in enumerate(true)]
    return Run(name, len(true), rounds, 3.0)


def test_a_title_states_hacking_only_where_there_is_some():
    hacked = a_run("PPO without KL", [1.0, 1.5, 1.6, 0.5, -0.5, -1.0])
    honest = a_run("PPO with KL", [1.0, 1.2, 1.4, 1.5, 1.6, 1.7])
    assert claim([hacked, honest]).startswith("“PPO without KL”: learned reward 1.5 to 5.5, true")
    assert claim([honest]) == "What is learned, and what is true, as the policy goes further"
    few = ([0.0, 0.2], [1.0, 1.4], [1.0, 1.2])
    panels = draw_overoptimization(few, [hacked, honest])
    assert "PPO without KL: learned from" in panels[0].figure.get_label()
    draw_run(honest)


def test_a_run_that_was_cut_is_shown_as_it_was_recorded_and_the_title_says_so(monkeypatch, capsys):
    cut = a_run("PPO without KL", [1.0, 1.5])
    cut.planned = 9
    assert len(whole(cut).rounds) == whole(cut).planned
    title = draw_run(cut)[0].figure.get_suptitle()
    assert title.startswith("Slow computer: 2 of 9 rounds")
    assert title.endswith("This is a recorded run")
    assert claim([cut]).startswith("Slow computer, recorded runs. ")
    said: list[str] = []
    monkeypatch.setattr(
        "gradelib.topics.rlhf.pictures.show_table", lambda columns, title: said.append(title)
    )
    show_stories(cut)
    say_slow([cut])
    assert "2 of 9 rounds of “PPO without KL”" in capsys.readouterr().out
    assert said == ["PPO without KL: stories as it changes (slow computer: a recorded run)"]
