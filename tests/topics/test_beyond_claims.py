"""What notebook 12 says of its recorded runs, of its search, and of its road is true."""

import doctest
import re

import matplotlib as mpl
import numpy as np
import pytest
import torch
from matplotlib import pyplot as plt

from gradelib.lab import data, models
from gradelib.lab.storyteller import Storyteller, preferences
from gradelib.topics.beyond import library as library_module
from gradelib.topics.beyond import pictures
from gradelib.topics.beyond.adapting import LIMIT
from gradelib.topics.beyond.library import OVERLAP, SIZE, Library, words_of
from gradelib.topics.beyond.own_answers import OwnAnswers
from gradelib.topics.beyond.pictures import (
    draw_abstaining,
    draw_equal_distance,
    draw_intervals,
    draw_pairs,
    recorded_steps,
    recorded_wins,
    whole,
)
from gradelib.topics.beyond.playground import SearchPlayground
from gradelib.topics.beyond.training import (
    Functions,
    Plan,
    Run,
    Step,
    recorded,
    train,
    unseen_prompts,
)
from solutions.beyond.reference import (
    abstain,
    answer_log_prob,
    bm25,
    build_prompt,
    chunk,
    dpo_loss,
    fuse,
    hit_rate,
    top_k,
    wilson,
)
from tests.author.test_built_notebooks import ROOT
from tests.bench import directly

mpl.use("Agg")
STORY = (ROOT / "notebooks" / "src" / "12_beyond.md").read_text(encoding="utf-8")
POLICIES = recorded()["policies"]
GENTLE = ("its own pairs, 1e-4", "the grammar's pairs, 1e-4")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def searches(library):
    kept = library.recorded_vectors()
    assert kept is not None
    cosines, near = top_k(*kept, 10)
    documents = [words_of(text) for text in library.titled]
    scores = torch.tensor([bm25(words_of(text), documents) for text in library.asked])
    worded = scores.topk(10).indices
    both = zip(near.tolist(), worded.tolist(), strict=True)
    fused = torch.tensor([fuse([one, other])[:10] for one, other in both])
    return cosines, {"BM25": worded, "vectors": near, "fused": fused}


def stories(way: str, seed: str = "0") -> list[dict]:
    return POLICIES[way][seed]["stories"]


def test_the_examples_of_the_notebooks_own_modules_are_true():
    result = doctest.testmod(library_module)
    assert result.attempted >= 1
    assert result.failed == 0


# --- DPO -----------------------------------------------------------------------------------------


def test_in_all_recorded_runs_both_endings_fall_and_most_won_pairs_are_displaced():
    for way in directly.WAYS:
        for one in POLICIES[way].values():
            last = one["steps"][-1]
            assert last["rejected"] < last["chosen"] < 0
            assert last["displaced"] > 0.6 * last["won"]


def test_each_is_better_than_the_decoder_for_a_while_and_most_break_down():
    ends = []
    for way in directly.WAYS:
        for one in POLICIES[way].values():
            true = [row["true"] for row in one["stories"]]
            assert max(true) > true[0] + 0.2
            ends.append(true[-1] < true[0])
    assert sum(ends) > len(ends) / 2


def test_the_share_of_pairs_won_tells_nothing_of_a_breakdown():
    steps = recorded_steps("the grammar's pairs, 5e-4")
    assert steps[-1].won > 0.6
    assert stories("the grammar's pairs, 5e-4")[-1]["true"] < stories("best of n")[0]["true"] - 2


def test_at_the_low_rate_all_are_better_after_72_steps_and_half_of_them_in_the_end():
    decoder = stories("best of n")[0]["true"]
    kept = {}
    for way in ("its own pairs, 1e-4", "the grammar's pairs, 1e-4"):
        runs = [one["stories"] for one in POLICIES[way].values()]
        assert len(runs) == 3
        early = [row for rows in runs for row in rows if row["done"] == 72]
        assert all(row["true"] > decoder + 0.5 and row["distance"] < 3 for row in early)
        for rows in runs:
            start, highest, last = rows[0]["true"], max(row["true"] for row in rows), rows[-1]
            assert last["true"] < start or last["true"] - start > (highest - start) / 2
        kept[way] = sum(rows[-1]["true"] > rows[0]["true"] for rows in runs)
    assert [*kept.values()] == [2, 1]


def test_the_best_of_n_comes_highest_and_nearest():
    best = max(stories("best of n"), key=lambda row: row["true"])
    for way in POLICIES.keys() - {"best of n"}:
        for one in POLICIES[way].values():
            assert max(row["true"] for row in one["stories"]) < best["true"]
    assert best["distance"] < 2


PPO = [(way, seed) for way in directly.PPO for seed in POLICIES[way]]


