"""What notebook 11 says of the village, of its recorded runs, and of rankings is true."""

import doctest
import re

import pytest
import torch

from gradelib.lab import data
from gradelib.lab.storyteller import Storyteller, preferences, true_rewards
from gradelib.lab.village import reward_parts, true_reward
from gradelib.topics.rlhf import pictures, ranking
from gradelib.topics.rlhf.pictures import (
    claim,
    curve_of,
    whole,
)
from gradelib.topics.rlhf.ranking import Candidates, pairs_of, read_rankings
from gradelib.topics.rlhf.training import (
    Batch,
    Plan,
    Run,
    Tools,
    fit_reward,
    judge_of,
    recorded_parts,
    recorded_runs,
    run_rounds,
    scores_of_pairs,
)
from solutions.rlhf.reference import (
    RewardModel,
    best_of_n_kl,
    clip_fraction,
    group_advantages,
    pair_accuracy,
    ppo_loss,
    preference_loss,
    returns,
    shaped_reward,
    token_log_probs,
    whiten,
)
from tests.author.test_built_notebooks import ROOT
from tests.bench import preferring

STORY = (ROOT / "notebooks" / "src" / "11_rlhf.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def teller():
    try:
        return Storyteller()
    except data.MissingData:
        pytest.skip("the tiny decoder is not in data/models: `make models` trains it")


def luck(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("module", [pictures, ranking])
def test_the_examples_of_the_notebooks_own_pictures_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted >= 1
    assert result.failed == 0


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


def test_without_a_price_the_learned_reward_rises_and_the_true_one_falls_from_its_highest_point():
    distance, learned, true = curve_of(recorded_runs()["PPO without KL"])
    highest = true.index(max(true))
    assert learned[-1] > learned[0] + 1
    assert true[0] + 0.3 < true[highest] > true[-1] + 0.5
    assert 0 < highest < len(true) - 1  # so to stop early helps
    assert distance[-1] > 10 * distance[highest]


def test_it_wins_by_happy_ends_and_pays_with_broken_sentences():
    """What the guide of reflect_hacking says of the parts."""
    before, after = recorded_parts("the decoder"), recorded_parts("PPO without KL")
    assert after["ends_well"] > before["ends_well"] + 0.3
    assert after["broken"] < before["broken"] - 0.5
    assert min(after, key=lambda name: after[name] - before[name]) == "broken"


def test_a_price_keeps_the_policy_near_and_its_true_reward_up():
    runs = recorded_runs()
    free, priced = (runs[f"PPO {what} KL"].rounds[-1].distance for what in ("without", "with"))
    assert priced < free / 2
    won, lost = (sum(recorded_parts(f"PPO {what} KL").values()) for what in ("with", "without"))
    assert won > lost + 0.3


def test_the_loop_moves_the_decoder_to_a_clearly_higher_true_reward():
    before, after = (
        sum(recorded_parts(who).values()) for who in ("the decoder", "PPO on the truth")
    )
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
