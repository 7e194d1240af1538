"""What notebook 11 shows of runs: those trained there, cut ones, and one that was recorded."""

import re

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from gradelib.lab.text import WIDE
from gradelib.topics.rlhf.pictures import (
    claim,
    draw_overoptimization,
    draw_run,
    say_slow,
    show_parts,
    show_stories,
    whole,
)
from gradelib.topics.rlhf.training import Round, Run, recorded_parts
from tests.author.test_built_notebooks import ROOT

mpl.use("Agg")
STORY = (ROOT / "notebooks" / "src" / "11_rlhf.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def a_run(name: str, true: list[float]) -> Run:
    rounds = [Round(1.0 + at, value, 4.0 * at, 0.1, "Mia slept.") for at, value in enumerate(true)]
    return Run(name, len(true), rounds, 3.0)


def test_a_title_states_hacking_only_where_there_is_some():
    hacked = a_run("PPO without KL", [1.0, 1.5, 1.6, 0.5, -0.5, -1.0])
    honest = a_run("PPO with KL", [1.0, 1.2, 1.4, 1.5, 1.6, 1.7])
    assert claim([hacked, honest]).startswith("“PPO without KL”: learned reward 1.5 to 5.5, true")
    assert claim([honest]) == "What is learned, and what is true, as the policy goes further"
    few = ([0.0, 0.2], [1.0, 1.4], [1.0, 1.2])
    panels = draw_overoptimization(few, [hacked, honest])
    assert "PPO without KL: learned from" in panels[0].figure.get_label()
    draw_run(honest)


def test_a_run_that_was_cut_is_shown_as_it_was_recorded_and_the_title_says_so(monkeypatch, capsys):
    cut = a_run("PPO without KL", [1.0, 1.5])
    cut.planned = 9
    assert len(whole(cut).rounds) == whole(cut).planned
    title = draw_run(cut)[0].figure.get_suptitle()
    assert title.startswith("Slow computer: 2 of 9 rounds")
    assert title.endswith("This is a recorded run")
    assert claim([cut]).startswith("Slow computer, recorded runs. ")
    said: list[str] = []
    monkeypatch.setattr(
        "gradelib.topics.rlhf.pictures.show_table", lambda columns, title: said.append(title)
    )
    show_stories(cut)
    say_slow([cut, cut, cut])
    lines = capsys.readouterr().out.splitlines()
    assert any("2 of 9 rounds of “PPO without KL”" in line for line in lines)
    assert all(len(line) <= WIDE for line in lines)
    assert said == ["PPO without KL: stories as it changes (slow computer: a recorded run)"]


def test_a_run_that_nobody_trained_here_is_shown_as_recorded_and_no_computer_is_called_slow(
    monkeypatch, capsys
):
    absent, made = Run("PPO on the truth", 16), a_run("PPO with KL", [1.0, 1.2, 1.4])
    title = draw_run(absent)[0].figure.get_suptitle()
    assert title == "PPO on the truth: a run that was recorded"
    assert claim([made, absent]) == claim([made])
    few = ([0.0, 0.2], [1.0, 1.4], [1.0, 1.2])
    panels = draw_overoptimization(few, [made, absent])
    names = [text.get_text() for text in panels[1].get_legend().get_texts()]
    assert names == ["best of n", "PPO with KL", "PPO on the truth (recorded)"]
    said: dict[str, dict[str, list[object]]] = {}
    monkeypatch.setattr(
        "gradelib.topics.rlhf.pictures.show_table",
        lambda columns, title: said.update({title: columns}),
    )
    show_stories(absent)
    assert list(said) == ["PPO on the truth (recorded): stories as it changes"]
    capsys.readouterr()
    say_slow([made, absent])
    assert capsys.readouterr().out == ""
    show_parts({"PPO with KL": ["Mia lost her key. Tom found it."]}, "parts", [made, absent])
    shown = said["parts"]["PPO on the truth (recorded)"]
    kept = recorded_parts("PPO on the truth")
    assert shown == [f"{value:+.2f}" for value in [*kept.values(), sum(kept.values())]]
    assert list(said["parts"]) == ["quality", "PPO with KL", "PPO on the truth (recorded)"]


def test_the_notebook_trains_two_runs_and_shows_the_third_as_recorded():
    third = STORY[STORY.index("BY_YOURS = False") :]
    assert third.index("if BY_YOURS:") < third.index("run_rounds(finer")
    assert len(re.findall(r"^    run_rounds\(", STORY, re.MULTILINE)) == 2
