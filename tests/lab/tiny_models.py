"""Models and wheels of a few kilobytes in the form of the real ones, and a hub that has them."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import http.server
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from tokenizers import Tokenizer, models, pre_tokenizers

from gradelib.lab.models import registry

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ein", "dog", "finds", "the", "red", "ball"]
VOCABULARY = 49152  # of the tokenizer in data/tokenizers/smollm2


def save(folder: Path, kind: str) -> transformers.PreTrainedModel:
    """Write a tiny model as `make models` does: fp16 safetensors and a tokenizer."""
    torch.manual_seed(0)
    made = {"decoder": _decoder, "encoder": _encoder, "translator": _translator, "minilm": _bert}
    model = made[kind]()
    model.half().save_pretrained(folder)
    words = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, "[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "mask_token": "[MASK]"}
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=words, eos_token="[SEP]", model_max_length=32, **special
    ).save_pretrained(folder)
    return model.float()


def _decoder() -> transformers.PreTrainedModel:
    sizes = {"vocab_size": len(WORDS), "n_positions": 32, "n_embd": 16, "n_layer": 2, "n_head": 2}
    ends = {"bos_token_id": 3, "eos_token_id": 3}
    return transformers.GPT2LMHeadModel(transformers.GPT2Config(**sizes, **ends))


def _bert_config() -> transformers.BertConfig:
    return transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
    )


def _encoder() -> transformers.PreTrainedModel:
    return transformers.BertForMaskedLM(_bert_config())


def _bert() -> transformers.PreTrainedModel:
    return transformers.BertModel(_bert_config())


def _translator() -> transformers.PreTrainedModel:
    config = transformers.BartConfig(
        vocab_size=len(WORDS),
        max_position_embeddings=32,
        d_model=16,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        bos_token_id=2,
        eos_token_id=3,
        pad_token_id=0,
        decoder_start_token_id=3,
    )
    return transformers.BartForConditionalGeneration(config)


def llama() -> transformers.LlamaForCausalLM:
    """Make a tiny SmolLM2: more heads for queries than for keys, one embedding for both ends."""
    torch.manual_seed(0)
    config = transformers.LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=128,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=64,
        rms_norm_eps=1e-5,
        rope_parameters={"rope_type": "default", "rope_theta": 5000.0},
        tie_word_embeddings=True,
        initializer_range=0.2,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=2,
    )
    return transformers.LlamaForCausalLM(config).eval()


def write_gguf(model: transformers.LlamaForCausalLM, path: Path) -> transformers.LlamaForCausalLM:
    """Write a Llama as llama.cpp does, by its own package, and return the model that it holds."""
    import gguf

    kinds = gguf.GGMLQuantizationType
    writer = gguf.GGUFWriter(path, "llama")
    config = model.config
    writer.add_vocab_size(config.vocab_size)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_token_list(["<a>", "ü", "<|im_end|>"])
    writer.add_token_types([3, 1, 3])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(2)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, config.num_hidden_layers)
    heads = {"q_proj": config.num_attention_heads, "k_proj": config.num_key_value_heads}
    held = {}
    for name, weights in model.model.state_dict(prefix="model.").items():
        array = weights.detach().numpy()
        kind = kinds.F32 if array.ndim == 1 else kinds.Q8_0 if "embed" in name else kinds.Q4_1
        turned = _neighbours(array, heads.get(name.split(".")[-2]))
        packed = gguf.quantize(turned, kind)
        writer.add_tensor(names.get_name(name, (".weight",)), packed, raw_dtype=kind)
        kept = gguf.dequantize(packed, kind)
        held[name] = torch.from_numpy(_halves(kept, heads.get(name.split(".")[-2])).copy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    copy = transformers.LlamaForCausalLM(config).eval()
    copy.load_state_dict(held | {"lm_head.weight": held["model.embed_tokens.weight"]})
    return copy


def _neighbours(weights: np.ndarray, heads: int | None) -> np.ndarray:
    """Order rows as convert_hf_to_gguf.py's `permute` does."""
    if heads is None:
        return weights
    shape = (heads, 2, weights.shape[0] // heads // 2, *weights.shape[1:])
    return np.ascontiguousarray(weights.reshape(shape).swapaxes(1, 2).reshape(weights.shape))


def _halves(weights: np.ndarray, heads: int | None) -> np.ndarray:
    """Undo `_neighbours`, row by row."""
    if heads is None:
        return weights
    size = len(weights) // heads
    back = np.empty_like(weights)
    for row in range(len(weights)):
        head, place = divmod(row, size)
        back[head * size + place // 2 + (place % 2) * (size // 2)] = weights[row]
    return back


def wheel(folder: Path, requirement: str, files: dict[str, bytes]) -> Path:
    """Write a wheel that pip takes for one."""
    name, _, version = requirement.partition("==")
    plain = name.replace("-", "_")
    about = f"{plain}-{version}.dist-info"
    files = {
        **files,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        "Requires-Dist: a-package-that-is-not-there\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/LICENSE": b"free\n",
    }
    record = "".join(f"{each},{_digest(raw)},{len(raw)}\n" for each, raw in files.items())
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{plain}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for each, raw in {**files, f"{about}/RECORD": record.encode()}.items():
            archive.writestr(zipfile.ZipInfo(each), raw)
    return path


def _digest(raw: bytes) -> str:
    return f"sha256={base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).decode().rstrip('=')}"


def pinned(name: str, wheel_path: Path, weights: bytes | None = None) -> registry.Model:
    """Return what is known of a model, with a stand-in for its wheel."""
    model = registry.MODELS[name]
    assert model.wheel is not None
    inside = hashlib.sha256(weights).hexdigest() if weights else ""
    sha256 = hashlib.sha256(wheel_path.read_bytes()).hexdigest()
    new = dataclasses.replace(model.wheel, sha256=sha256, sha256_inside=inside, megabytes=1)
    return dataclasses.replace(model, wheel=new, megabytes=1)


@contextmanager
def hub(root: Path, newest: str = "a" * 40) -> Iterator[tuple[str, list[str]]]:
    """Serve the folders root/models/<owner>/<name> and root/datasets/… as the hub does.

    A commit that has a folder of its own, root/at/<commit>/models/…, is served from there; every
    other is the same as the newest. Gives the address, and a list that gets every path that is
    asked for.
    """
    asked: list[str] = []

    class Handler(_Hub):
        folder, seen, commit = root, asked, newest

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


class _Hub(http.server.BaseHTTPRequestHandler):
    folder: Path
    seen: list[str]
    commit: str

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].strip("/")
        self.seen.append(f"{self.command} /{path}")
        if not path:
            return self.answer(b"hub")
        if path.startswith("api/"):
            return self.about(path)
        kind, place = ("datasets", path[9:]) if path.startswith("datasets/") else ("models", path)
        repo, _, rest = place.partition("/resolve/")
        commit = self.commit_of(rest)
        file = self.at(commit) / kind / repo / rest.partition("/")[2]
        if not file.is_file():
            return self.answer(b"", 404)
        return self.answer(file.read_bytes(), 200, {"X-Repo-Commit": commit})

    def commit_of(self, revision: str) -> str:
        """Return the commit that a branch or commit, at the beginning of a path, means."""
        name = revision.partition("/")[0]
        return name if len(name) == 40 else self.commit

    def at(self, commit: str) -> Path:
        own = self.folder / "at" / commit
        return own if own.is_dir() else self.folder

    def about(self, path: str) -> None:
        kind, _, rest = path.removeprefix("api/").partition("/")
        repo, _, revision = rest.replace("/tree/", "/revision/").partition("/revision/")
        commit = self.commit_of(revision)
        folder = self.at(commit) / kind / repo
        if not folder.is_dir():
            return self.answer(b"{}", 404, {"X-Error-Code": "RepoNotFound"})
        files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
        names = {file.relative_to(folder).as_posix(): file for file in files}
        told: Any = {
            "id": repo,
            "sha": commit,
            "siblings": [{"rfilename": name} for name in names],
        }
        if "/tree/" in rest:
            told = [
                {"type": "file", "path": name, "size": file.stat().st_size, "oid": "b" * 40}
                for name, file in names.items()
            ]
        return self.answer(json.dumps(told).encode())

    def answer(self, raw: bytes, status: int = 200, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        tag = hashlib.sha256(raw).hexdigest()
        headers = {"ETag": f'"{tag}"', "X-Repo-Commit": self.commit, "Content-Length": len(raw)}
        for name, value in {**headers, **(more or {})}.items():
            self.send_header(name, str(value))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        pass