def test_between_one_and_three_nats_dpo_at_the_low_rate_lies_above_ppo():
    def heights(way: str, seed: str) -> np.ndarray:
        rows = stories(way, seed)
        far = np.maximum.accumulate([row["distance"] for row in rows])
        return np.interp(np.linspace(1, 3, 21), far, [row["true"] for row in rows])

    assert len(PPO) == 6
    for seed in POLICIES["its own pairs, 1e-4"]:
        for other in PPO:
            assert (heights("its own pairs, 1e-4", seed) > heights(*other)).all()


def test_of_the_lines_that_go_further_than_nine_nats_all_but_one_come_down():
    drawn = ("PPO", "PPO without a price", "its own pairs, 1e-4", "the grammar's pairs, 1e-4",
             "its own pairs, 5e-4")  # fmt: skip
    down = []
    for way in drawn:
        for seed in POLICIES[way]:
            rows = stories(way, seed)
            far = [row["true"] for row in rows if row["distance"] > 9]
            down += [min(far) < max(row["true"] for row in rows) - 0.1] if far else []
    assert down.count(False) == 1
    assert len(down) > 10


def test_the_story_says_what_the_bench_records():
    assert f"{directly.STORIES} beginnings" in STORY
    assert f"{directly.STEPS} steps" in STORY
    said = "after " + ", ".join(map(str, directly.LOOKS[:-1])) + f" and {directly.LOOKS[-1]} steps"
    assert said in STORY
    assert set(re.findall(r'"((?:its own|the grammar\'s) pairs, \S+?)"', STORY)) <= {*POLICIES}
    assert f"chunks of {SIZE} words, of which {OVERLAP} are shared" in STORY
    assert f"{LIMIT} words together" in STORY


def test_unseen_beginnings_are_in_no_pairs_that_are_learned_from():
    known = {pair["prompt"] for kind in ("preferences", "preferences/on_policy")
             for pair in preferences("train", kind)}  # fmt: skip
    prompts = unseen_prompts(directly.STORIES)
    assert len(prompts) == len(set(prompts)) == directly.STORIES
    assert not known & set(prompts)


@pytest.mark.parametrize("way", [*directly.WAYS])
def test_a_title_says_what_became_of_both_endings(way):
    panels = draw_pairs(recorded_steps(way), way)
    assert "both endings have become less likely" in panels[0].figure._suptitle.get_text()


def test_a_title_says_that_both_rose_or_that_one_fell():
    start = Step(0, 0.69, 0.0, 0.0, 0.0, 0.0)
    for chosen, rejected, said in ((2.0, 1.0, "likelier"), (1.0, -3.0, "only the rejected")):
        steps = [start, Step(6, 0.5, chosen, rejected, 1.0, 0.0)]
        assert said in draw_pairs(steps, "a run")[0].figure._suptitle.get_text()
        plt.close("all")


def test_a_run_that_was_cut_shows_a_recorded_one_and_says_so():
    run = Run("your DPO", 20, [Step(0, 0.69, 0.0, 0.0, 0.0, 0.0)])
    steps, slow = whole(run, "its own pairs, 2e-4")
    assert slow
    assert [step.step for step in steps] == [0, 6, 12, 18]
    assert "recorded" in draw_pairs(steps, run.name, slow)[0].figure._suptitle.get_text()


def test_a_short_run_of_the_reference_learns_its_pairs():
    try:
        teller = Storyteller()
    except data.MissingData:
        pytest.skip("the tiny decoder is not in data/models: `make models` trains it")
    pairs = preferences("train", "preferences/on_policy")[:4]
    plan = Plan(rate=5e-4, steps=6, together=4, every=6, limit=float("inf"))
    run = train(
        Run("six steps", 6), teller, pairs, pairs, Functions(answer_log_prob, dpo_loss), plan
    )
    assert run.is_whole
    assert run.steps[-1].loss < run.steps[0].loss


def test_win_rates_count_all_recorded_runs():
    wins, of = recorded_wins("its own pairs, 1e-4", 72)
    assert of == 3 * directly.STORIES
    one, other = (wins / of, wilson(wins, of), None), (0.5, (0.4, 0.6), (0.45, 0.55))
    axes = draw_intervals({"one": one, "other": other})
    assert "1 of 2 are better" in axes.figure._suptitle.get_text()


def test_two_runs_win_seven_of_ten_and_the_third_one_of_eight():
    shares = sorted(stories("its own pairs, 1e-4", seed)[-1]["wins"] / directly.STORIES
                    for seed in POLICIES["its own pairs, 1e-4"])  # fmt: skip
    assert shares == pytest.approx([1 / 8, 0.7, 0.7], abs=0.04)
    assert all(len(POLICIES[way]) == 3 for way in POLICIES)


