"""Notebook 10: the reference agrees with `transformers`, and with what can be worked out."""

import copy
import itertools
import math
import random
import statistics

import pytest
import torch
from transformers import (
    DataCollatorForSeq2Seq,
    DataCollatorWithFlattening,
    GPT2Config,
    GPT2LMHeadModel,
)
from transformers.loss.loss_utils import ForCausalLMLoss
from transformers.masking_utils import find_packed_sequence_indices

from gradelib.lab import data
from gradelib.lab.village.instructions import KNOWN, contains
from gradelib.topics.sft.assistant import Assistant, asked, instructions, taught
from solutions.sft.reference import (
    answer_spans,
    by_kind,
    invented,
    label_batch,
    obey_rate,
    pack_conversations,
    packed_mask,
    packed_positions,
    rate_difference,
    render_chat,
    response_mask,
    sft_loss,
    truncate_left,
)


def luck(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def chats() -> list[list[dict[str, str]]]:
    """Some conversations: of one turn of each kind, and longer ones."""
    records = instructions("train")[:22]
    one_turn = [taught(record) for record in records]
    several = [[*taught(records[n]), *taught(records[n + 1])] for n in range(4)]
    system = [{"role": "system", "content": "You know the village. "}, *taught(records[8])]
    return [*one_turn, *several, system, asked("Who?"), [*taught(records[10]), *asked("And?")]]


# --- conversations -------------------------------------------------------------------------------


def test_a_chat_is_rendered_as_by_the_tokenizers_own_template(assistant):
    for chat in chats():
        for ask in (False, True):
            theirs = assistant.tokenizer.apply_chat_template(
                chat, tokenize=False, add_generation_prompt=ask
            )
            assert render_chat(chat, ask) == theirs


def test_the_mask_is_that_which_transformers_makes_of_a_marked_template(assistant):
    for chat in chats():
        assert response_mask(chat, assistant.tokenize) == assistant.of_the_library(chat)


def test_the_spans_hold_each_answer_and_its_end():
    for chat in chats():
        text = render_chat(chat)
        said = [one["content"] for one in chat if one["role"] == "assistant"]
        assert [text[a:b] for a, b in answer_spans(chat)] == [f"{s}<|endoftext|>" for s in said]


def test_a_chat_that_is_learned_begins_as_the_one_that_is_asked(assistant):
    """Else a model would be asked in another way than it was taught."""
    for record in instructions("test")[:22]:
        ids, mask = response_mask(taught(record), assistant.tokenize)
        before = assistant.tokenizer(
            assistant.prompt(taught(record)[:-1]), add_special_tokens=False
        )["input_ids"]
        assert ids[: mask.index(True)] == before


# --- batches and loss ----------------------------------------------------------------------------


def test_batches_are_those_of_the_collator_of_transformers(assistant):
    pairs = [response_mask(chat, assistant.tokenize) for chat in chats()[:9]]
    rows, masks = [ids for ids, _ in pairs], [mask for _, mask in pairs]
    input_ids, labels, attention_mask = label_batch(rows, masks, assistant.end)
    features = [
        {
            "input_ids": ids,
            "attention_mask": [1] * len(ids),
            "labels": [number if yes else -100 for number, yes in zip(ids, mask, strict=True)],
        }
        for ids, mask in pairs
    ]
    tokenizer = copy.deepcopy(assistant.tokenizer)
    tokenizer.padding_side = "right"
    theirs = DataCollatorForSeq2Seq(tokenizer, padding=True)(features)
    assert torch.equal(input_ids, theirs["input_ids"])
    assert torch.equal(labels, theirs["labels"])
    assert torch.equal(attention_mask, theirs["attention_mask"].bool())


def test_the_end_is_learned_though_it_is_the_padding(assistant):
    assert assistant.tokenizer.pad_token_id == assistant.end
    pairs = [response_mask(chat, assistant.tokenize) for chat in chats()[:4]]
    _, labels, _ = label_batch([i for i, _ in pairs], [m for _, m in pairs], assistant.end)
    assert (labels == assistant.end).sum(dim=1).tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("seed", range(5))
def test_the_loss_is_that_of_transformers(seed):
    logits = torch.randn(4, 9, 11, generator=luck(seed))
    labels = torch.randint(11, (4, 9), generator=luck(seed + 1))
    labels[torch.rand(4, 9, generator=luck(seed + 2)) < 0.5] = -100
    assert sft_loss(logits, labels).item() == pytest.approx(
        ForCausalLMLoss(logits, labels, 11).item(), rel=1e-5
    )


def test_the_loss_is_that_which_a_model_of_transformers_returns(assistant):
    pairs = [response_mask(chat, assistant.tokenize) for chat in chats()[:6]]
    ids, labels, mask = label_batch([i for i, _ in pairs], [m for _, m in pairs], assistant.end)
    with torch.no_grad():
        found = assistant.checkpoint(ids, attention_mask=mask.long(), labels=labels)
    assert sft_loss(found.logits, labels).item() == pytest.approx(found.loss.item(), rel=1e-4)


def test_what_is_cut_on_the_left_keeps_the_answer(assistant):
    for chat in chats()[:22]:
        ids, mask = response_mask(chat, assistant.tokenize)
        most = sum(mask) + 5
        cut, kept = truncate_left(ids, mask, most)
        assert len(cut) == len(kept) == min(most, len(ids))
        assert cut[0] == assistant.end
        assert [n for n, yes in zip(cut, kept, strict=True) if yes] == [
            n for n, yes in zip(ids, mask, strict=True) if yes
        ]


# --- packing -------------------------------------------------------------------------------------


def blocks_of(seed: int, size: int = 40) -> tuple[list[list[int]], list[dict]]:
    rng = random.Random(seed)
    rows = [[rng.randrange(1, 50) for _ in range(rng.randrange(1, 20))] for _ in range(30)]
    masks = [[rng.random() < 0.5 for _ in row] for row in rows]
    return rows, pack_conversations(rows, masks, size)


@pytest.mark.parametrize("seed", range(5))
def test_nothing_is_lost_by_packing_and_each_went_into_the_first_block_with_room(seed):
    rows, blocks = blocks_of(seed)
    packed = [
        [token for token, whose in zip(b["ids"], b["conversation"], strict=True) if whose == number]
        for b in blocks
        for number in range(max(b["conversation"]) + 1)
    ]
    assert sorted(packed) == sorted(rows)
    lengths: list[int] = []
    for row in rows:
        fits = [place for place, used in enumerate(lengths) if used + len(row) <= 40]
        lengths += [0] * (not fits)
        lengths[fits[0] if fits else -1] += len(row)
    assert [len(block["ids"]) for block in blocks] == lengths


@pytest.mark.parametrize("seed", range(5))
def test_positions_are_those_of_the_flattening_collator(seed):
    rows, _ = blocks_of(seed)
    theirs = DataCollatorWithFlattening()([{"input_ids": row} for row in rows])
    (whose,) = [[number for number, row in enumerate(rows) for _ in row]]
    assert torch.equal(packed_positions(torch.tensor([whose])), theirs["position_ids"])


@pytest.mark.parametrize("seed", range(5))
def test_transformers_finds_the_conversations_again_in_the_positions(seed):
    _, blocks = blocks_of(seed)
    for block in blocks:
        whose = torch.tensor([block["conversation"]])
        if whose.max() > 0:  # of a single one it says None
            assert torch.equal(find_packed_sequence_indices(packed_positions(whose)), whose)


def test_a_packed_conversation_gets_the_logits_that_it_gets_alone():
    config = GPT2Config(vocab_size=50, n_positions=64, n_embd=16, n_layer=2, n_head=2)
    torch.manual_seed(0)
    model = GPT2LMHeadModel(config).eval()
    _, blocks = blocks_of(1)
    block = max(blocks, key=lambda one: max(one["conversation"]))
    whose, ids = torch.tensor([block["conversation"]]), torch.tensor([block["ids"]])
    packed = Assistant.logits(None, model, ids, packed_positions(whose), packed_mask(whose))
    for number in whose.unique():
        own = whose[0] == number
        with torch.no_grad():
            alone = model(ids[:, own]).logits
        assert torch.allclose(packed[:, own], alone, atol=1e-5)
    leaky = Assistant.logits(None, model, ids, packed_positions(whose))
    assert not torch.allclose(packed, leaky, atol=1e-3)


# --- rates ---------------------------------------------------------------------------------------


def test_the_standard_error_is_that_of_the_mean_of_zeros_and_ones():
    rng = random.Random(0)
    yes = [rng.random() < 0.3 for _ in range(57)]
    rate, error = obey_rate(yes)
    assert rate == pytest.approx(statistics.fmean(yes))
    assert error == pytest.approx(statistics.pstdev(map(float, yes)) / math.sqrt(57))


def test_about_nineteen_of_twenty_intervals_hold_the_truth():
    rng = random.Random(1)
    held = 0
    for _ in range(2000):
        rate, error = obey_rate([rng.random() < 0.4 for _ in range(80)])
        held += abs(rate - 0.4) <= 2 * error
    assert 0.93 < held / 2000 < 0.97


def test_the_error_of_a_difference_is_what_it_spreads_by():
    """Two models that mostly agree: the paired error is right, that of two apart is too large."""
    rng = random.Random(2)
    found, said, apart = [], [], []
    for _ in range(1500):
        hard = [rng.random() < 0.5 for _ in range(60)]
        first = [yes if rng.random() < 0.9 else not yes for yes in hard]
        second = [yes if rng.random() < 0.9 else not yes for yes in hard]
        difference, error = rate_difference(first, second)
        found.append(difference)
        said.append(error)
        apart.append(math.hypot(obey_rate(first)[1], obey_rate(second)[1]))
    assert statistics.fmean(said) == pytest.approx(statistics.pstdev(found), rel=0.08)
    assert statistics.fmean(apart) > 1.3 * statistics.pstdev(found)


def test_by_kind_takes_the_answers_apart():
    assert by_kind(["a", "b", "a"], [True, False, False]) == {
        "a": obey_rate([True, False]),
        "b": obey_rate([False]),
    }


def test_what_is_invented_is_what_the_village_finds_in_the_answer_and_not_in_the_story():
    rng = random.Random(3)
    words = sorted(KNOWN["animals"])
    stories = [one["text"] for one in data.stories("test")[:150]]
    for story, other in itertools.pairwise(stories):
        answer = f"{rng.choice(words).capitalize()}. {other}"
        expected = any(contains(answer, w) and not contains(story, w) for w in words)
        assert invented(answer, story, words) == expected
