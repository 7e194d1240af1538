"""Notebook 05's reference answers agree with torch, `transformers` and sacrebleu."""

import numpy as np
import pytest
import sacrebleu
import torch
from torch import nn

from solutions.encoder_decoder.reference import (
    Attention,
    DecoderLayer,
    Translator,
    bleu,
    chrf,
    sequence_loss,
    shift_right,
    translate,
)

CLOSE = {"atol": 1e-5, "rtol": 0}
WORDS = ["the", "old", "lamp", "was", "in", "a", "box", "cat"]


def normal(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def random_translator(pad: int = 0) -> Translator:
    with torch.random.fork_rng():
        torch.manual_seed(1)
        model = Translator(vocab=20, context=12, d_model=16, heads=4, layers=2, pad=pad)
        for weight in model.parameters():
            nn.init.normal_(weight, std=0.4)
    return model.eval()


def test_cross_attention_agrees_with_torchs_own_layer():
    mine, theirs = Attention(12, 3).eval(), nn.MultiheadAttention(12, 3, batch_first=True).eval()
    parts = mine.query, mine.key, mine.value
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
        theirs.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
        theirs.out_proj.weight.copy_(mine.out.weight)
        theirs.out_proj.bias.copy_(mine.out.bias)
        x, source = normal(2, 4, 12), normal(2, 6, 12, seed=1)
        real = torch.arange(6) < torch.tensor([[6], [3]])
        expected, _ = theirs(x, source, source, key_padding_mask=~real)
        torch.testing.assert_close(mine(x, source, real[:, None, None]), expected, **CLOSE)


def test_a_decoder_layer_agrees_with_torchs_own():
    """torch's, with norm_first and the exact GELU, is the same layer under other names."""
    mine = DecoderLayer(12, 3).eval()
    theirs = nn.TransformerDecoderLayer(
        12, 3, 48, dropout=0.0, activation=nn.functional.gelu, batch_first=True, norm_first=True
    ).eval()
    with torch.no_grad():
        for name, part in (("self_attn", mine.self_attention),
                           ("multihead_attn", mine.cross_attention)):  # fmt: skip
            layers, target = (part.query, part.key, part.value), getattr(theirs, name)
            target.in_proj_weight.copy_(torch.cat([layer.weight for layer in layers]))
            target.in_proj_bias.copy_(torch.cat([layer.bias for layer in layers]))
            target.out_proj.load_state_dict(part.out.state_dict())
        theirs.linear1.load_state_dict(mine.up.state_dict())
        theirs.linear2.load_state_dict(mine.down.state_dict())
        for norm in (1, 2, 3):
            getattr(mine, f"norm_{norm}").weight.copy_(1 + 0.3 * normal(12, seed=norm))
            weights = getattr(mine, f"norm_{norm}").state_dict()
            getattr(theirs, f"norm{norm}").load_state_dict(weights)
        x, source = normal(2, 5, 12), normal(2, 4, 12, seed=1)
        real, back = torch.arange(4) < torch.tensor([[4], [2]]), torch.ones(5, 5).tril().bool()
        expected = theirs(x, source, tgt_mask=~back, memory_key_padding_mask=~real)
        found = mine(x, source, back[None, None], real[:, None, None])
        torch.testing.assert_close(found, expected, **CLOSE)


def test_a_translation_does_not_depend_on_what_it_is_in_one_batch_with():
    model = random_translator()
    rows = [[3, 4, 5, 6, 7], [8, 9], [11, 12, 13]]
    batch = torch.tensor([row + [0] * (5 - len(row)) for row in rows])
    together = translate(model, batch, start=1, end=2, max_new=8)
    for row, found in zip(rows, together.tolist(), strict=True):
        alone = translate(model, torch.tensor([row]), start=1, end=2, max_new=8)[0].tolist()
        ended = found.index(2) + 1 if 2 in found else len(found)
        assert found[:ended] == alone[:ended]
        assert set(found[ended:]) <= {0}


def test_writing_step_by_step_is_what_was_trained_all_at_once():
    model = random_translator()
    source = torch.tensor([[3, 4, 5]])
    with torch.no_grad():
        written = translate(model, source, start=1, end=2, max_new=6)
        read = shift_right(written, 1)
        logits = model.decode(read, model.encode(source), source)
    assert torch.equal(logits.argmax(dim=-1), written)


def test_the_loss_of_the_target_reaches_the_encoder():
    model = random_translator()
    source, target = torch.tensor([[3, 4, 5, 0]]), torch.tensor([[6, 7, 2]])
    logits = model.decode(shift_right(target, 1), model.encode(source), source)
    sequence_loss(logits, target, pad=0).backward()
    for name, weight in model.readers.named_parameters():
        assert weight.grad is not None, name
        assert weight.grad.abs().max() > 0 or name.endswith("key.bias"), name


def test_shift_right_agrees_with_bart():
    from transformers.models.bart.modeling_bart import shift_tokens_right

    ids = torch.tensor([[5, 6, 7, 2], [8, 2, 1, 1]])
    theirs = shift_tokens_right(ids, pad_token_id=1, decoder_start_token_id=2)
    assert torch.equal(shift_right(ids, 2), theirs)


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.5])
def test_sequence_loss_agrees_with_cross_entropy(smoothing):
    logits = normal(3, 5, 7)
    ids = torch.tensor([[1, 2, 3, 4, 5], [6, 0, 0, 0, 0], [2, 2, 0, 0, 0]])
    theirs = nn.functional.cross_entropy(
        logits.flatten(0, 1), ids.flatten(), ignore_index=0, label_smoothing=smoothing
    )
    torch.testing.assert_close(sequence_loss(logits, ids, 0, smoothing), theirs)


def test_bleu_and_chrf_agree_with_sacrebleu():
    rng = np.random.default_rng(0)
    for _ in range(50):
        references = [[str(word) for word in rng.choice(WORDS, size=size)] for size in (9, 12, 4)]
        changed = [
            [str(rng.choice(WORDS)) if rng.random() < 0.2 else word for word in reference]
            for reference in references
        ]
        changed[0] = changed[0][: int(rng.integers(1, 10))]
        lines, wanted = ([" ".join(text) for text in texts] for texts in (changed, references))
        theirs = sacrebleu.corpus_bleu(lines, [wanted], tokenize="none", smooth_method="none")
        assert bleu(changed, references) == pytest.approx(theirs.score, rel=1e-9)
        for line, right in zip(lines, wanted, strict=True):
            score = sacrebleu.sentence_chrf(line, [right]).score
            assert chrf(line, right) == pytest.approx(score, rel=1e-9)
