"""What notebook 09 says of the crawl, of recorded runs, of models and of scaling is true."""

import doctest
import itertools
import json
import re
from dataclasses import asdict, replace

import matplotlib as mpl
import pytest
import torch
from matplotlib import pyplot as plt

from gradelib.topics.pretraining import pictures, playground
from gradelib.topics.pretraining.crawl import copies_of, documents, hash_functions, is_good
from gradelib.topics.pretraining.facts import CORPORA, DEVICES, LAWS, MODELS, RUNS
from gradelib.topics.pretraining.pictures import (
    draw_bands,
    draw_copies,
    draw_estimates,
    draw_pretraining,
    draw_rate,
    shares_of_copies,
)
from gradelib.topics.pretraining.playground import RunCalculator
from gradelib.topics.pretraining.scaling import (
    BUDGETS,
    T80,
    T95,
    draw_budgets,
    draw_floor,
    draw_prediction,
    runs_at,
)
from gradelib.topics.pretraining.training import (
    PROMPT,
    RECORDED,
    Curve,
    Recipe,
    Stories,
    new_model,
    pretrain,
    recorded,
    run_lengths,
    unseen_loss,
)
from gradelib.topics.pretraining.words import PRIME
from solutions.pretraining.reference import (
    broken_rules,
    clusters,
    compute_optimal,
    count_parameters,
    fit_power_law,
    jaccard,
    lsh_pairs,
    minhash,
    pack,
    precision_recall,
    predict_loss,
    rate_at,
    shingles,
    training_cost,
    training_memory,
)
from tests.author.test_built_notebooks import ROOT
from tests.bench import pretraining as bench

mpl.use("Agg")
STORY = (ROOT / "notebooks" / "src" / "09_pretraining.md").read_text(encoding="utf-8")
PROSE = " ".join(re.sub(r"```.*?```", "", STORY, flags=re.DOTALL).split())
WITH, REMOVED, OTHERS = bench.ARMS


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def crawled():
    return documents("train")


@pytest.fixture(scope="module")
def found(crawled):
    """Return the sets of shingles and the candidates, as the notebook makes them."""
    sets = [shingles(one["text"], 3) for one in crawled]
    a, b = hash_functions(64)
    return sets, lsh_pairs(torch.stack([minhash(one, a, b) for one in sets]), 16)


def title(panels) -> str:
    axes = panels if not isinstance(panels, list) else panels[0]
    return axes.figure.get_suptitle()


@pytest.mark.parametrize("module", [pictures, playground])
def test_the_examples_of_the_notebooks_own_pictures_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted >= 1
    assert not result.failed


# --- the crawl ---------------------------------------------------------------------------------


def test_the_rules_are_right_about_most_and_let_adverts_and_banners_through(crawled):
    kept = [not broken_rules(one["text"], 20) for one in crawled]
    good = [is_good(one) for one in crawled]
    precision, recall = precision_recall(kept, good)
    assert precision > precision_recall([True] * len(good), good)[0] + 0.15
    assert recall > 0.9
    for kind in ("advert", "cookie", "mixed"):
        through = [k for k, one in zip(kept, crawled, strict=True) if one["kind"] == kind]
        assert sum(through) / len(through) > 0.8


def test_four_times_as_many_numbers_halve_the_error(crawled, found):
    sets, known = found[0], copies_of(crawled)
    a, b = hash_functions(256)
    true = [jaccard(sets[i], sets[j]) for i, j in known.pairs]
    same = [minhash(sets[i], a, b) == minhash(sets[j], a, b) for i, j in known.pairs]
    off = {}
    for n in (16, 64, 256):
        said = [one[:n].float().mean().item() for one in same]
        off[n] = sum(abs(s - t) for s, t in zip(said, true, strict=True)) / len(true)
    assert off[16] / off[64] == pytest.approx(2, rel=0.25)
    assert off[64] / off[256] == pytest.approx(2, rel=0.25)


