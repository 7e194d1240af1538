"""Notebook 04's reference answers agree with `transformers`, torch and scikit-learn."""

import doctest
import sys

import pytest
import torch
from sklearn.metrics.pairwise import cosine_similarity
from torch import nn
from transformers import BertConfig, BertForMaskedLM, BertModel, DataCollatorForLanguageModeling

from gradelib.lab import data, models
from gradelib.topics.encoder.bert import Reader, body_of, body_weights, load_body
from solutions.encoder import reference
from solutions.encoder.reference import (
    Encoder,
    choose_masked,
    corrupt,
    distillation_loss,
    embed,
    every_other,
    fill_mask,
    mean_pool,
    mlm_loss,
    recall_at_k,
    retrieve,
    soft_loss,
)

CLOSE = {"atol": 1e-4, "rtol": 0}
VOCAB = 50


def random_bert(layers: int = 3) -> BertForMaskedLM:
    """A BERT with random weights that are large enough for it to have opinions."""
    with torch.random.fork_rng():
        torch.manual_seed(layers)
        config = BertConfig(
            vocab_size=VOCAB,
            hidden_size=24,
            num_hidden_layers=layers,
            num_attention_heads=4,
            intermediate_size=36,
            max_position_embeddings=20,
            initializer_range=0.3,
        )
        return BertForMaskedLM(config).eval()


