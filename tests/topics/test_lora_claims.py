"""What notebook 08 says is so: sums of memory, tables, and updates of the real decoder."""

import math
from itertools import combinations, pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
import torch

from gradelib.lab import data
from gradelib.topics.lora.first_step import first_steps
from gradelib.topics.lora.formats import distance, formats, measure_formats, shares_of
from gradelib.topics.lora.gaps import apart, known
from gradelib.topics.lora.library import save_adapter, with_peft
from gradelib.topics.lora.memory import LLAMAS, measured, worked_out
from gradelib.topics.lora.methods import (
    Decoder,
    MadeAgain,
    Plain,
    Prefixed,
    Prompted,
    layers_of,
    put_behind,
    replace_layers,
)
from gradelib.topics.lora.pictures import (
    claim,
    draw_formats,
    draw_methods,
    draw_ranks,
    draw_values,
    span,
    spread_out,
)
from gradelib.topics.lora.playground import LONGEST, AdapterPlayground
from gradelib.topics.lora.training import Plan, Run, adapt, losses_on
from solutions.lora.reference import (
    Adapter,
    QLoRALinear,
    adapter_state,
    bits_per_weight,
    dequantize,
    inject,
    load_adapter,
    normal_table,
    prefix_pairs,
    prepend_prompt,
    quantize,
)

mpl.use("Agg")
NAMES = ["c_attn", "c_proj", "c_fc"]


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def decoder():
    try:
        return Decoder()
    except data.MissingData:
        pytest.skip("the tiny decoder is not in data/models: `make models` trains it")


def updated(decoder: Decoder, rank: int = 4) -> Plain:
    model = decoder.copy()
    inject(model, NAMES, rank, 2.0 * rank)
    return Plain(model)


def in_four_bits(decoder: Decoder) -> Plain:
    whole = updated(decoder)
    table = normal_table(4)
    return Plain(replace_layers(whole.model, lambda layer: QLoRALinear(layer, table, 64)))


# --- memory --------------------------------------------------------------------------------------


def test_the_weights_of_llama_are_counted_to_the_last():
    assert [llama.weights for llama in LLAMAS] == [6_738_415_616, 68_976_648_192]


def test_what_fits_on_24_and_on_48_gigabytes_is_as_the_guide_says():
    small, large = (worked_out(llama, 16, bits_per_weight) for llama in LLAMAS)
    gigabytes = [[found.total / 1e9 for found in ways.values()] for ways in (small, large)]
    every, lora, qlora = gigabytes[0]
    assert qlora < 12 < lora < 20 < 24 < every
    every, lora, qlora = gigabytes[1]
    assert 36 < qlora < 44 < 48 < lora < every


def test_four_times_the_rank_is_little_beside_the_base():
    low, high = (worked_out(LLAMAS[0], rank, bits_per_weight) for rank in (16, 64))
    totals = [ways[f"LoRA, rank {rank}"].total for ways, rank in ((low, 16), (high, 64))]
    assert totals[1] / totals[0] < 1.15


def test_lora_saves_gradients_and_moments_and_qlora_the_base(decoder):
    batch = decoder.texts("sentences", "train", 4).in_order()[0]
    ways = [
        Plain(decoder.copy().requires_grad_(True)),
        updated(decoder),
        in_four_bits(decoder),
        Plain(replace_layers(in_four_bits(decoder).model, MadeAgain)),
    ]
    every, lora, qlora, again = (measured(model, batch) for model in ways)
    assert lora.gradients + lora.moments < 0.05 * (every.gradients + every.moments)
    assert qlora.held < 0.5 * lora.held
    assert qlora.forward > lora.forward > again.forward
    assert again.total < min(every.total, lora.total, qlora.total)


def test_the_tables_of_the_tokens_are_a_large_part_of_a_tiny_model_and_a_small_one_of_llama(
    decoder,
):
    every = sum(weight.numel() for weight in decoder.model.parameters())
    body = decoder.model.transformer
    assert (body.wte.weight.numel() + body.wpe.weight.numel()) / every > 0.15
    assert all(2 * llama.vocab * llama.d_model / llama.weights < 0.05 for llama in LLAMAS)


# --- the new texts ---------------------------------------------------------------------------


def test_a_guess_at_random_would_cost_less_than_the_new_texts_before(decoder):
    words = decoder.model.config.vocab_size
    assert losses_on(Plain(decoder.model), decoder.new) > math.log(words)
    assert losses_on(Plain(decoder.model), decoder.old) < 1


