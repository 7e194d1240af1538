"""The pictures and tables of notebook 10. What a title says is computed from the runs."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from gradelib.lab import figures
from gradelib.lab.tokens import Strip, show_strips, show_table
from gradelib.lab.village import obeys
from gradelib.topics.sft.assistant import Assistant, Instruction, Message
from gradelib.topics.sft.questions import Question
from gradelib.topics.sft.results import (
    ByKind,
    ObeyRate,
    Rate,
    Rates,
    copied,
    less_curves,
    recorded_rates,
    spread_of,
)
from gradelib.topics.sft.tuning import Tuned, obeyed_of, recorded

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_invention", "draw_kinds", "draw_less", "draw_losses", "draw_minute",
           "show_comparison", "show_copies", "show_pieces", "show_questions",
           "title_of_less"]  # fmt: skip

SHADES = {
    "base": figures.COLOURS["baseline"],
    "yours": figures.COLOURS["yours"],
    "checkpoint": figures.COLOURS["library"],
}
SHOWN = ("about", "list", "who")  # kinds of which an answer stands beside the picture


def show_pieces(
    assistant: Assistant, rows: Mapping[str, tuple[Sequence[int], Sequence[bool] | None]]
) -> None:
    """Show texts as tokens; where a mask is given, with a tick below each that is learned."""
    strips = []
    for title, (ids, mask) in rows.items():
        pieces = [assistant.tokenizer.decode([number]) for number in ids]
        special = assistant.tokenizer.all_special_tokens
        kinds = {piece: "special" for piece in pieces if piece in special}
        if mask is None:
            strips.append(Strip(pieces, title, kinds, list(ids)))
            continue
        ticks = ["✓" if learned else "·" for learned in mask]
        note = f"✓: {sum(mask)} of {len(mask)} tokens are learned"
        strips.append(Strip(pieces, title, kinds, ticks, note))
    show_strips(*strips)


def draw_losses(run: Tuned) -> Axes:
    """Draw the loss of each step of a tuning, and say how long it took."""
    said = f"Tuned: {len(run.losses)} steps in {run.seconds:.0f} seconds"
    if not run.is_whole:
        said = f"Slow computer: there was time for {len(run.losses)} of {run.planned} steps"
    steps = list(range(1, len(run.losses) + 1))
    last = run.losses[-10:]
    axes = figures.figure(f"{said}. The loss of the last ones is {sum(last) / len(last):.2f}")
    axes.plot(steps, run.losses, color=figures.colour("yours"), linewidth=1.4)
    axes.set(xlabel="step", ylabel="loss (nats a learned token)")
    return axes


def draw_minute(
    run: Tuned,
    tested: Sequence[Instruction],
    said: Sequence[str],
    obey_rate: ObeyRate,
    by_kind: ByKind,
) -> list[Axes]:
    """Draw how often base, a tuned model and the checkpoint obey, beside three answers.

    Base and checkpoint are recorded. So is the tuned one, where a slow computer has cut it.
    """
    runs = recorded()["runs"]
    name, answers = "yours", list(said)
    yes = [obeys(one, text) for one, text in zip(tested, said, strict=True)]
    if not run.is_whole:
        name = "a minute (recorded)"
        yes, answers = obeyed_of(runs[run.name]["0"]), runs[run.name]["0"]["answers"]
    kinds = [tested[place % len(tested)]["kind"] for place in range(len(yes))]
    rates = {"base": recorded_rates("base", tested, by_kind), name: by_kind(kinds, yes)}
    rates |= {"checkpoint": recorded_rates("checkpoint", tested, by_kind)}
    before = obeyed_of(runs["base"]["0"])
    tuned, error = obey_rate(yes)
    title = f"A minute of tuning: {tuned:.0%} ± {2 * error:.0%} of {len(yes)} obeyed; before, "
    title += f"{sum(before) / len(before):.0%}"
    places = [[one["kind"] for one in tested].index(kind) for kind in SHOWN]
    shown = {"base": [runs["base"]["0"]["answers"][place] for place in places]}
    shown[name] = [answers[place] for place in places]
    if not run.is_whole:
        print(f"Slow computer: only {len(run.losses)} of {run.planned} steps were made here.")
    return draw_kinds(rates, [tested[place] for place in places], shown, title)


def draw_kinds(
    rates: Mapping[str, Rates],
    records: Sequence[Instruction],
    answers: Mapping[str, Sequence[str]],
    title: str,
) -> list[Axes]:
    """Draw how often each kind is obeyed, with two standard errors, and answers beside it.

    `answers` are those of two models to three records: they stand on the right.
    """
    panels = figures.panels(title, 2, width=9.4, height=5.4, share=False)
    bars, page = panels
    kinds = list(next(iter(rates.values())))
    thick = 0.8 / len(rates)
    for number, (name, of) in enumerate(rates.items()):
        at = [row + (number - (len(rates) - 1) / 2) * thick for row in range(len(kinds))]
        values = [of[kind][0] for kind in kinds]
        errors = [2 * of[kind][1] for kind in kinds]
        low = [min(value, error) for value, error in zip(values, errors, strict=True)]
        high = [min(1 - value, error) for value, error in zip(values, errors, strict=True)]
        shade = SHADES.get(name, figures.colour("yours"))
        bars.barh(at, values, 0.9 * thick, xerr=[low, high], color=shade, label=name,
                  error_kw={"ecolor": "#444444", "elinewidth": 1, "capsize": 2})  # fmt: skip
    bars.set(xlabel="share obeyed, ± 2 standard errors", xlim=(0, 1.02))
    bars.set(yticks=range(len(kinds)), yticklabels=kinds)
    bars.invert_yaxis()
    bars.grid(axis="y", visible=False)
    _write_answers(page, records, answers)
    handles, labels = bars.get_legend_handles_labels()
    page.legend(handles, labels, frameon=False, loc="lower left", fontsize=9)
    told = "; ".join(
        f"{name}: " + ", ".join(f"{kind} {rate:.2f}" for kind, (rate, _) in of.items())
        for name, of in rates.items()
    )
    bars.figure.set_label(f"{told}. {_told_answers(records, answers)}")
    return panels


def _write_answers(
    page: Axes, records: Sequence[Instruction], answers: Mapping[str, Sequence[str]]
) -> None:
    """Write instructions and their answers into a panel, one below the other."""
    page.axis("off")
    top, step = 1.0, 0.043
    for number, record in enumerate(records):
        for line in textwrap.wrap(record["instruction"], 58):
            page.text(0, top, line, fontsize=9, fontweight="bold", va="top")
            top -= step
        for name, said in answers.items():
            mark = "obeys" if obeys(record, said[number]) else "does not obey"
            text = textwrap.shorten(said[number] or "(nothing)", 150, placeholder=" …")
            for line in textwrap.wrap(f"{name} ({mark}): {text}", 64):
                page.text(0, top, line, fontsize=8, color=_dark(name), va="top")
                top -= step
        top -= 0.6 * step


def _dark(name: str) -> str:
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = to_rgb(SHADES.get(name, figures.colour("yours")))
    return to_hex((0.62 * red, 0.62 * green, 0.62 * blue))


def _told_answers(records: Sequence[Instruction], answers: Mapping[str, Sequence[str]]) -> str:
    return " ".join(
        f"Asked “{record['instruction']}” "
        + "; ".join(f"{name} says “{said[number]}”" for name, said in answers.items())
        for number, record in enumerate(records)
    )


def show_comparison(
    names: tuple[str, str], rate_difference: Callable[..., tuple[float, float]]
) -> None:
    """Show how often two recorded ways to tune obey, seed by seed, and how far they differ.

    The error of each seed is that of the instructions, the error of the mean that of the seeds.
    """
    runs = recorded()["runs"]
    first, second = (runs[name] for name in names)
    seeds = sorted(set(first) & set(second))
    rows: list[tuple[str, ...]] = []
    apart = []
    for seed in seeds:
        before, after = obeyed_of(first[seed]), obeyed_of(second[seed])
        difference, error = rate_difference(before, after)
        rates = [f"{sum(one) / len(one):.3f}" for one in (before, after)]
        rows.append((seed, *rates, f"{difference:+.3f} ± {2 * error:.3f}"))
        apart.append(difference)
    mean, error = spread_of(apart)
    rows.append(("their mean", "", "", f"{mean:+.3f} ± {2 * error:.3f}"))
    heads = ("seed", *names, "difference, ± 2 standard errors")
    steps = next(iter(second.values()))["planned"]
    title = f"Obeyed of {len(obeyed_of(first[seeds[0]]))} after {steps:,} steps; recorded"
    show_table(dict(zip(heads, zip(*rows, strict=True), strict=True)), title)


def title_of_less() -> str:
    """Say what the recorded runs show where poor answers made the largest difference."""
    curves = less_curves()
    alone, filled = (
        dict(zip(good, zip(rates, errors, strict=True), strict=True))
        for good, rates, errors in (curves["alone"], curves["filled"])
    )
    both = [good for good in alone if good in filled and good < max(alone)]
    most = max(both, key=lambda good: abs(alone[good][0] - filled[good][0]))
    (first, one), (second, other) = alone[most], filled[most]
    return (
        f"{most:,} good answers alone: {first:.0%} ± {2 * one:.0%} obeyed; "
        f"filled up with poor ones: {second:.0%} ± {2 * other:.0%}"
    )


def draw_less() -> Axes:
    """Draw how often is obeyed against how many good records there are."""
    axes = figures.figure(title_of_less(), width=8.6, height=3.8)
    names = {"alone": "good ones alone", "filled": "filled up to 4,000 with poor ones"}
    told = []
    for (way, name), shade in zip(names.items(), ("yours", "library"), strict=True):
        good, rates, errors = less_curves()[way]
        tops = [2 * error for error in errors]
        axes.errorbar(good, rates, yerr=tops, color=figures.colour(shade), marker="o",
                      markersize=4, capsize=3, label=name)  # fmt: skip
        triples = zip(good, rates, tops, strict=True)
        told.append(f"{name}: " + ", ".join(f"{g}: {r:.2f} ± {t:.2f}" for g, r, t in triples))
    axes.set_xscale("symlog", linthresh=100)
    axes.set(xlabel="records with good answers", ylabel="share obeyed, ± 2 standard errors")
    axes.set_xticks([0, 100, 400, 1000, 2000, 4000], minor=False)
    axes.set_xticklabels(["0", "100", "400", "1,000", "2,000", "4,000"])
    axes.minorticks_off()
    axes.legend(frameon=False)
    axes.set_ylim(bottom=0)
    axes.figure.set_label("; ".join(told))
    return axes


def show_copies() -> None:
    """Show how many of the recorded stories stand letter by letter among the answers learned."""
    found = copied()
    columns: dict[str, list[object]] = {
        "good answers": [f"{good:,}" for good in found],
        "stories": [stories for _, stories in found.values()],
        "copied letter by letter": [same for same, _ in found.values()],
    }
    show_table(columns, "Stories that models told which were tuned on good answers alone; recorded")


def show_questions(
    asked_of: Sequence[Question], *lessons: Sequence[Sequence[Message]], said: Sequence[str] = ()
) -> None:
    """Show questions, what the story says, and what two lessons or a model answer."""
    columns: dict[str, list[object]] = {
        "question": [one.chat[0]["content"] for one in asked_of],
        "the story says": [", ".join(one.right) or "nothing" for one in asked_of],
    }
    for name, chats in zip(
        ("a lesson in guessing", "a lesson that says so"), lessons, strict=False
    ):
        columns[name] = [chat[-1]["content"] for chat in chats]
    if said:
        columns["the model says"] = list(said)
    show_table(columns)


def draw_invention(groups: Mapping[str, Mapping[str, Rate]]) -> Axes:
    """Draw for each lesson how often is invented, and how often the answer is right."""
    rates = [group["invents, where it says nothing"][0] for group in groups.values()]
    said = f"Invented where the story says nothing: {max(rates):.0%} at most, {min(rates):.0%}"
    title = f"{said} at least, by what the lesson said"
    axes = figures.figure(title, width=9.2, height=1.2 + 0.62 * len(groups))
    names = list(next(iter(groups.values())))
    thick, shades = 0.8 / len(names), ("library", "yours", "baseline")
    for number, name in enumerate(names):
        at = [row + (number - (len(names) - 1) / 2) * thick for row in range(len(groups))]
        values = [group[name][0] for group in groups.values()]
        errors = [2 * group[name][1] for group in groups.values()]
        low = [min(value, error) for value, error in zip(values, errors, strict=True)]
        high = [min(1 - value, error) for value, error in zip(values, errors, strict=True)]
        axes.barh(at, values, 0.9 * thick, xerr=[low, high], label=name,
                  color=figures.colour(shades[number]),
                  error_kw={"ecolor": "#444444", "elinewidth": 1, "capsize": 2})  # fmt: skip
    axes.set(xlim=(0, 1.02), xlabel="share of answers, ± 2 standard errors")
    axes.set(yticks=range(len(groups)), yticklabels=list(groups))
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.legend(frameon=False, fontsize=9, loc="upper left", bbox_to_anchor=(1.01, 1.0))
    axes.figure.set_label(
        "; ".join(
            f"{lesson}: " + ", ".join(f"{name} {rate:.2f}" for name, (rate, _) in group.items())
            for lesson, group in groups.items()
        )
    )
    return axes
