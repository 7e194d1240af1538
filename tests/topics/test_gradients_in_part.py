"""Layers in which one of two ways back is cut off: they say the right numbers and learn wrongly."""

import importlib
import types
from pathlib import Path

import pytest
import torch
from torch import nn

from gradelib.lab.flow import said_and_learned
from tests.proofs.subject import subject

BLOCK, ENCODER, DECODER = "decoder.Block", "encoder.EncoderLayer", "encoder_decoder.DecoderLayer"
LORA, QLORA, ADAPTER = "lora.LoRALinear", "lora.QLoRALinear", "lora.Adapter"
UPDATE = "self.lora_B(self.lora_A(x))", "self.lora_B(self.lora_A(x.detach()))"
WIDE = "self.down(nn.functional.gelu(self.up("
CUT = (
    (BLOCK, "block", "x = x + self.attention", "x = x.detach() + self.attention"),
    (BLOCK, "block", "self.attention(self.norm_1(x)", "self.attention(self.norm_1(x.detach())"),
    (BLOCK, "block", "return x + self.mlp", "return x.detach() + self.mlp"),
    (BLOCK, "block", "self.mlp(self.norm_2(x))", "self.mlp(self.norm_2(x.detach()))"),
    (ENCODER, "layers", "self.norm_1(x + ", "self.norm_1(x.detach() + "),
    (ENCODER, "layers", "self.attention(x, att", "self.attention(x.detach(), att"),
    (ENCODER, "layers", "self.norm_2(x + ", "self.norm_2(x.detach() + "),
    (ENCODER, "layers", f"{WIDE}x))", f"{WIDE}x.detach()))"),
    (DECODER, "layers", "x = x + self.self_att", "x = x.detach() + self.self_att"),
    (DECODER, "layers", "x = x + self.cross_att", "x = x.detach() + self.cross_att"),
    (DECODER, "layers", "self.norm_2(x), source", "self.norm_2(x.detach()), source"),
    (DECODER, "layers", f"x + {WIDE}self.norm_3(x)", f"x.detach() + {WIDE}self.norm_3(x)"),
    (DECODER, "layers", f"{WIDE}self.norm_3(x)", f"{WIDE}self.norm_3(x.detach())"),
    (LORA, "updates", *UPDATE),
    (LORA, "updates", "y = self.base(x)", "y = self.base(x.detach())"),
    (QLORA, "bits", *UPDATE),
    (ADAPTER, "prompts", "return x + self.up", "return x.detach() + self.up"),
    (ADAPTER, "prompts", "(self.down(x))", "(self.down(x.detach()))"),
)


def changed(name: str, file: str, old: str, new: str) -> type:
    """Return the reference answer to an exercise, with a change of its source."""
    topic, _, own = name.partition(".")
    module = importlib.import_module(f"solutions.{topic}.reference.{file}")
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    assert old in source
    other = types.ModuleType(module.__name__)
    other.__dict__.update(__package__=module.__package__, __file__=module.__file__)
    exec(compile(source.replace(old, new), str(module.__file__), "exec"), other.__dict__)
    found: type = getattr(other, own)
    return found


@pytest.mark.parametrize(("name", "file", "old", "new"), CUT, ids=[f"{c[0]}: {c[3]}" for c in CUT])
def test_a_layer_that_lets_a_part_of_a_gradient_through_fails(name, file, old, new):
    one = subject(name)
    answer = changed(name, file, old, new)
    for drawn in (one.visible, one.fresh()):
        verdict = one.judged(answer, drawn)
        assert not verdict.passed
        assert "gradient" in str(verdict)
    assert one.judged(changed(name, file, old, old), one.visible).passed


def test_a_slope_that_cannot_be_measured_is_no_fault():
    """What is bent too much has none in float32, and what is infinite has none at all."""

    class Bent(nn.Module):
        def __init__(self, says):
            super().__init__()
            torch.manual_seed(0)
            self.down, self.says = nn.Linear(4, 4), says

        def forward(self, x):
            return self.says(self.down(x))

    for says in (
        lambda y: (300 * y).sin(),
        lambda y: y + (y > 0),
        lambda y: y.relu() * 40,
        lambda y: (y - y.detach().amax(-1, keepdim=True)).softmax(-1),
        lambda y: y / torch.zeros_like(y),
    ):
        layer = Bent(says)
        said = said_and_learned(lambda x, layer=layer: layer(x), layer, x=torch.randn(3, 4))
        assert isinstance(said, torch.Tensor)
