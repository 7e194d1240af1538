"""Notebook 07's reference answers agree with scikit-learn, seqeval, torch and `transformers`."""

import random
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from seqeval.metrics import f1_score as entity_score
from seqeval.scheme import IOB2, Entities
from sklearn import metrics
from torch import nn
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForSequenceClassification,
    DataCollatorForTokenClassification,
)

from gradelib.lab import data
from gradelib.lab.compute import kept_for_gradients
from gradelib.topics.transfer_learning.bodies import Encoder, body_like
from gradelib.topics.transfer_learning.entities import TAGS, Tagged, WordLookup
from gradelib.topics.transfer_learning.library import losses_of_trainer, losses_of_yours
from gradelib.topics.transfer_learning.pictures import claim, draw_confusion, draw_forgetting
from gradelib.topics.transfer_learning.playground import LONGEST, SentencePlayground
from gradelib.topics.transfer_learning.texts import EMOTIONS, Sentences
from gradelib.topics.transfer_learning.training import (
    Plan,
    Run,
    loss_of,
    megabytes,
    train,
    train_head,
)
from solutions.transfer_learning.reference import (
    Classifier,
    accuracy,
    align_labels,
    cache_features,
    confusion_matrix,
    count_weights,
    depth_of,
    entities_of,
    entity_f1,
    freeze,
    layer_rates,
    macro_f1,
    pool,
    train_step,
)

mpl.use("Agg")
KINDS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def encoder():
    try:
        return Encoder()
    except data.MissingData:
        pytest.skip("the tiny encoder is not in data/models: `make models` trains it")


def random_bert(classes: int = 3) -> BertForSequenceClassification:
    with torch.random.fork_rng():
        torch.manual_seed(classes)
        config = BertConfig(
            vocab_size=50, hidden_size=24, num_hidden_layers=3, num_attention_heads=4,
            intermediate_size=36, max_position_embeddings=20, initializer_range=0.3,
            num_labels=classes,
        )  # fmt: skip
        return BertForSequenceClassification(config).eval()


def a_batch(texts: int = 4, tokens: int = 7) -> tuple[torch.Tensor, ...]:
    luck = torch.Generator().manual_seed(texts)
    ids = torch.randint(5, 50, (texts, tokens), generator=luck)
    lengths = torch.randint(2, tokens + 1, (texts, 1), generator=luck)
    return ids, torch.arange(tokens) < lengths, torch.randint(3, (texts,), generator=luck)


# --- measures: scikit-learn ----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_the_measures_agree_with_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    classes = int(rng.integers(2, 7))
    labels = torch.from_numpy(rng.integers(classes, size=60))
    logits = torch.from_numpy(rng.normal(size=(60, classes)))
    guesses = logits.argmax(-1)
    known, both = list(range(classes)), (labels.numpy(), guesses.numpy())
    matrix = confusion_matrix(labels, guesses, classes)
    assert matrix.tolist() == metrics.confusion_matrix(*both, labels=known).tolist()
    assert accuracy(logits, labels) == pytest.approx(metrics.accuracy_score(*both))
    theirs = metrics.f1_score(*both, labels=known, average="macro", zero_division=0)
    assert macro_f1(matrix) == pytest.approx(theirs)


def test_a_class_that_is_never_guessed_counts_as_zero_as_in_scikit_learn():
    labels, guesses = torch.tensor([0, 0, 1, 2]), torch.tensor([0, 0, 1, 0])
    theirs = metrics.f1_score(labels.numpy(), guesses.numpy(), average="macro", zero_division=0)
    assert macro_f1(confusion_matrix(labels, guesses, 3)) == pytest.approx(theirs)


# --- entities: seqeval ---------------------------------------------------------------------------


def nonsense(luck: random.Random) -> list[list[str]]:
    return [luck.choices(KINDS, k=luck.randint(1, 9)) for _ in range(luck.randint(1, 4))]


def test_entities_and_their_f1_agree_with_seqeval_read_strictly():
    luck = random.Random(0)
    for _ in range(300):
        true = nonsense(luck)
        guessed = [luck.choices(KINDS, k=len(tags)) for tags in true]
        for tags, found in zip(true, Entities(true, IOB2).entities, strict=True):
            assert entities_of(tags) == {(one.tag, one.start, one.end) for one in found}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where there is nothing to divide by
            theirs = entity_score(true, guessed, mode="strict", scheme=IOB2)
        assert entity_f1(true, guessed) == pytest.approx(theirs)


def test_a_lenient_reading_takes_what_goes_on_with_nothing_for_an_entity():
    true, guessed = [["B-PER", "I-PER", "O"]], [["I-PER", "I-PER", "O"]]
    assert entity_score(true, guessed) == 1.0
    assert entity_f1(true, guessed) == 0.0


