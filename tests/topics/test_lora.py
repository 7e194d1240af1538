"""Notebook 08's reference answers agree with `peft`, `bitsandbytes`' table, SciPy and torch."""

import copy
import json

import pytest
import torch
from peft import (
    LoraConfig,
    PeftModel,
    PrefixTuningConfig,
    PromptEncoderConfig,
    PromptTuningConfig,
    get_peft_model,
)
from safetensors.torch import save_file
from scipy.stats import norm
from torch import nn
from transformers import DynamicCache, GPT2Config, GPT2LMHeadModel

from solutions.lora.reference import (
    Adapter,
    LoRALinear,
    PromptEncoder,
    QLoRALinear,
    adapter_state,
    bits_per_weight,
    dequantize,
    double_quantize,
    inject,
    load_adapter,
    merge,
    normal_table,
    pack_nibbles,
    prefix_pairs,
    prepend_prompt,
    quantize,
    unpack_nibbles,
)

BITSANDBYTES = [  # `get_4bit_type("nf4")`, as bitsandbytes has it in its source
    -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
    -0.18477343022823334, -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725,
    0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941,
    0.7229568362236023, 1.0,
]  # fmt: skip
NAMES = ["c_attn", "mlp.c_proj"]


def gpt2() -> GPT2LMHeadModel:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = GPT2Config(
            vocab_size=50, n_positions=40, n_embd=24, n_layer=3, n_head=4, initializer_range=0.3,
            attn_pdrop=0.0, embd_pdrop=0.0, resid_pdrop=0.0, bos_token_id=0, eos_token_id=0,
        )  # fmt: skip
        return GPT2LMHeadModel(config).eval()


def ids(texts: int = 3, tokens: int = 7) -> torch.Tensor:
    return torch.randint(50, (texts, tokens), generator=torch.Generator().manual_seed(texts))


def filled(model: nn.Module, seed: int = 1) -> nn.Module:
    """Give the B of each update other numbers than zeros."""
    luck = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for layer in model.modules():
            if isinstance(layer, LoRALinear):
                shape = layer.lora_B.weight.shape
                layer.lora_B.weight.copy_(0.1 * torch.randn(shape, generator=luck))
    return model


@pytest.fixture
def adapted():
    model = gpt2()
    inject(model, NAMES, rank=4, alpha=6.0)
    return filled(model)


def saved(model: nn.Module, folder) -> None:
    """Write an adapter as `peft` reads it."""
    save_file(adapter_state(model), folder / "adapter_model.safetensors")
    config = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 4, "lora_alpha": 6.0,
              "target_modules": NAMES, "fan_in_fan_out": True}  # fmt: skip
    (folder / "adapter_config.json").write_text(json.dumps(config), encoding="utf-8")


# --- LoRA: peft ----------------------------------------------------------------------------------


def test_peft_loads_our_file_and_says_the_same(adapted, tmp_path):
    saved(adapted, tmp_path)
    theirs = PeftModel.from_pretrained(gpt2(), tmp_path)
    with torch.no_grad():
        assert torch.allclose(theirs(ids()).logits, adapted(ids()).logits, atol=5e-6)
    assert not torch.allclose(gpt2()(ids()).logits, adapted(ids()).logits, atol=1e-2)


def test_our_layers_and_weights_are_those_that_peft_counts():
    ours = gpt2()
    counts = inject(ours, NAMES, rank=4, alpha=6.0)
    how = LoraConfig(r=4, lora_alpha=6.0, target_modules=NAMES, fan_in_fan_out=True)
    theirs = get_peft_model(gpt2(), how)
    assert list(counts) == theirs.base_model.targeted_module_names
    trained, _ = theirs.get_nb_trainable_parameters()
    assert sum(w.numel() for w in ours.parameters() if w.requires_grad) == trained
    assert sum(counts.values()) == trained


def test_an_adapter_of_peft_loads_into_our_layers(tmp_path):
    how = LoraConfig(
        r=4, lora_alpha=6.0, target_modules=NAMES, fan_in_fan_out=True, init_lora_weights=False
    )
    theirs = get_peft_model(gpt2(), how).eval()
    ours = gpt2()
    inject(ours, NAMES, rank=4, alpha=6.0)
    state = {name: w for name, w in theirs.state_dict().items() if "lora_" in name}
    load_adapter(ours, {name.replace(".default", ""): w for name, w in state.items()})
    with torch.no_grad():
        assert torch.allclose(theirs(ids()).logits, ours(ids()).logits, atol=5e-6)


