"""Pictures and tables of SmolLM2's recorded answers, as it is and after QLoRA.

What a title says is computed from what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures
from gradelib.lab.tokens import show_table
from gradelib.topics.beyond.library import words_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["choose", "draw_adapted", "draw_answers", "gained", "holds", "show_said"]

Interval = tuple[float, float]
Row = Mapping[str, Any]
WAYS = {
    "nothing": "with nothing",
    "found": "with what was found",
    "right": "with the right passage",
}


def choose(row: Mapping[str, Any], way: str, how: str) -> bool:
    """Say whether the likeliest of a recorded question's four answers is the right one."""
    values: list[float] = row[way][how]
    return values.index(max(values)) == int(row["place"])


def gained(rows: Sequence[Row], first: str, second: str, how: str) -> tuple[int, int]:
    """Count the questions that come out right in the second way alone, and in the first alone."""
    both = [(choose(row, first, how), choose(row, second, how)) for row in rows]
    return both.count((False, True)), both.count((True, False))


def draw_answers(rows: Sequence[Mapping[str, Any]], wilson: Callable[..., Interval]) -> Axes:
    """Draw how often the right one of four answers is the likeliest, by sum and by mean."""
    count = len(rows)
    shares = {
        (way, how): sum(choose(row, way, how) for row in rows)
        for way in WAYS for how in ("mean", "sum")
    }  # fmt: skip
    nothing, found = (shares[way, "mean"] / count for way in ("nothing", "found"))
    title = f"SmolLM2 chooses right by the mean: {nothing:.0%} with nothing, {found:.0%} with what"
    axes = figures.figure(f"{title} was found", height=3.6)
    axes.axvline(25, color=figures.colour("truth"), linestyle="--")
    figures.label(axes, 25, 2.62, "chance", figures.colour("truth"))
    for place, way in enumerate(WAYS):
        for shift, how, shade in ((-0.17, "mean", "yours"), (0.17, "sum", "baseline")):
            wins = shares[way, how]
            low, high = wilson(wins, count)
            middle, up = 100 * wins / count, place + shift
            axes.barh(up, middle, 0.3, color=figures.colour(shade),
                      label=f"by the {how}" if place == 0 else None)  # fmt: skip
            axes.plot([100 * low, 100 * high], [up, up], color=figures.colour("truth"), lw=1.2)
            figures.label(axes, 100 * high, up, f"{wins / count:.0%}", figures.colour(shade))
    axes.set(yticks=range(3), yticklabels=list(WAYS.values()), xlim=(0, 108))
    axes.set_xlabel(f"right of {count} questions (%), with Wilson's intervals")
    axes.invert_yaxis()
    axes.legend(frameon=False, loc="upper right")
    axes.grid(axis="y", visible=False)
    return axes


def show_said(rows: Sequence[Mapping[str, Any]], questions: Sequence[Mapping[str, Any]]) -> None:
    """Show some recorded answers that SmolLM2 wrote, with nothing and with what was found."""
    columns: dict[str, list[object]] = {
        "question": [questions[row["question"]]["question"] for row in rows],
        "right": [questions[row["question"]]["answer"] for row in rows],
        "written with nothing": [row["nothing"]["said"] for row in rows],
        "with what was found": [row["found"]["said"] for row in rows],
    }
    show_table(columns, "Answers that SmolLM2 wrote, as recorded")


def holds(said: str, answer: str) -> bool:
    """Say whether the words of the right answer stand side by side in what was written.

    >>> holds("There are 4,614 parameters in it.", "4,614 parameters")
    True
    >>> holds("There are 14,614 parameters.", "4,614 parameters")
    False
    """
    text, wanted = (" ".join(words_of(words)) for words in (said, answer))
    return f" {wanted} " in f" {text} "


def draw_adapted(adapted: Row, questions: int) -> Axes:
    """Draw the loss of SmolLM2 as it learns by QLoRA; so many questions are held out."""
    looks = [look for look in adapted["held_out"] if look["model"] != "as it is"]
    first, last = looks[0]["loss"], looks[-1]["loss"]
    axes = figures.figure(
        f"Recorded: after {adapted['steps']} steps an unseen answer's token costs {last:.2f} nats,"
        f" not {first:.2f}"
    )
    losses = adapted["losses"]
    axes.plot(range(1, len(losses) + 1), losses, ".", color=figures.colour("baseline"),
              label="each step's own two questions")  # fmt: skip
    axes.plot([look["steps"] for look in looks], [look["loss"] for look in looks], "o-",
              color=figures.colour("yours"), label=f"{questions} that are held out")  # fmt: skip
    axes.set(xlabel="step", ylabel="loss of an answer's token (nats)", ylim=(0, None))
    axes.legend(frameon=False)
    return axes
