"""The cards of the models that stand on the decoder, with the numbers that were measured."""

# ruff: noqa: E501  (a paragraph of a card is one line, however long)

from __future__ import annotations

from data.build.instructions import KINDS
from data.training import draft, instruct, reward
from data.training.loop import Run

ASKS = {
    "about": "a story about a person",
    "thing": "a story with a thing in it",
    "place": "a story with a place in it",
    "both": "a story about a person with a thing in it",
    "length": "a story of so many sentences",
    "ending": "a story that ends with a feeling",
    "who": "the first name in a story",
    "what": "which of three things is in a story",
    "list": "so many animals, foods, places or trades",
    "last": "the first, second or last sentence again",
    "yes_no": "whether a story mentions a person",
}
INSTRUCT = """# The tiny decoder that obeys

The [decoder](../decoder/README.md) after supervised fine-tuning: {parameters:,} weights, a token more for each of two roles. It does what an instruction of `data/instructions/grammar` asks.

| of the held-out instructions of a kind, obeyed by the exact test | share |
|---|---|
{rows}
| **all** | {obeyed:g} |

Answers are written greedily, `python -m data.training instruct` measures them. With some {each} instructions a kind, a share is uncertain by up to {error:.2f}.

![How it learned](curve.png)

**A conversation** is `<|endoftext|><|user|>instruction<|assistant|>answer<|endoftext|>`; a story that is asked about stands below the instruction, after an empty line. `tokenizer.apply_chat_template` writes it.

**Training.** {steps:,} steps of {batch} instructions, drawn fresh from the grammar; none is held out. Only answers are learned, and in the loss one of n tokens weighs as much as √n. Muon for the matrices of the layers (rate {matrix_rate:g}), AdamW for the rest (rate {rate:g}), with warm-up and cosine to zero, float32. `make models` makes it again; `log.csv` has every fiftieth step. With AdamW alone, at half the rate and for 1,500 steps, 54 % were obeyed: a thing, a place or a sentence that is to come back was lost.

**Known limits.** It knows eleven kinds of instructions and no other. To obey is not to be good: see the card of the instructions. Licence: CC BY 4.0.
"""
DRAFT = """# The draft

GPT-2's architecture, 3 layers, 128 wide, 4 heads, 256 tokens of context: {parameters:,} weights. It has the [decoder](../decoder/README.md)'s tokenizer, a third of its weights, and saw a tenth of its stories. Sentence by sentence it is near; whole stories mostly go wrong somewhere.

| on the 1,000 test stories | nats a token |
|---|---|
| loss | {loss:g} |
| entropy of the stories: no model is lower | {floor:g} |
| between the two | {gap:g} |

| of {count} stories from held-out first sentences, told by the draft | the grammar can tell them |
|---|---|
| at temperature 1 | {told:g} |
| at temperature 0.7 | {cool:g} |
| with top-p 0.9 | {top_p:g} |

`python -m data.training draft` measures this.

![How it learned](curve.png)

**What for.** It is what a small language model is like that learned from text alone: each token is likely, and one in some hundred is not. So it has something to gain from how one samples (notebook 06), and drafts tokens for the decoder in speculative decoding.

**Training.** {steps:,} steps of {batch} stories, drawn fresh from the grammar; no story of the validation or test split is among them. AdamW, learning rate {rate:g} with warm-up and a cosine to zero, float32. `make models` makes it again; `log.csv` has every fiftieth step.

**Known limits.** As the decoder's, and all that it does not know yet. Licence: CC BY 4.0.
"""
REWARD = """# The tiny reward model

The [decoder](../decoder/README.md) with one number in place of the next word: {parameters:,} weights. The number says how much somebody would like a whole story. Only differences mean something, between endings of the same beginning.

| on unseen pairs of endings | written by the grammar | by the decoder |
|---|---|---|
| the ending with the higher true reward gets more | {accuracy:g} | {accuracy_on_policy:g} |
| the ending that was chosen gets more | {agrees_with_choices:g} | {agrees_with_choices_on_policy:g} |

What was chosen follows the true reward with noise, so the second line has a ceiling. `python -m data.training reward` measures this.

![How it learned](curve.png)

```python
from gradelib.lab import models

model, tokenizer = models.load("reward", auto="AutoModelForSequenceClassification")
stories = ["<|endoftext|>Mia lost her key. …", "<|endoftext|>Mia lost her key. …"]
rewards = model(**tokenizer(stories, padding=True, return_tensors="pt")).logits.squeeze(-1)
```

**Training.** {steps:,} steps of {batch} pairs, half of `data/preferences`, half of `data/preferences/on_policy`; the loss is −log σ of the difference (Bradley and Terry, 1952). AdamW, learning rate {rate:g} with warm-up and cosine to zero, float32. `make models` makes it again; `log.csv` has every fiftieth step.

**Known limits.** It never saw a sentence twice, nor more than eight of the grammar's: what these cost it cannot know, and whoever writes for it finds that out. Licence: CC BY 4.0.
"""


def of_instruct(run: Run, measured: dict[str, float]) -> str:
    """Return the card of the model that obeys."""
    known = {name: round(value, 4) for name, value in measured.items()}
    rows = "\n".join(f"| `{kind}`: {ASKS[kind]} | {known[kind]:g} |" for kind in KINDS)
    each = 400 // len(KINDS)
    error = (0.25 / each) ** 0.5
    return INSTRUCT.format(
        rows=rows, obeyed=known["obeyed"], each=each, error=error, **_of(run, instruct.BATCH)
    )


def of_draft(run: Run, measured: dict[str, float]) -> str:
    """Return the card of the draft."""
    known = {name: round(value, 4) for name, value in measured.items()}
    told, cool, top_p = (known.pop(name) for name in draft.WAYS)
    ways = {"told": told, "cool": cool, "top_p": top_p, "count": draft.COUNT}
    return DRAFT.format(**known, **ways, **_of(run, draft.BATCH))


def of_reward(run: Run, measured: dict[str, float]) -> str:
    """Return the card of the reward model."""
    known = {name: round(value, 4) for name, value in measured.items()}
    return REWARD.format(**known, **_of(run, reward.BATCH))


def _of(run: Run, batch: int) -> dict[str, float]:
    return {
        "parameters": sum(p.numel() for p in run.model.parameters()),
        "steps": run.step_count,
        "batch": batch,
        "rate": run.plan.learning_rate,
        "matrix_rate": run.plan.matrix_rate,
    }


CARDS = {"draft": of_draft, "instruct": of_instruct, "reward": of_reward}