def test_merged_weights_are_those_of_peft(adapted, tmp_path):
    saved(adapted, tmp_path)
    theirs = PeftModel.from_pretrained(gpt2(), tmp_path).merge_and_unload()
    before = adapted(ids()).logits
    for layer in adapted.modules():
        if isinstance(layer, LoRALinear):
            merge(layer)
    with torch.no_grad():
        assert torch.allclose(adapted(ids()).logits, before, atol=1e-5)
    ours = adapted.transformer.h[1].mlp.c_proj.base.weight
    assert torch.allclose(ours, theirs.transformer.h[1].mlp.c_proj.weight, atol=1e-6)


def test_brought_back_and_switched_off_it_is_the_old_model(adapted):
    layers = [layer for layer in adapted.modules() if isinstance(layer, LoRALinear)]
    before = adapted(ids()).logits
    for back in (False, True):
        for layer in layers:
            merge(layer, back)
    assert torch.allclose(adapted(ids()).logits, before, atol=1e-5)
    for layer in layers:
        layer.on = False
    assert torch.allclose(adapted(ids()).logits, gpt2()(ids()).logits, atol=1e-5)


def test_a_new_update_changes_nothing_and_only_it_trains():
    model = gpt2()
    inject(model, ["c_proj"], rank=2, alpha=2.0)
    assert torch.equal(model(ids()).logits, gpt2()(ids()).logits)
    model(ids(), labels=ids()).loss.backward()
    grown = {name for name, weight in model.named_parameters() if weight.grad is not None}
    assert grown == {name.removeprefix("base_model.model.") for name in adapter_state(model)}


# --- prompts and prefixes: peft ------------------------------------------------------------------


def test_a_soft_prompt_is_that_of_peft():
    how = PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=5)
    theirs = get_peft_model(gpt2(), how).eval()
    prompt = theirs.get_prompt(batch_size=1)[0].detach()
    mask = torch.arange(7) < torch.tensor([[7], [4], [6]])
    model = gpt2()
    vectors, longer = prepend_prompt(prompt, model.transformer.wte(ids()), mask)
    with torch.no_grad():
        expected = theirs(input_ids=ids(), attention_mask=mask.long()).logits
        ours = model(inputs_embeds=vectors, attention_mask=longer.long()).logits
    assert torch.allclose(ours[:, 5:][mask], expected[:, 5:][mask], atol=1e-5)


def test_a_prefix_is_that_of_peft():
    how = PrefixTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=5)
    theirs = get_peft_model(gpt2(), how).eval()
    flat = theirs.prompt_encoder["default"].embedding.weight.detach()  # (length, layer * 2 * d)
    prefix = flat.view(5, 3, 2, 24).permute(1, 2, 0, 3)
    cache = DynamicCache()
    for layer, (keys, values) in enumerate(prefix_pairs(prefix, heads=4, batch=3)):
        cache.update(keys, values, layer)
    mask = torch.ones(3, 12, dtype=torch.long)
    with torch.no_grad():
        expected = theirs(input_ids=ids(), attention_mask=mask[:, :7]).logits
        ours = gpt2()(ids(), attention_mask=mask, past_key_values=cache).logits
    assert torch.allclose(ours, expected, atol=1e-5)


def test_a_prefix_made_of_real_keys_and_values_is_a_text_that_was_read():
    model, text = gpt2(), ids(1, 5)
    with torch.no_grad():
        read = model(text, use_cache=True).past_key_values
        pairs = [(layer.keys, layer.values) for layer in read.layers]
        flat = [
            torch.stack([part[0].transpose(0, 1).flatten(1) for part in pair]) for pair in pairs
        ]
        cache = DynamicCache()
        for layer, pair in enumerate(prefix_pairs(torch.stack(flat), heads=4, batch=3)):
            cache.update(*pair, layer)
        ours = model(ids(), past_key_values=cache).logits
        whole = model(torch.cat([text.expand(3, -1), ids()], dim=1)).logits[:, 5:]
    assert torch.allclose(ours, whole, atol=1e-5)


