"""An encoder of `transformers` as notebook 4 uses it: texts to ids, vectors to logits, its weights.

The encoder itself, and all that is asked of its vectors, are the student's: they come in as
arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab import data, models

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Encoded", "Reader", "body_names", "load_body"]

Body = Callable[..., "Tensor"]  # ids, attention mask, parts -> vectors
TABLES = {
    "embeddings.word_embeddings": "tokens",
    "embeddings.position_embeddings": "positions",
    "embeddings.token_type_embeddings": "types",
    "embeddings.LayerNorm": "norm",
}
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PARTS = {  # in a layer: a module of BERT in transformers, and ours
    "attention.self.query": "attention.query",
    "attention.self.key": "attention.key",
    "attention.self.value": "attention.value",
    "attention.output.dense": "attention.out",
    "attention.output.LayerNorm": "norm_1",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm_2",
}


def body_names(layers: int) -> dict[str, str]:
    """Return how each module of a BERT of `transformers` is called in our encoder.

    >>> body_names(1)["encoder.layer.0.output.LayerNorm"]
    'layers.0.norm_2'
    """
    names = dict(TABLES)
    for number in range(layers):
        for theirs, ours in PARTS.items():
            names[f"encoder.layer.{number}.{theirs}"] = f"layers.{number}.{ours}"
    return names


def body_of(model: Any) -> Any:
    """Return the part of a BERT without a head."""
    return getattr(model, "bert", model)


def body_weights(model: Any) -> dict[str, Tensor]:
    """Return the weights of a BERT of `transformers` under the names of our encoder."""
    names, weights = body_names(model.config.num_hidden_layers), {}
    for name, weight in body_of(model).state_dict().items():
        owner, _, kind = name.rpartition(".")
        if owner in names:
            weights[f"{names[owner]}.{kind}"] = weight
    return weights


def load_body(encoder: Callable[..., Any], model: Any) -> Any:
    """Build an `Encoder` with the sizes of a BERT of `transformers`, and with its weights."""
    config = model.config
    sizes = (
        config.vocab_size, config.max_position_embeddings, config.hidden_size,
        config.num_attention_heads, config.intermediate_size, config.num_hidden_layers,
    )  # fmt: skip
    built = encoder(*sizes)
    built.load_state_dict(body_weights(model))
    return built.eval()


@dataclass(frozen=True)
class Encoded:
    """One text, or a pair of texts, as a row of ids."""

    ids: Tensor  # (token,)
    parts: Tensor  # (token,), 0 or 1


class Reader:
    """An encoder's tokenizer, its own body to compare with, and the head that fills gaps."""

    def __init__(self, name: str) -> None:
        self.model: Any
        self.tokenizer: Any
        self.model, self.tokenizer = models.load(name)
        self.model.requires_grad_(False)  # here nobody trains it
        self.special = set(self.tokenizer.all_special_ids)
        self.mask: int = self.tokenizer.mask_token_id
        self.vocab = len(self.tokenizer)

    def encode(self, first: str, second: str | None = None) -> Encoded:
        """Return a text, or a pair, between [CLS] and [SEP]."""
        texts = [first] if second is None else [first, second]
        found = self.tokenizer(*texts, return_tensors="pt", truncation=True)
        return Encoded(found["input_ids"][0], found["token_type_ids"][0])

    def batch(self, texts: Sequence[str], longest: int | None = None) -> tuple[Tensor, Tensor]:
        """Return ids and attention mask, each (text, token), padded on the right.

        What is longer than `longest` tokens, or than the model can read, is cut.
        """
        reads = self.tokenizer.model_max_length
        longest = min(longest or reads, reads)
        found = self.tokenizer(
            list(texts), return_tensors="pt", padding=True, truncation=True, max_length=longest
        )
        return found["input_ids"], found["attention_mask"].bool()

    def special_tokens(self) -> dict[str, int]:
        """Return the id of each token that stands for no word."""
        return {name: self.tokenizer.convert_tokens_to_ids(name) for name in SPECIAL}

    def word(self, number: int) -> str:
        """Return the token of an id."""
        return str(self.tokenizer.decode([number]))

    def words(self, ids: Tensor) -> list[str]:
        """Return the tokens of a row of ids."""
        return [self.word(number) for number in ids.tolist()]

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of a text, with those that stand for no word."""
        return self.words(self.encode(text).ids)

    def vectors(self, encoder: Body, encoded: Encoded) -> Tensor:
        """Return what an encoder makes of one text: (token, d_model)."""
        import torch

        with torch.no_grad():
            ids = encoded.ids[None]
            found = encoder(ids, torch.ones_like(ids).bool(), encoded.parts[None])
        return found[0]

    def difference(self, encoder: Body, encoded: Encoded) -> float:
        """Return how far an encoder's vectors are, at most, from those of the library."""
        import torch

        with torch.no_grad():
            theirs = body_of(self.model)(
                input_ids=encoded.ids[None], token_type_ids=encoded.parts[None]
            )
        off = self.vectors(encoder, encoded) - theirs.last_hidden_state[0]
        return float(off.abs().max())

    def guess(self, vectors: Tensor) -> Tensor:
        """Make logits of vectors, by the head of the model: (..., d_model) to (..., vocab)."""
        logits: Tensor = self.model.cls(vectors)
        return logits

    def logits(self, encoder: Body, ids: Tensor) -> Tensor:
        """Return the logits at each place of one text: (token,) to (token, vocab)."""
        import torch

        with torch.no_grad():
            rows = ids[None]
            return self.guess(encoder(rows, torch.ones_like(rows).bool()))[0]

    def vectors_of(self, word: str, texts: Sequence[str], encoder: Body) -> Tensor:
        """Return the vector that each text gives to the same word: (text, d_model)."""
        import torch

        found = []
        for text in texts:
            encoded = self.encode(text)
            place = self.words(encoded.ids).index(word)
            found.append(self.vectors(encoder, encoded)[place])
        return torch.stack(found)

    def mlm_losses(
        self,
        encoder: Body,
        stories: Sequence[Any],
        choose_masked: Callable[..., Tensor],
        corrupt: Callable[..., tuple[Tensor, Tensor]],
        mlm_loss: Callable[[Tensor, Tensor], Tensor],
    ) -> list[float]:
        """Return the mean surprisal at what is hidden in each story, with the same dice always."""
        import torch

        luck, losses = torch.Generator().manual_seed(0), []
        for story in stories:
            ids = self.encode(story["text"]).ids[None]
            inputs, labels = self.hide(ids, luck, choose_masked, corrupt)
            if bool((labels >= 0).any()):
                logits = self.logits(encoder, inputs[0])[None]
                losses.append(mlm_loss(logits, labels).item())
        return losses

    def hide(
        self,
        ids: Tensor,
        luck: Any,
        choose_masked: Callable[..., Tensor],
        corrupt: Callable[..., tuple[Tensor, Tensor]],
        rate: float = 0.15,
    ) -> tuple[Tensor, Tensor]:
        """Return inputs and labels of a batch, (text, token), by the student's two functions."""
        import torch

        def dice() -> Tensor:
            return torch.rand(ids.shape, generator=luck)

        chosen = choose_masked(ids, self.special, dice(), rate)
        others = torch.randint(len(self.special), self.vocab, ids.shape, generator=luck)
        return corrupt(ids, chosen, dice(), others, self.mask)

    def nsp_material(
        self, stories: int, seed: int
    ) -> tuple[list[list[str]], list[float], list[str]]:
        """Return documents, dice, and sentences from elsewhere, for `nsp_pairs`."""
        import numpy as np

        from gradelib.lab import village

        rng = np.random.default_rng(seed)
        told = [village.sentences(story["text"]) for story in data.stories("validation")]
        documents = told[:stories]
        count = sum(max(len(sentences) - 1, 0) for sentences in documents)
        rest = [sentence for sentences in told[stories:] for sentence in sentences]
        others = [rest[place] for place in rng.permutation(len(rest))[:count]]
        return documents, [float(number) for number in rng.random(count)], others
