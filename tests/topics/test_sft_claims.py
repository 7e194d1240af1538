"""What notebook 10 says of its recorded tunings, its lessons and its data is true."""

import doctest
import itertools
import re
from dataclasses import replace

import matplotlib as mpl
import pytest
import torch
from matplotlib import pyplot as plt

from gradelib.lab.village import obeys
from gradelib.topics.sft import pictures, playground, questions, results
from gradelib.topics.sft.assistant import asked, instructions, taught
from gradelib.topics.sft.playground import ChatBox, smollm2
from gradelib.topics.sft.questions import HONEST, lessons, says_so
from gradelib.topics.sft.results import (
    copied,
    invention_of,
    less_curves,
    recorded_lessons,
    recorded_rates,
    spread_of,
)
from gradelib.topics.sft.tuning import COMMAND, Plan, Tuned, obeyed_of, pace, recorded, tune
from solutions.sft.reference import (
    by_kind,
    invented,
    label_batch,
    obey_rate,
    rate_difference,
    response_mask,
    sft_loss,
)
from tests.author.test_built_notebooks import ROOT
from tests.bench import tuning

mpl.use("Agg")
STORY = (ROOT / "notebooks" / "src" / "10_sft.md").read_text(encoding="utf-8")
NOTHING, THERE = "invents, where it says nothing", "right, where it says it"


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def unseen():
    return instructions("test")


@pytest.mark.parametrize("module", [questions, results])
def test_the_examples_of_the_notebooks_own_code_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted >= 1
    assert result.failed == 0


def runs(name: str) -> list[list[bool]]:
    """Return of each seed of a recorded tuning which test instructions were obeyed."""
    return [obeyed_of(run) for run in recorded()["runs"][name].values()]


# --- what was recorded ---------------------------------------------------------------------------


def test_all_that_the_notebook_shows_was_recorded_by_the_plans_that_it_names():
    kept = recorded()
    assert kept["command"] == COMMAND
    names = {job.name for job in tuning.jobs()}
    assert set(kept["runs"]) == names
    assert replace(tuning.MINUTE, limit=Plan().limit) == Plan()
    assert replace(Plan(steps=40, rate=5e-4, warmup=4), limit=tuning.LESSON.limit) == tuning.LESSON
    assert "Plan(steps=40, rate=5e-4, warmup=4, limit=60)" in STORY
    assert f"{Plan().limit:.0f} seconds" in STORY
    assert f"on {tuning.LESSONS:,} questions" in STORY
    tested = len(instructions("test"))
    found = [run for name in names if "teach" not in name and "lesson" not in name
             for run in kept["runs"][name].values()]  # fmt: skip
    assert {len(run["obeyed"]) for run in found} == {tested}


def test_there_are_as_many_seeds_as_the_notebook_says():
    kept = recorded()["runs"]
    assert {len(seeds) for name, seeds in kept.items() if name.startswith("minute")} == {5}
    assert {len(seeds) for name, seeds in kept.items() if name.startswith(("alone", "filled"))} == {
        2
    }
    assert len(kept["long: answers"]) == 3
    assert len(kept["long: everything"]) == 2
    taught_more = [one for name, one in kept.items() if name.startswith("teach") and len(one) > 1]
    assert {len(seeds) for seeds in taught_more} == {3}
    for said in ("Two seeds of each were recorded, three of all 4,000", "with three seeds each",
                 "Five pairs are as short as yours, and two much longer"):  # fmt: skip
        assert said in STORY


def test_the_base_obeys_nearly_only_where_a_length_is_asked_for(unseen):
    rates = {kind: rate for kind, (rate, _) in recorded_rates("base", unseen, by_kind).items()}
    length = rates.pop("length")
    assert length > 0.3
    assert max(rates.values()) < 0.2
    assert sum(rates.values()) / len(rates) < 0.05


def test_a_minute_helps_and_the_checkpoint_is_far_ahead():
    (before,), (after,) = runs("base"), runs("checkpoint")
    for minute in runs("minute: answers"):
        difference, error = rate_difference(before, minute)
        assert difference > 4 * error
        assert sum(after) > 2 * sum(minute)


def test_answers_alone_are_a_little_better_after_a_minute_and_not_after_a_long_tuning():
    def apart(way: str) -> list[tuple[float, float]]:
        pairs = zip(runs(f"{way}: everything"), runs(f"{way}: answers"), strict=False)
        return [rate_difference(first, second) for first, second in pairs]

    mean, error = spread_of([difference for difference, _ in apart("minute")])
    assert 0 < 2 * error < mean < 0.06
    sure = [difference > 2 * error for difference, error in apart("minute")]
    assert sum(sure) < len(sure) / 2
    assert all(abs(difference) < 2 * error for difference, error in apart("long"))