def test_many_tokens_of_the_new_texts_stand_in_no_story_and_cost_the_most(decoder):
    one, other, share = apart(Plain(decoder.model), decoder.new, known(decoder))
    assert 0.1 < share < 0.5
    assert other > one
    whole = (1 - share) * one + share * other
    assert whole == pytest.approx(losses_on(Plain(decoder.model), decoder.new), rel=1e-4)


@pytest.mark.parametrize("rank", [1, 16])
def test_while_it_is_on_an_update_overwrites_the_old_skill(decoder, rank):
    batches = decoder.texts("sentences", "train", 400).drawn
    plan = Plan(rate=1e-2, steps=15, size=16)
    before = losses_on(Plain(decoder.model), decoder.old[:1])
    run = adapt(
        "LoRA", lambda: updated(decoder, rank), batches, plan, decoder.new[:1], decoder.old[:1]
    )
    assert run.old > 2 * before


# --- four bits -----------------------------------------------------------------------------------


def test_nf4_is_the_nearest_of_the_formats_with_four_bits(decoder):
    functions = quantize, dequantize, bits_per_weight
    wanted = formats(normal_table)
    found = measure_formats(lambda: Plain(decoder.copy()), wanted, functions, decoder.old[:1])
    errors = {one.format.name: one.error for one in found}
    losses = {one.format.name: one.loss for one in found}
    assert errors["NF4"] < errors["int4"] < errors["NF2"]
    assert errors["NF4"] < errors["fp4"]
    assert 8 * errors["int8"] < errors["NF4"]
    before = losses_on(Plain(decoder.model), decoder.old[:1])
    assert losses["NF4"] - before < 0.2 * (losses["NF2"] - before)
    assert max(abs(losses[name] - before) for name in ("int8", "NF4")) < 0.05 * before
    title = draw_formats(found, before).figure.get_suptitle()
    assert title == "Of the formats with four bits, NF4 is nearest to the weights"


def test_nf4_is_nearer_than_values_at_equal_distances_be_they_15_or_16(decoder):
    shares = shares_of(decoder.model, 64)
    nf4, *equal = (
        distance(shares, table)
        for table in (normal_table(4), torch.linspace(-1, 1, 15), torch.linspace(-1, 1, 16))
    )
    assert nf4 < 0.95 * min(equal)
    assert abs(equal[0] - equal[1]) < min(equal) - nf4  # one value more is worth little
    even = torch.linspace(-1, 1, 1001)
    assert distance(even, torch.linspace(-1, 1, 15)) < distance(even, normal_table(4))
    title = draw_values(shares[:40_000], {"NF4": normal_table(4)}).figure.get_suptitle()
    assert title.startswith("From a weight to the nearest value, on average: 0.0")


def test_a_step_on_four_bits_is_nearly_that_on_full_numbers(decoder):
    batches = decoder.texts("sentences", "train", 64).drawn
    one = decoder.new[:1]
    plan = Plan(rate=1e-2, steps=3, size=4)
    runs = [
        adapt("a", build, batches, plan, one, one)
        for build in (lambda: updated(decoder), lambda: in_four_bits(decoder))
    ]
    assert runs[0].trained == runs[1].trained
    assert runs[0].losses == pytest.approx(runs[1].losses, rel=0.05)


# --- updates -------------------------------------------------------------------------------------


def test_by_alpha_alone_the_first_step_grows_with_the_rank(decoder):
    batch = decoder.texts("sentences", "train", 4).in_order()[0]
    found = first_steps(decoder.copy, inject, NAMES, (1, 16), batch)
    growth = {name: values[1] / values[0] for name, values in found.items()}
    assert growth["α"] == pytest.approx(16 * growth["α / r"], rel=1e-3)
    assert growth["α / r"] < 1 < growth["α"]
    assert 0.5 < growth["α / √r"] < 2


def test_switched_off_every_added_part_leaves_the_old_model(decoder):
    batches = decoder.texts("sentences", "train", 64).drawn
    one, plan = decoder.old[:1], Plan(rate=1e-2, steps=2, size=4)
    before = losses_on(Plain(decoder.model), one)
    run = adapt("LoRA", lambda: updated(decoder), batches, plan, one, one)
    assert run.old != before
    for _, layer in layers_of(run.model):
        layer.on = False
    assert losses_on(run.model, one) == pytest.approx(before, abs=1e-6)


