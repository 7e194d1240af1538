"""What torch really keeps while a model learns, in bytes: to hold a formula to it."""

from __future__ import annotations

from typing import Any

from gradelib.lab.compute import kept_for_gradients

__all__ = ["measured_memory"]


def measured_memory(model: Any, batch: int, length: int) -> dict[str, int]:
    """Let GPT-2's architecture make one step of AdamW, and count the bytes.

    Attention weights are kept, as it is without a kernel that works them out again. Activations
    are those of the layers: what the whole model keeps, less what it keeps without its layers.
    """
    import torch

    model = _another(model, model.config.n_layer)
    optimizer = torch.optim.AdamW(model.parameters())
    ids = torch.ones(batch, length, dtype=torch.int64)
    activations = _kept(model, ids) - _kept(_another(model, 0), ids)
    model(input_ids=ids).logits.sum().backward()
    optimizer.step()
    parameters = list(model.parameters())
    gradients = [one.grad for one in parameters if one.grad is not None]
    state = [part for one in optimizer.state.values() for part in one.values() if part.dim()]
    return {
        "weights": sum(map(_bytes, parameters)),
        "gradients": sum(map(_bytes, gradients)),
        "optimizer": sum(map(_bytes, state)),  # without its counters of steps
        "activations": activations,
    }


def _another(model: Any, layers: int) -> Any:
    """Return a model of the same shape with new weights, some layers, and plain attention."""
    from transformers import GPT2Config, GPT2LMHeadModel

    settings = {**model.config.to_dict(), "n_layer": layers, "use_cache": False}
    made = GPT2LMHeadModel(GPT2Config(**settings))
    made.set_attn_implementation("eager")
    return made.train()


def _kept(model: Any, ids: Any) -> int:
    return kept_for_gradients(model, lambda: model(input_ids=ids).logits)


def _bytes(tensor: Any) -> int:
    count: int = tensor.numel() * tensor.element_size()
    return count
