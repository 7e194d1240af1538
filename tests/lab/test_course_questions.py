"""The pages about the course and the questions on them: sound, balanced, and fit for retrieval."""

import json
import re
import tomllib
import unicodedata
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import yaml
from typer.main import get_command

from gradelib.cli import app
from gradelib.lab import data, models, village

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "data" / "course"
PAGES = data.course_pages()
QUESTIONS = data.course_questions()
ANSWERABLE = [row for row in QUESTIONS if row["page"] is not None]
TEXT = {page["id"]: page["text"] for page in PAGES}
KINDS = ("fact", "number", "how", "why", "which")
NOTEBOOKS = range(13)
LONGEST = 256  # tokens that MiniLM reads
SPELLED = {"thirteen": 13, "six": 6}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())


def grams(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def near_duplicates(texts: list[str], share: float) -> list[tuple[str, str]]:
    """Return the pairs of texts that have at least `share` of their words in common (Jaccard)."""
    bags = [set(words(text)) for text in texts]
    pairs = combinations(range(len(texts)), 2)
    return [
        (texts[i], texts[j])
        for i, j in pairs
        if len(bags[i] & bags[j]) >= share * len(bags[i] | bags[j])
    ]


def recall(scores: np.ndarray, first: int) -> float:
    """Return the share of questions whose page is among the `first` of a row of (question, page).

    Ties count against it.
    """
    places = {page["id"]: place for place, page in enumerate(PAGES)}
    right = np.array([places[row["page"]] for row in ANSWERABLE])
    own = scores[np.arange(len(right)), right]
    return float(((scores >= own[:, None]).sum(axis=1) <= first).mean())


# Pages


def test_pages_hold_their_fields():
    for page in PAGES:
        assert list(page) == ["id", "notebook", "title", "text"]
        assert page["notebook"] in NOTEBOOKS
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", page["id"])
        for value in (page["title"], page["text"]):
            assert value == value.strip() == unicodedata.normalize("NFC", value)
        for paragraph in page["text"].split("\n\n"):
            assert re.fullmatch(r'[A-Z][^\n]+[.?!]"?', paragraph), paragraph
    for field in ("id", "title", "text"):
        assert len({page[field] for page in PAGES}) == len(PAGES)


def test_every_notebook_has_its_pages():
    counts = Counter(page["notebook"] for page in PAGES)
    assert 40 <= counts.total() <= 60
    assert all(4 <= counts[notebook] <= 6 for notebook in NOTEBOOKS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
def test_a_page_is_short_enough_to_be_read_at_once(page):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(data.path("tokenizers/bert-base-uncased/tokenizer.json")))
    assert 150 <= len(page["text"].split()) < 300
    assert len(tokenizer.encode(f"{page['title']}\n{page['text']}").ids) <= LONGEST


def test_no_two_pages_say_the_same():
    assert near_duplicates([page["text"] for page in PAGES], 0.4) == []
    sentences = [s for page in PAGES for s in re.split(r"(?<=[.?!])\s+", page["text"])]
    assert len(set(sentences)) == len(sentences)


def test_no_page_gives_away_a_quiz_or_a_marking_guide():
    """Both stand in quotes in the source of a notebook."""
    hidden = set()
    for source in (ROOT / "notebooks" / "src").glob("*.md"):
        for line in source.read_text(encoding="utf-8").splitlines():
            if line.lstrip().startswith(">"):
                hidden |= grams(line, 7)
    assert len(hidden) > 1000
    assert {page["id"]: found for page in PAGES if (found := grams(page["text"], 7) & hidden)} == {}


def rows(name: str) -> int:
    return len(data.lines(name))


def fetched_megabytes() -> int:
    return sum(model.wheel.megabytes for model in models.MODELS.values() if model.wheel)


@pytest.mark.parametrize(
    ("page", "said", "true"),
    [
        ("how-a-notebook-goes", "(thirteen) notebooks", lambda: len(NOTEBOOKS)),
        ("setting-up", "about (180) megabytes", lambda: round(fetched_megabytes(), -1)),
        ("the-village", "(22,000) stories", lambda: 20_000 + 1_000 + 1_000),
        ("the-village", "(20,000) of them for training", lambda: rows("stories/train.jsonl.gz")),
        ("the-village", "(1,000) each for", lambda: rows("stories/test.jsonl.gz")),
        ("the-village", "(14) plots", lambda: len({s["plot"] for s in data.stories("test")})),
        ("entropy-floor", r"carries (34\.2) nats", lambda: round(village.ENTROPY, 1)),
        ("judging-a-classifier", "into (six) emotions", lambda: len(village.FEELINGS)),
        (
            "judging-a-classifier",
            "In (1,320) of them",
            lambda: sum(
                rows(f"emotions/written/{s}.jsonl") for s in ("train", "validation", "test")
            ),
        ),
        (
            "judging-a-classifier",
            "With (180) test sentences",
            lambda: rows("emotions/written/test.jsonl"),
        ),
        ("less-is-more", "For (120) instructions", lambda: rows("instructions/written/good.jsonl")),
        ("tokens-and-languages", "(80) sentences", lambda: rows("languages/greek.txt")),
        (
            "wordpiece",
            "(30,522) entries",
            lambda: rows("tokenizers/bert-base-uncased/vocab.txt"),
        ),
    ],
)
def test_what_a_page_says_of_the_course_is_so(page, said, true):
    (number,) = re.findall(said, TEXT[page])
    assert SPELLED.get(number) or float(number.replace(",", "")) == true()


def test_the_village_keeps_its_share_of_right_preferences():
    pairs = [json.loads(line) for line in data.lines("preferences/train.jsonl.gz")]
    better = sum(pair["chosen_reward"] > pair["rejected_reward"] for pair in pairs) / len(pairs)
    assert f"about {100 * better:.0f} of 100 training pairs" in TEXT["preferences-and-rewards"]


def test_commands_and_names_on_the_pages_exist():
    commands = get_command(app).commands  # type: ignore[attr-defined]
    named = {name for text in TEXT.values() for name in re.findall(r"-m gradelib (\w+)", text)}
    assert named == {"doctor", "models", "submit"}
    assert named <= commands.keys()
    assert "fetch" in commands["models"].commands
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())["name"]
    assert f"is called {environment}." in TEXT["setting-up"]
    weeks = tomllib.loads((ROOT / "course.toml").read_text())["weeks"]
    assert len(weeks[0]["notebooks"]) == 2  # as the first page says
    assert all(len(week["notebooks"]) == 1 for week in weeks[1:])


