"""A calculator: what a training run costs, by the student's own functions."""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradelib.topics.pretraining.facts import DEVICES, LAWS

__all__ = ["RunCalculator"]

Cost = Callable[[int, int, int, float, float, float], dict[str, float]]
Memory = Callable[[int, int, int, int, int, int], dict[str, int]]
Optimal = Callable[[float, float, float, float, float], tuple[float, float]]
LAW = "Besiroglu and others, 2024"
HOURS = 24.0


@dataclass(frozen=True)
class RunCalculator:
    """A run's operations, days, price and memory, and what a scaling law says of it."""

    training_cost: Cost
    training_memory: Memory
    compute_optimal: Optimal

    def page(
        self,
        parameters: float,
        tokens: float,
        device: str,
        devices: int,
        share: float,
        price: float,
    ) -> str:
        """Return the table for a run, in HTML. Parameters and tokens are whole numbers."""
        n, d, peak = round(parameters), round(tokens), DEVICES[device]
        cost = self.training_cost(n, d, devices, peak, share, price)
        kept = self.training_memory(n, 0, 1, 1, 1, 1)
        held = sum(kept[name] for name in ("weights", "gradients", "optimizer"))
        law = LAWS[LAW]
        best = self.compute_optimal(cost["flops"], law.a, law.alpha, law.b, law.beta)
        rows = {
            "operations": f"{cost['flops']:.2e}",
            "time": _time(cost["days"]),
            "price": f"{cost['dollars']:,.0f} dollars",
            "weights, gradients and optimizer": f"{held / 1e9:,.0f} GB",
            "tokens for each weight": f"{d / n:,.1f}",
            "loss by the law": f"{law.loss(n, d):.3f} nats a token; its floor is {law.floor:.2f}",
            "best use of as many operations": f"{_short(best[0])} weights and "
            f"{_short(best[1])} tokens: loss {law.loss(*best):.3f}",
        }
        cells = "".join(
            f"<tr><td style='text-align:left'>{name}</td>"
            f"<td style='text-align:left'>{html.escape(said)}</td></tr>"
            for name, said in rows.items()
        )
        return f"<table>{cells}</table><p>The law is that of {LAW}, and is about their text.</p>"

    def show(self) -> None:
        """Show the widget: sliders for the run, with Llama 7B's numbers to begin with."""
        from IPython.display import display
        from ipywidgets import (
            HTML,
            BoundedFloatText,
            Dropdown,
            FloatLogSlider,
            FloatSlider,
            HBox,
            IntText,
            VBox,
        )

        size = FloatLogSlider(6.7e9, base=10, min=6, max=12, step=0.05, description="weights")
        tokens = FloatLogSlider(1e12, base=10, min=7, max=14, step=0.05, description="tokens")
        device = Dropdown(options=list(DEVICES), description="device")
        devices = IntText(1024, description="devices")
        share = FloatSlider(0.4, min=0.05, max=1.0, step=0.05, description="share")
        price = BoundedFloatText(2.0, min=0.0, max=1000.0, description="$ an hour")
        page = HTML()
        parts = (size, tokens, device, devices, share, price)

        def redraw(_: Any = None) -> None:
            if devices.value < 1:
                page.value = "<p>There must be one device at least.</p>"
                return
            try:
                page.value = self.page(*(part.value for part in parts))
            except Exception as error:  # noqa: BLE001 (an answer may raise anything)
                message = html.escape(f"{type(error).__name__}: {error}")
                page.value = f"<p>One of the functions above stopped: {message}</p>"

        for part in parts:
            part.observe(redraw, names="value")
        redraw()
        rows = [HBox([size, tokens]), HBox([device, devices]), HBox([share, price]), page]
        display(VBox(rows))


def _time(days: float) -> str:
    """Say a time in the unit that fits it.

    >>> _time(0.5), _time(40.0)
    ('12.0 hours', '40.0 days')
    """
    if days < 1 / HOURS:
        return f"{days * HOURS * 60:.1f} minutes"
    if days < 1:
        return f"{days * HOURS:.1f} hours"
    return f"{days:,.1f} days" if days < 1000 else f"{days / 365.25:,.1f} years"


def _short(number: float) -> str:
    """Say a large number in short.

    >>> _short(6.7e9)
    '6.7 billion'
    """
    names = ("", " thousand", " million", " billion", " trillion")
    place = min(len(names) - 1, max(0, math.floor(math.log10(max(number, 1)) / 3)))
    return f"{number / 1000**place:.3g}{names[place]}"
