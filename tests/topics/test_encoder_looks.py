"""What notebook 04 shows and says of answers is so: gaps, students, a search, one word."""

import importlib
import math
import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
import torch

from gradelib.lab import data, models
from gradelib.lab.village import masked_posterior
from gradelib.topics.encoder import gaps as gaps_of
from gradelib.topics.encoder.bert import Reader, load_body
from gradelib.topics.encoder.gaps import Gap, GapPlayground, draw_gap, look_at
from gradelib.topics.encoder.lessons import draw_lessons, lead
from gradelib.topics.encoder.library import Library, Search
from gradelib.topics.encoder.students import FEW, Lesson, Mark, Plan
from gradelib.topics.encoder.words import cosines, draw_word, within_and_across
from solutions.encoder.reference import (
    Encoder,
    choose_masked,
    corrupt,
    distillation_loss,
    every_other,
    fill_mask,
    mean_pool,
    mlm_loss,
    recall_at_k,
    retrieve,
)
from tests.author.test_built_notebooks import ROOT

mpl.use("Agg")
STORY = (ROOT / "notebooks" / "src" / "04_encoder.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", STORY, flags=re.DOTALL)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def reader():
    try:
        return Reader("encoder")
    except data.MissingData:
        pytest.skip("the tiny encoder is not in data/models: `make models` trains it")


@pytest.fixture(scope="module")
def encoder(reader):
    return load_body(Encoder, reader.model)


@pytest.fixture(scope="module")
def story():
    return data.stories("validation")[3]["text"]


# --- what the prose says -------------------------------------------------------------------------


def test_no_loss_of_these_weights_stands_in_the_prose():
    assert not re.search(r"\d\.\d+ nats", PROSE)


@pytest.mark.parametrize("number", range(1, 7))
def test_each_section_says_why_first(number):
    section = STORY.split(f"\n## 4.{number} ")[1]
    assert section.split("\n\n")[1].startswith("**Why.**")


def test_the_tiny_encoder_is_as_large_as_the_story_says(reader, encoder):
    weights = sum(weight.numel() for weight in encoder.parameters())
    assert f"{weights / 1e6:.1f} million weights, {reader.vocab:,} tokens of WordPiece" in PROSE


def test_the_share_of_chosen_tokens_and_of_each_change_is_as_the_story_says(reader):
    ids, _ = reader.batch([one["text"] for one in data.stories("validation")[:100]])
    inputs, labels = reader.hide(ids, torch.Generator().manual_seed(0), choose_masked, corrupt)
    asked = labels >= 0
    ordinary = ~torch.isin(ids, torch.tensor(sorted(reader.special)))
    assert float(asked.sum() / ordinary.sum()) == pytest.approx(0.15, abs=0.02)
    assert float((inputs[asked] == reader.mask).float().mean()) == pytest.approx(0.8, abs=0.04)
    assert float((inputs[asked] == ids[asked]).float().mean()) == pytest.approx(0.1, abs=0.04)


def test_a_mean_over_padding_hangs_on_the_neighbours_and_the_masked_mean_does_not(reader, encoder):
    """The quiz on the mean: a text alone, and beside a longer one."""
    line, longer = "Where is the key?", data.stories("validation")[0]["text"]
    alone, together = reader.batch([line]), reader.batch([line, longer])
    with torch.no_grad():
        one, two = encoder(*alone), encoder(*together)
    torch.testing.assert_close(mean_pool(one, alone[1])[0], mean_pool(two, together[1])[0],
                               atol=1e-4, rtol=0)  # fmt: skip
    assert (one[0].mean(dim=0) - two[0].mean(dim=0)).abs().max() > 0.01


def test_where_every_chosen_token_becomes_the_mask_the_sign_says_where_one_is_asked(reader):
    """The quiz on masking."""
    ids, _ = reader.batch([data.stories("validation")[0]["text"]])
    dice = torch.rand(ids.shape, generator=torch.Generator().manual_seed(0))
    chosen = choose_masked(ids, reader.special, dice, 0.15)
    always, labels = corrupt(ids, chosen, torch.zeros(ids.shape), ids, reader.mask)
    assert torch.equal(always == reader.mask, labels >= 0)


