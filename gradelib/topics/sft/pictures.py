"""The pictures and tables of notebook 10. What a title says is computed from the runs."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures
from gradelib.lab.tokens import Strip, show_strips, show_table
from gradelib.lab.village import obeys
from gradelib.topics.sft.assistant import Assistant, Instruction, Message
from gradelib.topics.sft.tuning import obeyed_of, recorded

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_invention", "draw_kinds", "draw_less", "show_comparison", "show_learned",
           "spread_of", "title_of_less"]  # fmt: skip

Rates = Mapping[str, tuple[float, float]]  # kind -> rate and standard error
SHADES = {
    "base": figures.COLOURS["baseline"],
    "tuned": figures.COLOURS["yours"],
    "checkpoint": figures.COLOURS["library"],
}


def spread_of(values: Sequence[float]) -> tuple[float, float]:
    """Return the mean of some seeds, and the standard error of this mean.

    >>> spread_of([0.5, 0.7])
    (0.6, 0.1)
    """
    mean = sum(values) / len(values)
    if len(values) == 1:
        return mean, math.nan
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return round(mean, 12), round(math.sqrt(variance / len(values)), 12)


def show_learned(assistant: Assistant, rows: Mapping[str, tuple[list[int], list[bool]]]) -> None:
    """Show chats as tokens, with a tick below each that is learned."""
    strips = []
    for title, (ids, mask) in rows.items():
        pieces = [assistant.tokenizer.decode([number]) for number in ids]
        special = assistant.tokenizer.all_special_tokens
        kinds = {piece: "special" for piece in pieces if piece in special}
        ticks = ["✓" if learned else "·" for learned in mask]
        note = f"✓: {sum(mask)} of {len(mask)} tokens are learned"
        strips.append(Strip(pieces, title, kinds, ticks, note))
    show_strips(*strips)


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
    bars.legend(frameon=False, loc="lower right", fontsize=9)
    _write_answers(page, records, answers)
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

    return to_hex([0.62 * part for part in to_rgb(SHADES.get(name, figures.colour("yours")))])


def _told_answers(records: Sequence[Instruction], answers: Mapping[str, Sequence[str]]) -> str:
    return " ".join(
        f"Asked “{record['instruction']}” "
        + "; ".join(f"{name} says “{said[number]}”" for name, said in answers.items())
        for number, record in enumerate(records)
    )


def show_comparison(
    names: tuple[str, str], rate_difference: Callable[..., tuple[float, float]]
) -> None:
    """Show how often two recorded ways to tune obey, seed by seed, and how far they differ."""
    runs = recorded()["runs"]
    first, second = (runs[name] for name in names)
    seeds = sorted(set(first) & set(second))
    rows = []
    for seed in seeds:
        before, after = obeyed_of(first[seed]), obeyed_of(second[seed])
        difference, error = rate_difference(before, after)
        rates = [f"{sum(one) / len(one):.3f}" for one in (before, after)]
        rows.append((seed, *rates, f"{difference:+.3f} ± {2 * error:.3f}"))
    heads = ("seed", names[0], names[1], "difference, ± 2 standard errors")
    count = len(obeyed_of(first[seeds[0]]))
    show_table(
        dict(zip(heads, zip(*rows, strict=True), strict=True)), f"Obeyed of {count}, recorded"
    )


def less_curves() -> dict[str, tuple[list[int], list[float], list[float]]]:
    """Return for good records alone and for filled up ones: how many are good, rates, errors."""
    runs: dict[str, dict[str, Any]] = recorded()["runs"]
    curves = {}
    for way, more in (("alone", {}), ("filled", {})):
        found = {
            int(name.partition(": ")[2]): list(one.values())
            for name, one in runs.items()
            if name.startswith(f"{way}: ")
        } | more
        found[4000] = list(runs["long: answers"].values())
        good = sorted(found)
        means = [
            spread_of([sum(o) / len(o) for o in map(obeyed_of, found[number])]) for number in good
        ]
        curves[way] = (good, [mean for mean, _ in means], [error for _, error in means])
    return curves


def title_of_less() -> str:
    """Say what the recorded runs show: do poor answers beside few good ones help, or harm?"""
    curves = less_curves()
    alone = dict(zip(*curves["alone"][:2], strict=True))
    filled = dict(zip(*curves["filled"][:2], strict=True))
    best = max(set(alone) & set(filled) - {4000}, key=lambda good: abs(alone[good] - filled[good]))
    return f"{best} good answers alone: {alone[best]:.0%} obeyed; filled up with poor ones: \
{filled[best]:.0%}"


def draw_less() -> Axes:
    """Draw how often is obeyed against how many good records there are."""
    axes = figures.figure(title_of_less(), height=3.8)
    names = {"alone": "good ones alone", "filled": "filled up to 4,000 with poor ones"}
    for (way, name), shade in zip(names.items(), ("yours", "library"), strict=True):
        good, rates, errors = less_curves()[way]
        tops = [2 * error for error in errors]
        axes.errorbar(good, rates, yerr=tops, color=figures.colour(shade), marker="o",
                      markersize=4, capsize=3, label=name)  # fmt: skip
    axes.set_xscale("symlog", linthresh=100)
    axes.set(xlabel="records with good answers", ylabel="share obeyed, ± 2 standard errors")
    axes.set(xticks=[0, 100, 400, 1000, 2000, 4000])
    axes.set_xticklabels(["0", "100", "400", "1,000", "2,000", "4,000"])
    axes.minorticks_off()
    axes.legend(frameon=False)
    axes.set_ylim(bottom=0)
    return axes


def draw_invention(groups: Mapping[str, Mapping[str, tuple[float, float]]], title: str) -> Axes:
    """Draw for each way of teaching how often is invented, and how often the answer is right."""
    axes = figures.figure(title, height=1.2 + 0.62 * len(groups))
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
    return axes


def chat_text(chat: Sequence[Message]) -> str:
    """Return a chat for people: a line for each message."""
    return "\n".join(f"{one['role']}: {one['content']}" for one in chat)
