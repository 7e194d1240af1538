"""A beginning to type, an adapter to choose and its strength: what the decoder writes then."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.topics.lora.methods import layers_of

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.topics.lora.methods import Decoder

__all__ = ["AdapterPlayground"]

LONGEST = 200  # letters that are read
NEW = 40  # tokens that are written at most
State = dict[str, "Tensor"]


@dataclass(frozen=True)
class AdapterPlayground:
    """One decoder with updates inside, and adapters by name that are loaded into it."""

    decoder: Decoder
    model: Any
    adapters: Mapping[str, State]
    load_adapter: Callable[[Any, State], None]

    def written(self, text: str, adapter: str, strength: float) -> str:
        """Return what the decoder writes after a text, always the likeliest token.

        With the adapter "none", or a strength of 0, it is the old decoder.
        """
        import torch

        tokenizer: Any = self.decoder.tokenizer
        end = tokenizer.eos_token_id
        ids = torch.tensor([[end, *tokenizer(text[:LONGEST])["input_ids"]]])
        scales = [(layer, layer.scale, layer.on) for _, layer in layers_of(self.model)]
        if adapter in self.adapters:
            self.load_adapter(self.model, self.adapters[adapter])
        try:
            for layer, scale, _ in scales:
                layer.scale, layer.on = strength * scale, adapter in self.adapters
            more = {"max_new_tokens": NEW, "do_sample": False, "pad_token_id": end}
            mask = torch.ones_like(ids)
            made = self.model.eval().generate(ids, attention_mask=mask, **more)
        finally:
            for layer, scale, on in scales:
                layer.scale, layer.on = scale, on
        said: str = tokenizer.decode(made[0, ids.shape[1] :], skip_special_tokens=True)
        return said

    def page(self, text: str, adapter: str, strength: float) -> str:
        """Return a text and what the decoder writes after it, in HTML."""
        said = html.escape(self.written(text, adapter, strength))
        cut = "" if len(text) <= LONGEST else f"<p>Only the first {LONGEST} letters are read.</p>"
        return f"<p>{html.escape(text[:LONGEST])}<b>{said}</b></p>{cut}"

    def show(self, text: str) -> None:
        """Show the widget: a beginning, an adapter, its strength, and the text below."""
        from IPython.display import display
        from ipywidgets import HTML, Dropdown, FloatSlider, Layout, Text, VBox

        wide = Layout(width="min(46rem, 95%)")
        box = Text(text, description="beginning", layout=wide, continuous_update=False)
        names = ["none", *self.adapters]
        choice = Dropdown(options=names, value=names[-1], description="adapter")
        more: dict[str, Any] = {"min": 0.0, "max": 2.0, "step": 0.1, "continuous_update": False}
        strength = FloatSlider(1.0, description="strength", layout=wide, **more)
        page = HTML()

        def redraw(_: Any = None) -> None:
            try:
                page.value = self.page(box.value, choice.value, strength.value)
            except Exception as error:  # noqa: BLE001 (an answer may raise anything)
                message = html.escape(f"{type(error).__name__}: {error}")
                page.value = f"<p>One of the functions above stopped: {message}</p>"

        for control in (box, choice, strength):
            control.observe(redraw, names="value")
        redraw()
        display(VBox([box, choice, strength, page]))
