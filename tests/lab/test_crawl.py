"""The crawl: what is said to be true of its documents is true of them."""

from __future__ import annotations

import html
import math
import re
from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
import pytest

from data.build.crawl import filters
from data.build.crawl.measure import candidates, signatures
from data.build.crawl.shingles import jaccard, shingles
from gradelib.lab import data, village

RECORDS = [record for split in ("train", "test") for record in data.crawl(split)]
BY_ID = {record["id"]: record for record in RECORDS}
SHINGLES = {record["id"]: shingles(record["text"]) for record in RECORDS}
COPIES = [record for record in RECORDS if record["copy_of"]]
NEAR = [record for record in COPIES if record["copied"] not in ("exact", "layout")]
LEAKS = [record for record in RECORDS if record["leak"] is not None]
FIELDS = {
    "id": str,
    "split": str,
    "url": str,
    "text": str,
    "kind": str,
    "detail": str,
    "quality": str,
    "language": str,
    "keep": bool,
    "copy_of": str | None,
    "leak": int | None,
    "copied": str,
    "similarity": float | None,
    "personal": list,
    "boilerplate": list,
}
GARBLED = re.compile(r"[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—˜™š›œ]|â[\x80-\x9f€]|\ufffd|&amp;|\w\?s ")
RESERVED = re.compile(
    r"01632 960\d{3}|\+44 7700 900\d{3}|\(555\) 555-01\d\d|030 23125-\d{3}|\+49 30 23125 \d{3}"
    r"|(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+"
    r"|[a-z.\d]+(?:@| \(at\) | \[at\] | AT )(?:mail(?:\.| \(dot\) | DOT ))?example"
    r"(?:\.| \(dot\) | DOT )(?:org|com|net)"
)
WRITTEN = {"recipe", "letter", "news", "howto", "review", "forum", "entry", "poem", "tale"}
WRITTEN |= {"tutorial", "notice", "personal"}


def without_boilerplate(record) -> str:
    kept = enumerate(record["text"].split("\n"))
    return "\n".join(line for number, line in kept if number not in record["boilerplate"])


# What there is


def test_the_files_hold_the_same_documents_in_the_same_order_one_a_line():
    documents = data.read("crawl/documents.jsonl.gz")
    assert len(documents.splitlines()) == documents.count("\n") == 3_000  # no odd line ends
    assert [record["id"] for record in sorted(RECORDS, key=lambda r: r["id"])] == [
        f"c{number:04d}" for number in range(3_000)
    ]
    assert Counter(record["split"] for record in RECORDS) == {"train": 2_000, "test": 1_000}


def test_every_record_has_all_fields():
    for record in RECORDS:
        assert list(record) == ["id", "split", "url", "text", *list(FIELDS)[4:]]
        for field, sort in FIELDS.items():
            assert isinstance(record[field], sort), (record["id"], field)
        assert record["text"].strip()


def test_every_kind_has_twice_as_many_documents_in_train_as_in_test():
    counts = Counter((r["kind"], r["split"]) for r in RECORDS if not r["copied"])
    for kind in {kind for kind, _ in counts}:
        assert counts[kind, "train"] == 2 * counts[kind, "test"] >= 8, kind


def test_the_files_are_small():
    size = sum(path.stat().st_size for path in data.path("crawl").iterdir())
    assert size < 1_500_000


def test_addresses_are_made_up_and_no_two_are_the_same():
    assert len({record["url"] for record in RECORDS}) == len(RECORDS)
    for record in RECORDS:
        for host in re.findall(r"https?://([\w.-]+)", record["url"] + " " + record["text"]):
            assert re.search(r"(^|\.)example\.(org|com|net)$", host), record["id"]
        assert not re.search(r"/(work|tmp|root|builds)\b", record["text"])


# What is good


def test_kept_is_what_is_good_english_once_and_no_test_story():
    for record in RECORDS:
        once = record["copy_of"] is None and record["leak"] is None
        good = record["quality"] == "good" and record["language"] == "en"
        assert record["keep"] == (good and once)


def test_a_kind_is_good_or_poor_as_a_whole():
    qualities = defaultdict(set)
    for record in RECORDS:
        qualities[record["kind"]].add(record["quality"])
    assert all(len(found) == 1 for found in qualities.values())
    assert {kind for kind, found in qualities.items() if found == {"good"}} == {
        *("story", "collection", "wrapped", "foreign"),
        *WRITTEN,
    }


