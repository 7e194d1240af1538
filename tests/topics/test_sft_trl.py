"""Notebook 10: the reference agrees with `trl`: ids, masks, labels, positions, and the loss."""

import random

import pytest
import torch
from datasets import Dataset
from trl import SFTConfig, SFTTrainer, pack_dataset
from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

from gradelib.topics.sft.assistant import instructions, taught
from solutions.sft.reference import (
    label_batch,
    pack_conversations,
    packed_positions,
    response_mask,
    sft_loss,
)
from tests.topics.small_trl import SIZE, settings, tiny_gpt2

pytestmark = pytest.mark.filterwarnings("ignore:.*gradient_checkpointing:FutureWarning")


def rows_of(seed: int) -> tuple[list[list[int]], list[list[bool]]]:
    """Return rows of several lengths, and masks that begin somewhere in each row."""
    rng = random.Random(seed)
    rows = [[rng.randrange(2, SIZE) for _ in range(rng.randrange(3, 15))] for _ in range(9)]
    return rows, [[place >= len(row) // 2 for place in range(len(row))] for row in rows]


def test_ids_and_mask_of_a_conversation_are_those_of_trls_trainer(assistant, tmp_path):
    chats = [taught(record) for record in instructions("train")[:12]]
    asked = Dataset.from_dict(
        {"prompt": [chat[:-1] for chat in chats], "completion": [chat[-1:] for chat in chats]}
    )
    trainer = SFTTrainer(
        assistant.checkpoint, SFTConfig(**settings(tmp_path, 4)), train_dataset=asked,
        processing_class=assistant.tokenizer,
    )  # fmt: skip
    for chat, theirs in zip(chats, trainer.train_dataset, strict=True):
        ids, mask = response_mask(chat, assistant.tokenize)
        assert theirs["input_ids"] == ids
        assert theirs["labels"] == [n if yes else -100 for n, yes in zip(ids, mask, strict=True)]


@pytest.mark.parametrize("seed", range(3))
def test_batches_are_those_of_trls_collator(seed):
    rows, masks = rows_of(seed)
    given = [
        {"input_ids": row, "labels": [n if yes else -100 for n, yes in zip(row, mask, strict=True)]}
        for row, mask in zip(rows, masks, strict=True)
    ]
    theirs = DataCollatorForLanguageModeling(pad_token_id=1)(given)
    ids, labels, attention_mask = label_batch(rows, masks, pad_id=1)
    assert torch.equal(ids, theirs["input_ids"])
    assert torch.equal(labels, theirs["labels"])
    assert torch.equal(attention_mask, theirs["attention_mask"].bool())


@pytest.mark.parametrize("seed", range(3))
def test_positions_of_packed_conversations_are_trls(seed):
    rows, masks = rows_of(seed)
    for block in pack_conversations(rows, masks, 24):
        whose = block["conversation"]
        lengths = [whose.count(number) for number in range(max(whose) + 1)]
        collate = DataCollatorForLanguageModeling(pad_token_id=1, padding_free=True)
        theirs = collate([{"input_ids": block["ids"], "seq_lengths": lengths}])
        assert torch.equal(packed_positions(torch.tensor([whose])), theirs["position_ids"])


@pytest.mark.parametrize("seed", range(3))
def test_trl_packs_whole_conversations_too_in_as_many_blocks_or_one_less(seed):
    """trl takes the longest first, into the block where least room is left: best fit, decreasing.
    First fit in the order of the rows is simpler, and may need more blocks.
    """
    rows, masks = rows_of(seed)
    packed = pack_dataset(Dataset.from_dict({"input_ids": rows}), seq_length=24, strategy="bfd")
    theirs = []
    for block in packed:
        place = 0
        for length in block["seq_lengths"]:
            theirs.append(block["input_ids"][place : place + length])
            place += length
    assert sorted(theirs) == sorted(rows)
    assert 0 <= len(pack_conversations(rows, masks, 24)) - len(packed) <= 1


def test_the_loss_and_its_gradient_are_those_of_a_step_of_trls_trainer(assistant, tmp_path):
    rows, masks = rows_of(5)
    known = Dataset.from_dict(
        {"input_ids": rows, "completion_mask": [[int(one) for one in mask] for mask in masks]}
    )
    model = tiny_gpt2(0)
    trainer = SFTTrainer(
        model, SFTConfig(**settings(tmp_path, 9)), train_dataset=known,
        processing_class=assistant.tokenizer,
    )  # fmt: skip
    batch = dict(next(iter(trainer.get_train_dataloader())))
    theirs = trainer.compute_loss(trainer.model, dict(batch))
    logits = model(batch["input_ids"], attention_mask=batch["attention_mask"]).logits
    ours = sft_loss(logits, batch["labels"])
    assert ours.item() == pytest.approx(theirs.item(), rel=1e-5)
    weights = list(model.parameters())
    gradients = [torch.autograd.grad(loss, weights) for loss in (ours, theirs)]
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(*gradients, strict=True))
