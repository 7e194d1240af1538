"""Sections 9.5 and 9.6: other right answers. They must pass."""

from typing import Any


def count_parameters__transformers(config: dict[str, Any]) -> int:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    with torch.device("meta"):
        model = LlamaForCausalLM(LlamaConfig(**config))
    return model.num_parameters()


def count_parameters__part_by_part(config: dict[str, Any]) -> int:
    d, inner = config["hidden_size"], config["intermediate_size"]
    narrow = d * config["num_key_value_heads"] // config["num_attention_heads"]
    total = config["vocab_size"] * d
    for _ in range(config["num_hidden_layers"]):
        total += d * d + d * narrow + d * narrow + d * d
        total += d * inner + d * inner + inner * d
        total += d + d
    total += d
    if not config["tie_word_embeddings"]:
        total += config["vocab_size"] * d
    return total


def training_cost__by_seconds(
    parameters: int, tokens: int, devices: int, peak: float, utilization: float, price: float
) -> dict[str, float]:
    forward, backward = 2 * parameters * tokens, 4 * parameters * tokens
    seconds = (forward + backward) / utilization / peak / devices
    paid = price * devices * seconds / 60 / 60
    return {"flops": float(forward + backward), "days": seconds / 86400, "dollars": paid}


def training_memory__by_numbers(
    parameters: int, layers: int, d_model: int, heads: int, batch: int, length: int
) -> dict[str, int]:
    vectors = batch * length * 16 * d_model
    attention = batch * heads * length * length
    numbers = {
        "weights": parameters,
        "gradients": parameters,
        "optimizer": 2 * parameters,
        "activations": layers * (vectors + attention),
    }
    return {name: count * 4 for name, count in numbers.items()}