def test_nothing_good_is_garbled_though_it_may_hold_such_letters():
    for record in RECORDS:
        if record["quality"] == "good":
            assert not GARBLED.search(record["text"]), record["id"]
    kept = " ".join(record["text"] for record in RECORDS if record["keep"])
    assert {"â", "ã", "é"} <= set(kept)


def test_what_is_garbled_can_be_mended_where_nothing_was_lost():
    for record in (record for record in RECORDS if record["kind"] == "mojibake"):
        text, way = record["text"], record["detail"]
        if way == "utf-8 as latin-1":
            mended = text.encode("latin-1").decode()
        elif way == "entities":
            mended = html.unescape(html.unescape(text))
        elif way == "utf-8 as cp1252":
            mended = _bytes(text).decode()
        elif way == "utf-8 as cp1252, twice":
            mended = _bytes(_bytes(text).decode()).decode()
        else:
            assert "\ufffd" in text or "?" in text
            continue
        assert mended != text
        assert not GARBLED.search(mended)


def _bytes(text: str) -> bytes:
    """Return Windows-1252, with the five bytes that it leaves out as they are."""
    return b"".join(
        sign.encode("latin-1") if "\x80" <= sign <= "\x9f" else sign.encode("cp1252")
        for sign in text
    )


def test_the_grammar_can_tell_the_stories_and_no_scrambled_one():
    stories = [r for r in RECORDS if r["kind"] in ("story", "wrapped") and not r["copied"]]
    for record in stories[::4]:
        story = without_boilerplate(record).replace("\n", " ")
        assert village.log_probability(story) > -math.inf, record["id"]
    for record in RECORDS:
        if record["kind"] == "scrambled":
            assert village.log_probability(record["text"]) == -math.inf


def test_text_in_the_frame_of_a_site_stands_on_its_host():
    hosts = defaultdict(set)
    for record in RECORDS:
        if record["kind"] == "wrapped" and not record["copied"]:
            host = record["url"].split("/")[2].removeprefix("www.")
            kinds = tuple(re.sub(r"\d+", "0", record["text"].split("\n")[0]).split()[:1])
            hosts[host].add(kinds)
            assert record["boilerplate"]
    assert len(hosts) == 30
    assert max(map(len, hosts.values())) == 1  # the first line of a site is always of the same sort


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "nl", "pt", "el"])
def test_foreign_texts_are_in_their_language(language):
    frequent = {
        "de": "der die das und ist nicht ein eine sie es den von zu mit",
        "fr": "le la les et des est une un il de que dans pour",
        "es": "el la los y de que en un una es con se",
        "it": "il la di che e un una per non si le è",
        "nl": "de het een en van in is je op niet met te",
        "pt": "o a os e de que em um uma é com não se",
        "el": "το η ο και να τον την του με που στο για",
    }
    texts = [r["text"] for r in RECORDS if r["kind"] == "foreign" and r["language"] == language]
    assert len(texts) == (24 if language == "de" else 12)
    for text in texts:
        words = re.findall(r"[^\W\d_]+", text.lower())
        best = max(frequent, key=lambda name: sum(w in frequent[name].split() for w in words))
        assert best == language, text


# Copies


def test_a_copy_stands_in_the_split_of_its_original_which_is_no_copy():
    for copy in COPIES:
        original = BY_ID[copy["copy_of"]]
        assert (original["copied"], original["split"]) == ("", copy["split"])
        same = ("kind", "quality", "language", "detail", "personal")
        assert [copy[field] for field in same] == [original[field] for field in same]


def test_exact_copies_are_equal_and_others_only_in_their_words():
    for copy in COPIES:
        original = BY_ID[copy["copy_of"]]
        assert (copy["text"] == original["text"]) == (copy["copied"] == "exact")
        if copy["copied"] == "layout":
            assert SHINGLES[copy["id"]] == SHINGLES[original["id"]]
    assert Counter(c["copied"] for c in COPIES if c not in NEAR) == {"exact": 120, "layout": 30}


def test_the_similarity_of_a_copy_is_that_of_the_shingles():
    for copy in COPIES:
        found = jaccard(SHINGLES[copy["id"]], SHINGLES[copy["copy_of"]])
        assert copy["similarity"] == round(found, 4)


def test_near_copies_cover_every_strength_and_way():
    assert len(NEAR) == 402
    tenths = Counter(int(copy["similarity"] * 10) for copy in NEAR)
    assert min(tenths[tenth] for tenth in range(3, 8)) >= 60
    assert tenths[8] + tenths[9] >= 60
    assert min(copy["similarity"] for copy in NEAR) >= 0.3
    ways = Counter(copy["copied"] for copy in NEAR)
    assert len(ways) == 9
    assert min(ways.values()) >= 15


