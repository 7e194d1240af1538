"""What stands on the decoder, at toy size: instructions, rewards, pairs, scaling runs."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from data.build.instructions import KINDS
from data.training import cards, decoder, instruct, loop, on_policy, reward, scaling, scaling_fit
from data.training import stories as told
from gradelib.lab import village


@pytest.fixture(scope="module")
def base(village_tokens, tmp_path_factory):
    """A decoder of a few weights, as `make models` leaves it."""
    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(0)
    config = decoder.GPT2Config(
        vocab_size=len(village_tokens), n_positions=256, n_embd=16, n_layer=1, n_head=2
    )
    config.bos_token_id = config.eos_token_id = config.pad_token_id = 0
    decoder.GPT2LMHeadModel(config).save_pretrained(folder)
    village_tokens.save_pretrained(folder)
    return folder


# Instructions


def record_of(kind: str) -> dict:
    records = told.read("test", "instructions/grammar")
    return next(record for record in records if record["kind"] == kind)


def test_a_conversation_is_what_the_template_says(base):
    tokens = instruct.tokenizer(base)
    record = record_of("who")
    before, after = instruct.encoded(record, tokens)
    messages = [
        {"role": "user", "content": instruct.asked(record)},
        {"role": "assistant", "content": record["answer"]},
    ]
    whole = tokens.apply_chat_template(messages, tokenize=False)
    assert tokens(whole, add_special_tokens=False)["input_ids"] == before + after
    assert before.count(tokens.convert_tokens_to_ids(instruct.USER)) == 1
    assert before[-1] == tokens.convert_tokens_to_ids(instruct.ASSISTANT)
    assert after[-1] == tokens.eos_token_id
    assert record["input"] in tokens.decode(before)


def test_the_template_and_the_roles_are_saved_with_the_tokenizer(base, village_tokens, tmp_path):
    tokens = instruct.tokenizer(base)
    tokens.save_pretrained(tmp_path)
    again = AutoTokenizer.from_pretrained(tmp_path)
    record = record_of("about")
    assert instruct.encoded(record, again) == instruct.encoded(record, tokens)
    assert len(again) == len(village_tokens) + 2


def test_only_answers_have_labels():
    batch = instruct.packed([([5, 6, 7], [8, 0]), ([5], [9, 9, 9, 0])])
    assert batch["labels"].tolist() == [[-100, -100, -100, 8, 0], [-100, 9, 9, 9, 0]]
    assert batch["attention_mask"].tolist() == [[1] * 5, [1] * 5]
    batch = instruct.packed([([5], [8, 0]), ([5], [9, 9, 9, 0])])
    assert batch["input_ids"][0].tolist() == [5, 8, 0, 0, 0]
    assert batch["labels"][0].tolist() == [-100, 8, 0, -100, -100]


def test_a_long_answer_weighs_as_the_root_of_its_length(base):
    tokens = instruct.tokenizer(base)
    model = instruct.model(tokens, base).eval()
    rows = [([0, 5, 6], [8, 0]), ([0, 5], [9, 10, 11, 12, 13, 14, 15, 0])]
    batch = instruct.packed(rows)
    alone = [instruct.answer_loss(model, instruct.packed([row])).item() for row in rows]
    usual = [model(**instruct.packed([row])).loss.item() for row in rows]
    assert alone == pytest.approx(usual, rel=1e-5)
    weights = np.sqrt([2, 8])
    expected = (weights * alone).sum() / weights.sum()
    assert instruct.answer_loss(model, batch).item() == pytest.approx(expected, rel=1e-5)


def test_a_step_sees_each_kind_and_nothing_that_is_held_out():
    seen = [record for step in (0, 1) for record in instruct.records_of(step)]
    assert {record["kind"] for record in seen} == set(KINDS)
    assert instruct.records_of(1) == seen[instruct.BATCH :]  # a run can go on where it was
    held = instruct.held_out()
    for record in seen:
        assert village.obeys(record, record["answer"])
        assert record["instruction"] + record["input"] + record["answer"] not in held
        assert record["input"] not in held or not record["input"]


def test_an_answer_never_runs_over_the_context(base, monkeypatch):
    """A model that never comes to an end, asked about the longest stories."""
    monkeypatch.setattr(instruct, "LONGEST", 400)
    tokens = instruct.tokenizer(base)
    model = instruct.model(tokens, base)
    model.generation_config.eos_token_id = None
    records = [record_of("last"), record_of("about")]
    said = instruct.answers(model, tokens, records)
    lengths = [len(tokens(text).input_ids) for text in said]
    widths = [len(instruct.encoded(record, tokens)[0]) for record in records]
    assert lengths[1] > 150 > lengths[0] > 0
    assert all(a + b <= 300 for a, b in zip(lengths, widths, strict=True))


def test_the_longest_beginning_and_an_ending_fit_into_the_context(village_tokens):
    starts = [" ".join(village.sentences(text)[:-1]) for text in told.texts("train")[:5000]]
    found = village_tokens(starts, add_special_tokens=False)["input_ids"]
    assert max(map(len, found)) + 1 + on_policy.ENDING <= decoder.CONTEXT


def test_what_is_obeyed_is_counted_by_kind():
    records = [record_of(kind) for kind in ("about", "yes_no", "list")]
    said = [records[0]["answer"], records[1]["poor_answer"], records[2]["answer"]]
    found = instruct.obeyed(records, said)
    assert found == pytest.approx({"obeyed": 2 / 3, "about": 1, "yes_no": 0, "list": 1})


def test_the_model_that_obeys_is_built_and_has_its_card(base, tmp_path, monkeypatch):
    monkeypatch.setattr(instruct, "tokenizer", lambda make=instruct.tokenizer: make(base))
    monkeypatch.setattr(instruct, "model", lambda t, make=instruct.model: make(t, base))
    monkeypatch.setattr(instruct, "report", lambda m, t, do=instruct.report: do(m, t, 22))
    monkeypatch.setattr(instruct, "LONGEST", 12)
    monkeypatch.setattr(instruct, "PLAN", replace(instruct.PLAN, steps=2, warmup=1))
    run, tokens, measured = instruct.build(tmp_path)
    assert set(measured) == {"obeyed", *KINDS}
    assert run.step == 2
    assert len(instruct.answers(run.model, tokens, [record_of("who")])) == 1
    card = cards.of_instruct(run, measured)
    assert all(f"`{kind}`" in card for kind in KINDS)


# Rewards


def test_the_reward_stands_at_the_storys_end_whatever_is_padded(base):
    tokens, model = reward.tokenizer(base), reward.model(base).eval()
    texts = ["Mia sang.", "Mia lost her key. Tom found it."]
    with torch.no_grad():
        alone = [model(**reward.rows([text], tokens)).logits.item() for text in texts]
        together = model(**reward.rows(texts, tokens)).logits.squeeze(-1).tolist()
    assert together == pytest.approx(alone, abs=1e-5)


def test_the_loss_of_pairs_is_that_of_bradley_and_terry(base):
    tokens, model = reward.tokenizer(base), reward.model(base).eval()
    pairs = told.read("test", "preferences")[:3]
    margins = reward.margins(model, tokens, pairs)
    expected = -np.log(1 / (1 + np.exp(-margins))).mean()
    loss = reward.preference_loss(model, reward.batch_of(pairs, tokens)).item()
    assert loss == pytest.approx(expected, rel=1e-5)


def test_agreement_is_with_the_truth_and_with_the_choices():
    pairs = [{"chosen_reward": 1.0, "rejected_reward": other} for other in (0.0, 2.0, 0.0)]
    found = reward.agreement(np.array([0.1, 0.1, -0.1]), pairs)
    assert found == pytest.approx({"accuracy": 1 / 3, "agrees_with_choices": 2 / 3})


def test_the_reward_model_is_built_and_has_its_card(base, tmp_path, monkeypatch):
    few = told.read("train", "preferences")[:20]
    monkeypatch.setattr(reward.stories, "read", lambda split, kind: few)
    monkeypatch.setattr(reward, "tokenizer", lambda make=reward.tokenizer: make(base))
    monkeypatch.setattr(reward, "model", lambda make=reward.model: make(base))
    monkeypatch.setattr(reward, "PLAN", replace(reward.PLAN, steps=2, warmup=1))
    run, _, measured = reward.build(tmp_path)
    assert set(measured) == {
        "accuracy",
        "agrees_with_choices",
        "accuracy_on_policy",
        "agrees_with_choices_on_policy",
    }
    assert f"{round(measured['accuracy'], 4):g}" in cards.of_reward(run, measured)


# Pairs that the decoder wrote


def test_pairs_on_policy_are_judged_by_the_true_reward(base, monkeypatch):
    monkeypatch.setattr(on_policy, "TOGETHER", 6)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    tokens = AutoTokenizer.from_pretrained(base)
    rng = np.random.default_rng(0)

    def tells(model, tokens, starts, seed, longest):
        return [village.continue_story(start, rng).text for start in starts]

    monkeypatch.setattr(on_policy.behaviour, "told", tells)
    made = on_policy.pairs(model, tokens, {"train": 8, "test": 3})
    assert {split: len(records) for split, records in made.items()} == {"train": 8, "test": 3}
    starts = [record["prompt"] for records in made.values() for record in records]
    assert len(set(starts)) == len(starts)
    for record in made["train"]:
        for kind in ("chosen", "rejected"):
            whole = f"{record['prompt']} {record[kind]}"
            assert village.true_reward(whole) == pytest.approx(record[f"{kind}_reward"])
        assert abs(record["chosen_reward"] - record["rejected_reward"]) >= on_policy.CLOSE


def test_the_better_ending_is_chosen_more_often_but_not_always():
    rng = np.random.default_rng(1)
    start = "Mia had a red scarf."
    endings = ("Mia clapped her hands.", "Mia stared at the ground.")
    found = [on_policy.judged(start, endings, rng) for _ in range(300)]
    share = np.mean([one["chosen"] == endings[0] for one in found])
    gap = abs(found[0]["chosen_reward"] - found[0]["rejected_reward"])
    assert share == pytest.approx(1 / (1 + np.exp(-on_policy.SHARPNESS * gap)), abs=0.06)
    assert on_policy.judged(start, (endings[0], endings[0]), rng) is None


def test_the_same_decoder_writes_its_pairs_once(base, tmp_path, monkeypatch):
    calls = []

    def writes(model, tokens):
        calls.append(1)
        one = {"prompt": "a", "chosen": "b", "rejected": "c"}
        one |= {"chosen_reward": 1.0, "rejected_reward": 0.0}
        return {"train": [one]}

    monkeypatch.setattr(on_policy, "pairs", writes)
    on_policy.write_pairs(base, tmp_path)
    on_policy.write_pairs(base, tmp_path)
    assert len(calls) == 1
    assert json.loads((tmp_path / "about.json").read_text())["agree"] == 1


# Scaling


def test_the_sizes_go_from_forty_thousand_to_five_million_weights():
    counted = [size.weights for size in scaling.SIZES]
    assert len(counted) >= 6
    assert counted == sorted(counted)
    assert 30_000 < counted[0] < 50_000
    assert 4_500_000 < counted[-1] < 5_500_000
    assert len(scaling.BUDGETS) == 4
    small = scaling.model(scaling.SIZES[0])
    assert sum(p.numel() for p in small.parameters()) == counted[0]


def test_no_story_is_longer_than_the_context():
    found = scaling.tokenizer()(told.texts("train"), add_special_tokens=False)["input_ids"]
    assert max(map(len, found)) + 2 <= scaling.CONTEXT


@pytest.fixture
def toy(monkeypatch):
    per_step = scaling.tokens_of_a_step()
    monkeypatch.setattr(scaling, "BUDGETS", tuple(round(per_step * n) for n in (4, 6)))
    monkeypatch.setattr(scaling, "RATES", (1e-3, 4e-3))
    batches, floor = scaling.held_out()
    monkeypatch.setattr(scaling, "held_out", lambda: (batches[:1], floor))
    return scaling.Size(1, 8, 2)


def test_a_size_is_swept_and_its_runs_are_noted(toy, tmp_path):
    noted = []
    scaling.sweep(toy, tmp_path, noted.extend)
    assert len(noted) == 4
    for one in noted:
        assert one["weights"] == toy.weights
        assert one["loss"] > one["floor"] > 0
    tokens = [one["tokens"] for one in noted]
    assert tokens[1] > tokens[0]
    assert noted == _again(toy, tmp_path)  # nothing is trained twice


def _again(size, folder):
    noted = []

    def stop(*_):
        raise AssertionError("a finished run was trained again")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "_step", stop)
        scaling.sweep(size, folder, noted.extend)
    return noted


def _made_up(law: scaling_fit.PowerLaw, noise: float) -> list[dict]:
    rng = np.random.default_rng(2)
    records = []
    for size in scaling.SIZES:
        for budget in scaling.BUDGETS:
            gap = float(law.gap(size.weights, budget)) * np.exp(noise * rng.standard_normal())
            for rate, more in ((1e-3, 1.1), (2e-3, 1.0)):
                facts = {"weights": size.weights, "tokens": budget, "budget": budget}
                facts |= {"rate": rate, "floor": 0.2, "loss": 0.2 + gap * more}
                records.append(facts)
    return records


def test_the_fit_finds_the_law_that_made_the_runs():
    law = scaling_fit.PowerLaw(80.0, 0.45, 3000.0, 0.6)
    found, off = scaling_fit.held_against_the_largest(_made_up(law, 0.0))
    assert found.by_weights == pytest.approx(0.45, abs=0.02)
    assert found.by_tokens == pytest.approx(0.6, abs=0.02)
    assert all(abs(share) < 0.02 for share in off.values())
    assert list(off) == list(scaling.BUDGETS)


def test_the_fit_bears_some_noise():
    law = scaling_fit.PowerLaw(80.0, 0.45, 3000.0, 0.6)
    _, off = scaling_fit.held_against_the_largest(_made_up(law, 0.01))
    assert all(abs(share) < 0.05 for share in off.values())


def test_at_one_budget_the_line_through_the_smaller_sizes_finds_the_largest():
    law = scaling_fit.PowerLaw(80.0, 0.45, 0.0, 0.0)
    slope, off = scaling_fit.at_budget(_made_up(law, 0.0), scaling.BUDGETS[0])
    assert slope == pytest.approx(-0.45, abs=1e-6)
    assert off == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("budget", "is_near"), [(1e6, True), (2e6, False), (4e6, True)])
def test_the_shipped_runs_say_where_a_line_predicts_the_largest(budget, is_near):
    """Also where it does not: the decision page says so, and why that may be."""
    _, off = scaling_fit.at_budget(scaling.runs(scaling.OUT), int(budget))
    assert (abs(off) <= 0.05) is is_near, off


def test_the_shipped_runs_are_those_of_the_program():
    shipped = scaling.runs(scaling.OUT)
    keys = {(size.weights, rate, n) for size in scaling.SIZES for rate in scaling.RATES
            for n in scaling.BUDGETS}  # fmt: skip
    assert {(one["weights"], one["rate"], one["budget"]) for one in shipped} == keys
    assert all(one["loss"] > one["floor"] for one in shipped)