def test_a_second_look_at_candidates_leaves_right_pairs_alone(crawled, found):
    sets, candidates = found
    known = copies_of(crawled)
    alike = [(i, j) for i, j in candidates if jaccard(sets[i], sets[j]) >= 0.3]
    assert all(known.right(alike))
    assert 0.8 < sum(known.right(candidates)) / len(candidates) < 1
    assert known.left(clusters(candidates, len(crawled)))[1] > 0
    assert known.left(clusters(alike, len(crawled)))[1] == 0
    assert sum(known.found(alike)) == sum(known.found(candidates))


def test_products_fit_into_64_bits():
    assert (PRIME - 1) * (2**32 - 1) + PRIME - 1 < 2**63


def test_half_a_trillion_pairs():
    assert pytest.approx(0.5e12, rel=1e-3) == 10**6 * (10**6 - 1) / 2


# --- copies, as recorded -------------------------------------------------------------------------


def arms(name: str) -> list[float]:
    return [one["unseen"] for one in recorded()["copies"] if one["arm"] == name]


def test_the_recorded_runs_are_those_of_the_recipes():
    kept = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert kept["recipe"] == {**asdict(Recipe()), "limit": None}
    assert kept["larger"] == {**asdict(bench.LARGER), "limit": None}
    assert {(one["arm"], one["seed"]) for one in kept["copies"]} == {
        (arm, seed) for arm in bench.ARMS for seed in range(bench.SEEDS)
    }
    assert "with four seeds" in PROSE
    assert bench.SEEDS == 4
    assert all(one.is_whole for one in recorded()["curves"].values())


def test_losses_with_copies_and_without_are_as_the_story_says():
    for arm, said in ((WITH, "0.72"), (OTHERS, "0.67"), (REMOVED, "1.06")):
        assert f"{sum(arms(arm)) / len(arms(arm)):.2f}" == said
        assert said in PROSE
    assert max(arms(OTHERS)) < min(arms(WITH)) < max(arms(WITH)) < min(arms(REMOVED))
    steps = {one["arm"]: one["steps"] for one in recorded()["copies"] if one["seed"] == 0}
    assert steps[REMOVED] == 561
    assert all(950 < steps[arm] < 1050 for arm in (WITH, OTHERS))


def test_stories_come_back_word_for_word_by_the_number_of_their_copies():
    shares = shares_of_copies(recorded(), WITH)
    assert shares[256] > 0.9
    assert 0.15 < shares[64] < 0.25
    assert max(shares[n] for n in (1, 4, 16)) < 0.02
    for arm in (REMOVED, OTHERS):
        assert set(shares_of_copies(recorded(), arm).values()) == {0.0}


def test_two_in_five_stories_are_copies():
    copies = bench.WATCHED * sum(times - 1 for times in bench.TIMES)
    assert copies / bench.ROWS == pytest.approx(0.42, abs=0.01)
    rows = [[number] for number in range(bench.ROWS + 500)]
    for arm, size in ((WITH, bench.ROWS), (REMOVED, bench.ROWS - copies), (OTHERS, bench.ROWS)):
        made, groups = bench.corpus(arm, rows, seed=0)
        assert len(made) == size
        for times, group in groups.items():
            assert all(made.count(row) == (times if arm == WITH else 1) for row in group[:2])


def test_the_title_of_the_copies_is_computed():
    assert (
        "256 times in the text: 96% come back word for word; with the copies removed, 0%"
        in title(draw_copies())
    )