def test_documents_that_are_no_copies_share_less_than_any_copy():
    places = defaultdict(list)
    for record in RECORDS:
        for shingle in SHINGLES[record["id"]]:
            places[shingle].append(record["id"])
    shared = Counter(pair for group in places.values() for pair in combinations(sorted(group), 2))
    for (one, other), both in shared.items():
        size = len(SHINGLES[one]) + len(SHINGLES[other]) - both
        if both / size >= 0.3:
            assert _group(BY_ID[one]) == _group(BY_ID[other]), (one, other)


def _group(record) -> object:
    return record["copy_of"] or (record["id"] if record["leak"] is None else record["leak"])


def test_minhash_finds_the_near_and_leaves_the_far():
    found = list(SHINGLES.values())
    signed = signatures(found, 64, seed=1)
    numbers = {name: number for number, name in enumerate(SHINGLES)}
    pairs = {tuple(sorted((numbers[c["id"]], numbers[c["copy_of"]]))): c for c in COPIES}
    estimated = np.array([(signed[a] == signed[b]).mean() for a, b in pairs])
    exact = np.array([copy["similarity"] for copy in pairs.values()])
    assert abs((estimated - exact).mean()) < 0.01
    assert (estimated - exact).std() < 0.075  # at most 1 / (2 √64) by theory
    seen = candidates(signed, 16)
    for low, least in ((0.6, 0.95), (0.8, 0.99)):
        some = [pair for pair, copy in pairs.items() if copy["similarity"] >= low]
        assert sum(pair in seen for pair in some) / len(some) >= least
    faint = [pair for pair, copy in pairs.items() if copy["similarity"] < 0.4]
    assert sum(pair in seen for pair in faint) / len(faint) < 0.5


# Leaks, personal data, traps


def test_leaks_are_stories_of_the_test_split_and_nothing_else_is_told_twice():
    tested = [record["text"] for record in data.stories("test")]
    assert len({record["leak"] for record in LEAKS}) == len(LEAKS) == 72
    for record in LEAKS:
        story = tested[record["leak"]]
        assert record["similarity"] == round(jaccard(SHINGLES[record["id"]], shingles(story)), 4)
        assert (record["text"] == story) == (record["copied"] == "exact")
        assert record["similarity"] >= 0.5
        assert record["copy_of"] is None
    told = {r["text"] for split in ("train", "validation", "test") for r in data.stories(split)}
    for record in RECORDS:
        if record["leak"] is None:
            assert without_boilerplate(record).replace("\n", " ") not in told


def test_personal_data_stand_in_the_text_and_belong_to_nobody():
    for record in RECORDS:
        for found in record["personal"]:
            assert found in record["text"]
            assert RESERVED.fullmatch(found), found
        if record["kind"] == "personal":
            assert bool(record["personal"]) == (record["detail"] != "decoy")
            marked = " ".join(record["personal"])
            if not record["personal"]:
                continue
            assert all(name in marked for name in filters.EMAIL.findall(record["text"]))


def test_rules_err_in_both_directions():
    def passes(record) -> bool:
        return all(rule(record["text"]) for rule in (filters.c4, filters.gopher, filters.fineweb))

    lost = Counter(r["kind"] for r in RECORDS if r["keep"] and not passes(r))
    assert {"poem", "recipe", "tutorial", "letter", "notice", "wrapped"} <= set(lost)
    slipped = Counter(r["kind"] for r in RECORDS if r["quality"] == "poor" and passes(r))
    assert {"advert", "scrambled", "cookie", "mojibake", "keywords"} <= set(slipped)


def test_no_sentence_that_was_written_by_hand_is_in_both_splits():
    kinds = {*WRITTEN, "foreign", "mixed", "cookie", "advert"}
    said = {"train": set(), "test": set()}
    for record in RECORDS:
        if record["kind"] in kinds and record["copied"] in ("", "exact"):
            parts = re.split(r"(?<=[.!?])\s+|\n", record["text"])
            said[record["split"]] |= {part for part in parts if len(part.split()) >= 6}
    assert not said["train"] & said["test"]


def test_the_datasets_library_reads_both_files(tmp_path):
    from datasets import load_dataset

    for name in ("documents.jsonl.gz", "truth.jsonl"):
        file = str(data.path(f"crawl/{name}"))
        assert len(load_dataset("json", data_files=file, cache_dir=str(tmp_path))["train"]) == 3_000
