"""Students of a large encoder: what labels make of them, and what their teacher's guesses do.

All begin with every other layer of their teacher and take their steps side by side, so that a
slow computer stops all of them at the same step. Nothing here trains the head: it is the teacher's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gradelib.lab import data, village
from gradelib.lab.compute import Quickest, threads
from gradelib.lab.counted import Steps
from gradelib.lab.nan import no_nan
from gradelib.topics.encoder.bert import body_weights

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from gradelib.topics.encoder.bert import Reader

__all__ = ["FEW", "Lesson", "Mark", "Plan", "Student"]

SENTENCES = 2  # of a story that make one text
BATCH = 24  # texts a step
FEW = 60  # texts whose hidden words are known, where labels are rare
POOL = 10  # batches that are drawn at a time, and cut from the shortest text to the longest
LOOKS = 4  # at how many steps the students are measured


@dataclass(frozen=True)
class Way:
    """What a student learns from: which texts have labels, and how much its teacher counts."""

    name: str
    few: bool  # only FEW texts have labels
    T: float
    alpha: float  # the share of the teacher

    @property
    def is_taught(self) -> bool:
        """Say whether the teacher counts at all."""
        return self.alpha > 0


WAYS = (
    Way("all labels", few=False, T=1.0, alpha=0.0),
    Way("all labels and the teacher", few=False, T=2.0, alpha=0.5),
    Way("few labels", few=True, T=1.0, alpha=0.0),
    Way("few labels and the teacher", few=True, T=2.0, alpha=0.9),
)


@dataclass(frozen=True)
class Plan:
    """How long to train."""

    steps: int = 100
    limit: float = 60  # seconds: then all students stop, however far they have come
    rate: float = 1e-3  # the highest learning rate
    cores: int = 1  # that there are

    def pace(self, step: int) -> float:
        """Return the learning rate of a step: it rises for a short while and then falls."""
        return self.rate * min(1.0, (step + 1) / 15) * (1 - step / self.steps)


class Mark(NamedTuple):
    """How well a model fills gaps in texts that it has never seen."""

    loss: float  # nats a hidden token
    right: float  # share of hidden tokens that its best guess hits


@dataclass
class Student:
    """One student: what it learns from, its model, and its marks at some steps."""

    way: Way
    model: Any
    optimizer: torch.optim.Optimizer
    steps: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def learn(self, loss: Tensor, rate: float) -> None:
        """Take one step down the gradient of a loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad()
        no_nan(loss, "a student's loss").backward()
        self.optimizer.step()