def test_labels_are_aligned_as_the_collator_of_transformers_pads_them(encoder):
    tagged = Tagged("validation", encoder.tokenizer, align_labels)
    rows = []
    for place in range(5):
        found = encoder.tokenizer(tagged.words[place], is_split_into_words=True)
        tags = [TAGS.index(tag) for tag in tagged.tags[place]]
        rows.append({**found, "labels": align_labels(found.word_ids(), tags)})
    theirs = DataCollatorForTokenClassification(encoder.tokenizer)(rows)
    ids, mask, labels = tagged.batch(range(5))
    assert torch.equal(theirs["labels"], labels)
    assert torch.equal(theirs["input_ids"], ids)
    assert torch.equal(theirs["attention_mask"].bool(), mask)


def test_the_first_tokens_of_all_words_give_their_tags_back(encoder):
    tagged = Tagged("validation", encoder.tokenizer, align_labels)

    class Oracle(nn.Module):
        def forward(self, ids, mask):
            return nn.functional.one_hot(self.labels.clamp(min=0), len(TAGS)).float()

    oracle = Oracle()
    batch = tagged.batch

    def remembered(places):
        ids, mask, labels = batch(places)
        oracle.labels = labels
        return ids, mask, labels

    tagged.batch = remembered
    assert tagged.guessed(oracle) == tagged.tags


# --- models: transformers and torch --------------------------------------------------------------


def test_a_classifier_is_berts_without_its_pooler():
    bert = random_bert()
    ids, mask, _ = a_batch()
    ours = Classifier(body_like(bert), 24, 3, "cls").eval()
    ours.head.load_state_dict(bert.classifier.state_dict())
    with torch.no_grad():
        hidden = bert.bert(ids, attention_mask=mask).last_hidden_state
        theirs = bert.classifier(hidden[:, 0])
        assert torch.allclose(ours(ids, mask), theirs, atol=1e-5)


def test_features_and_a_head_say_what_the_whole_model_says():
    ids, mask, _ = a_batch()
    for how in ("cls", "mean"):
        model = Classifier(body_like(random_bert()), 24, 3, how).eval()
        features = cache_features(model.body, [(ids[:1], mask[:1]), (ids[1:], mask[1:])], how)
        assert torch.allclose(model.head(features), model(ids, mask), atol=1e-5)


def test_freezing_the_body_of_a_bert_leaves_the_head():
    model = Classifier(body_like(random_bert()), 24, 3, "cls")
    freeze(model, ["body"])
    assert count_weights(model) == (24 * 3 + 3, sum(w.numel() for w in model.parameters()))
    before = {name: weight.clone() for name, weight in model.body.state_dict().items()}
    optimizer = torch.optim.SGD([w for w in model.parameters() if w.requires_grad], lr=0.5)
    train_step(model, a_batch(), optimizer)
    assert all(torch.equal(before[name], w) for name, w in model.body.state_dict().items())


def test_every_weight_that_trains_is_in_one_group_and_the_depths_are_those_of_bert():
    model = Classifier(body_like(random_bert()), 24, 3, "cls")
    freeze(model, ["body.embeddings"])
    groups = layer_rates(model, 3, 1.0, 0.5)
    optimizer = torch.optim.AdamW(groups)  # refuses a weight that is in two groups
    inside = {id(weight) for group in optimizer.param_groups for weight in group["params"]}
    assert inside == {id(weight) for weight in model.parameters() if weight.requires_grad}
    assert {group["lr"] for group in groups} == {1.0, 0.5, 0.25, 0.125}
    assert {depth_of(name, 3) for name, _ in model.named_parameters()} == {0, 1, 2, 3, 4}


@pytest.mark.trained
def test_a_step_is_the_trainers(encoder):
    torch.manual_seed(0)
    sentences = Sentences("village", "validation", encoder.tokenizer, most=48)
    twins = [Classifier(encoder.body(), encoder.d_model, 6, "cls") for _ in range(2)]
    twins[1].load_state_dict(twins[0].state_dict())
    mine = losses_of_yours(twins[0], sentences, train_step, steps=3)
    theirs = losses_of_trainer(twins[1], sentences, steps=3)
    assert mine == pytest.approx(theirs, abs=2e-3)
    for left, right in zip(twins[0].parameters(), twins[1].parameters(), strict=True):
        assert torch.allclose(left, right, atol=1e-3)


def test_the_mean_of_real_tokens_is_that_of_sentence_transformers():
    hidden, (_, mask, _) = torch.randn(4, 7, 5), a_batch()
    weights = mask[..., None].float()  # as the model card of all-MiniLM-L6-v2 has it
    theirs = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
    assert torch.allclose(pool(hidden, mask, "mean"), theirs, atol=1e-6)


# --- what the notebook is looked at with ---------------------------------------------------------


def test_the_body_and_the_gaps_are_those_of_the_encoder(encoder):
    bert: BertForMaskedLM = encoder.model
    body = encoder.body().eval()
    hits = count = 0
    with torch.no_grad():
        for ids, mask, labels in encoder.gaps:
            logits = bert(ids, attention_mask=mask).logits
            asked = labels >= 0
            hits += int((logits.argmax(-1) == labels)[asked].sum())
            count += int(asked.sum())
    assert encoder.fills(body, accuracy) == pytest.approx(hits / count, abs=1e-6)
    assert encoder.fills(encoder.untrained(), accuracy) < 0.1