def test_a_prompt_from_a_network_is_that_of_peft():
    how = PromptEncoderConfig(
        task_type="CAUSAL_LM", num_virtual_tokens=5, encoder_hidden_size=16,
        encoder_reparameterization_type="MLP",
    )  # fmt: skip
    theirs = get_peft_model(gpt2(), how).prompt_encoder["default"]
    ours = PromptEncoder(5, 24, 16)
    ours.table.load_state_dict(theirs.embedding.state_dict())
    for layer, place in ((ours.up, 0), (ours.middle, 2), (ours.down, 4)):
        layer.load_state_dict(theirs.mlp_head[place].state_dict())
    assert torch.allclose(ours(), theirs(torch.arange(5)), atol=1e-6)


def test_an_adapter_begins_as_nothing_and_is_an_mlp_beside_a_bypass():
    adapter, x = Adapter(6, 2), torch.randn(4, 6)
    assert torch.equal(adapter(x), x)
    nn.init.normal_(adapter.up.weight)
    inner = nn.Sequential(adapter.down, nn.GELU(), adapter.up)
    assert torch.allclose(adapter(x), x + inner(x), atol=1e-6)


# --- four bits: bitsandbytes, SciPy, torch -------------------------------------------------------


def test_the_table_is_that_of_bitsandbytes():
    assert normal_table(4).tolist() == pytest.approx(BITSANDBYTES, abs=1e-6)


@pytest.mark.parametrize("bits", [2, 3, 4, 5])
def test_the_values_are_quantiles_of_scipy(bits):
    half = 2 ** (bits - 1)
    above = norm.ppf(torch.linspace(0.9677083, 0.5, half + 1)[:-1].numpy())
    table = normal_table(bits)
    assert len(table) == 2**bits
    assert table[half:].tolist() == pytest.approx((above[::-1] / above[0]).tolist(), abs=1e-5)


def test_codes_are_those_between_the_middles_of_the_table():
    table, weight = normal_table(4), torch.randn(64, 48, generator=torch.Generator().manual_seed(3))
    codes, scales = quantize(weight, table, 32)
    middles = (table[1:] + table[:-1]) / 2
    shares = weight.view(-1, 32) / weight.view(-1, 32).abs().max(dim=1, keepdim=True).values
    assert (codes == torch.bucketize(shares, middles)).float().mean() > 0.999
    again = dequantize(codes, scales, table, weight.shape)
    assert torch.equal(quantize(again, table, 32)[0], codes)


def test_what_is_packed_comes_back_as_torch_unpacks_it():
    codes = torch.randint(16, (6, 8), generator=torch.Generator().manual_seed(2))
    packed = pack_nibbles(codes)
    assert packed.nbytes * 2 == codes.numel()
    assert torch.equal(unpack_nibbles(packed).view(6, 8), codes)
    assert torch.equal(packed, ((codes[:, ::2] << 4) | codes[:, 1::2]).flatten().to(torch.uint8))


def test_bits_are_those_of_what_is_kept():
    weight, table = torch.randn(128, 64), normal_table(4)
    codes, scales = quantize(weight, table, 64)
    held = 8 * (pack_nibbles(codes).nbytes + scales.nbytes)
    assert held / weight.numel() == bits_per_weight(4, 64)
    assert bits_per_weight(4, 64) - bits_per_weight(4, 64, 256) == pytest.approx(0.373, abs=5e-4)


def test_scales_that_are_quantized_twice_are_near():
    scales = torch.rand(512, generator=torch.Generator().manual_seed(4)) + 0.5
    again = double_quantize(scales, torch.linspace(-1, 1, 255), 256)
    assert (again - scales).abs().max() < 0.003


def test_a_layer_of_four_bits_is_the_layer_with_its_weight_quantized(adapted):
    layer = adapted.transformer.h[0].attn.c_attn
    small = QLoRALinear(layer, normal_table(4), 16)
    twin = copy.deepcopy(layer)
    codes, scales = quantize(layer.base.weight.T, normal_table(4), 16)
    near = dequantize(codes, scales, normal_table(4), (72, 24))
    twin.base.weight.data = near.T.contiguous()
    x = torch.randn(2, 5, 24)
    assert torch.allclose(small(x), twin(x), atol=1e-5)
    assert small.packed.nbytes * 8 == layer.base.weight.nbytes