def test_berts_special_tokens_have_the_ids_that_the_field_knows():
    try:
        bert = Reader("minilm")
    except models.NotHere as error:
        pytest.skip(str(error))
    assert [*bert.special_tokens().values()] == [0, 100, 101, 102, 103]
    assert f"{bert.vocab:,} tokens" in PROSE


# --- gaps ----------------------------------------------------------------------------------------


def test_a_guess_that_is_the_truth_costs_nothing():
    gap = Gap("a [MASK]", "Key", {"key": 0.75, "ring": 0.25}, {"Key": 0.75, "ring": 0.25})
    assert gap.cost == pytest.approx(0)
    assert gap.entropy == pytest.approx(-0.75 * math.log(0.75) - 0.25 * math.log(0.25))


def test_a_guess_that_misses_costs_no_more_than_the_least_probability_says():
    gap = Gap("a [MASK]", "key", {"ring": 1.0}, {"key": 1.0})
    assert gap.cost == pytest.approx(-math.log(gaps_of.LEAST))


def test_a_gap_has_the_villages_own_distribution(reader, encoder, story):
    gap = look_at(reader, encoder, fill_mask, story, 4)
    assert gap is not None
    assert gap.truth == masked_posterior(gap.text)
    assert sum(gap.truth.values()) == pytest.approx(1)
    assert gap.text.replace("[MASK]", gap.word) == story


def test_the_pictures_title_says_what_the_guess_costs(reader, encoder, monkeypatch):
    monkeypatch.setattr(gaps_of, "STORIES", 3)
    gaps = gaps_of.gaps_of_stories(reader, encoder, fill_mask)
    sure, wide = gaps_of.sure_gaps(gaps), gaps_of.wide_gaps(gaps)
    assert len(sure) > len(gaps) / 2, "the story says that often one word fits"
    panels = draw_gap(gaps)
    title = panels[0].figure.get_suptitle()
    for panel in panels:  # they show whole words of a story, and of one gap's words alike
        shown = re.sub("[…▁]", " ", panel.get_title()).split()
        assert any(set(shown) <= set(gap.text.replace("[MASK]", " ").split()) for gap in gaps)
        assert len({label.get_text().istitle() for label in panel.get_yticklabels()}) == 1
    for part in (sure, wide or gaps):
        assert f"{gaps_of.mean_cost(part):.2f} nats" in title or (
            f"{gaps_of.mean_cost(part):.2f} where many do" in title
        )


def test_the_playground_hides_any_word_of_a_story(reader, encoder, story):
    playground = GapPlayground(reader, encoder, fill_mask)
    pages = [playground.page(story, place) for place in range(len(gaps_of.WORD.findall(story)))]
    assert all("▁▁▁" in page for page in pages)
    assert "several tokens" in playground.page("A zeppelin came.", 1)
    assert sum("It was <b>" in page for page in pages) > len(pages) / 2


# --- one word ------------------------------------------------------------------------------------


def test_within_and_across_are_the_lowest_and_the_highest():
    vectors = torch.tensor([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]])
    alike = cosines(vectors)
    within, across = within_and_across(alike, "aabb")
    assert within == pytest.approx(float(alike[0, 1]))
    assert across == pytest.approx(float(alike[1, 3]))
    axes = draw_word("bank", vectors, ["w", "x", "y", "z"], "aabb")
    assert f"{within:.2f} or more" in axes.figure.get_suptitle()


# --- a search ------------------------------------------------------------------------------------


def test_the_titles_winner_is_the_one_that_is_first_most_often():
    found = Search({"[CLS]": ((1, 2), [40.0, 80.0]), "the mean": ((1, 2), [50.0, 60.0])})
    assert found.title == "The mean finds the right page first in 50 of 100 questions"


def test_texts_read_in_another_order_come_back_in_theirs(reader, encoder):
    texts = ["Where is the key?", data.stories("validation")[0]["text"], "Nobody knows."]
    (pooled,) = Library(reader)._pooled(encoder, texts, [mean_pool])
    for text, vector in zip(texts, pooled, strict=True):
        ids, mask = reader.batch([text])
        with torch.no_grad():
            alone = mean_pool(encoder(ids, mask), mask)[0]
        torch.testing.assert_close(vector, alone, atol=1e-4, rtol=0)


