"""What notebook 06 shows of stories: titles that say what came out, tables, slow computers."""

import re

import matplotlib.pyplot as plt
import pytest
import torch

import solutions.sampling.reference as ours
from gradelib.lab import alt_text
from gradelib.topics.sampling.library import compare_processors, library_says
from gradelib.topics.sampling.pictures import (
    show_draws,
    show_heat,
    show_kept,
    show_likelihoods,
    show_repetition,
)
from gradelib.topics.sampling.stories import Point, Tales, never_ending, until_end
from gradelib.topics.sampling.tables import Survey, show_cuts
from tests.topics.small_voice import small_voice


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def voice():
    return small_voice()


def unwritten(*given, **how):
    raise NotImplementedError


# --- titles say what is drawn ---------------------------------------------------------------------


def title(axes) -> str:
    return axes.figure.get_suptitle()


def test_the_title_of_the_dial_claims_only_what_came_out():
    rising = [Point("T = 0.5", 40, 90), Point("T = 1", 60, 50)]
    assert title(show_heat(rising)).startswith("The hotter, the more different")
    nothing_changes = [point._replace(different=2, right=91) for point in rising]
    for points in ([*rising, Point("T = 2", 70, 60)], rising[:1], nothing_changes):
        assert (
            title(show_heat(points))
            == "How different stories are, and how right, at some temperatures"
        )


def test_the_title_of_draws_says_how_far_off_they_are():
    logits = torch.tensor([0.5, 0.3, 0.2, *[1e-9] * 7]).log()
    drawn = torch.multinomial(logits.exp(), 1000, replacement=True)
    assert title(show_draws(drawn, logits, str)).startswith("1,000 draws come within")
    always = torch.zeros(1000, dtype=torch.long)
    assert (
        title(show_draws(always, logits, str))
        == "These draws are up to 50 percentage points off the probabilities"
    )


def test_what_comes_out_of_drafts_is_held_against_the_target():
    target = torch.tensor([0.5, 0.3, 0.2, *[0.0] * 5])
    drafted = torch.tensor([0] * 80 + [1] * 20)
    taken = torch.tensor([0] * 49 + [1] * 31 + [2] * 20)
    assert "up to 30.0 percentage points" in title(show_kept(drafted, taken, target, str))
    assert "(yours) up to 1.0" in title(show_kept(drafted, taken, target, str))


def test_the_title_on_repetition_gives_the_numbers():
    axes = show_repetition({"counting": [1, 1, 1, 1]}, [[1, 2, 3, 4]], ours.repetition_rate)
    assert title(axes) == "Repeated within 64 tokens: counting 75 %, real stories 0 %"


def test_the_title_on_likelihoods_counts():
    axes = show_likelihoods({"greedy": [-5.0], "drawn": [-9.0, -4.0], "told": [-6.0, -7.0]})
    assert title(axes) == "The greedy story is likelier than 1 of 2 drawn and 2 of 2 told"
    assert "drawn: from -9 to -4" in alt_text.describe(axes.figure)


def test_a_cut_that_is_no_better_is_not_praised(capsys):
    heat = [Point("T = 0.5", 40, 90), Point("T = 1", 60, 50)]
    show_cuts(heat, [Point("top-k, k = 20", 50, 60), Point("min-p, m = 0.1", 50, 80)])
    told = capsys.readouterr().out
    assert (
        "top-k, k = 20: 60 % right; a temperature with stories as different: 70 % (not beyond"
        in told
    )
    assert (
        "min-p, m = 0.1: 80 % right; a temperature with stories as different: 70 % (beyond" in told
    )


# --- stories and surveys --------------------------------------------------------------------------


def tales(voice, **how):
    return Tales(voice, ours.generate, ours.sample, ours.distinct_n, count=2, **how)


def test_a_slow_computer_measures_what_it_can_and_says_so(voice, capsys):
    settings = {"one": lambda logits: logits, "two": lambda logits: logits}
    assert [point.name for point in tales(voice).measure(settings)] == ["one", "two"]
    assert capsys.readouterr().out == ""
    assert [point.name for point in tales(voice, seconds=0.0).measure(settings)] == ["one"]
    assert "Slow computer: after 0 seconds of work 1 of 2 settings are measured." in (
        capsys.readouterr().out
    )


def test_without_an_end_a_text_goes_on(voice):
    ids = ours.generate(
        never_ending(voice.next_logits, voice.end),
        voice.encode("ab"),
        lambda logits, _: ours.greedy(logits),
        9,
        voice.end,
    )
    assert ids.shape == (1, 12)
    assert voice.end not in ids[0, 1:].tolist()


def test_what_stands_behind_the_end_is_no_part_of_a_text():
    assert until_end([0, 5, 0, 0], end=0) == [0, 5, 0]
    assert until_end([0, 5, 6], end=0) == [0, 5, 6]
    assert until_end([0, 5, 0, 6, 0], end=0, first=3) == [0, 5, 0, 6, 0]


def test_the_library_gives_the_same_ids_greedily_and_from_the_same_dice(voice):
    ids = voice.encode("ab")
    mine = ours.generate(voice.next_logits, ids, lambda z, _: ours.greedy(z), 12, voice.end)
    assert mine.equal(library_says(voice, ids, 12))
    torch.manual_seed(4)
    theirs = library_says(voice, ids, 12, do_sample=True, temperature=0.8, top_k=9, top_p=0.9)
    dice = torch.Generator().manual_seed(4)
    mine = ours.generate(
        voice.next_logits, ids, lambda z, _: ours.sample(ours.warp(z, 0.8, 9, 0.9), dice), 12, 0
    )
    assert mine.equal(theirs)


def test_rows_that_differ_from_the_library_are_counted(voice, capsys):
    ids = torch.cat([voice.encode("ab"), voice.encode("cd")])
    logits = voice.next_logits(ids)
    compare_processors(logits, ids, temperature=lambda z, T: z, repetition_penalty=unwritten)
    compare_processors(logits, ids, no_repeat_ngram=ours.no_repeat_ngram)
    told = capsys.readouterr().out
    assert re.search(r"temperature 0.7 +as in the library: 0 of 2 rows", told)
    assert "The line for repetition_penalty will appear once" in told
    assert re.search(r"no_repeat_ngram 2 +as in the library: 2 of 2 rows", told)


def survey(repetition_penalty):
    def nats(ids, first, voice):
        row = torch.tensor([ids])
        return ours.sequence_log_probability(voice.all_logits(row), row, first).item()

    ways = {
        "greedy": lambda logits, ids: ours.greedy(logits),
        "greedy, penalty": lambda logits, ids: ours.greedy(repetition_penalty(logits, ids, 1.3)),
    }
    measures = nats, ours.repetition_rate, ours.distinct_n
    return Survey(ways, ours.generate, ours.beam_search, *measures)


def test_a_survey_goes_without_what_is_extra_and_not_written(voice, capsys):
    survey(ours.repetition_penalty).show(voice, "ab", 5, times=2)
    assert "Left out" not in capsys.readouterr().out
    survey(unwritten).show(voice, "ab", 5, times=2)
    told = capsys.readouterr().out
    assert "Left out, since not written yet: greedy, penalty." in told
    assert "Least surprised by its own text:" in told