def test_a_run_of_right_tokens_is_what_greedy_decoding_writes():
    torch.manual_seed(0)
    model = new_model(replace(Recipe(), layers=1, d_model=16, heads=2, length=64), 7).eval()
    rows = torch.randint(1, 7, (5, 30)).tolist()
    for row in rows[:3]:  # some that the model goes on with by itself, for a while
        ids = [0, *row[:PROMPT]]
        for _ in range(9):
            ids.append(int(model(input_ids=torch.tensor([ids])).logits[0, -1].argmax()))
        row[PROMPT : PROMPT + 9] = ids[PROMPT + 1 :]
    found = run_lengths(model, rows, end=0)
    for row, length in zip(rows, found, strict=True):
        ids = [0, *row[:PROMPT]]
        for token in [*row[PROMPT:], 0]:
            if int(model(input_ids=torch.tensor([ids])).logits[0, -1].argmax()) != token:
                break
            ids.append(token)
        assert length == len(ids) - 1 - PROMPT
    assert max(found) >= 9


# --- a minute of pretraining ---------------------------------------------------------------------


def test_a_short_run_learns_and_a_cut_one_says_so():
    stories = Stories()
    recipe = replace(
        Recipe(), layers=1, d_model=32, heads=2, length=64, blocks=2, steps=30, warmup=5
    )
    blocks = pack(stories.ids(stories.texts("train", 100)), recipe.length, stories.end)
    model = new_model(recipe, stories.size)
    curve = pretrain(model, blocks, recipe, rate_at)
    assert curve.is_whole
    assert curve.losses[-1] < curve.losses[0] - 0.3
    whole = draw_pretraining(Curve(3, 10, [3.0, 2.0, 1.0]), 0.3)
    cut = draw_pretraining(Curve(3, 10, [3.0, 2.0]), 0.3)
    assert "Slow computer (2 of 3 steps), a recorded run" in title(cut)
    assert "Slow" not in title(whole)
    again = pretrain(new_model(recipe, stories.size), blocks, replace(recipe, limit=0.0), rate_at)
    assert not again.is_whole


def test_the_loss_of_unseen_stories_is_what_it_should_be():
    recipe = replace(Recipe(), layers=1, d_model=16, heads=2, length=64)
    model = new_model(recipe, 9).eval()
    rows = [[1, 2, 3], [4, 5, 6, 7, 8]]
    total, count = 0.0, 0
    for row in rows:
        ids = torch.tensor([[0, *row, 0]])
        found = model(input_ids=ids).logits[0, :-1].log_softmax(-1)
        total -= found.gather(1, ids[0, 1:, None]).sum().item()
        count += len(row) + 1
    assert unseen_loss(model, rows, 0) == pytest.approx(total / count, rel=1e-5)


def test_no_recorded_run_is_below_the_entropy_and_the_longer_one_is_nearer():
    kept = recorded()
    minute, longer = kept["curves"]["a minute"], kept["curves"]["longer"]
    assert kept["floor"] < longer.unseen < minute.unseen
    assert all(one["unseen"] > one["floor"] for one in kept["copies"])


# --- what a run costs ----------------------------------------------------------------------------


def test_models_and_runs_have_the_same_weights():
    counts = {name: count_parameters(config) for name, config in MODELS.items()}
    assert {run.parameters for run in RUNS} <= set(counts.values())
    smol = MODELS["SmolLM2-135M"]
    share = smol["vocab_size"] * smol["hidden_size"] / counts["SmolLM2-135M"]
    assert share == pytest.approx(0.2, abs=0.02)


def test_reported_hours_fit_30_to_50_percent_of_the_peak():
    for run in RUNS:
        ideal = training_cost(run.parameters, run.tokens, 1, DEVICES[run.device], 1.0, 1.0)
        assert 0.3 < ideal["days"] * 24 / run.hours < 0.5


def test_corpora_grow_and_seven_billion_weights_take_112_gigabytes():
    assert [tokens for *_, tokens, _ in CORPORA] == sorted(tokens for *_, tokens, _ in CORPORA)
    kept = training_memory(7 * 10**9, 0, 1, 1, 1, 1)
    assert sum(kept.values()) == 112e9
    assert kept["weights"] == 28e9


