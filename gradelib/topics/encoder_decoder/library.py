"""The same as in notebook 5 by what the field uses: torch, sacrebleu, models of transformers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import models
from gradelib.lab.tokens import show_table
from gradelib.topics.encoder_decoder.pairs import Pair, text_of, words_of

if TYPE_CHECKING:
    import torch
    from torch import Tensor

__all__ = ["Shelf", "against_sacrebleu", "against_torch", "translate_all"]

OPUS = "Helsinki-NLP/opus-mt-en-de"
BATCH = 100


def against_torch(attention: Any, d_model: int, heads: int) -> float:
    """Return the largest difference between the student's attention and torch's own layer.

    Both get the same random weights, a source with padding, and a target of another length.
    """
    import torch

    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(0)
        yours, theirs = attention(d_model, heads), _torch_layer(d_model, heads)
        parts = yours.query, yours.key, yours.value
        theirs.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
        theirs.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
        theirs.out_proj.load_state_dict(yours.out.state_dict())
        x, source = torch.randn(2, 4, d_model), torch.randn(2, 6, d_model)
        real = torch.arange(6) < torch.tensor([[6], [3]])
        expected, _ = theirs(x, source, source, key_padding_mask=~real)
        return float((yours(x, source, real[:, None, None]) - expected).abs().max())


def _torch_layer(d_model: int, heads: int) -> torch.nn.MultiheadAttention:
    import torch

    return torch.nn.MultiheadAttention(d_model, heads, batch_first=True).eval()


def translate_all(
    model: Any, words: Any, some: Sequence[Pair], translate: Callable[..., Tensor]
) -> list[list[str]]:
    """Translate the English of all pairs with the student's `translate`, some at a time."""
    from tqdm.auto import tqdm

    said = []
    for start in tqdm(range(0, len(some), BATCH), "translating", leave=False):
        source = words.batch([pair["en"] for pair in some[start : start + BATCH]])
        said += [words.decode(row) for row in translate(model, source, words.start, words.end, 24)]
    return said


def against_sacrebleu(
    said: Sequence[list[str]],
    wanted: Sequence[list[str]],
    bleu: Callable[..., float],
    chrf: Callable[[str, str], float] | None = None,
) -> None:
    """Show the student's BLEU, and chrF of the single sentences, beside those of sacrebleu."""
    import sacrebleu

    lines, right = ([" ".join(words) for words in texts] for texts in (said, wanted))
    theirs = sacrebleu.corpus_bleu(
        lines, [right], tokenize="none", smooth_method="none", force=True
    )
    columns = {"measure": ["BLEU"], "yours": [f"{bleu(said, wanted):.4f}"]}
    columns["sacrebleu"] = [f"{theirs.score:.4f}"]
    if chrf is not None:
        ours = [chrf(line, wish) for line, wish in zip(lines, right, strict=True)]
        scores = [
            sacrebleu.sentence_chrf(line, [wish]).score
            for line, wish in zip(lines, right, strict=True)
        ]
        columns["measure"].append("chrF, mean")
        for name, values in (("yours", ours), ("sacrebleu", scores)):
            columns[name].append(f"{sum(values) / len(values):.4f}")
    show_table(columns, f"{len(said):,} translations")


class Shelf:
    """A translator of transformers, by its short name."""

    def __init__(self, name: str) -> None:
        self.model, self.tokenizer = models.load(name)
        self.weights = sum(weight.numel() for weight in self.model.parameters())

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Translate greedily."""
        import torch
        from tqdm.auto import tqdm

        said: list[str] = []
        for start in tqdm(range(0, len(texts), BATCH), "translating", leave=False):
            batch = self.tokenizer(
                list(texts[start : start + BATCH]), padding=True, return_tensors="pt"
            )
            how: dict[str, Any] = {"do_sample": False, "num_beams": 1}
            with torch.no_grad():
                ids = self.model.generate(
                    input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], **how
                )
            said += [self.tokenizer.decode(row, skip_special_tokens=True).strip() for row in ids]
        return said

    def show(self, yours: Callable[[str], list[str]], texts: Sequence[str]) -> None:
        """Show what it makes of some sentences, beside what the student's translator does."""
        columns = {
            "English": list(texts),
            "yours": [text_of(yours(text)) for text in texts],
            "theirs": self.translate(texts),
        }
        show_table(columns, f"{self.weights / 1e6:.1f} million weights")

    def bleu(self, some: Sequence[Pair], bleu: Callable[..., float]) -> float:
        """Return its BLEU on some pairs, by the student's `bleu`."""
        said = [words_of(text) for text in self.translate([pair["en"] for pair in some])]
        return bleu(said, [words_of(pair["de"]) for pair in some])