class Lesson:
    """One teacher, one way to hide tokens, and students that learn from different things."""

    def __init__(
        self,
        reader: Reader,
        encoder: Callable[..., Any],
        every_other: Callable[[dict[str, Tensor]], dict[str, Tensor]],
        choose_masked: Callable[..., Tensor],
        corrupt: Callable[..., tuple[Tensor, Tensor]],
    ) -> None:
        self.reader, self.encoder, self.every_other = reader, encoder, every_other
        self.choose_masked, self.corrupt = choose_masked, corrupt
        self.texts = _texts("train", 2000)
        self.unseen = sorted(_texts("validation", 40), key=len)
        self.teacher = self._built(body_weights(reader.model)).eval()

    def beginner(self) -> Any:
        """Return an encoder with every other layer of the teacher, and the teacher's weights."""
        return self._built(self.every_other(body_weights(self.reader.model)))

    def hide(self, ids: Tensor, luck: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return inputs and labels of a batch, (text, token)."""
        return self.reader.hide(ids, luck, self.choose_masked, self.corrupt)

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
        self, distillation_loss: Callable[..., Tensor], plan: Plan | None = None
    ) -> list[Student]:
        """Train a student in each of the WAYS, side by side; return them with their marks."""
        plan, begun = plan or Plan(), time.perf_counter()
        students, batches = [self._enrolled(way) for way in WAYS], _Batches(self)
        first = self.mark(students[0].model)  # all begin alike
        for student in students:
            student.steps.append(0)
            student.marks.append(first)
        steps, quickest = Steps(plan.steps, "four students"), Quickest(plan.cores)
        for number in steps:
            many, few = batches.draw()
            for student in students:
                start = time.perf_counter()
                with threads(quickest.count):
                    loss = self._loss(student, many, few, distillation_loss)
                    student.learn(loss, plan.pace(number - 1))
                quickest.took(time.perf_counter() - start)
            late = time.perf_counter() - begun > plan.limit
            if late or number % max(1, plan.steps // LOOKS) == 0 or number == plan.steps:
                for student in students:
                    self._look(student, number)
            if late:
                steps.stop()
        return students

    def _enrolled(self, way: Way) -> Student:
        import torch

        model = self.beginner().train()
        return Student(way, model, torch.optim.AdamW(model.parameters(), lr=0.0, fused=True))

    def _loss(
        self, student: Student, many: _Batch, few: _Batch, loss: Callable[..., Tensor]
    ) -> Tensor:
        """Return a student's loss on what it can use: without a teacher, only texts with labels."""
        way = student.way
        batch = few if way.few and not way.is_taught else many
        labels = batch.labels.where(batch.known, -100) if way.few else batch.labels
        said = self.reader.guess(student.model(batch.inputs, batch.mask)[batch.asked])
        return loss(said, batch.told, labels, way.T, way.alpha)

    def _look(self, student: Student, step: int) -> None:
        student.steps.append(step)
        student.marks.append(self.mark(student.model))

    def mark(self, model: Any) -> Mark:
        """Measure a model on the unseen texts, always with the same tokens hidden."""
        import torch

        luck, nats, right, count = torch.Generator().manual_seed(7), 0.0, 0, 0
        with torch.no_grad():
            for start in range(0, len(self.unseen), BATCH):
                ids, mask = self.reader.batch(self.unseen[start : start + BATCH])
                inputs, labels = self.hide(ids, luck)
                asked = labels >= 0
                logits = self.reader.guess(model(inputs, mask)[asked])
                sum_of_nats = torch.nn.functional.cross_entropy(
                    logits, labels[asked], reduction="sum"
                )
                nats += sum_of_nats.item()
                right += int((logits.argmax(dim=-1) == labels[asked]).sum())
                count += int(asked.sum())
        return Mark(nats / count, right / count)

    def report(self, students: Sequence[Student]) -> dict[str, list[object]]:
        """Return size, speed and marks of the teacher, of a beginner and of all students."""
        beginner = self.beginner()
        models = {"teacher": self.teacher, "student, before": beginner}
        rows: list[tuple[str, Any, Mark]] = [
            (name, model, self.mark(model)) for name, model in models.items()
        ]
        rows += [(f"student, {one.way.name}", one.model, one.marks[-1]) for one in students]
        slow, fast = (self._seconds(model) for model in models.values())
        return {
            "": [name for name, _, _ in rows],
            "layers": [len(model.layers) for _, model, _ in rows],
            "weights (millions)": [f"{_weights(model) / 1e6:.2f}" for _, model, _ in rows],
            "ms a text": [f"{1000 * slow:.2f}", *[f"{1000 * fast:.2f}"] * (len(rows) - 1)],
            "loss (nats)": [f"{mark.loss:.2f}" for _, _, mark in rows],
            "guessed right": [f"{mark.right:.0%}" for _, _, mark in rows],
        }

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


class _Batch(NamedTuple):
    """Texts with hidden tokens, and what is said of these: by the label, and by the teacher."""

    inputs: Tensor  # (text, token)
    mask: Tensor  # (text, token)
    asked: Tensor  # (text, token), booleans: here a token is hidden
    labels: Tensor  # (row,), one for each hidden token
    told: Tensor  # (row, vocab), the teacher's logits; zeros where it has not read
    known: Tensor  # (row,), booleans: the text is one of the few that have labels


class _Batches:
    """Draws the same batches for all students: one of all texts, and one of the few.

    The texts of a batch are of about the same length: padding takes time, and teaches nothing.
    """

    def __init__(self, lesson: Lesson) -> None:
        import torch

        self.lesson, self.luck = lesson, torch.Generator().manual_seed(0)
        lengths = np.array([len(text) for text in lesson.texts])
        self.many = _alike(lengths, POOL * BATCH, np.random.default_rng(0))
        self.few = _alike(lengths[:FEW], FEW - FEW % BATCH, np.random.default_rng(1))

    def draw(self) -> tuple[_Batch, _Batch]:
        return self._batch(next(self.many)), self._batch(next(self.few), is_read=False)

    def _batch(self, places: Any, is_read: bool = True) -> _Batch:
        """Hide tokens of some texts. The teacher does not read what is for those without one."""
        import torch

        lesson = self.lesson
        ids, mask = lesson.reader.batch([lesson.texts[place] for place in places])
        inputs, labels = lesson.hide(ids, self.luck)
        asked = labels >= 0
        known = torch.from_numpy(places < FEW)[:, None].expand_as(asked)[asked]
        told = torch.zeros(int(asked.sum()), lesson.reader.vocab)
        if is_read:
            with torch.no_grad():
                told = lesson.reader.guess(lesson.teacher(inputs, mask)[asked])
        return _Batch(inputs, mask, asked, labels[asked], told, known)


def _alike(lengths: np.ndarray[Any, Any], pool: int, rng: np.random.Generator) -> Iterator[Any]:
    """Yield the places of BATCH texts of about the same length, without end."""
    while True:
        drawn = rng.permutation(len(lengths))[:pool]
        drawn = drawn[np.argsort(lengths[drawn], kind="stable")]
        yield from rng.permutation(drawn.reshape(-1, BATCH))


def _weights(model: Any) -> int:
    return sum(weight.numel() for weight in model.parameters())


def _texts(split: str, count: int) -> list[str]:
    return [text for story in data.stories(split)[:count] for text in _pairs(story["text"])]


def _pairs(story: str) -> Iterator[str]:
    said = village.sentences(story)
    for place in range(0, len(said) - 1, SENTENCES):
        yield " ".join(said[place : place + SENTENCES])
