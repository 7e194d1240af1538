"""The same adaptation by `peft`: a file that it loads, and SmolLM2 with updates of both."""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["NAMES", "save_adapter", "smollm2_both_ways", "with_peft"]

NAMES = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
TEXT = "The lighthouse keeper opened the letter and read it twice."
State = dict[str, "Tensor"]


def save_adapter(
    state: State, folder: Path, rank: int, alpha: float, names: list[str], conv1d: bool
) -> Path:
    """Write an adapter as `peft` reads it, and return its file; `conv1d` says how layers lie."""
    from safetensors.torch import save_file

    how = {
        "peft_type": "LORA", "task_type": "CAUSAL_LM", "r": rank, "lora_alpha": alpha,
        "target_modules": names, "fan_in_fan_out": conv1d,
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adapter_config.json").write_text(json.dumps(how, indent=1), encoding="utf-8")
    file = folder / "adapter_model.safetensors"
    save_file({name: weight.contiguous() for name, weight in state.items()}, file)
    return file


def with_peft(model: Any, folder: Path) -> Any:
    """Return a model with the adapter of a folder, as `peft` puts it in."""
    from peft import PeftModel

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of names that transformers will change
        return PeftModel.from_pretrained(model, folder).eval()


def smollm2_both_ways(
    model: Any,
    tokenizer: Any,
    inject: Callable[[Any, list[str], int, float], dict[str, int]],
    adapter_state: Callable[[Any], State],
    rank: int = 8,
) -> dict[str, str]:
    """Put updates into SmolLM2 by the student's functions and by `peft`, and compare the two.

    B gets small numbers, the same in both, so that the updates do something. The model is changed:
    afterwards it has the updates inside.
    """
    import torch

    ids = tokenizer(TEXT, return_tensors="pt")["input_ids"]
    counts = inject(model, NAMES, rank, 2.0 * rank)
    luck = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name.endswith("lora_B.weight"):
                weight.copy_(0.02 * torch.randn(weight.shape, generator=luck))
        mine, state = model(ids).logits, adapter_state(model)
        _take_out(model)
        before = model(ids).logits
    with tempfile.TemporaryDirectory() as folder:
        file = save_adapter(state, Path(folder), rank, 2.0 * rank, NAMES, conv1d=False)
        size = file.stat().st_size
        theirs = with_peft(model, Path(folder))
    with torch.no_grad():
        apart = (theirs(ids).logits - mine).abs().max()
    weights = sum(w.numel() for name, w in theirs.named_parameters() if "lora_" in name)
    megabytes = sum(w.nbytes for w in model.parameters()) / 1e6
    return {
        "layers": f"{len(counts)} and {len(theirs.base_model.targeted_module_names)}",
        "weights that train": f"{sum(counts.values()):,} and {weights:,}",
        "megabytes of the file": f"{size / 1e6:.1f}",
        "megabytes of the model": f"{megabytes:.0f}",
        "the update moves a logit by at most": f"{float((mine - before).abs().max()):.2f}",
        "the two differ by at most": f"{float(apart):.1g}",
    }


def _take_out(model: Any) -> None:
    """Put each base back into the place of its layer."""
    from gradelib.topics.lora.methods import replace_layers

    replace_layers(model, lambda layer: layer.base)
