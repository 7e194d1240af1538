"""Students of a large encoder: what each loss makes of them, in the same number of steps.

All begin with every other layer of their teacher, and see the same texts in the same order.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tqdm.auto import tqdm

from gradelib.lab import data, figures, village
from gradelib.topics.encoder.bert import body_weights

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.topics.encoder.bert import Reader

__all__ = ["Curve", "Lesson", "draw_lessons"]

SENTENCES = 2  # of a story that make one text
BATCH = 24
LOOKS = 4  # at how many steps the losses are measured
WAYS = {  # temperature and alpha of the distillation loss
    "the labels alone": (1.0, 0.0),
    "the teacher alone": (2.0, 1.0),
    "half and half": (2.0, 0.5),
}


@dataclass
class Curve:
    """The loss of one student on texts that nobody has seen, against the steps."""

    steps: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    seconds: float = 0.0


class Lesson:
    """One teacher, one way to hide tokens, and students that learn by different losses."""

    def __init__(
        self,
        reader: Reader,
        encoder: Callable[..., Any],
        every_other: Callable[[dict[str, Tensor]], dict[str, Tensor]],
        choose_masked: Callable[..., Tensor],
        corrupt: Callable[..., tuple[Tensor, Tensor]],
    ) -> None:
        self.reader, self.encoder, self.every_other = reader, encoder, every_other
        self.hide = lambda ids, luck: reader.hide(ids, luck, choose_masked, corrupt)
        self.texts = _texts("train", 2000)
        self.unseen = _texts("validation", 40)
        weights = body_weights(reader.model)
        self.teacher = self._built(weights)
        self.teacher_loss = self._loss(self.teacher)

    def student(self) -> Any:
        """Return an encoder with every other layer of the teacher, and the teacher's weights."""
        return self._built(self.every_other(body_weights(self.reader.model)))

    def _built(self, weights: dict[str, Tensor]) -> Any:
        config = self.reader.model.config
        layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
        built = self.encoder(
            config.vocab_size, config.max_position_embeddings, config.hidden_size,
            config.num_attention_heads, config.intermediate_size, layers,
        )  # fmt: skip
        built.load_state_dict(weights)
        return built

    def teach(
        self, distillation_loss: Callable[..., Tensor], steps: int = 120, rate: float = 1e-3
    ) -> dict[str, Curve]:
        """Train a student by each way of WAYS; return a curve for each."""
        rounds = tqdm(total=steps * len(WAYS), desc="students", leave=False)
        curves = {}
        for name, (T, alpha) in WAYS.items():

            def loss(student: Tensor, teacher: Tensor, labels: Tensor, T: float = T,
                     alpha: float = alpha) -> Tensor:  # fmt: skip
                return distillation_loss(student, teacher, labels, T, alpha)

            curves[name] = self._train(loss, steps, rate, rounds)
        rounds.close()
        return curves

    def _train(self, loss: Callable[..., Tensor], steps: int, rate: float, rounds: Any) -> Curve:
        import numpy as np
        import torch

        student, curve = self.student().train(), Curve()
        optimizer = torch.optim.AdamW(student.parameters(), lr=rate)
        luck, rng = torch.Generator().manual_seed(0), np.random.default_rng(0)
        start = time.process_time()
        for step in range(steps + 1):
            if step % (steps // LOOKS) == 0:
                curve.steps.append(step)
                curve.losses.append(self._loss(student))
            if step == steps:
                break
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / 15) * (1 - step / steps)
            chosen = [self.texts[place] for place in rng.integers(len(self.texts), size=BATCH)]
            ids, mask = self.reader.batch(chosen)
            inputs, labels = self.hide(ids, luck)
            asked = labels >= 0
            with torch.no_grad():
                told = self.reader.guess(self.teacher(inputs, mask)[asked])
            said = self.reader.guess(student(inputs, mask)[asked])
            optimizer.zero_grad()
            loss(said, told, labels[asked]).backward()
            optimizer.step()
            rounds.update()
        curve.seconds = time.process_time() - start
        return curve

    def _loss(self, encoder: Any) -> float:
        """Return the mean surprisal at what is hidden in the unseen texts; always the same."""
        import torch

        luck, nats, count = torch.Generator().manual_seed(7), 0.0, 0
        with torch.no_grad():
            for start in range(0, len(self.unseen), BATCH):
                ids, mask = self.reader.batch(self.unseen[start : start + BATCH])
                inputs, labels = self.hide(ids, luck)
                asked = labels >= 0
                logits = self.reader.guess(encoder(inputs, mask)[asked])
                nats += torch.nn.functional.cross_entropy(
                    logits, labels[asked], reduction="sum"
                ).item()
                count += int(asked.sum())
        return nats / count

    def sizes(self) -> dict[str, list[str]]:
        """Return size and speed of teacher and student."""
        rows: dict[str, list[str]] = {
            "": [],
            "layers": [],
            "weights (millions)": [],
            "ms a text": [],
        }
        for name, model in {"teacher": self.teacher, "student": self.student()}.items():
            rows[""].append(name)
            rows["layers"].append(str(len(model.layers)))
            count = sum(weight.numel() for weight in model.parameters())
            rows["weights (millions)"].append(f"{count / 1e6:.2f}")
            rows["ms a text"].append(f"{1000 * self._seconds(model):.2f}")
        return rows

    def _seconds(self, model: Any) -> float:
        """Return the least processor time that one of five readings takes, for a text."""
        import torch

        ids, mask = self.reader.batch(self.unseen[:BATCH])
        took = []
        with torch.no_grad():
            for _ in range(5):
                start = time.process_time()
                model(ids, mask)
                took.append(time.process_time() - start)
        return min(took) / len(ids)


def _texts(split: str, count: int) -> list[str]:
    texts = []
    for story in data.stories(split)[:count]:
        said = village.sentences(story["text"])
        texts += [" ".join(said[i : i + SENTENCES]) for i in range(0, len(said) - 1, SENTENCES)]
    return texts


def draw_lessons(curves: Mapping[str, Curve], teacher: float | None = None) -> Any:
    """Draw the loss of each student; the title says who is ahead, from these very runs."""
    series: dict[str, tuple[Sequence[float], Sequence[float]]] = {
        name: (curve.steps[1:], curve.losses[1:]) for name, curve in curves.items()
    }
    ends = {name: curve.losses[-1] for name, curve in curves.items()}
    best = min(ends, key=lambda name: ends[name])
    lead = ends["the labels alone"] - ends[best]
    title = f"After {curves[best].steps[-1]} steps, “{best}” is ahead"
    if best != "the labels alone":
        title += f" of the labels alone by {lead:.2f} nats"
    shades = dict(zip(series, map(figures.colour, ("baseline", "yours", "library")), strict=True))
    axes = figures.lines(series, title, x="step", y="loss (nats a hidden token)", colours=shades)
    if teacher is not None:
        axes.axhline(teacher, color=figures.colour("truth"), linestyle="--")
        figures.label(axes, 0, teacher, f"the teacher {teacher:.2f}", figures.colour("truth"))
    axes.margins(x=0.2)
    return axes