def test_poor_answers_harm_and_more_good_ones_help_up_to_two_thousand():
    curves = less_curves()
    (good, alone, error), (more, filled, other) = curves["alone"], curves["filled"]
    assert good == [*tuning.GOOD]
    assert more == [0, *tuning.GOOD]
    for place, number in enumerate(good[:-1]):
        at = more.index(number)
        assert alone[place] - 2 * error[place] > filled[at] + 2 * other[at]
    hundred, both = alone[0], filled[more.index(2000)]
    assert abs(hundred - both) < 0.05  # "no better than"
    assert hundred > both
    assert all(low + 0.05 < high for low, high in itertools.pairwise(alone[:4]))
    assert abs(alone[4] - alone[3]) < 2 * (error[3] + error[4])


def test_who_has_seen_few_examples_recites_them():
    found = copied()
    few = [found[good] for good in tuning.GOOD[:-1]]
    assert sum(same for same, _ in few) > 0.5 * sum(stories for _, stories in few)
    assert found[4000][0] == 0


def test_a_lesson_is_cloned_down_to_the_share_of_its_honest_answers():
    rates = recorded_lessons()
    shares = {"all unanswerable ones guessed": 0, "one in four says so": 0.25,
              "half say so": 0.5, "all say so": 1}  # fmt: skip
    for name, honest in shares.items():
        rate, error = rates[name][NOTHING]
        assert abs(rate - (1 - honest)) <= 2 * error + 0.02
    only = rates["only answerable questions"]
    assert 0.85 < only[NOTHING][0] < 0.95  # "nine cases of ten"
    assert only[THERE][0] == max(group[THERE][0] for group in rates.values())
    assert rates["all say so"]["“does not say”, where it says it"][0] < 0.03
    assert rates["all say so"][THERE][0] >= rates["all unanswerable ones guessed"][THERE][0]


def test_forty_steps_teach_the_form_and_not_to_look():
    kept = recorded()["runs"]

    def share(run: dict, what: str, there: bool) -> float:
        signs = run[what][0 if there else 1 :: 2]  # every second question has no answer
        return signs.count("1") / len(signs)

    for run in kept["lesson: guesses"].values():
        assert share(run, "says so", False) == 0
        assert share(run, "right", True) < 0.15
        assert share(run, "invented", False) > 0.25
    for run in kept["lesson: says so"].values():
        assert share(run, "says so", True) > 0.6
        assert share(run, "says so", False) > 0.8


# --- the data ------------------------------------------------------------------------------------


def test_every_poor_answer_is_the_good_one_of_another_instruction_of_its_kind():
    records = instructions("train")
    answers: dict[str, set[str]] = {}
    for one in records:
        answers.setdefault(one["kind"], set()).add(one["answer"])
    assert all(one["poor_answer"] in answers[one["kind"]] for one in records)
    assert not any(obeys(one, one["poor_answer"]) for one in records)
    assert "the good answer to *another* instruction of its kind" in STORY


def test_kinds_come_in_turn_so_that_the_first_ones_hold_each_equally_often(unseen):
    (tested,) = re.findall(r"tested = unseen\[:(\d+)\]", STORY)
    kinds = [one["kind"] for one in unseen[: int(tested)]]
    assert {kinds.count(kind) for kind in set(kinds)} == {10}
    assert all(one["kind"] == kinds[place % len(kinds)] for place, one in enumerate(unseen))


def test_half_of_the_questions_have_no_answer_and_lessons_say_what_they_are_to_say():
    found = questions.questions("train", 80)
    assert [bool(one.right) for one in found] == [True, False] * 40
    assert len({one.story for one in found}) == 80
    for one in found:
        assert questions.in_the_story(one.story, one.kind) == one.right
    guessed, admitted = lessons(found, honest=0.0), lessons(found, honest=1.0)
    for one, guess, admit in zip(found, guessed, admitted, strict=True):
        if one.right:
            said = guess[-1]["content"]
            assert said == admit[-1]["content"]
            assert said[:-1].lower() == one.right[0].lower()
        else:
            assert admit[-1]["content"] == HONEST
            assert not says_so(guess[-1]["content"])
            assert invented(guess[-1]["content"], one.story, one.words)
    half = lessons(questions.questions("train", 400), honest=0.5)
    assert 70 < sum(says_so(chat[-1]["content"]) for chat in half) < 130


def test_the_space_before_a_name_is_a_part_of_its_token(assistant):
    whole = assistant.tokenize("Who? Answer: Anna.")[0]
    parts = assistant.tokenize("Who? Answer: ")[0] + assistant.tokenize("Anna.")[0]
    assert whole != parts
    assert assistant.tokenizer.decode([whole[4]]) == " Anna"


# --- models --------------------------------------------------------------------------------------


def test_the_base_is_the_decoder_with_two_rows_more(assistant):
    base, again = assistant.base(), assistant.base()
    rows = base.get_input_embeddings().weight
    old = assistant.decoder.get_input_embeddings().weight
    assert torch.equal(rows[: len(old)], old)
    assert len(rows) == len(old) + 2 == len(assistant.tokenizer)
    assert torch.equal(rows, again.get_input_embeddings().weight)
    assert not torch.equal(rows, assistant.base(1).get_input_embeddings().weight)