def test_a_frozen_body_forgets_nothing_and_its_head_learns(encoder):
    taught = Sentences("village", "train", encoder.tokenizer, most=300)
    model = Classifier(encoder.body(), encoder.d_model, 6, "cls")
    freeze(model, ["body"])

    def measure(model):
        return accuracy(taught.logits(model), taught.labels), encoder.fills(model.body, accuracy)

    run = train_head(Run("only the head", 20), model, taught, cache_features, measure)
    (first, kept), (last, kept_still) = run.measures
    assert last > first + 0.1
    assert kept == kept_still
    assert run.trained == 6 * (encoder.d_model + 1)


def test_a_training_stops_where_it_should_and_says_so():
    model, looks = nn.Linear(2, 3), []
    batch = torch.randn(4, 2), torch.ones(4, 2).bool(), torch.randint(3, (4,))

    class Whole(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = model

        def forward(self, ids, mask):
            return self.inner(ids)

    def measure(model):
        looks.append(1)
        return (0.5,)

    whole = Whole()
    optimizer = torch.optim.SGD(whole.parameters(), lr=0.1)
    plan = Plan(steps=8, looks=4)
    run = train(Run("all", 8), whole, train_step, optimizer, iter([batch] * 20), measure, plan)
    assert run.steps == [0, 2, 4, 6, 8]
    assert run.is_whole
    assert run.trained == 9
    odd = Plan(steps=11, looks=4)
    run = train(Run("all", 11), whole, train_step, optimizer, iter([batch] * 20), measure, odd)
    assert run.steps == [0, 2, 4, 6, 8, 11]
    assert run.is_whole
    late = Plan(steps=8, looks=4, limit=-1.0)
    run = train(Run("all", 8), whole, train_step, optimizer, iter([batch] * 20), measure, late)
    assert not run.is_whole
    assert claim([run], 0.9).startswith("Slow computer: 1 of 8 steps")


def kept(model: nn.Module) -> int:
    return kept_for_gradients(model, lambda: loss_of(model, a_batch()))


def test_a_frozen_layer_needs_less_memory_to_train():
    model = Classifier(body_like(random_bert()), 24, 3, "cls").eval()
    whole = kept(model)
    freeze(model, ["body.embeddings", "body.encoder.layer.0", "body.encoder.layer.1"])
    upper = kept(model)
    freeze(model, ["body"])
    assert 0 < kept(model) < upper < whole
    assert megabytes(1_000_000, 500_000) == 12.5


def test_a_lookup_gives_the_most_frequent_tag_and_outside_to_what_is_new():
    table = WordLookup([["Tom", "sees", "Tom"], ["Tom"]], [["B-PER", "O", "O"], ["B-PER"]])
    assert table.guessed([["Tom", "runs"]]) == [["B-PER", "O"]]


def test_right_tags_flatter_who_reads_no_context(encoder):
    """What section 7.6 says of the word lookup, and of who says "O" to everything."""
    named = Tagged("train", encoder.tokenizer, align_labels)
    tested = Tagged("validation", encoder.tokenizer, align_labels)
    outside = [["O"] * len(tags) for tags in tested.tags]
    looked_up = WordLookup(named.words, named.tags).guessed(tested.words)
    shares = {}
    for name, guessed in (("outside", outside), ("lookup", looked_up)):
        pairs = [
            p for rows in zip(tested.tags, guessed, strict=True) for p in zip(*rows, strict=True)
        ]
        shares[name] = sum(true == said for true, said in pairs) / len(pairs)
    assert shares["outside"] > 0.5
    assert entity_f1(tested.tags, outside) == 0
    assert shares["lookup"] - entity_f1(tested.tags, looked_up) > 0.15


def test_pictures_say_in_words_what_they_show():
    measures = {
        "all weights": [(0.2, 0.9), (0.8, 0.4)],
        "layer-wise rates": [(0.2, 0.9), (0.7, 0.8)],
    }
    runs = [Run(name, 10, [0, 10], seen) for name, seen in measures.items()]
    axes = draw_forgetting(runs, 0.9)
    title = axes.figure.get_suptitle()
    assert title == "All weights lose 50 points of its masks, layer-wise rates 10"
    assert "all weights: 80% of emotions found" in axes.figure.get_label()
    axes = draw_confusion(torch.tensor([[3, 1], [0, 4]]), ["joy", "fear"], "a title")
    assert [text.get_text() for text in axes.texts] == ["3", "1", "0", "4"]


def test_the_playground_knows_emotions_and_fills_a_gap(encoder):
    runs = [Run("one", 1, model=Classifier(encoder.body(), encoder.d_model, 6, "cls"))]
    playground = SentencePlayground(encoder, runs)
    page = playground.page("Mia lost her silver [MASK] in the meadow.")
    assert all(name in page for name in (*EMOTIONS, "nothing yet", "<b>"))
    assert playground.fillings("Mia is here.") == {"before": [], "one": []}
    assert "letters are read" in playground.page("Mia " * LONGEST)
    assert sum(playground.emotions("Mia is glad.")["one"]) == pytest.approx(1, abs=1e-5)
