"""Notebook 01's reference answers agree with `tokenizers`, BERT's WordPiece and SmolLM2's BPE."""

import hashlib
import json
import re
from pydoc_data.topics import topics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import AutoTokenizer

from gradelib.checking.exercise import find
from gradelib.lab import data
from gradelib.lab.text import bert_words, count_words, pieces
from solutions.tokenization.reference import (
    build_pair,
    decode_bpe,
    encode_bpe,
    merge_pair,
    split_words,
    train_bpe,
    wordpiece_encode,
)

LETTERS = [chr(256 + byte) for byte in range(256)]  # one a byte, in the order of the bytes
LANGUAGES = ("english", "german", "greek")
PYTHON = "\n".join(topics.values())[:130_000]  # English that every Python brings along
SPECIAL = "Ärger über 12 Brötchen 🐈‍⬛ — «Γάτα»,\taaa aaaa\n\n  e\u0301 \u00a0日本 \U0010ffff\x00"


def sentences() -> list[str]:
    return [line for language in LANGUAGES for line in data.lines(f"languages/{language}.txt")]


def as_letters(piece: str) -> str:
    return "".join(LETTERS[byte] for byte in piece.encode("utf-8"))


def trained_by_tokenizers(text: str, merges: int) -> Tokenizer:
    """Train the library on the same pieces: a word of its corpus is one of ours."""
    trainer = BpeTrainer(
        vocab_size=256 + merges, initial_alphabet=LETTERS, min_frequency=0, show_progress=False
    )
    tokenizer = Tokenizer(BPE())
    tokenizer.train_from_iterator(map(as_letters, pieces(text)), trainer)
    return tokenizer


def merges_of(tokenizer: Tokenizer) -> list[tuple[int, int]]:
    model = json.loads(tokenizer.to_str())["model"]
    return [(model["vocab"][left], model["vocab"][right]) for left, right in model["merges"]]


@pytest.fixture(scope="module")
def bert():
    return AutoTokenizer.from_pretrained(data.path("tokenizers/bert-base-uncased"))


@pytest.fixture(scope="module")
def smollm2() -> Tokenizer:
    return Tokenizer.from_file(str(data.path("tokenizers/smollm2/tokenizer.json")))


@pytest.mark.parametrize("seed", range(20))
def test_every_merge_table_is_one_that_can_be_learned(seed):
    """What a token stands for is encoded as this token, by the merges in their order."""
    for name in ("encode_bpe", "decode_bpe"):
        exercise = find(f"tokenization.{name}")
        for case in exercise.cases:
            merges = exercise.draw(case, seed)["merges"]
            spelled = [(byte,) for byte in range(256)]
            for pair in merges:
                spelled.append(spelled[pair[0]] + spelled[pair[1]])
            for token in range(256, 256 + len(merges)):
                ids = spelled[token]
                for new_id, pair in enumerate(merges, start=256):
                    ids = merge_pair(ids, pair, new_id)
                assert ids == (token,), (case.name, token)


@pytest.mark.parametrize(
    ("text", "merges"),
    [
        (PYTHON, 244),
        # a thousand merges: seconds
        pytest.param("\n".join(sentences()), 1000, marks=pytest.mark.e2e),
        (SPECIAL * 3, 40),
        ("aaaaa aaaaaaa aa", 9),
    ],
    ids=["English", "three languages", "emoji and others", "one letter"],
)
def test_training_learns_the_merges_that_tokenizers_learns(text, merges):
    expected = merges_of(trained_by_tokenizers(text, merges))
    assert train_bpe(count_words(text), merges) == expected


def test_encoding_gives_the_ids_that_tokenizers_gives():
    text = "\n".join(sentences())
    tokenizer = trained_by_tokenizers(text, 700)
    merges = merges_of(tokenizer)
    for other in (
        text,
        PYTHON[:20_000],
        SPECIAL,
    ):  # text that it has seen, and text that it has not
        expected = [i for piece in pieces(other) for i in tokenizer.encode(as_letters(piece)).ids]
        assert encode_bpe(other, merges) == expected


