"""The bodies of notebook 7: the encoder of the course, trained or from nothing, and MiniLM.

A body maps ids and attention mask to a vector for each token, and has the names of `BertModel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gradelib.lab import data, models

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

__all__ = ["Encoder", "body_like"]

STORIES = 40  # in which masks are filled
AT_ONCE = 10  # stories in a batch
PARTS = 4  # of a batch, by length
RATE = 0.15  # of the tokens are masked


def body_like(model: Any, trained: bool = True) -> Any:
    """Return a new body in the form of a BERT, with its weights or with random ones.

    It is called as `body(ids, attention_mask)` and returns (batch, token, d_model). Short texts
    and long ones are read apart, to read less padding, and behind their ends stand zeros.
    """
    import torch
    from transformers import BertModel

    class Body(BertModel):
        def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
            token = ids.shape[1]
            ends = (attention_mask.long() * torch.arange(1, token + 1, device=ids.device)).amax(1)
            order, hidden = ends.argsort(), []
            for rows in order.chunk(PARTS):
                width = int(ends[rows].max())  # behind it there is only padding
                found = super().forward(
                    input_ids=ids[rows, :width], attention_mask=attention_mask[rows, :width]
                )
                said: Tensor = found.last_hidden_state
                hidden.append(torch.nn.functional.pad(said, (0, 0, 0, token - width)))
            return torch.cat(hidden)[order.argsort()]

    body = Body(model.config, add_pooling_layer=False)
    if trained:
        own = getattr(model, "bert", model).state_dict()
        known = body.state_dict()
        body.load_state_dict({name: weight for name, weight in own.items() if name in known})
    return body


class Encoder:
    """The tiny encoder: its tokenizer, new copies of its body, and the gaps that it can fill."""

    def __init__(self) -> None:
        self.model, self.tokenizer = models.load("encoder")
        self.layers: int = self.model.config.num_hidden_layers
        self.d_model: int = self.model.config.hidden_size
        self.gaps = self._gaps()

    def body(self) -> Any:
        """Return a new copy of the body, with the weights that it was trained to."""
        return body_like(self.model)

    def untrained(self, seed: int = 0) -> Any:
        """Return a body of the same form, with random weights."""
        import torch

        with torch.random.fork_rng():
            torch.manual_seed(seed)
            return body_like(self.model, trained=False)

    def fills(self, body: Any, accuracy: Callable[[Tensor, Tensor], float]) -> float:
        """Return the share of masked tokens that a body still fills right, in stories."""
        import torch

        shares: list[float] = []
        body.eval()
        with torch.no_grad():
            for ids, mask, labels in self.gaps:
                asked = labels != -100
                logits = self.words_of(body, body(ids, mask)[asked])
                share = accuracy(logits, labels[asked])
                shares += [share] * int(asked.sum())
        return sum(shares) / len(shares)

    def words_of(self, body: Any, vectors: Tensor) -> Tensor:
        """Make logits of a body's vectors: (..., d_model) to (..., vocab).

        The head is the one of the tiny encoder. As there, its last matrix is the body's own table.
        """
        known: Any = self.model
        head = known.cls.predictions
        table = body.embeddings.word_embeddings.weight
        logits: Tensor = head.transform(vectors) @ table.T + head.bias
        return logits

    def _gaps(self) -> list[tuple[Tensor, Tensor, Tensor]]:
        """Mask tokens of new stories, always the same: inputs, attention mask, labels."""
        import torch

        texts = [story["text"] for story in data.stories("validation")[:STORIES]]
        luck, batches = torch.Generator().manual_seed(0), []
        own: Any = self.tokenizer
        special = torch.tensor(own.all_special_ids)
        for start in range(0, STORIES, AT_ONCE):
            more: dict[str, Any] = {"padding": True, "truncation": True, "return_tensors": "pt"}
            found = self.tokenizer(texts[start : start + AT_ONCE], **more)
            ids = found["input_ids"]
            ordinary = ~torch.isin(ids, special)
            chosen = ordinary & (torch.rand(ids.shape, generator=luck) < RATE)
            labels = torch.where(chosen, ids, -100)
            inputs = ids.masked_fill(chosen, own.mask_token_id)
            batches.append((inputs, found["attention_mask"].bool(), labels))
        return batches