def test_each_way_trains_what_the_table_says(decoder):
    ways = {
        2_752_320: Plain(decoder.copy().requires_grad_(True)),
        245_760: updated(decoder, 16),
        15_360: updated(decoder, 1),
        3_072: Prompted(decoder.copy(), 16, prepend_prompt),
        30_720: Prefixed(decoder.copy(), 16, prefix_pairs),
        16_360: Plain(put_behind(decoder.copy(), lambda: Adapter(decoder.d_model, 8))),
    }
    batch = decoder.texts("sentences", "train", 2).in_order()[0]
    for count, model in ways.items():
        assert sum(w.numel() for w in model.parameters() if w.requires_grad) == count
        assert model(*batch).shape[:2] == batch[0].shape


def test_peft_loads_the_file_of_the_tiny_decoder(decoder, tmp_path):
    model = updated(decoder)
    with torch.no_grad():
        for _, layer in layers_of(model):
            layer.lora_B.weight.normal_(std=0.05)
    save_adapter(adapter_state(model.model), tmp_path, 4, 8.0, NAMES, conv1d=True)
    theirs = Plain(with_peft(decoder.copy(), tmp_path))
    with torch.no_grad():
        assert torch.allclose(theirs(*decoder.new[0]), model(*decoder.new[0]), atol=1e-3)


# --- what is drawn, and played with --------------------------------------------------------------


def runs() -> list[Run]:
    made = [
        ("all weights", 2000, 2.0, 3.0),
        ("LoRA, rank 4", 100, 3.5, 3.2),
        ("prefix", 10, 6.0, 4.0),
    ]
    return [
        Run(name, 5, done=5, trained=trained, new=new, old=old) for name, trained, new, old in made
    ]


def test_titles_say_what_the_runs_say():
    assert claim(runs()) == "LoRA, rank 4 trains 5% of the weights, and stays 1.5 nats above all"
    better = [*runs(), Run("LoRA, rank 9", 5, done=5, trained=200, new=1.9, old=3.0)]
    assert claim(better) == "LoRA, rank 9: 10% of the weights, and no worse than all of them"
    late = [*runs(), Run("LoRA, rank 9", 5, done=2, trained=200, new=1.9, old=3.0)]
    assert claim(late) == "Slow computer: 2 of 5 steps of “LoRA, rank 9”"


def test_pictures_say_in_words_what_they_show():
    figure = draw_methods(runs(), (20.0, 0.3))[0].figure
    assert "LoRA, rank 4: 100 weights, 3.50 on new texts, 3.20 on stories" in figure.get_label()
    axes = draw_ranks({1: runs()[2], 4: runs()[1]}, floor=2.0)
    assert axes.figure.get_suptitle() == "Each higher rank comes further: 6.00, 3.50"
    axes = draw_ranks({1: runs()[1], 4: runs()[2]}, floor=2.0)
    assert axes.figure.get_suptitle() == "Of these ranks 1 has the lowest loss"
    assert span(runs(), "old") == "3.0 (all weights) to 4.0 (prefix)"


def test_the_playground_switches_adapters_and_leaves_the_model_as_it_was(decoder):
    model = updated(decoder).model
    other = {name: weight + 0.1 for name, weight in adapter_state(model).items()}
    playground = AdapterPlayground(decoder, model, {"other": other}, load_adapter)
    old = playground.written("One morning", "none", 1.0)
    assert playground.written("One morning", "other", 0.0) == old
    assert playground.written("One morning", "other", 1.0) != old
    assert {layer.scale for _, layer in layers_of(model)} == {2.0}
    assert "letters are read" in playground.page("Mia " * LONGEST, "none", 1.0)


def test_a_training_stops_where_it_should_and_says_so(decoder):
    batches = decoder.texts("sentences", "train", 16).drawn
    plan = Plan(rate=1e-2, steps=5, size=2, limit=-1.0)
    run = adapt("LoRA", lambda: updated(decoder), batches, plan, decoder.new[:1], decoder.old[:1])
    assert (run.done, run.is_whole) == (1, False)


@pytest.mark.parametrize("heights", [[5.0, 5.0, 50.0], [3.0, 1.0, 2.0, 2.5], [7.0], [0.0, 30.0]])
def test_labels_do_not_lie_on_one_another(heights):
    found = sorted(spread_out(heights, least=10))
    assert all(high - low >= 10 - 1e-6 for low, high in pairwise(found))
    if all(abs(a - b) >= 10 for a, b in combinations(heights, 2)):
        assert found == sorted(heights)