def test_a_search_of_the_courses_pages_has_a_curve_for_each_way(reader, encoder, monkeypatch):
    monkeypatch.setattr(data, "course_questions", lambda: questions[:20])
    questions = [one for one in _questions() if one["page"]]
    found = Library(reader).search(encoder, mean_pool, retrieve, recall_at_k)
    assert [*found.curves] == ["[CLS]", "the mean"]
    for depths, values in found.curves.values():
        assert len(depths) == len(values)
        assert sorted(values) == [*values]


_questions = data.course_questions


def test_faiss_finds_the_same_pages(reader):
    assert Library(reader).against_faiss(retrieve).startswith("100.0% of the pages")


def test_without_faiss_one_line_says_what_is_missing(reader, monkeypatch):
    def absent(name, *_):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    assert "pip install faiss-cpu" in Library(reader).against_faiss(retrieve)


def test_the_collator_and_the_students_functions_share_one_table(reader):
    table = Library(reader).compare(choose_masked, corrupt, mlm_loss, stories=20)
    assert [*table] == ["", "yours", "transformers"]
    assert table["yours"][-1] == table["transformers"][-1]  # one loss, on the same labels


# --- students ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lesson(reader):
    return Lesson(reader, Encoder, every_other, choose_masked, corrupt)


def test_all_students_begin_alike_and_go_side_by_side(lesson):
    students = lesson.teach(distillation_loss, Plan(steps=2, limit=math.inf))
    assert len({one.marks[0] for one in students}) == 1
    assert {tuple(one.steps) for one in students} == {(0, 1, 2)}
    assert len({one.marks[-1] for one in students}) == len(students)


def test_a_slow_computer_stops_all_at_one_step_and_the_title_says_so(lesson):
    students = lesson.teach(distillation_loss, Plan(steps=9, limit=0))
    assert {tuple(one.steps) for one in students} == {(0, 1)}
    axes = draw_lessons(students, Mark(1.0, 0.5), planned=9)
    title = axes[0].figure.get_suptitle()
    assert "After 1 of 9 steps (slow computer)" in title
    assert f"{lead(students, few=True):.2f} with few" in title


def test_the_few_labels_are_those_of_the_first_texts(lesson):
    """Who is not taught and has few labels sees these texts alone; who is taught sees all."""
    seen = []

    def loss(student, teacher, labels, T, alpha):
        seen.append((alpha, labels))
        return distillation_loss(student, teacher, labels, T, alpha)

    lesson.teach(loss, Plan(steps=1, limit=math.inf))
    shares = {alpha: float((labels != -100).float().mean()) for alpha, labels in seen[-2:]}
    assert shares[0.0] == 1
    assert shares[0.9] < 4 * FEW / len(lesson.texts)


@pytest.mark.slow  # many small models are trained: over a minute
def test_soft_targets_help_where_labels_are_few_and_little_where_there_are_enough(lesson):
    students = lesson.teach(distillation_loss, Plan(limit=math.inf))  # as in the notebook
    assert lead(students, few=True) > 0.1
    assert lead(students, few=True) > lead(students, few=False)


def test_the_table_has_size_speed_and_marks_of_teacher_and_students(lesson):
    students = lesson.teach(distillation_loss, Plan(steps=1, limit=math.inf))
    table = lesson.report(students)
    assert {len(column) for column in table.values()} == {2 + len(students)}
    assert table["layers"][0] == 2 * table["layers"][1]
    assert float(table["weights (millions)"][0]) > float(table["weights (millions)"][1])


def test_the_teacher_is_not_changed(lesson, reader):
    before = {name: weight.clone() for name, weight in reader.model.state_dict().items()}
    lesson.teach(distillation_loss, Plan(steps=2, limit=math.inf))
    for name, weight in reader.model.state_dict().items():
        assert torch.equal(weight, before[name]), name
