"""The pictures and tables of notebook 11. What a title says is computed from the runs.

Where a slow computer has cut a run, the recorded one takes its place, and the title says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gradelib.lab import figures
from gradelib.lab.text import wrapped
from gradelib.lab.tokens import show_table
from gradelib.lab.village import can_say, reward_parts, sentences
from gradelib.topics.rlhf.training import Run, recorded_parts, recorded_runs

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Curve", "claim", "curve_of", "draw_clipping", "draw_overoptimization", "draw_run",
           "marked", "say_slow", "show_parts", "show_stories", "smooth", "whole"]  # fmt: skip

Curve = tuple[Sequence[float], Sequence[float], Sequence[float]]  # distance, learned, true
SHADES = {
    "best of n": figures.COLOURS["baseline"],
    "PPO without KL": figures.COLOURS["library"],
    "PPO with KL": figures.COLOURS["yours"],
    "PPO on the truth": figures.COLOURS["truth"],
}
WIDE = 3  # rounds that a smoothed point is the mean of


def smooth(values: Sequence[float]) -> list[float]:
    """Return running means, since a round has few stories.

    >>> smooth([0.0, 3.0, 6.0])
    [1.5, 3.0, 4.5]
    """
    half = WIDE // 2
    spans = [values[max(0, at - half) : at + half + 1] for at in range(len(values))]
    return [sum(span) / len(span) for span in spans]


def whole(run: Run) -> Run:
    """Return a run as it is, or the recorded one where it was not trained to its end."""
    if run.is_whole:
        return run
    return recorded_runs().get(run.name, run)


def label(run: Run) -> str:
    """Return a run's name, and whether nobody has trained it here."""
    return run.name if run.is_begun else f"{run.name} (recorded)"


def curve_of(run: Run) -> Curve:
    """Return how far a run went, and what its stories were worth, smoothed."""
    rounds = run.rounds
    distance = smooth([one.distance for one in rounds])
    return distance, smooth([one.learned for one in rounds]), smooth([one.true for one in rounds])


def draw_overoptimization(best_of_n: Curve, runs: Sequence[Run]) -> list[Axes]:
    """Draw the learned and the true reward against the distance, one line for each way."""
    curves = {"best of n": best_of_n, **{label(run): curve_of(whole(run)) for run in runs}}
    shades = SHADES | {label(run): SHADES.get(run.name, figures.colour("yours")) for run in runs}
    panels = figures.panels(claim(runs), 2, width=9.2, height=3.8, share=False)
    for panel, side, name in zip(panels, (1, 2), ("learned reward", "true reward"), strict=True):
        for way, curve in curves.items():
            across = [max(value, 0.0) ** 0.5 for value in curve[0]]
            panel.plot(across, curve[side], color=shades[way], marker="o", markersize=3, label=way)
        panel.set(title=name, xlabel="distance from the decoder: √KL, in √nats a story")
    panels[0].set_ylabel("mean of stories")
    panels[1].legend(frameon=False, fontsize=9)
    told = (
        f"{way}: learned from {c[1][0]:.2f} to {c[1][-1]:.2f}, true from {c[2][0]:.2f} to "
        f"{c[2][-1]:.2f}, highest {max(c[2]):.2f}, at {c[0][-1]:.0f} nats in the end"
        for way, c in curves.items()
    )
    panels[0].figure.set_label("; ".join(told))
    return panels


def claim(runs: Sequence[Run]) -> str:
    """Say in a title what the runs show, and whether they are recorded ones."""
    slow = "Slow computer, recorded runs. " if any(map(_is_cut, runs)) else ""
    for run in map(whole, runs):
        _, learned, true = curve_of(run)
        if learned[-1] > learned[0] and true[-1] < max(true) - 0.3:
            rose = f"{learned[0]:.1f} to {learned[-1]:.1f}"
            fell = f"{max(true):.1f} to {true[-1]:.1f}"
            return f"{slow}“{run.name}”: learned reward {rose}, true {fell}"
    return f"{slow}What is learned, and what is true, as the policy goes further"