@given(st.text(), st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_any_text_survives_the_round_trip(text, merges):
    text = text.encode("utf-8", errors="ignore").decode()  # halves of surrogates are no text
    learned = train_bpe(count_words(text), merges)
    assert decode_bpe(encode_bpe(text, learned), learned) == text
    assert decode_bpe(encode_bpe(text + SPECIAL, learned), learned) == text + SPECIAL


@given(st.lists(st.integers(0, 258)))
@settings(deadline=None)
def test_any_ids_can_be_decoded(ids):
    merges = [(195, 164), (256, 10), (240, 159)]
    left, right = bytes([195, 164]), bytes([240, 159])
    data_ = b"".join({256: left, 257: left + b"\n", 258: right}.get(i) or bytes([i]) for i in ids)
    assert decode_bpe(ids, merges) == data_.decode("utf-8", errors="replace")


def test_encoding_with_the_merges_of_a_real_model_gives_its_ids(smollm2):
    words = re.findall(r"[^\W\d_]+", " ".join(sentences()))
    text = " ".join(words)  # letters and single spaces, which both cut in the same way
    merges, numbers = data.byte_merges("tokenizers/smollm2/tokenizer.json")
    assert len(merges) == 48_900
    assert [numbers[i] for i in encode_bpe(text, merges)] == smollm2.encode(text).ids


def test_wordpiece_agrees_with_bert_on_the_words_of_three_languages(bert):
    vocab = set(data.lines("tokenizers/bert-base-uncased/vocab.txt"))
    words = sorted({word for line in sentences() for word in bert_words(line)})
    letters = [word for word in words if word.isalpha()]  # marks are words of their own to BERT
    words += [first + second for first, second in zip(letters, letters[7:], strict=False)]
    words += ["hello日", "日本", "🐈", "x🐈", "xyzzyxqj", "ツ"]
    assert len(vocab) == 30_522
    assert len(words) > 2000
    differ = [word for word in words if wordpiece_encode(word, vocab) != bert.tokenize(word)]
    assert all("日" in word for word in differ)  # BERT makes each Chinese character a word
    assert [wordpiece_encode(word, vocab) for word in ("🐈", "x🐈")] == [["[UNK]"]] * 2


def test_wordpiece_agrees_with_bert_on_whole_sentences(bert):
    vocab = set(data.lines("tokenizers/bert-base-uncased/vocab.txt"))
    for line in sentences():
        tokens = [token for word in bert_words(line) for token in wordpiece_encode(word, vocab)]
        assert tokens == bert.tokenize(line)


def test_a_pair_is_built_as_bert_builds_it(bert):
    lines = sentences()
    for first, second in [(lines[0], lines[1]), (lines[2], "yes"), ("", lines[3]), ("no", "")]:
        a, b = (bert(text, add_special_tokens=False)["input_ids"] for text in (first, second))
        expected = bert.backend_tokenizer.encode(first, second)
        pair = build_pair(a, b, bert.cls_token_id, bert.sep_token_id)
        assert pair == {"input_ids": expected.ids, "token_type_ids": expected.type_ids}


def test_words_and_marks_are_those_of_the_text_without_its_white_space():
    for line in [*sentences(), SPECIAL]:
        assert "".join(split_words(line)) == "".join(line.split())


def test_the_vendored_tokenizers_are_those_of_their_checksums():
    for line in data.lines("tokenizers/checksums.txt"):
        expected, name = line.split("  ")
        assert hashlib.sha256(data.path(f"tokenizers/{name}").read_bytes()).hexdigest() == expected


def test_the_real_tokenizers_load_offline_and_in_two_ways(bert, smollm2, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    smol = AutoTokenizer.from_pretrained(data.path("tokenizers/smollm2"))
    plain = Tokenizer.from_file(str(data.path("tokenizers/bert-base-uncased/tokenizer.json")))
    for line in sentences():
        assert smol(line)["input_ids"] == smollm2.encode(line).ids
        assert bert(line)["input_ids"] == plain.encode(line).ids
    assert bert("Hello")["input_ids"] == [101, 7592, 102]


def test_smollm2_keeps_every_text_and_takes_digits_one_by_one(smollm2):
    for line in [*sentences(), "  two  spaces \n\n\tand 1,234 digits 🐈 日本"]:
        assert smollm2.decode(smollm2.encode(line).ids) == line
    assert smollm2.encode("in 1987").tokens == ["in", "Ġ", "1", "9", "8", "7"]


def test_smollm2_writes_a_chat_as_its_makers_do():
    smol = AutoTokenizer.from_pretrained(data.path("tokenizers/smollm2"))
    chat = [{"role": "user", "content": "Hi"}]
    ids = smol.apply_chat_template(chat, add_generation_prompt=True)["input_ids"]
    assert ids[:8] == [1, 9690, 198, 2683, 359, 253, 5356, 5646]  # <|im_start|>system\nYou are a …
    assert smol.decode(ids).endswith("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n")