def test_answers_do_not_depend_on_what_is_answered_beside_them(assistant, unseen):
    chats = [taught(unseen[place])[:-1] for place in (6, 8, 10, 19)]
    together = assistant.answers(assistant.checkpoint, chats, longest=20)
    alone = [assistant.answers(assistant.checkpoint, [chat], longest=20)[0] for chat in chats]
    assert together == alone


def test_the_checkpoint_answers_here_as_it_was_recorded(assistant, unseen):
    chats = [taught(one)[:-1] for one in unseen[:11]]
    said = assistant.answers(assistant.checkpoint, chats)
    kept = recorded()["runs"]["checkpoint"]["0"]["answers"][:11]
    assert sum(a == b for a, b in zip(said, kept, strict=True)) >= 9


def test_a_tuning_learns_changes_no_other_model_and_stops_in_time(assistant):
    before = {name: weight.clone() for name, weight in assistant.decoder.state_dict().items()}
    rows = [
        response_mask(taught(one), assistant.tokenize) for one in instructions("train")[8:30:11]
    ]
    plan = Plan(steps=8, together=2, warmup=2)
    run = tune(Tuned("short", 8), assistant.base(), rows, label_batch, sft_loss, plan)
    assert run.is_whole
    assert sum(run.losses[-2:]) < sum(run.losses[:2])
    after = assistant.decoder.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)
    late = replace(plan, limit=-1.0)
    cut = tune(Tuned("cut", 8), assistant.base(), rows, label_batch, sft_loss, late)
    assert len(cut.losses) == 1
    assert not cut.is_whole


def test_the_rate_rises_and_falls():
    plan = Plan()
    rates = [pace(step, plan) for step in range(plan.steps)]
    assert max(rates) == 1
    assert rates[0] < 0.2
    assert rates[-1] < 0.01


# --- pictures ------------------------------------------------------------------------------------


def test_the_picture_of_a_minute_says_what_it_was_given(unseen):
    tested = unseen[:110]
    said = [one["answer"] if n % 2 else "" for n, one in enumerate(tested)]
    whole = Tuned("minute: answers", 2, [1.0, 0.5], 3.0)
    panels = pictures.draw_minute(whole, tested, said, obey_rate, by_kind)
    assert panels[0].figure.get_suptitle().startswith("A minute of tuning: 50% ± 10% of 110")
    assert "yours" in panels[0].figure.get_label()


def test_a_tuning_that_was_cut_is_shown_as_it_was_recorded_and_that_is_said(unseen, capsys):
    cut = Tuned("minute: answers", 80, [1.0, 0.9], 90.0)
    panels = pictures.draw_minute(cut, unseen[:110], [""] * 110, obey_rate, by_kind)
    assert "only 2 of 80 steps" in capsys.readouterr().out
    assert "(recorded)" in panels[0].figure.get_label()
    assert "of 400 obeyed" in panels[0].figure.get_suptitle()
    assert pictures.draw_losses(cut).figure.get_suptitle().startswith("Slow computer")


def test_titles_state_what_the_records_hold():
    title = pictures.title_of_less()
    good, alone, _ = less_curves()["alone"]
    (number,) = re.findall(r"^([\d,]+) good answers alone", title)
    at = good.index(int(number.replace(",", "")))
    assert f"alone: {alone[at]:.0%}" in title
    assert "99% at most, 0% at least" in pictures.draw_invention(
        recorded_lessons()
    ).figure.get_suptitle().replace("Invented where the story says nothing: ", "")
    assert "100: 0.38" in pictures.draw_less().figure.get_label()


def test_inventing_and_admitting_are_counted_where_they_belong():
    found = questions.questions("test", 4)
    right = found[0].right[0]
    said = [f"{right}.", HONEST, HONEST, "Xyz."]
    rates = {name: rate for name, (rate, _) in
             invention_of(found, said, invented, obey_rate).items()}  # fmt: skip
    assert list(rates.values()) == [0.0, 0.5, 0.5, 0.5]


# --- the chat box --------------------------------------------------------------------------------


def test_the_chat_box_shows_each_answer_and_what_is_missing(assistant):
    box = ChatBox(assistant, {"checkpoint": assistant.checkpoint}, {"echo": lambda a, b: a + b},
                  "SmolLM2 is not here.")  # fmt: skip
    page = box.page("Name two animals of the village. <b>", "")
    assert "checkpoint" in page
    assert "&lt;b&gt;" in page
    assert "SmolLM2 is not here." in page
    assert "letters" not in page
    assert "Only 300 letters" in box.page("Say " + "it " * 200, "")


def test_what_is_not_fetched_is_told_in_one_line(monkeypatch):
    from gradelib.lab import models

    def missing(name: str) -> None:
        raise models.NotHere(f"{name} is not here yet")

    monkeypatch.setattr(models, "shared", missing)
    assert smollm2() == (None, "smollm2 is not here yet")
    assert asked("Who?", "Mia slept.")[0]["content"] == "Who?\n\nMia slept."
    assert playground.NEW < 256