# Questions


def test_questions_hold_their_fields():
    for number, row in enumerate(QUESTIONS, 1):
        assert list(row) == ["id", "question", "answer", "evidence", "page", "notebook", "kind"]
        assert row["id"] == f"q{number:03}"
        assert row["question"] == row["question"].strip()
        assert row["question"].endswith("?")
        assert row["kind"] in (*KINDS, "none")
    for row in QUESTIONS:
        unanswered = [row["page"], row["answer"], row["evidence"], row["notebook"]]
        assert (unanswered == [None] * 4) == (row["kind"] == "none"), row


def test_there_are_enough_questions_of_every_kind_about_every_notebook():
    kinds = Counter(row["kind"] for row in QUESTIONS)
    assert len(ANSWERABLE) >= 60
    assert kinds["none"] >= 8
    assert all(kinds[kind] >= 20 for kind in KINDS)
    notebooks = Counter(row["notebook"] for row in ANSWERABLE)
    assert all(10 <= notebooks[notebook] <= 18 for notebook in NOTEBOOKS)
    assert {row["page"] for row in ANSWERABLE} == set(TEXT)  # each page is asked about


@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["id"])
def test_the_evidence_stands_once_on_its_page_and_on_no_other(row):
    counts = {page: text.count(row["evidence"]) for page, text in TEXT.items()}
    assert {page: count for page, count in counts.items() if count} == {row["page"]: 1}
    assert row["notebook"] == next(p["notebook"] for p in PAGES if p["id"] == row["page"])


@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["id"])
def test_the_answer_is_a_short_part_of_the_evidence(row):
    assert row["evidence"].count(row["answer"]) == 1
    assert row["answer"] == row["answer"].strip(" .,;:")
    assert len(row["answer"].split()) <= 17
    assert re.search(rf"(?<!\w){re.escape(row['answer'])}(?!\w)", row["evidence"])


def test_no_two_questions_are_nearly_the_same():
    assert near_duplicates([row["question"] for row in QUESTIONS], 0.5) == []
    assert len({row["evidence"] for row in ANSWERABLE}) == len(ANSWERABLE)


def test_questions_do_not_borrow_the_words_of_the_page():
    borrowed = [
        row["id"] for row in ANSWERABLE if grams(row["question"], 5) & grams(TEXT[row["page"]], 5)
    ]
    assert borrowed == []


# Retrieval


@pytest.fixture(scope="module")
def by_words() -> np.ndarray:
    from sklearn.feature_extraction.text import TfidfVectorizer

    weigh = TfidfVectorizer(stop_words="english")
    pages = weigh.fit_transform([f"{page['title']}\n{page['text']}" for page in PAGES])
    return (weigh.transform([row["question"] for row in ANSWERABLE]) @ pages.T).toarray()


def test_recall_counts_what_is_among_the_first():
    right = np.array([[row["page"] == page["id"] for page in PAGES] for row in ANSWERABLE])
    assert recall(right.astype(float), 1) == 1
    assert recall(-right.astype(float), len(PAGES) - 1) == 0
    assert recall(np.zeros(right.shape), len(PAGES) - 1) == 0


def test_common_words_alone_seldom_find_the_page(by_words):
    assert 0.35 < recall(by_words, 1) < 0.5
    assert recall(by_words, 3) < 0.7


def test_minilm_finds_the_page_more_often_than_words_do(by_words):
    try:
        models.load("minilm")
    except models.NotHere as missing:
        pytest.skip(f"recall cannot be measured. {missing}")
    asked = models.embed([row["question"] for row in ANSWERABLE])
    pages = models.embed([f"{page['title']}\n{page['text']}" for page in PAGES])
    whole = (asked @ pages.T).numpy()
    parts = [(place, part) for place, p in enumerate(PAGES) for part in p["text"].split("\n\n")]
    titled = models.embed([f"{PAGES[place]['title']}\n{part}" for place, part in parts])
    close = (asked @ titled.T).numpy()  # (question, paragraph)
    owners = np.array([place for place, _ in parts])
    best = np.stack([close[:, owners == place].max(axis=1) for place in range(len(PAGES))], axis=1)
    assert recall(whole, 1) > recall(by_words, 1) + 0.05
    assert recall(whole, 3) > recall(by_words, 3) + 0.08
    assert recall(best, 3) > 0.8


# The library that the notebooks read them with


def test_datasets_reads_both_files(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from datasets import load_dataset

    for name, own in (("pages", PAGES), ("questions", QUESTIONS)):
        file = str(COURSE / f"{name}.jsonl")
        found = load_dataset("json", data_files=file, split="train", cache_dir=str(tmp_path))
        assert found.to_list() == own
