"""Sections 9.5 and 9.6: reference answers."""

from typing import Any


def count_parameters(config: dict[str, Any]) -> int:
    """Count the weights of a decoder that is built like Llama. No layer has a bias.

    d is `hidden_size`, and a head has d / `num_attention_heads` numbers.

    - The embedding has a row of d numbers for each of `vocab_size` tokens.
    - Each of `num_hidden_layers` layers has an attention, an MLP and two norms.
    - Attention: queries and output are d by d. Keys and values are d by the width of
      their heads, of which there are `num_key_value_heads`.
    - MLP: three matrices, d by `intermediate_size`. A norm has d numbers.
    - After the last layer stand one more norm and the LM head, as large as the
      embedding. Where `tie_word_embeddings` is true, the head *is* the embedding.

    Source: Touvron and others (2023).

    >>> count_parameters({"vocab_size": 10, "hidden_size": 4, "num_hidden_layers": 1,
    ...     "num_attention_heads": 2, "num_key_value_heads": 1, "intermediate_size": 6,
    ...     "tie_word_embeddings": True})
    172
    """
    d, head = config["hidden_size"], config["hidden_size"] // config["num_attention_heads"]
    attention = 2 * d * d + 2 * d * config["num_key_value_heads"] * head
    layer = attention + 3 * d * config["intermediate_size"] + 2 * d
    embeddings = config["vocab_size"] * d * (1 if config["tie_word_embeddings"] else 2)
    return embeddings + config["num_hidden_layers"] * layer + d


def training_cost(
    parameters: int,
    tokens: int,
    devices: int,
    peak: float,
    utilization: float,
    price: float,
) -> dict[str, float]:
    """Say what a training run costs: its "flops", "days" and "dollars".

    Each weight costs 6 floating-point operations for each token: 2 forward and 4
    backward. A device could do `peak` operations a second; of these it does the share
    `utilization`. It costs `price` dollars an hour. All devices work at the same time.

    Source: Kaplan and others (2020), section 2.1.

    >>> training_cost(10**9, 10**10, devices=8, peak=1e14, utilization=0.5, price=2.0)
    {'flops': 6e+19, 'days': 1.736111111111111, 'dollars': 666.6666666666666}
    """
    flops = 6.0 * parameters * tokens
    hours = flops / (devices * peak * utilization) / 3600
    return {"flops": flops, "days": hours / 24, "dollars": hours * devices * price}


def training_memory(
    parameters: int, layers: int, d_model: int, heads: int, batch: int, length: int
) -> dict[str, int]:
    """Return the bytes that training in single precision keeps, by what they are for.

    A number has 4 bytes. "weights" and "gradients" have one for each parameter, and the
    "optimizer", AdamW, keeps two: the means of gradients and of their squares.

    "activations" are what the layers keep for the backward pass. For each token of the
    batch a layer keeps 16 vectors of `d_model` numbers, and in each head a row of
    attention weights, one for each of `length` tokens. What comes before and after the
    layers is not counted.

    Source: Korthikanti and others (2022), section 4.1, without dropout.

    >>> training_memory(1000, layers=1, d_model=8, heads=2, batch=3, length=5)
    {'weights': 4000, 'gradients': 4000, 'optimizer': 8000, 'activations': 8280}
    """
    numbers = layers * batch * length * (16 * d_model + heads * length)
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * numbers,
    }