def test_the_picture_of_equal_distance_has_a_line_for_each_run():
    ways = ["best of n", "its own pairs, 1e-4"]
    axes = draw_equal_distance(ways)
    assert len(axes.lines) == sum(len(POLICIES[way]) for way in ways)
    assert "“best of n” comes highest" in axes.figure._suptitle.get_text()


# --- search --------------------------------------------------------------------------------------


def test_the_recorded_vectors_are_those_of_the_notebooks_chunks(library):
    questions, chunks = library.recorded_vectors()
    assert questions.shape == (len(library.questions), 384)
    assert chunks.shape == (len(library.chunks), 384)
    assert Library.of(chunk, size=50).recorded_vectors() is None


def test_minilm_makes_the_vectors_that_were_recorded(library):
    try:
        models.load("minilm")
    except models.NotHere as missing:
        pytest.skip(str(missing))
    questions, chunks, who = library.vectors()
    kept = library.recorded_vectors()
    assert who == "MiniLM"
    assert torch.allclose(questions, kept[0], atol=2e-3)
    assert torch.allclose(chunks, kept[1], atol=2e-3)


def test_vectors_find_more_than_words_and_fusion_gains_little(library, searches):
    rates = {
        name: [hit_rate(library.owners[found], library.right, k) for k in (1, 3, 5)]
        for name, found in searches[1].items()
    }
    assert all(v > w + 0.15 for v, w in zip(rates["vectors"], rates["BM25"], strict=True))
    assert rates["fused"][0] <= rates["vectors"][0]
    assert all(abs(f - v) < 0.04 for f, v in zip(rates["fused"], rates["vectors"], strict=True))


def test_the_right_chunk_holds_the_answer(library):
    for number, row in enumerate(library.questions):
        if row["page"] is not None:
            assert row["answer"] in library.evidence(number)
            options, place = library.options(number)
            assert len(set(options)) == 4
            assert options[place] == row["answer"]


def test_who_answers_less_is_right_more_often_and_questions_without_a_page_come_near(
    library, searches
):
    cosines, found = searches[0][:, 0], searches[1]["vectors"][:, 0]
    right = library.owners[found] == library.right
    every = abstain(cosines, right, -1.0)
    half = abstain(cosines, right, cosines.median().item())
    quarter = abstain(cosines, right, cosines.quantile(0.75).item())
    assert half[1] > every[1] + 0.1
    assert quarter[1] < half[1] + 0.08
    nowhere = library.right == -1
    assert (cosines[nowhere] > cosines[~nowhere].quantile(0.25)).sum() >= 3
    axes = draw_abstaining(cosines, right, abstain)
    assert f"{every[1]:.0%}" in axes.figure._suptitle.get_text()


def test_the_playground_searches_by_words_where_there_are_no_vectors(library, monkeypatch):
    def missing(name: str):
        raise models.NotHere("not here")

    monkeypatch.setattr(models, "load", missing)
    kept = library.recorded_vectors()
    page = SearchPlayground(library, kept[1], bm25, top_k, fuse, build_prompt)
    assert "by words alone" in page.page("Is MASK a <b>token</b>?", 3)
    assert "<b>token" not in page.page("Is MASK a <b>token</b>?", 3)
    assert "by words and by vectors" in page.page(library.asked[48], 3)
    assert "No chunk has" in page.page("zzz", 3)


# --- the road ------------------------------------------------------------------------------------


def test_functions_of_a_notebook_are_taken_only_where_its_check_passed(tmp_path):
    import nbformat

    from gradelib.author.compose import reference_answers, student_notebook, with_answers

    answers = reference_answers(ROOT, "masks")
    notebook = with_answers(student_notebook(ROOT, "02_masks"), answers)
    nbformat.write(notebook, tmp_path / "02_masks.ipynb")
    assert OwnAnswers.of(tmp_path).functions == {}
    for cell in notebook.cells:
        if (
            cell.cell_type == "code"
            and "masks.causal_mask" in cell.source
            and "check" in cell.source
        ):
            text = "✓ passed  masks.causal_mask"
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": text})]
    nbformat.write(notebook, tmp_path / "02_masks.ipynb")
    own = OwnAnswers.of(tmp_path)
    assert [*own.functions] == ["masks.causal_mask"]
    function, mine = own.use("masks.causal_mask", lambda n: None)
    assert mine
    assert torch.equal(function(3), torch.ones(3, 3).tril().bool())
    assert not own.use("masks.attention", print)[1]
    assert own.progress[0].notebook == "02_masks"


def test_pictures_keep_a_colour_for_each_way():
    assert {*pictures.SHADES} <= {*POLICIES}
