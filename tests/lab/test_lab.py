"""What notebooks import beside torch: text, data, and cells that wait for an answer."""

import doctest
import gzip
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradelib import lab
from gradelib.lab import data, text, when_ready
from tests.topics.tiny_bpe import BEAD, encode


def test_importing_the_lab_loads_no_plotting_no_widgets_and_no_torch():
    heavy = "{'matplotlib', 'ipywidgets', 'torch', 'transformers'} & set(sys.modules)"
    lab = "data, figures, language_models, mask_pictures, models, text, tokens, village"
    topics = "masks.explorer, decoder.pictures, sampling.playground, tokenization.explorer"
    pictures = ", ".join(f"gradelib.topics.{name}" for name in topics.split(", "))
    script = f"import sys\nfrom gradelib.lab import {lab}\nimport {pictures}\nprint({heavy})"
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root)
    assert ran.stdout.strip() == "set()", ran.stderr


@pytest.mark.parametrize("module", [lab, text])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# text


@given(st.text())
def test_pieces_join_to_the_text(written):
    assert "".join(text.pieces(written)) == written


@given(st.text())
def test_a_piece_is_one_piece(written):
    assert all(text.pieces(piece) == [piece] for piece in text.pieces(written))


def test_count_words_keeps_the_order_of_first_occurrence():
    assert list(text.count_words("b a b")) == [(98,), (32, 97), (32, 98)]


@given(st.text())
def test_a_text_cut_into_bytes_has_a_token_a_byte(written):
    written = written.encode("utf-8", "replace").decode("utf-8")
    assert len(text.cut(written, list(written.encode("utf-8")), [])) == len(written.encode("utf-8"))


def test_cut_names_both_lengths_when_the_tokens_are_not_those_of_the_text():
    with pytest.raises(ValueError, match="hold 2 bytes, the text has 3"):
        text.cut("bee", [256], BEAD)


@pytest.mark.parametrize("language", ["english", "german", "greek"])
def test_bert_words_are_those_of_the_library(language):
    from tokenizers import Tokenizer

    bert = Tokenizer.from_file(str(data.path("tokenizers/bert-base-uncased/tokenizer.json")))
    for line in data.lines(f"languages/{language}.txt"):
        plain = bert.normalizer.normalize_str(line)
        pieces = bert.pre_tokenizer.pre_tokenize_str(plain)
        assert text.bert_words(line) == [word for word, _ in pieces]


# data


def test_the_three_languages_have_the_same_number_of_lines():
    names = ("english", "german", "greek")
    assert {len(data.lines(f"languages/{name}.txt")) for name in names} == {80}


def test_a_missing_file_says_what_to_do():
    with pytest.raises(data.MissingData, match=r"data/nowhere.txt is not there. Put the folder"):
        data.path("nowhere.txt")


def test_a_folder_of_ones_own_comes_first(tmp_path, monkeypatch):
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages/german.txt").write_text("Hallo\n\n  Welt \n", encoding="utf-8")
    monkeypatch.setenv("GRADELIB_DATA", str(tmp_path))
    assert data.lines("languages/german.txt") == ["Hallo", "Welt"]


def test_data_beside_a_notebook_is_found(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.txt").write_text("here", encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert data.read("a.txt") == "here"


@pytest.mark.parametrize("packed", [True, False])
def test_stories_are_read_packed_or_not(packed, tmp_path, monkeypatch):
    (tmp_path / "stories").mkdir()
    story = json.dumps({"text": "Once."}).encode()
    name, raw = ("tiny.jsonl.gz", gzip.compress(story)) if packed else ("tiny.jsonl", story)
    (tmp_path / "stories" / name).write_bytes(raw)
    monkeypatch.setenv("GRADELIB_DATA", str(tmp_path))
    assert data.stories("tiny") == [{"text": "Once."}]


def test_the_merges_of_a_real_model_are_numbered_as_in_notebook_1():
    from tokenizers import Tokenizer

    name = "tokenizers/smollm2/tokenizer.json"
    merges, ids = data.byte_merges(name)
    model = Tokenizer.from_file(str(data.path(name)))
    assert len(merges) == 48_900
    assert len(ids) == 256 + len(merges)
    for word in (" lighthouse", "Möwe", " θάλασσα"):
        assert [ids[number] for number in encode(word, merges)] == model.encode(word).ids


# when_ready


def test_what_is_not_written_is_named(capsys):
    class Decoder:
        def forward(self):
            raise NotImplementedError

    with when_ready("This table"):
        Decoder().forward()
    said = capsys.readouterr().out
    assert said == "This table will appear once you have written Decoder.forward.\n"


def test_a_comprehension_is_named_by_the_function_that_it_stands_in(capsys):
    def lengths(words):
        return [len(word) for word in words]

    with when_ready():
        lengths([None])
    assert "In lengths: TypeError" in capsys.readouterr().out


def test_code_that_a_library_made_of_a_text_is_nobodys_answer(capsys):
    @dataclass
    class Vocabulary:
        size: int

        def __post_init__(self):
            raise ValueError("too small")

    def build():
        return Vocabulary()

    with when_ready():
        build()
    first = " ".join(capsys.readouterr().out.split())
    with when_ready():
        Vocabulary(3)
    second = " ".join(capsys.readouterr().out.split())
    assert "In build: TypeError" in first
    assert "In Vocabulary.__post_init__: ValueError: too small" in second


def test_a_name_that_no_cell_has_made_is_named(capsys):
    with when_ready("These strips"):
        print(merges)  # noqa: F821
    said = capsys.readouterr().out
    assert said == "These strips will appear once a cell above has made merges.\n"


def test_a_library_that_cannot_do_something_is_no_missing_answer(capsys):
    def of_a_library():
        raise NotImplementedError("not on this device")

    code = of_a_library.__code__.replace(co_filename="/somewhere/site-packages/library.py")
    of_a_library.__code__ = code
    with when_ready():
        of_a_library()
    said = capsys.readouterr().out
    assert "once you have written" not in said
    assert "NotImplementedError: not on this device" in said


def test_a_wrong_answer_does_not_stop_the_notebook(capsys):
    with when_ready():
        len(None)
    said = capsys.readouterr().out
    assert "This picture cannot be shown yet" in said
    assert "TypeError: object of type 'NoneType' has no len()" in said


def test_an_endless_loop_is_stopped(capsys):
    with when_ready("This table", seconds=0.2):
        while True:
            pass
    said = capsys.readouterr().out
    assert said.startswith("This table was stopped after 0.2 seconds of work. ")
    assert "slow or busy" in said


def test_an_interrupt_gets_out():
    with pytest.raises(KeyboardInterrupt), when_ready():
        raise KeyboardInterrupt


def test_no_line_that_is_printed_is_broken_inside_a_word(capsys):
    """JupyterLab breaks a line of more than a hundred characters wherever it ends."""
    with when_ready("This picture"):
        raise ValueError("the size of tensor a must match that of tensor b " * 5)
    said = capsys.readouterr().out
    assert "  ValueError: the size of tensor a" in said
    assert max(map(len, said.splitlines())) <= text.WIDE
    address = "https://example.org/" + "a" * 120
    assert text.wrapped(f"see {address}").splitlines() == ["see", address]
    assert text.wrapped("one\n\ntwo") == "one\n\ntwo"
