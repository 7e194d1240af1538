"""A chat box: one question, and what the decoder says to it before and after tuning."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gradelib.topics.sft.assistant import asked

if TYPE_CHECKING:
    from gradelib.topics.sft.assistant import Assistant

__all__ = ["ChatBox", "smollm2"]

LONGEST = 300  # letters of an instruction that are read
STORY = 700  # letters of a story that are read
NEW = 90  # tokens that are written at most
Talker = Callable[[str, str], str]  # instruction, story -> answer


def smollm2() -> tuple[Talker | None, str]:
    """Return how SmolLM2 is asked, or None and one line that says why it is not here."""
    from gradelib.lab import data, models

    try:
        models.shared("smollm2")
    except (models.ModelError, data.MissingData) as error:
        return None, str(error)

    def ask(instruction: str, story: str) -> str:
        return models.chat(asked(instruction, story)[0]["content"], max_new_tokens=NEW)

    return ask, ""


@dataclass(frozen=True)
class ChatBox:
    """Models by name that answer the same question, side by side."""

    assistant: Assistant
    models: Mapping[str, Any]
    others: Mapping[str, Talker] = field(default_factory=dict)  # such as SmolLM2
    note: str = ""  # one line below: what is not here, and how to get it

    def answered(self, instruction: str, story: str) -> dict[str, str]:
        """Return the answer of each model."""
        question = instruction[:LONGEST].strip() or "Tell a story about Mia."
        below = story[:STORY].strip()
        chat = asked(question, below)
        said = {
            name: self.assistant.answers(model, [chat], longest=NEW)[0]
            for name, model in self.models.items()
        }
        return said | {name: talker(question, below) for name, talker in self.others.items()}

    def page(self, instruction: str, story: str) -> str:
        """Return the answers side by side, in HTML."""
        said = self.answered(instruction, story)
        heads = "".join(f"<th style='text-align:left'>{html.escape(name)}</th>" for name in said)
        cells = "".join(
            "<td style='text-align:left;vertical-align:top;white-space:pre-wrap;max-width:16rem'>"
            f"{html.escape(text) or '<i>(nothing)</i>'}</td>"
            for text in said.values()
        )
        notes = [self.note] if self.note else []
        if len(instruction) > LONGEST or len(story) > STORY:
            notes.append(
                f"Only {LONGEST} letters of an instruction and {STORY} of a story are read."
            )
        below = "".join(f"<p>{html.escape(note)}</p>" for note in notes)
        return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>{below}"

    def show(self, instruction: str, story: str = "") -> None:
        """Show the widget: a box for the instruction, one for a story, and the answers."""
        from IPython.display import display
        from ipywidgets import HTML, Button, Layout, Text, Textarea, VBox

        wide = Layout(width="min(46rem, 95%)")
        box = Text(instruction, description="you say", layout=wide)
        about = Textarea(story, description="a story", layout=wide,
                         placeholder="leave it empty, or paste a story to ask about")  # fmt: skip
        send, page = Button(description="send"), HTML()

        def redraw(_: Any = None) -> None:
            try:
                page.value = self.page(box.value, about.value)
            except Exception as error:  # noqa: BLE001 (an answer may raise anything)
                message = html.escape(f"{type(error).__name__}: {error}")
                page.value = f"<p>One of the models stopped: {message}</p>"

        send.on_click(redraw)
        redraw()
        display(VBox([box, about, send, page]))
