"""A step that reads its texts in parts learns what one does that reads them together."""

import pytest
import torch
from transformers import BertConfig, BertModel, GPT2Config, GPT2LMHeadModel

from gradelib.topics.lora import training as lora
from gradelib.topics.sft import tuning
from gradelib.topics.transfer_learning.bodies import body_like
from solutions.sft.reference.batches import label_batch
from solutions.sft.reference.losses import sft_loss

VOCAB, LENGTHS = 30, (3, 11, 5, 8, 4, 9, 7)


@pytest.fixture
def model():
    torch.manual_seed(0)
    sizes = {"vocab_size": VOCAB, "n_positions": 16, "n_embd": 8, "n_layer": 2, "n_head": 2}
    off = {"resid_pdrop": 0.0, "embd_pdrop": 0.0, "attn_pdrop": 0.0}
    return GPT2LMHeadModel(GPT2Config(**sizes, **off))


def texts() -> list[list[int]]:
    luck = torch.Generator().manual_seed(1)
    return [torch.randint(1, VOCAB, (n,), generator=luck).tolist() for n in LENGTHS]


def gradients(model) -> list[torch.Tensor]:
    found = [weight.grad.clone() for weight in model.parameters()]
    model.zero_grad()
    return found


@pytest.mark.parametrize("unlearned", [(), (0,), (0, 2, 4), (1, 3, 5, 6)])
def test_chats_of_a_step_weigh_as_in_one_batch(model, unlearned):
    rows = [
        (ids, [place > 1 and number not in unlearned for place in range(len(ids))])
        for number, ids in enumerate(texts())
    ]
    ids, labels, mask = label_batch([row[0] for row in rows], [row[1] for row in rows], 0)
    whole = sft_loss(model(ids, attention_mask=mask.long()).logits, labels)
    whole.backward()
    wanted = gradients(model)
    torch.testing.assert_close(tuning._learn(model, rows, label_batch, sft_loss), whole.detach())
    torch.testing.assert_close(gradients(model), wanted)


def test_where_nothing_is_learned_the_loss_is_zero(model):
    rows = [(ids, [False] * len(ids)) for ids in texts()]
    assert tuning._learn(model, rows, label_batch, sft_loss).item() == 0.0
    assert all(weight.grad is None for weight in model.parameters())


def test_texts_of_a_step_weigh_as_in_one_batch(model):
    ids, labels, mask = label_batch(texts(), [[True] * n for n in LENGTHS], 0)
    whole = sft_loss(model(ids, attention_mask=mask.long()).logits, labels)
    parts = list(lora._parts((ids, mask)))
    assert len(parts) == lora.PARTS
    assert sum(len(part[0]) for part, _ in parts) == len(LENGTHS)
    assert sum(part[0].numel() for part, _ in parts) < ids.numel()  # less padding

    def logits(ids, mask):
        return model(ids, attention_mask=mask.long()).logits

    losses = [share * lora.loss_of(logits, part) for part, share in parts]
    torch.testing.assert_close(sum(losses), whole)


@pytest.mark.parametrize("texts_of_it", [1, 3, 7])
def test_a_body_says_of_each_token_what_it_says_without_parts(texts_of_it):
    torch.manual_seed(0)
    sizes = {"hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = BertConfig(vocab_size=VOCAB, intermediate_size=16, **sizes)
    plain = BertModel(config, add_pooling_layer=False).eval()
    body = body_like(plain, trained=False).eval()
    body.load_state_dict(plain.state_dict())
    some = texts()[:texts_of_it]
    ids, _, mask = label_batch(some, [[True] * len(one) for one in some], 0)
    mask[0, 0] = False  # and where padding stands on the left
    wanted = plain(input_ids=ids, attention_mask=mask.long()).last_hidden_state
    torch.testing.assert_close(body(ids, mask)[mask], wanted[mask])
    torch.testing.assert_close(body(ids, mask.long())[mask], wanted[mask])
