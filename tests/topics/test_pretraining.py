"""Notebook 09: the reference agrees with datasketch, scipy, scikit-learn and transformers."""

import zlib
from itertools import combinations

import datasketch
import numpy as np
import pytest
import torch
from datasketch import minhash as datasketch_minhash
from scipy import optimize, stats
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from sklearn.metrics import jaccard_score, precision_score, recall_score
from transformers import (
    AutoConfig,
    LlamaConfig,
    LlamaForCausalLM,
    get_cosine_with_min_lr_schedule_with_warmup,
)

from data.build.crawl import filters
from data.training import scaling_fit
from gradelib.lab import data, models
from gradelib.topics.pretraining.crawl import LEAST, documents, hash_functions
from gradelib.topics.pretraining.facts import MODELS
from gradelib.topics.pretraining.measuring import measured_memory
from gradelib.topics.pretraining.scaling import BUDGETS, T80, T95, runs_at
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


def some(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def crawled():
    return documents("train")[:400]


# --- filter --------------------------------------------------------------------------------------


def test_the_rules_are_those_of_gopher_and_fineweb_as_the_data_card_measures_them(crawled):
    for one in crawled:
        text, broken = one["text"], broken_rules(one["text"], LEAST)
        words = text.split()
        known = filters.STOP_WORDS & {word.lower().strip(".,;:!?\"'“”") for word in words}
        assert ("stop words" in broken) == (len(known) < 2)
        assert ("short" in broken) == (len(words) < 20)
        if filters.gopher(text):
            assert not {"short", "letters", "stop words"} & set(broken)
        if filters.fineweb(text):
            assert "line ends" not in broken


@pytest.mark.parametrize("seed", range(5))
def test_precision_and_recall_are_those_of_scikit_learn(seed):
    kept, good = (some(seed).random((2, 30)) < 0.5).tolist()
    found = precision_recall(kept, good)
    assert found == pytest.approx((precision_score(good, kept), recall_score(good, kept)))


def test_who_keeps_nothing_keeps_nothing_wrong():
    assert precision_recall([False, False], [True, False]) == (1.0, 0.0)
    assert precision_recall([True], [False]) == (0.0, 1.0)


# --- copies --------------------------------------------------------------------------------------


def test_similarities_are_those_of_the_data_card(crawled):
    texts = {one["id"]: one["text"] for one in documents("train")}
    copies = [one for one in crawled if one["copy_of"] and one["copied"] not in ("exact", "layout")]
    assert len(copies) > 20
    for one in copies:
        found = jaccard(shingles(one["text"], 3), shingles(texts[one["copy_of"]], 3))
        assert found == pytest.approx(one["similarity"], abs=1e-3)


def test_jaccard_is_that_of_scikit_learn():
    first, second = some(1).random((2, 40)) < 0.4
    sets = ({str(k) for k in np.flatnonzero(row)} for row in (first, second))
    assert jaccard(*sets) == pytest.approx(jaccard_score(first, second))


def crc(shingle: bytes) -> int:
    return zlib.crc32(shingle)


def signed(shingled: set[str], a: torch.Tensor, b: torch.Tensor) -> datasketch.MinHash:
    """Return datasketch's signature with our hash functions, by the scheme of its version 1."""
    made = datasketch.MinHash(
        num_perm=len(a),
        hashfunc=crc,
        permutations=(a.numpy().astype(np.uint64), b.numpy().astype(np.uint64)),
        scheme="legacy",
    )
    made.update_batch([one.encode() for one in shingled])
    return made


def test_signatures_are_those_of_datasketch_with_our_prime(crawled, monkeypatch):
    monkeypatch.setattr(datasketch_minhash, "_mersenne_prime", np.uint64(PRIME))
    a, b = hash_functions(64, seed=5)
    for one in crawled[:40]:
        shingled = shingles(one["text"], 3)
        ours = minhash(shingled, a, b).numpy()
        assert (signed(shingled, a, b).hashvalues.astype(np.int64) == ours).all()


def test_estimates_are_as_good_as_datasketchs_own(crawled):
    a, b = hash_functions(256)
    sets = [shingles(one["text"], 3) for one in crawled]
    pairs = [p for p in combinations(range(120), 2) if jaccard(sets[p[0]], sets[p[1]]) > 0.05]
    off, theirs = [], []
    for one, other in pairs[:60]:
        true = jaccard(sets[one], sets[other])
        ours = (minhash(sets[one], a, b) == minhash(sets[other], a, b)).float().mean().item()
        built = [datasketch.MinHash(num_perm=256) for _ in range(2)]
        for made, number in zip(built, (one, other), strict=True):
            made.update_batch([shingle.encode() for shingle in sets[number]])
        off.append(abs(ours - true))
        theirs.append(abs(built[0].jaccard(built[1]) - true))
    assert len(off) > 20
    assert np.mean(off) < 0.03
    assert np.mean(off) == pytest.approx(np.mean(theirs), abs=0.01)


def test_candidates_are_those_of_datasketchs_index(crawled):
    a, b = hash_functions(64)
    signatures = torch.stack([minhash(shingles(one["text"], 3), a, b) for one in crawled])
    index = datasketch.MinHashLSH(num_perm=64, params=(16, 4))
    made = [
        datasketch.MinHash(num_perm=64, hashvalues=row.numpy().astype(np.uint64), scheme="legacy")
        for row in signatures
    ]
    for number, one in enumerate(made):
        index.insert(number, one)
    found = {
        (min(number, other), max(number, other))
        for number, one in enumerate(made)
        for other in index.query(one)
        if other != number
    }
    assert found
    assert lsh_pairs(signatures, 16) == sorted(found)


@pytest.mark.parametrize("seed", range(8))
def test_clusters_are_the_connected_components_of_a_graph(seed):
    drawn = some(seed).integers(50, size=(25, 2))
    graph = coo_array((np.ones(25), (drawn[:, 0], drawn[:, 1])), shape=(50, 50))
    _, labels = connected_components(graph, directed=False)
    found = clusters([tuple(pair) for pair in drawn.tolist()], 50)
    for label in set(labels.tolist()):
        members = np.flatnonzero(labels == label).tolist()
        assert {found[number] for number in members} == {min(members)}


def test_blocks_hold_each_token_once_and_in_order():
    drawn = [some(k).integers(1, 50, size=k).tolist() for k in (3, 9, 0, 4, 8)]
    blocks = pack(drawn, 4, end=0)
    row = [token for one in drawn for token in [*one, 0]]
    assert blocks.flatten().tolist() == row[: len(row) // 4 * 4]


# --- costs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_weights_of_real_models_are_counted_to_the_last_one(name):
    with torch.device("meta"):
        model = LlamaForCausalLM(LlamaConfig(**MODELS[name]))
    assert count_parameters(MODELS[name]) == model.num_parameters()


def test_the_configuration_of_smollm2_is_its_own():
    try:
        loaded = models.load("smollm2")[0]
    except models.NotHere as error:
        pytest.skip(str(error))
    said = loaded.config.to_dict()
    assert {key: said[key] for key in MODELS["SmolLM2-135M"]} == MODELS["SmolLM2-135M"]
    assert count_parameters(said) == loaded.num_parameters()


def test_operations_are_two_for_each_product_forward_and_twice_as_many_back():
    from torch.utils.flop_counter import FlopCounterMode

    config = dict(zip(MODELS["SmolLM2-135M"], (500, 64, 3, 4, 4, 160, False), strict=True))
    model = LlamaForCausalLM(LlamaConfig(**config))
    ids = torch.ones(1, 16, dtype=torch.int64)
    with FlopCounterMode(display=False) as counter:
        model(input_ids=ids, labels=ids).loss.backward()
    inside = count_parameters(config) - 500 * 64  # looking up an embedding is no product
    said = training_cost(inside, 16, 1, 1e9, 1.0, 1.0)["flops"]
    assert counter.get_total_flops() == pytest.approx(said, rel=0.05)


@pytest.mark.parametrize(("batch", "length"), [(2, 32), (3, 96)])
def test_memory_is_what_torch_keeps(batch, length):
    try:
        model = models.load("decoder")[0]
    except data.MissingData:
        pytest.skip("the tiny decoder is not in data/models: `make models` trains it")
    shape = model.config
    numbers = (shape.n_layer, shape.n_embd, shape.n_head, batch, length)
    said = training_memory(model.num_parameters(), *numbers)
    found = measured_memory(model, batch, length)
    assert {part: said[part] for part in ("weights", "gradients", "optimizer")} == {
        part: found[part] for part in ("weights", "gradients", "optimizer")
    }
    assert said["activations"] == pytest.approx(found["activations"], rel=0.005)


# --- schedule and laws ---------------------------------------------------------------------------


@pytest.mark.parametrize(("warmup", "steps"), [(0, 20), (7, 50), (1, 3)])
def test_the_rate_is_that_of_transformers(warmup, steps):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    schedule = get_cosine_with_min_lr_schedule_with_warmup(optimizer, warmup, steps, min_lr=0.03)
    for step in range(steps + 1):
        assert rate_at(step, 0.3, warmup, steps, 0.03) == pytest.approx(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()


@pytest.mark.parametrize("seed", range(5))
def test_a_fitted_law_is_scipys_line_and_the_least_of_squares(seed):
    sizes = (1e4 * 2.0 ** np.arange(6)).tolist()
    losses = (0.3 + some(seed).uniform(0.1, 2.0, size=6)).tolist()
    factor, exponent = fit_power_law(sizes, losses, 0.3)
    line = stats.linregress(np.log(sizes), np.log(np.array(losses) - 0.3))
    assert (np.log(factor), -exponent) == pytest.approx((line.intercept, line.slope))


def test_intervals_hold_as_often_as_they_say():
    luck, inside, t = some(3), 0, float(stats.t.ppf(0.9, 3))
    sizes, new = [1e4, 2e4, 4e4, 8e4, 1.6e5], 1e6
    for _ in range(2000):
        gaps = [40 * size**-0.4 * np.exp(0.1 * luck.normal()) for size in (*sizes, new)]
        *losses, unseen = (0.2 + gap for gap in gaps)
        low, _, high = predict_loss(sizes, losses, 0.2, new, t)
        inside += low <= unseen <= high
    assert inside / 2000 == pytest.approx(0.8, abs=0.03)


def test_the_numbers_t_are_students():
    assert pytest.approx(stats.t.ppf(0.975, 2), abs=1e-3) == T95
    assert pytest.approx(stats.t.ppf(0.9, 2), abs=1e-3) == T80


@pytest.mark.parametrize("budget", BUDGETS)
def test_predictions_are_those_of_the_decision(budget):
    slope, off = scaling_fit.at_budget(scaling_fit.runs(scaling_fit.OUT), budget)
    runs = runs_at(budget)
    _, middle, _ = predict_loss(*runs.small, runs.largest[0], T95)
    assert fit_power_law(*runs.small)[1] == pytest.approx(-slope)
    assert runs.off(middle) == pytest.approx(off)


@pytest.mark.parametrize("seed", range(5))
def test_compute_optimal_sizes_are_where_the_loss_is_least(seed):
    a, b = some(seed).uniform(100, 900, size=2)
    alpha, beta = some(seed + 9).uniform(0.2, 0.6, size=2)
    flops = 1e21

    def gap(log_n: float) -> float:
        n = np.exp(log_n)
        return float(a / n**alpha + b / (flops / 6 / n) ** beta)

    found = optimize.minimize_scalar(gap, bounds=(5, 45), method="bounded", options={"xatol": 1e-9})
    n, d = compute_optimal(flops, a, alpha, b, beta)
    assert np.log(n) == pytest.approx(found.x, abs=1e-3)
    assert 6 * n * d == pytest.approx(flops)


def test_the_course_names_a_configuration_as_transformers_does():
    assert set(MODELS["Llama 3 8B"]) < set(AutoConfig.for_model("llama").to_dict())
