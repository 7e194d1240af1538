"""What notebook 12 says of SmolLM2's recorded answers is true."""

import doctest

import matplotlib as mpl
import pytest
import torch
from matplotlib import pyplot as plt

from gradelib.lab import models
from gradelib.topics.beyond import answer_pictures
from gradelib.topics.beyond.adapting import LIMIT, held_out, lessons
from gradelib.topics.beyond.answer_pictures import (
    choose,
    draw_adapted,
    draw_answers,
    gained,
    holds,
)
from gradelib.topics.beyond.reading import INSTRUCTION, Reader
from gradelib.topics.beyond.training import recorded
from solutions.beyond.reference import answer_log_prob, build_prompt, wilson
from tests.bench import adapting, answering

mpl.use("Agg")
ROWS, ADAPTED = recorded()["answers"], recorded()["adapted"]


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def right(way: str, how: str) -> int:
    return sum(choose(row, way, how) for row in ROWS)


def test_the_examples_of_the_pictures_are_true():
    result = doctest.testmod(answer_pictures)
    assert result.attempted >= 2
    assert result.failed == 0


def test_recorded_answers_are_about_the_right_questions_and_each_of_them_once(library):
    numbers = [row["question"] for row in ROWS]
    assert len(numbers) == len({*numbers})
    assert {*numbers} == {n for n, one in enumerate(library.questions) if one["page"]}
    for row in ROWS:
        options, place = library.options(row["question"])
        assert (row["options"], row["place"]) == (options, place)


def test_with_nothing_the_mean_beats_chance_and_each_way_the_one_before():
    for how in ("mean", "sum"):
        counts = [right(way, how) for way in ("nothing", "found", "right")]
        nothing, found, perfect = (wilson(count, len(ROWS)) for count in counts)
        assert 0.25 < counts[0] / len(ROWS) < 0.5
        assert nothing[1] < found[0]
        assert found[1] < perfect[0] < 1
    low, _ = wilson(right("nothing", "sum"), len(ROWS))
    assert low < 0.25 < wilson(right("nothing", "mean"), len(ROWS))[0]


def test_hardly_any_question_is_lost_by_reading_more():
    for how in ("mean", "sum"):
        for first, second in (("nothing", "found"), ("found", "right")):
            more, less = gained(ROWS, first, second, how)
            assert more > 4 * less
            assert more - less == right(second, how) - right(first, how)


def test_of_the_answers_that_it_wrote_none_is_right(library):
    said = [row for row in ROWS if "said" in row["found"]]
    assert len(said) == answering.WRITTEN
    for row in said:
        answer = str(library.questions[row["question"]]["answer"])
        assert not any(holds(row[way]["said"], answer) for way in ("nothing", "found"))


def test_the_picture_says_how_many_questions_there_are():
    axes = draw_answers(ROWS, wilson)
    assert f"{right('nothing', 'mean') / len(ROWS):.0%} with nothing" in (
        axes.figure._suptitle.get_text()
    )
    assert f"right of {len(ROWS)} questions" in axes.get_xlabel()


def test_what_is_held_out_is_not_learned_from(library):
    held = lessons(library, build_prompt, held_out(library))
    known = lessons(library, build_prompt)
    asked = {one.prompt for one in known}
    assert len(held) + len(known) == int((library.right >= 0).sum())
    assert not asked & {one.prompt for one in held}


@pytest.mark.trained
def test_smollm2_finds_as_likely_what_was_recorded(library):
    try:
        reader = Reader.smollm2()
    except models.NotHere as missing:
        pytest.skip(str(missing))
    row = ROWS[0]
    number = row["question"]
    prompt = build_prompt(INSTRUCTION, library.asked[number], [library.evidence(number)], LIMIT)
    total, mean = reader.log_probs(prompt, row["options"], answer_log_prob)
    assert torch.allclose(total, torch.tensor(row["right"]["sum"]), atol=0.05)
    assert torch.allclose(mean, torch.tensor(row["right"]["mean"]), atol=0.02)


def test_qlora_was_recorded_as_the_bench_does_it():
    assert len(ADAPTED["losses"]) == ADAPTED["steps"] == adapting.STEPS
    assert [(look["model"], look["steps"]) for look in ADAPTED["held_out"]] == [
        ("as it is", 0), ("in four bits", 0),
        *(("adapted", steps) for steps in range(adapting.LOOK, adapting.STEPS + 1, adapting.LOOK)),
    ]  # fmt: skip


def test_four_bits_cost_a_little_and_the_loss_falls_most_in_the_first_half():
    whole, four_bits, middle, last = (look["loss"] for look in ADAPTED["held_out"])
    assert whole < four_bits < whole + 0.2
    assert last < four_bits - 0.5
    assert four_bits - middle > 0.5
    assert last > middle - 0.1  # after the first half it falls no further
    title = draw_adapted(ADAPTED, 20).figure._suptitle.get_text()
    assert f"costs {last:.2f} nats, not {four_bits:.2f}" in title