def test_the_calculator_opens_on_a_run_and_says_its_numbers():
    page = RunCalculator(training_cost, training_memory, compute_optimal).page(
        6.7e9, 1e12, "A100", 1024, 0.4, 2.0
    )
    for said in ("4.02e+22", "3.6 days", "178,953 dollars", "107 GB", "149.3"):
        assert said in page


# --- scaling -------------------------------------------------------------------------------------


def predicted(budget: int, t: float) -> tuple[float, float, float]:
    runs = runs_at(budget)
    low, middle, high = predict_loss(*runs.small, runs.largest[0], t)
    return low - runs.floor, middle - runs.floor, high - runs.floor


def gap(budget: int) -> float:
    return runs_at(budget).largest[1] - runs_at(budget).floor


def test_two_lines_land_and_two_do_not():
    off = [predicted(budget, T95)[1] / gap(budget) - 1 for budget in BUDGETS]
    assert [f"{share:+.0%}" for share in off] == ["+2%", "-28%", "-4%", "-42%"]
    assert title(draw_prediction(BUDGETS, fit_power_law, predict_loss)).startswith("2 of 4 lines")


def test_intervals_are_as_the_story_says():
    inside = {t: [] for t in (T80, T95)}
    for t, budget in itertools.product(inside, BUDGETS):
        low, _, high = predicted(budget, t)
        inside[t].append(low <= gap(budget) <= high)
    assert inside == {T80: [True, False, True, False], T95: [True] * 4}
    low, _, high = predicted(BUDGETS[3], T95)
    assert low / gap(BUDGETS[3]) == pytest.approx(0.2, abs=0.03)
    assert 1.7 < high / gap(BUDGETS[3]) < 2
    assert f"{gap(BUDGETS[3]):.3f}" == "0.016"


def test_there_are_84_runs_of_which_four_are_fitted_at_each_budget():
    for budget in BUDGETS:
        assert len(runs_at(budget).sizes) == 7
        assert len(runs_at(budget).small[0]) == 4
        assert runs_at(budget).largest[0] > 5e6
    assert f"{runs_at(BUDGETS[0]).floor:.2f}" == "0.17"
    slopes = [-fit_power_law(*runs_at(budget).small)[1] for budget in BUDGETS]
    assert (round(max(slopes), 1), round(min(slopes), 1)) == (-0.3, -1.2)


def test_without_the_floor_the_next_size_comes_out_below_the_entropy():
    said = title(draw_floor((BUDGETS[0], BUDGETS[3]), fit_power_law))
    assert re.search(r"would come to 0\.1\d at 8 million: below the entropy", said)


def test_compute_optimal_sizes_are_as_the_story_says():
    sizes = {
        name: [compute_optimal(f, law.a, law.alpha, law.b, law.beta)[0] for f in (5.8e23, 3.8e25)]
        for name, law in LAWS.items()
    }
    first, later = sizes.values()
    assert round(first[0] / 1e9) == 32
    assert later[0] / 1e9 == pytest.approx(70, abs=3)
    assert 5.8e23 / 6 / later[0] ** 2 == pytest.approx(20, abs=2)
    assert later[1] / first[1] == pytest.approx(2.9, abs=0.1)
    assert pytest.approx(5.8e23, rel=0.02) == 6 * 70e9 * 1.4e12
    assert 15e12 / count_parameters(MODELS["Llama 3 8B"]) == pytest.approx(1900, abs=100)


def test_a_larger_size_passes_a_smaller_one_as_operations_grow():
    assert title(draw_budgets()) == (
        "Best are 0.13 million weights with 4e12 operations, "
        "0.54 million weights with 3e13 operations"
    )


def test_the_other_pictures_are_drawn():
    draw_estimates([0.3, 0.8], {16: [0.25, 0.8], 64: [0.3, 0.8]})
    draw_bands([(0.35, 0.2), (0.55, 0.8), (0.95, 1.0)], 16, 4)
    assert "rises for 30 steps" in title(draw_rate(rate_at, Recipe()))
