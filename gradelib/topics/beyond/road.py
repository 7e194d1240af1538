"""The whole road on one page: from characters to an answer, computed as the poster is drawn.

Each panel is filled by the student's own function where there is one, from this notebook or from an
earlier one beside it, and by a library where there is none. Its foot says which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gradelib.checking import session
from gradelib.checking.exercise import in_topic
from gradelib.lab import data, figures
from gradelib.lab.text import visible
from gradelib.lab.tokens import show_table
from gradelib.topics.beyond.own_answers import OwnAnswers

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

    from gradelib.lab.storyteller import Pair, Storyteller

__all__ = ["Answered", "Road", "certificate"]

SENTENCE = "One morning Lena found a ring at the harbour."
ASKED = "Tell a story about Mia."


@dataclass(frozen=True)
class Answered:
    """A question about the course, what was found for it, and the answers it is chosen from."""

    question: str
    found: str
    options: Sequence[str]
    chances: Sequence[float]
    says: str  # whose log-probabilities these are


@dataclass
class Road:
    """What the eight panels need; `mine` has this notebook's functions by name."""

    teller: Storyteller
    own: OwnAnswers
    mine: Mapping[str, Callable[..., Any]]
    policy: Any
    pair: Pair
    answered: Answered
    yours: list[str] = field(default_factory=list)  # what the student's own functions filled

    def draw(self) -> list[Axes]:
        """Draw the poster."""
        import matplotlib.pyplot as plt

        figures.style()
        picture, grid = plt.subplots(4, 2, figsize=(9.2, 13.0))
        axes = list(grid.flat)
        steps = (self._tokens, self._masks, self._blocks, self._loss, self._sampling,
                 self._tuning, self._reward, self._answer)  # fmt: skip
        for number, (panel, step) in enumerate(zip(axes, steps, strict=True), start=1):
            title, own, name = step(panel)
            panel.set_title(f"{number}. {title}", fontsize=10, fontweight="bold")
            foot = f"yours: {name}" if own else f"by a library: {name}"
            shade = figures.colour("yours" if own else "library")
            low = -0.24 if panel.get_xticks().size else -0.03
            panel.text(1.0, low, foot, transform=panel.transAxes, ha="right", va="top",
                       fontsize=8, color=shade)  # fmt: skip
            self.yours += [name] if own else []
        said = f"{len(self.yours)} of {len(steps)} panels by your own functions"
        picture.suptitle(f"From characters to an answer: {said}", x=0.01, ha="left",
                         fontsize=13, fontweight="bold")  # fmt: skip
        return axes

    def _ids(self) -> tuple[list[int], bool]:
        """Return the ids of the sentence, and whether the student's own encoder made them."""
        theirs: list[int] = self.teller.tokenizer(SENTENCE, add_special_tokens=False)["input_ids"]
        merges, names = data.byte_merges("models/decoder/tokenizer.json")
        encode, own = self.own.use("tokenization.encode_bpe", lambda text, merges: None)
        made = encode(SENTENCE, merges) if own else None
        return theirs, bool(made) and [names[one] for one in made or ()] == theirs

    def _read(self) -> tuple[Tensor, Any]:
        import torch

        ids = torch.tensor([[self.teller.end, *self._ids()[0]]])
        with torch.no_grad():
            real = torch.ones_like(ids)
            told = self.teller.model(ids, attention_mask=real, output_hidden_states=True)
            return ids, told

    def _tokens(self, panel: Axes) -> tuple[str, bool, str]:
        ids, own = self._ids()
        words = [visible(self.teller.tokenizer.decode([one])) for one in ids]
        _plain(panel)
        for place, (word, number) in enumerate(zip(words, ids, strict=True)):
            row, column = divmod(place, 4)
            at = 0.02 + 0.25 * column, 0.84 - 0.29 * row
            box = {"boxstyle": "round", "facecolor": "#cfe3f5", "edgecolor": "none"}
            panel.text(*at, word, fontsize=11, family="monospace", bbox=box)
            panel.text(at[0], at[1] - 0.12, str(number), fontsize=8, color="#555555")
        title = f"Tokens: {len(SENTENCE)} characters, {len(ids)} tokens"
        return title, own, "encode_bpe, notebook 1" if own else "the decoder's tokenizer"

    def _masks(self, panel: Axes) -> tuple[str, bool, str]:
        import torch

        count = len(self._ids()[0]) + 1
        make, own = self.own.use("masks.causal_mask", lambda n: torch.ones(n, n).tril().bool())
        mask = make(count)
        panel.imshow(mask.float(), cmap="Blues", vmin=0, vmax=1.4, aspect="auto")
        panel.set(xticks=[], yticks=[], ylabel="token that looks")
        panel.grid(visible=False)
        share = mask.float().mean().item()
        title = f"Masks: who may look where, {share:.0%} of all pairs"
        return title, own, "causal_mask, notebook 2" if own else "torch's tril"

    def _blocks(self, panel: Axes) -> tuple[str, bool, str]:
        import torch

        ids, told = self._read()
        body = self.teller.model.transformer
        with torch.no_grad():
            guesses = [self.teller.model.lm_head(body.ln_f(state)) for state in
                       told.hidden_states[:-1]] + [told.logits]  # fmt: skip
        own_loss, own = self.mine["answer_log_prob"], True
        rows = []
        for logits in guesses:
            chances = []
            for place in range(1, ids.shape[1]):
                only = torch.zeros_like(ids, dtype=torch.bool)
                only[0, place] = True
                chances.append(own_loss(logits, ids, only).exp().item())
            rows.append(chances)
        panel.imshow(rows, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        words = [self.teller.tokenizer.decode([one]).strip() for one in ids[0, 1:].tolist()]
        panel.set(xticks=range(len(words)), yticks=range(len(rows)), ylabel="after block")
        panel.set_xticklabels(words, rotation=45, fontsize=8)
        panel.grid(visible=False)
        first, last = (sum(row) / len(row) for row in (rows[0], rows[-1]))
        title = f"Blocks: the next word gets {first:.2f}, then {last:.2f}"
        return title, own, "answer_log_prob, on the decoder's blocks"

    def _loss(self, panel: Axes) -> tuple[str, bool, str]:
        ids, told = self._read()
        own_loss, own = self.own.use("decoder.next_token_loss", _mean_surprisal)
        costs = -told.logits[0, :-1].log_softmax(-1).gather(-1, ids[0, 1:, None])[:, 0]
        words = [self.teller.tokenizer.decode([one]).strip() for one in ids[0, 1:].tolist()]
        panel.bar(range(len(words)), costs.tolist(), color=figures.colour("yours"))
        mean = float(own_loss(told.logits, ids))
        panel.axhline(mean, color=figures.colour("truth"), linestyle="--")
        panel.set(xticks=range(len(words)), ylabel="surprisal (nats)")
        panel.set_xticklabels(words, rotation=45, fontsize=8)
        name = "next_token_loss, notebook 3" if own else "torch's log_softmax"
        return f"Loss: {mean:.2f} nats a token", own, name

    def _sampling(self, panel: Axes) -> tuple[str, bool, str]:
        _, told = self._read()
        logits = told.logits[:, -1]
        warm, own = self.own.use("sampling.temperature", lambda logits, T: logits / T)
        chances = {name: warm(logits, T).softmax(-1)[0] for name, T in
                   (("T = 1", 1.0), ("T = 0.5", 0.5), ("T = 2", 2.0))}  # fmt: skip
        best = chances["T = 1"].topk(4).indices
        shades = (figures.colour("yours"), figures.colour("baseline"), figures.colour("German"))
        for at, ((name, row), shade) in enumerate(zip(chances.items(), shades, strict=True)):
            places = [place + (at - 1) * 0.27 for place in range(4)]
            panel.bar(places, row[best].tolist(), 0.25, color=shade, label=name)
        panel.legend(frameon=False, fontsize=8)
        panel.set(xticks=range(4), ylabel="probability")
        panel.set_xticklabels(
            [self.teller.tokenizer.decode([one]).strip() for one in best.tolist()]
        )
        name = "temperature, notebook 6" if own else "a division"
        return "Sampling: what comes next, by temperature", own, name

    def _tuning(self, panel: Axes) -> tuple[str, bool, str]:
        from gradelib.lab import models

        _, tokenizer = models.load("instruct")
        talk = [{"role": "user", "content": ASKED}]
        prompt = tokenizer.apply_chat_template(talk, tokenize=False, add_generation_prompt=True)
        said = models.generate_text(prompt, name="instruct", max_new_tokens=40)
        base = self.teller.write(self.teller.model, [ASKED], seed=5).texts[0][len(ASKED) :]
        _plain(panel)
        _write(panel, 0.94, f"“{ASKED}”", figures.colour("truth"))
        _write(panel, 0.76, f"The decoder goes on: {base.strip()}", figures.colour("baseline"))
        _write(panel, 0.38, f"After SFT: {said.strip()}", figures.colour("truth"))
        return "Fine-tuning: it does what one asks", False, "the course's assistant"

    def _reward(self, panel: Axes) -> tuple[str, bool, str]:
        import torch

        from gradelib.topics.beyond.training import answers_of

        pair = self.pair
        wrote = self.teller.endings([pair["prompt"]] * 2, [pair["chosen"], pair["rejected"]])
        with torch.no_grad():
            now, before = (answers_of(model.eval(), wrote, self.mine["answer_log_prob"])
                           for model in (self.policy, self.teller.model))  # fmt: skip
        rewards = self.mine["implicit_reward"](now, before, 0.1).tolist()
        panel.barh([0, 1], rewards, 0.6, color=[figures.colour("yours"), figures.colour("library")])
        panel.axvline(0, color=figures.colour("truth"), linewidth=1)
        panel.set(yticks=[0, 1], yticklabels=["chosen", "rejected"], xlabel="implicit reward")
        panel.invert_yaxis()
        ahead = rewards[0] - rewards[1]
        where = "ahead" if ahead > 0 else "behind"
        return f"Reward: the chosen ending is {abs(ahead):.2f} {where}", True, "implicit_reward"

    def _answer(self, panel: Axes) -> tuple[str, bool, str]:
        told = self.answered
        _plain(panel)
        _write(panel, 0.94, f"“{told.question}”", figures.colour("truth"))
        _write(panel, 0.76, f"Found: {told.found[:150]} …", figures.colour("baseline"))
        best = max(told.chances)
        for place, (option, chance) in enumerate(zip(told.options, told.chances, strict=True)):
            shade = figures.colour("yours" if chance == best else "baseline")
            mark = "→" if chance == best else "   "
            _write(panel, 0.36 - 0.1 * place, f"{mark} {option[:52]}", shade)
        return f"Answer: likeliest of four, by {told.says}", True, "top_k, fuse, build_prompt"


def _mean_surprisal(logits: Tensor, ids: Tensor) -> Tensor:
    return -logits[0, :-1].log_softmax(-1).gather(-1, ids[0, 1:, None]).mean()


def _plain(panel: Axes) -> None:
    panel.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1))
    panel.grid(visible=False)


def _write(panel: Axes, height: float, text: str, shade: str, wide: int = 62) -> None:
    import textwrap

    lines = textwrap.wrap(" ".join(text.split()), wide)[:3]
    panel.text(0.02, height, "\n".join(lines), fontsize=8.5, va="top", color=shade)


def certificate(own: OwnAnswers) -> None:
    """Show what passed: this notebook's checks of this session, and the others as saved."""
    rows = [
        (told.notebook, sum(task.state == "passed" for task in counted), len(counted))
        for told in own.progress
        if (counted := [task for task in told.counted if task.state != "written"])
    ]
    names = [name for name, one in in_topic("beyond").items() if one.points]
    passed = sum(session.STATUS.get(name) == "passed" for name in names)
    rows.append(("12_beyond", passed, len(names)))
    every, asked = sum(row[1] for row in rows), sum(row[2] for row in rows)
    columns: dict[str, Sequence[object]] = {
        "notebook": [name for name, _, _ in rows],
        "passed": [f"{done} of {count}" for _, done, count in rows],
        "": ["█" * round(12 * done / count) for _, done, count in rows],
    }
    words = "The whole road" if every == asked else "So far"
    show_table(columns, f"{words}: {every} of {asked} checks passed in {len(rows)} notebooks")
