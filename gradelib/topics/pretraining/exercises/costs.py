"""Sections 9.5 and 9.6, what a run costs: what is asked."""

from __future__ import annotations

from gradelib.checking.exercise import Exercise, Inputs, Rng

count_parameters = Exercise("pretraining.count_parameters", points=3, difficulty=3)
training_cost = Exercise("pretraining.training_cost", points=2, difficulty=2)
training_memory = Exercise("pretraining.training_memory", points=2, difficulty=2)


# --- count_parameters ----------------------------------------------------------------------------


def _config(
    vocabulary: int, layers: int, heads: int, groups: int, head: int, inner: int, tied: bool
) -> Inputs:
    return {
        "config": {
            "vocab_size": vocabulary,
            "hidden_size": heads * head,
            "num_hidden_layers": layers,
            "num_attention_heads": heads,
            "num_key_value_heads": groups,
            "intermediate_size": inner,
            "tie_word_embeddings": tied,
        }
    }


@count_parameters.case
def a_small_model(rng: Rng) -> Inputs:
    """Two layers, all heads with keys of their own, and a head that is not tied."""
    return _config(int(rng.integers(30, 60)), 2, 4, 4, 6, int(rng.integers(20, 40)), False)


@count_parameters.case
def a_tied_head(rng: Rng) -> Inputs:
    """Three layers; the LM head is the embedding."""
    return _config(int(rng.integers(60, 99)), 3, 2, 2, 10, int(rng.integers(20, 40)), True)


@count_parameters.case
def fewer_keys(rng: Rng) -> Inputs:
    """Six heads share two sets of keys and values."""
    return _config(int(rng.integers(30, 60)), 4, 6, 2, 4, int(rng.integers(50, 90)), False)


@count_parameters.case
def one_set_of_keys(rng: Rng) -> Inputs:
    """Eight heads share one set of keys and values; the LM head is tied."""
    return _config(int(rng.integers(99, 200)), 5, 8, 1, 2, int(rng.integers(30, 60)), True)


@count_parameters.case
def no_layers(rng: Rng) -> Inputs:
    """No layers: embedding, last norm and head remain."""
    return _config(int(rng.integers(20, 40)), 0, 3, 3, 4, int(rng.integers(20, 40)), False)


@count_parameters.case
def one_head(rng: Rng) -> Inputs:
    """One layer with one head."""
    return _config(int(rng.integers(20, 40)), 1, 1, 1, 8, int(rng.integers(10, 20)), True)


@count_parameters.case
def a_large_model(rng: Rng) -> Inputs:
    """Dozens of layers and thousands of numbers: tens of billions of weights."""
    layers, inner = int(rng.integers(60, 90)), int(rng.integers(20_000, 30_000))
    return _config(128_256, layers, 64, 8, 128, inner, False)


# --- training_cost -------------------------------------------------------------------------------


def _run(rng: Rng, devices: int, utilization: float, price: float) -> Inputs:
    return {
        "parameters": int(rng.integers(10**8, 10**11)),
        "tokens": int(rng.integers(10**9, 10**13)),
        "devices": devices,
        "peak": float(rng.integers(100, 2000)) * 1e12,
        "utilization": utilization,
        "price": price,
    }


@training_cost.case
def one_device(rng: Rng) -> Inputs:
    """One device that does all it could, for a dollar an hour."""
    return _run(rng, 1, 1.0, 1.0)


@training_cost.case
def half_of_the_peak(rng: Rng) -> Inputs:
    """Eight devices at half of their peak."""
    return _run(rng, 8, 0.5, 2.5)


@training_cost.case
def many_devices(rng: Rng) -> Inputs:
    """Thousands of devices at 30 to 45% of their peak."""
    return _run(rng, int(rng.integers(1000, 9000)), float(rng.uniform(0.3, 0.45)), 1.8)


@training_cost.case
def for_nothing(rng: Rng) -> Inputs:
    """Devices that cost nothing."""
    return _run(rng, int(rng.integers(2, 9)), 0.4, 0.0)


@training_cost.case
def a_tiny_model(rng: Rng) -> Inputs:
    """Some hundred thousand weights on a slow processor: seconds."""
    small = {"parameters": int(rng.integers(10**5, 10**6)), "peak": 5e10}
    return {**_run(rng, 1, 0.25, 0.1), **small, "tokens": 1_000_000}


# --- training_memory -----------------------------------------------------------------------------


def _memory(rng: Rng, layers: int, heads: int, batch: int, length: int) -> Inputs:
    d_model = heads * int(rng.integers(3, 9))
    return {
        "parameters": int(rng.integers(1000, 90_000)),
        "layers": layers,
        "d_model": d_model,
        "heads": heads,
        "batch": batch,
        "length": length,
    }


@training_memory.case
def a_few_layers(rng: Rng) -> Inputs:
    """Three layers of four heads; two texts of seven tokens."""
    return _memory(rng, 3, 4, 2, 7)


@training_memory.case
def a_long_text(rng: Rng) -> Inputs:
    """One text of two thousand tokens: attention weights take most."""
    return _memory(rng, 2, 5, 1, 2000)


@training_memory.case
def a_large_batch(rng: Rng) -> Inputs:
    """Hundreds of short texts."""
    return _memory(rng, 4, 3, int(rng.integers(200, 900)), 6)


@training_memory.case
def one_token(rng: Rng) -> Inputs:
    """One layer, one head, one token."""
    return _memory(rng, 1, 1, 1, 1)


@training_memory.case
def layers_of_nothing(rng: Rng) -> Inputs:
    """No layers keep nothing; the weights are there all the same."""
    return _memory(rng, 0, 2, 3, 5)


@training_memory.case
def billions(rng: Rng) -> Inputs:
    """Seven billion weights, 32 layers of 32 heads."""
    drawn = _memory(rng, 32, 32, int(rng.integers(2, 9)), 4096)
    return {**drawn, "parameters": int(rng.integers(6 * 10**9, 8 * 10**9))}