def draw_run(run: Run) -> list[Axes]:
    """Draw learned and true reward of a run, and its distance, round by round."""
    said = f"{run.name}: {len(run.rounds)} rounds in {run.seconds:.0f} seconds"
    if not run.is_begun:
        said = f"{run.name}: a run that was recorded"
    elif not run.is_whole:
        said = f"Slow computer: {len(run.rounds)} of {run.planned} rounds of “{run.name}”"
        said = f"{said}. This is a recorded run" if whole(run).is_whole else said
    run = whole(run)
    panels = figures.panels(said, 2, width=9.2, share=False)
    count = range(1, len(run.rounds) + 1)
    for name, values in (
        ("learned", [one.learned for one in run.rounds]),
        ("true", [one.true for one in run.rounds]),
    ):
        shade = figures.colour("yours" if name == "learned" else "truth")
        panels[0].plot(count, smooth(values), color=shade, label=f"{name} reward")
        panels[0].plot(count, values, color=shade, linestyle="", marker=".", alpha=0.4)
    panels[0].legend(frameon=False)
    panels[0].set(xlabel="round", ylabel="mean of stories")
    far = [one.distance for one in run.rounds]
    panels[1].plot(count, far, color=figures.colour("baseline"))
    panels[1].set(xlabel="round", ylabel="distance (nats a story)")
    clipped = sum(one.clipped for one in run.rounds) / len(run.rounds)
    print(f"In the last step of a round the clip took {clipped:.1%} of the tokens' gradients.")
    return panels


def say_slow(runs: Sequence[Run]) -> None:
    """Say which runs were cut, so that their policies have learned less than was planned."""
    cut = [f"{len(run.rounds)} of {run.planned} rounds of “{run.name}”"
           for run in runs if _is_cut(run)]  # fmt: skip
    if cut:
        said = f"Slow computer: there was time for {', '.join(cut)}."
        print(
            wrapped(f"{said} So these policies are nearer to the decoder than after a whole run.")
        )


def draw_clipping(ratios: Sequence[float], good: Sequence[float], bad: Sequence[float]) -> Axes:
    """Draw PPO's loss of one token against its ratio, for a good token and for a bad one."""
    axes = figures.figure("Beyond the clip, a good token earns nothing more; a bad one costs on")
    axes.set(xlabel="ratio: probability now / when it was drawn", ylabel="loss of the token")
    for name, values, shade in (("advantage +1", good, "yours"), ("advantage -1", bad, "library")):
        axes.plot(ratios, values, color=figures.colour(shade))
        figures.label(axes, ratios[-1], values[-1], name, figures.colour(shade))
    axes.axvline(1.0, color=figures.colour("baseline"), linestyle="--")
    axes.margins(x=0.14)
    return axes


def show_stories(run: Run, prompts: int = 4) -> None:
    """Show a story of some rounds: what the policy wrote as it changed."""
    slow = " (slow computer: a recorded run)" if _is_cut(run) else ""
    title = f"{label(run)}: stories as it changes{slow}"
    run = whole(run)
    last = len(run.rounds) - 1
    places = sorted({round(last * part / (prompts - 1)) for part in range(prompts)})
    some = [run.rounds[place] for place in places]
    columns: dict[str, Sequence[object]] = {
        "round": [place + 1 for place in places],
        "learned": [f"{one.learned:.2f}" for one in some],
        "true": [f"{one.true:.2f}" for one in some],
        "one of its stories": [marked(one.story) for one in some],
    }
    show_table(columns, title)


def _is_cut(run: Run) -> bool:
    """Say whether there was no time to end a run that was begun."""
    return run.is_begun and not run.is_whole


def marked(text: str, most: int = 4) -> str:
    """Return the last sentences of a story, a ✗ before each that no story can hold.

    >>> marked("It was a plain ring! Lena turned a cartwheel and put the ring safely away.")
    '✗ It was a plain ring! Lena turned a cartwheel and put the ring safely away.'
    """
    said = [one if can_say(one) else f"✗ {one}" for one in sentences(text.strip())]
    return " ".join(said if len(said) <= most else ["…", *said[-most:]])


def show_parts(groups: Mapping[str, Sequence[str]], title: str, runs: Sequence[Run] = ()) -> None:
    """Show what each quality adds to the true reward, as means over stories.

    Of those of the runs that were not trained here, the stories were judged when they were
    recorded.
    """
    parts = {name: _means([reward_parts(text) for text in texts]) for name, texts in groups.items()}
    parts |= {label(run): recorded_parts(run.name) for run in runs if not run.is_begun}
    names = list(next(iter(parts.values())))
    columns: dict[str, list[object]] = {"quality": [*names, "true reward"]}
    for name, means in parts.items():
        values = [means[part] for part in names]
        columns[name] = [f"{value:+.2f}" for value in [*values, sum(values)]]
    show_table(columns, title)


def _means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {part: sum(row[part] for row in rows) / len(rows) for part in rows[0]}
