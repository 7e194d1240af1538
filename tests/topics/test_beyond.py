"""Notebook 12: the reference agrees with libraries of the field and with closed forms."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from rank_bm25 import BM25Okapi
from torch import nn
from transformers import GPT2Config, GPT2LMHeadModel

from gradelib.lab.draws import normal
from gradelib.topics.beyond.library import words_of
from gradelib.topics.beyond.qlora import NF4, inject, merged, rounded, size_of
from solutions.beyond.reference import (
    answer_log_prob,
    bm25,
    bootstrap,
    dpo_loss,
    fuse,
    hit_rate,
    implicit_reward,
    top_k,
    wilson,
    win_rate,
)
from solutions.lora.reference import dequantize, normal_table, quantize
from solutions.rlhf.reference import preference_loss, token_log_probs


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


# --- DPO -----------------------------------------------------------------------------------------


def test_the_log_probability_of_an_answer_is_transformers_loss_over_its_labels():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = GPT2Config(vocab_size=30, n_embd=16, n_layer=2, n_head=2, n_positions=20)
        model = GPT2LMHeadModel(config).eval()
    ids = torch.from_numpy(rng().integers(30, size=(1, 9)))
    mask = torch.arange(9)[None] >= 4
    with torch.no_grad():
        told = model(ids, labels=ids.masked_fill(~mask, -100))
    mean = answer_log_prob(told.logits, ids, mask, mean=True)
    assert -mean.item() == pytest.approx(told.loss.item(), rel=1e-5)


def test_an_answer_is_the_sum_of_its_tokens_as_notebook_11_has_them():
    logits, ids = normal(rng(1), 3, 8, 7), torch.from_numpy(rng(2).integers(7, size=(3, 8)))
    mask = torch.arange(8) >= torch.tensor([3, 5, 2])[:, None]
    expected = (token_log_probs(logits, ids, 1.0) * mask[:, 1:]).sum(dim=1)
    assert torch.allclose(answer_log_prob(logits, ids, mask), expected)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_policy_for_a_reward_has_it_as_implicit_reward(seed):
    """Over all answers: made by the formula of section 12.1, and found again but for a constant."""
    reward = normal(rng(seed), 6).double()
    reference = normal(rng(seed + 50), 6).double().log_softmax(0)
    beta = 0.3
    best = (reference + reward / beta).log_softmax(0)
    apart = implicit_reward(best, reference, beta) - reward
    assert torch.allclose(apart, apart[:1].expand(6))


def test_no_other_policy_has_more_reward_less_the_price_of_its_distance():
    reward, beta = normal(rng(3), 5).double(), 0.4
    reference = normal(rng(4), 5).double().log_softmax(0)
    best = (reference + reward / beta).log_softmax(0)

    def worth(policy: torch.Tensor) -> float:
        return (policy.exp() * (reward - beta * (policy - reference))).sum().item()

    for seed in range(50):
        other = (best + 0.3 * normal(rng(seed), 5).double()).log_softmax(0)
        assert worth(other) <= worth(best)


def test_the_loss_is_that_of_a_reward_model_on_implicit_rewards():
    policy, reference = -20 - 5 * normal(rng(5), 2, 6).abs(), -20 - 5 * normal(rng(6), 2, 6).abs()
    rewards = implicit_reward(policy, reference, 0.1)
    expected = preference_loss(*rewards)
    assert torch.allclose(dpo_loss(*policy, *reference, 0.1), expected)


def test_the_gradient_is_that_of_the_paper():
    """Rafailov and others (2023), section 4: the weight is σ of the reward the wrong way round."""
    reference = -normal(rng(7), 2, 5).abs()
    policy = (reference + normal(rng(8), 2, 5)).requires_grad_()
    (gradient,) = torch.autograd.grad(dpo_loss(*policy, *reference, 0.2), policy)
    better, worse = implicit_reward(policy, reference, 0.2).detach()
    weight = 0.2 * torch.sigmoid(worse - better) / 5
    assert torch.allclose(gradient, torch.stack([-weight, weight]))


def test_the_loss_cannot_tell_both_fallen_from_both_risen():
    """What quiz_both says."""
    reference = torch.tensor([[-40.0, -50.0], [-45.0, -42.0]])
    fallen = reference + torch.tensor([[-30.0], [-60.0]])
    risen = reference + torch.tensor([[30.0], [0.0]])
    losses = [dpo_loss(*policy, *reference, 0.1) for policy in (fallen, risen)]
    assert torch.allclose(*losses)


# --- intervals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("wins", "count"), [(8, 10), (0, 12), (7, 7), (220, 400), (1, 1)])
def test_wilson_is_that_of_scipy(wins, count):
    from scipy.stats import binomtest  # with all of scipy.stats: a second

    found = binomtest(wins, count).proportion_ci(method="wilson")
    z = 1.959963984540054
    low, high = wilson(wins, count, z)
    assert (low, high) == pytest.approx((found.low, found.high), abs=1e-12)


def test_wilsons_ends_are_those_shares_that_are_just_no_surprise():
    low, high = wilson(30, 45)
    for share in (low, high):
        assert abs(30 / 45 - share) == pytest.approx(1.96 * math.sqrt(share * (1 - share) / 45))


def test_fifty_five_of_a_hundred_say_little_and_220_of_400_just_enough():
    """What quiz_interval says."""
    few, many = wilson(55, 100), wilson(220, 400)
    assert [round(end, 2) for end in (*few, *many)] == [0.45, 0.64, 0.50, 0.60]
    assert few[0] < 0.5 < many[0]


def test_the_bootstrap_is_that_of_scipy_on_the_same_samples():
    from scipy.stats import bootstrap as theirs

    values = normal(rng(9), 40).double()
    found = theirs((values.numpy(),), np.mean, n_resamples=500, method="percentile",
                   rng=rng(10), vectorized=True)  # fmt: skip
    means = np.sort(found.bootstrap_distribution)
    low, high = found.confidence_interval
    assert (low, high) == pytest.approx(tuple(np.percentile(means, [2.5, 97.5])))
    drawn = torch.from_numpy(rng(11).integers(40, size=(4000, 40)))
    assert bootstrap(values, drawn) == pytest.approx((low, high), abs=0.05)


def test_with_ties_the_bootstrap_is_narrower_than_wilson():
    points = torch.tensor([1.0] * 60 + [0.5] * 80 + [0.0] * 60)
    drawn = torch.from_numpy(rng().integers(200, size=(2000, 200)))
    (low, high), (left, right) = wilson(100, 200), bootstrap(points, drawn)
    assert right - left < 0.85 * (high - low)


def test_win_rates_of_two_writers_add_up_to_one():
    one, other = (torch.from_numpy(rng(seed).integers(4, size=50)).float() for seed in (0, 1))
    assert win_rate(one, other) + win_rate(other, one) == pytest.approx(1)


# --- retrieval -----------------------------------------------------------------------------------


def test_bm25_is_rank_bm25s_with_an_idf_that_is_never_negative(library):
    documents = [words_of(text) for text in library.titled]
    model = BM25Okapi(documents, k1=1.2, b=0.75)
    count = len(documents)
    holding = {word: sum(word in document for document in documents) for word in model.idf}
    model.idf = {word: math.log(1 + (count - n + 0.5) / (n + 0.5)) for word, n in holding.items()}
    for question in library.asked[:20]:
        query = words_of(question)
        assert bm25(query, documents) == pytest.approx(list(model.get_scores(query)))


def test_rank_bm25s_own_idf_is_the_same_but_for_the_one_where_few_have_a_word(library):
    """The traditional idf is log((N - n + .5)/(n + .5)): for rare words nearly the same."""
    documents = [words_of(text) for text in library.titled]
    model, count = BM25Okapi(documents), len(documents)
    rare = [w for w in model.idf if sum(w in document for document in documents) == 1]
    ours = math.log(1 + (count - 0.5) / 1.5)
    assert all(model.idf[word] == pytest.approx(ours, abs=0.01) for word in rare)


def test_top_k_is_faiss_exact_search_by_inner_products():
    faiss = pytest.importorskip("faiss", reason="faiss-cpu is not installed")
    queries, passages = normal(rng(12), 5, 24), normal(rng(13), 60, 24)
    index = faiss.IndexFlatIP(24)
    index.add(nn.functional.normalize(passages).numpy())
    cosines, numbers = index.search(nn.functional.normalize(queries).numpy(), 7)
    found = top_k(queries, passages, 7)
    assert torch.equal(found[1], torch.from_numpy(numbers))
    assert torch.allclose(found[0], torch.from_numpy(cosines), atol=1e-5)


def test_top_k_is_scikit_learns_nearest_neighbours_by_cosine():
    from sklearn.neighbors import NearestNeighbors

    queries, passages = normal(rng(14), 4, 9), normal(rng(15), 30, 9)
    near = NearestNeighbors(metric="cosine").fit(passages.numpy())
    far, numbers = near.kneighbors(queries.numpy(), 6)
    found = top_k(queries, passages, 6)
    assert torch.equal(found[1], torch.from_numpy(numbers))
    assert torch.allclose(found[0], 1 - torch.from_numpy(far).float(), atol=1e-5)


def test_fusion_is_that_of_exact_fractions():
    for seed in range(20):
        rankings = [rng(100 * seed + n).permutation(12)[: 5 + n].tolist() for n in range(3)]
        sums = {
            passage: sum(Fraction(1, 61 + one.index(passage)) for one in rankings if passage in one)
            for passage in range(12)
        }
        found = fuse(rankings)
        assert sorted(found) == [passage for passage, total in sums.items() if total]
        assert all(sums[left] >= sums[right] for left, right in itertools.pairwise(found))


def test_hit_rate_is_scikit_learns_top_k_accuracy():
    from sklearn.metrics import top_k_accuracy_score

    scores = rng(16).random((20, 6))
    right = rng(17).integers(6, size=20)
    found = torch.from_numpy(np.argsort(-scores, axis=1))
    expected = top_k_accuracy_score(right, scores, k=2, labels=range(6))
    assert hit_rate(found, torch.from_numpy(right), 2) == pytest.approx(expected)


def test_each_word_of_a_page_is_in_a_chunk_and_neighbours_share(library):
    for number, page in enumerate(library.pages):
        own = [text.split() for text, owner in zip(library.chunks, library.owners.tolist(),
                                                   strict=True) if owner == number]  # fmt: skip
        assert [w for part in (own[0], *(c[15:] for c in own[1:])) for w in part] == (
            page["text"].split()
        )


# --- QLoRA ---------------------------------------------------------------------------------------


def test_four_bits_are_those_of_notebook_8():
    assert torch.allclose(NF4, normal_table(4))
    weight = torch.randn(12, 64, generator=torch.Generator().manual_seed(0))
    weight[3] = 0.0
    codes, scales = quantize(weight, normal_table(4), 64)
    assert torch.allclose(rounded(weight), dequantize(codes, scales, normal_table(4), (12, 64)))


def test_a_merged_model_says_what_the_adapted_one_says():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = GPT2Config(vocab_size=30, n_embd=64, n_layer=2, n_head=2, n_positions=20)
        model = GPT2LMHeadModel(config).eval()
        size = size_of(model)[0]
        learning = inject(model, rank=2, alpha=4, inside=".h.")
        for one in learning:
            nn.init.normal_(one, std=0.1)
    ids = torch.arange(10)[None]
    with torch.no_grad():
        before = model(ids).logits
        after = merged(model)(ids).logits
    assert len(learning) == 2 * 4 * 2  # four linear layers in each of two blocks
    assert torch.allclose(before, after, atol=1e-4)
    assert size_of(model) == (size, 0)  # it has its full size again, and nothing learns