def normal(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def some_ids(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randint(5, VOCAB, shape, generator=torch.Generator().manual_seed(seed))


def test_the_examples_in_the_docstrings_are_true(monkeypatch):
    monkeypatch.setitem(sys.modules, reference.__name__, reference)  # doctest asks there
    result = doctest.testmod(reference)
    assert result.attempted >= 12
    assert result.failed == 0


# --- layers --------------------------------------------------------------------------------------


def test_embed_agrees_with_bert_before_its_norm():
    bert = random_bert().bert.embeddings
    ids, parts = some_ids(2, 7), (torch.arange(7) > 3).long().expand(2, 7)
    tables = bert.word_embeddings, bert.position_embeddings, bert.token_type_embeddings
    with torch.no_grad():
        mine = embed(ids, parts, *(table.weight for table in tables))
        torch.testing.assert_close(bert.LayerNorm(mine), bert(ids, parts), **CLOSE)


@pytest.mark.parametrize("layers", [1, 3])
def test_the_encoder_agrees_with_bert_behind_padding_and_with_two_parts(layers):
    bert = random_bert(layers)
    ids, real = some_ids(3, 9), torch.arange(9) < torch.tensor([[9], [4], [1]])
    parts = (torch.arange(9) >= torch.tensor([[3], [2], [1]])).long()
    with torch.no_grad():
        theirs = bert.bert(ids, attention_mask=real.long(), token_type_ids=parts).last_hidden_state
        mine = load_body(Encoder, bert)(ids, real, parts)
    torch.testing.assert_close(mine[real], theirs[real], **CLOSE)


def test_a_model_without_a_head_is_loaded_as_well():
    bert = BertModel(random_bert().config)
    assert body_of(bert) is bert
    assert set(body_weights(bert)) == set(load_body(Encoder, bert).state_dict())


def test_the_shipped_encoder_is_matched():
    try:
        reader = Reader("encoder")
    except data.MissingData:
        pytest.skip("the tiny encoder is not in data/models: `make models` trains it")
    encoder = load_body(Encoder, reader.model)
    story = data.stories("validation")[0]["text"]
    assert reader.difference(encoder, reader.encode(story)) < 1e-4
    assert reader.difference(encoder, reader.encode("Where is it?", "In the well.")) < 1e-4


def test_minilm_is_matched():
    try:
        reader = Reader("minilm")
    except models.NotHere as error:
        pytest.skip(str(error))
    encoder = load_body(Encoder, reader.model)
    assert reader.difference(encoder, reader.encode("Where is the key?", "In the meadow.")) < 1e-4


# --- masking -------------------------------------------------------------------------------------


def test_shares_agree_with_the_collator_of_transformers():
    tokenizer = Reader("encoder").tokenizer
    texts = [story["text"] for story in data.stories("validation")[:200]]
    batch = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
    ids = batch["input_ids"]
    rows = [
        {"input_ids": row[mask.bool()].tolist()}
        for row, mask in zip(ids, batch["attention_mask"], strict=True)
    ]
    with torch.random.fork_rng():
        torch.manual_seed(0)
        theirs = DataCollatorForLanguageModeling(tokenizer, mlm_probability=0.15)(rows)
    luck = torch.Generator().manual_seed(0)
    dice = [torch.rand(ids.shape, generator=luck) for _ in range(2)]
    others = torch.randint(5, len(tokenizer), ids.shape, generator=luck)
    chosen = choose_masked(ids, set(tokenizer.all_special_ids), dice[0], 0.15)
    mine = corrupt(ids, chosen, dice[1], others, tokenizer.mask_token_id)
    found = []
    for inputs, labels in (mine, (theirs["input_ids"], theirs["labels"])):
        asked = labels != -100
        masked = (inputs == tokenizer.mask_token_id) & asked
        same = (inputs == labels) & asked
        found.append([asked.sum(), masked.sum() / asked.sum(), same.sum() / asked.sum()])
    assert abs(found[0][0] / found[1][0] - 1) < 0.1  # both of some three thousand
    assert abs(found[0][1] - found[1][1]) < 0.04
    assert abs(found[0][2] - found[1][2]) < 0.04


def test_nothing_special_is_ever_chosen_and_padding_has_no_label():
    reader = Reader("encoder")
    ids, mask = reader.batch([story["text"] for story in data.stories("validation")[:20]])
    inputs, labels = reader.hide(ids, torch.Generator().manual_seed(1), choose_masked, corrupt, 1.0)
    special = torch.isin(ids, torch.tensor(sorted(reader.special)))
    assert torch.equal(labels == -100, special)
    assert torch.equal(inputs[special], ids[special])
    assert not (labels[~mask] != -100).any()


def test_mlm_loss_agrees_with_a_model_that_gets_labels():
    bert, ids = random_bert(), some_ids(3, 8)
    labels = ids.masked_fill(normal(3, 8) > 0, -100)
    with torch.no_grad():
        theirs = bert(ids, labels=labels)
    torch.testing.assert_close(mlm_loss(theirs.logits, labels), theirs.loss)


def test_fill_mask_agrees_with_the_pipeline_of_transformers():
    from transformers import pipeline

    reader = Reader("encoder")
    text = "One sunny day Emma found a [MASK] in the garden."
    ids = reader.encode(text).ids
    with torch.no_grad():
        logits = reader.model(input_ids=ids[None]).logits[0]
    (mine,) = fill_mask(logits, ids, reader.mask, 5)
    theirs = pipeline("fill-mask", reader.model, tokenizer=reader.tokenizer)(text, top_k=5)
    assert [token for token, _ in mine] == [one["token"] for one in theirs]
    assert [p for _, p in mine] == pytest.approx([one["score"] for one in theirs], rel=1e-4)


# --- sentences -----------------------------------------------------------------------------------


def test_a_batch_and_a_text_alone_have_the_same_mean():
    hidden, lengths = normal(3, 6, 4), (6, 2, 1)
    mask = torch.arange(6) < torch.tensor(lengths)[:, None]
    alone = [row[:length].mean(dim=0) for row, length in zip(hidden, lengths, strict=True)]
    torch.testing.assert_close(mean_pool(hidden, mask), torch.stack(alone))


def test_retrieve_agrees_with_scikit_learn():
    queries, pages = normal(7, 16), normal(40, 16, seed=1) * normal(40, 1, seed=2).abs()
    order = (-cosine_similarity(queries.numpy(), pages.numpy())).argsort(axis=1)
    assert retrieve(queries, pages, 5).tolist() == order[:, :5].tolist()


def test_retrieve_agrees_with_faiss():
    import faiss

    queries, pages = normal(7, 16), normal(200, 16, seed=1)
    index = faiss.IndexFlatIP(16)
    index.add(nn.functional.normalize(pages, dim=1).numpy())
    _, found = index.search(nn.functional.normalize(queries, dim=1).numpy(), 10)
    assert retrieve(queries, pages, 10).tolist() == found.tolist()


def test_recall_counts_each_query_once():
    found, right = torch.tensor([[1, 2], [3, 4], [5, 6], [7, 8]]), torch.tensor([2, 3, 9, 8])
    assert recall_at_k(found, right, 1) == 0.25
    assert recall_at_k(found, right, 2) == 0.75


# --- distilling ----------------------------------------------------------------------------------


@pytest.mark.parametrize("T", [0.5, 1.0, 4.0])
def test_soft_loss_agrees_with_kl_div_and_its_batchmean(T):
    student, teacher = normal(6, 9), normal(6, 9, seed=1)
    logs = [(logits / T).log_softmax(dim=-1) for logits in (student, teacher)]
    theirs = nn.functional.kl_div(*logs, log_target=True, reduction="batchmean") * T**2
    torch.testing.assert_close(soft_loss(student, teacher, T), theirs)


def test_the_factor_keeps_the_gradient_at_its_size():
    """At high temperatures it comes close to that of the mean square of the logits: Hinton."""
    teacher, sizes = normal(4, 6, seed=1), []
    for T in (20.0, 40.0):
        student = normal(4, 6).requires_grad_()
        (gradient,) = torch.autograd.grad(soft_loss(student, teacher, T), student)
        sizes.append(gradient.norm().item())
    assert sizes[0] == pytest.approx(sizes[1], rel=0.05)


def test_a_mixed_loss_is_cross_entropy_at_one_end_and_soft_at_the_other():
    student, teacher, labels = normal(5, 4), normal(5, 4, seed=1), torch.tensor([0, 3, -100, 1, 2])
    hard = nn.functional.cross_entropy(student, labels)
    torch.testing.assert_close(distillation_loss(student, teacher, labels, 2.0, 0.0), hard)
    soft = soft_loss(student, teacher, 2.0)
    torch.testing.assert_close(distillation_loss(student, teacher, labels, 2.0, 1.0), soft)


def test_a_student_of_every_other_layer_can_be_loaded_and_computes_those_layers():
    bert = random_bert(5)
    short = random_bert(3)
    short.load_state_dict(bert.state_dict(), strict=False)
    for place, layer in enumerate((0, 2, 4)):
        weights = bert.bert.encoder.layer[layer].state_dict()
        short.bert.encoder.layer[place].load_state_dict(weights)
    student = Encoder(VOCAB, 20, 24, 4, 36, 3)
    student.load_state_dict(every_other(body_weights(bert)))
    ids = some_ids(2, 6)
    with torch.no_grad():
        theirs = short.bert(ids).last_hidden_state
        mine = student.eval()(ids, torch.ones_like(ids).bool())
    torch.testing.assert_close(mine, theirs, **CLOSE)
