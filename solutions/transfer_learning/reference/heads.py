"""Sections 7.2 and 7.4: reference answers."""

from torch import Tensor, nn


def pool(hidden: Tensor, attention_mask: Tensor, how: str) -> Tensor:
    """Choose what a head gets to see of the vectors of a text.

    `how` is "cls" for the vector of the first token of each text, "mean" for the mean
    of the vectors of its real tokens, or "each" for all vectors as they are. Padding
    counts neither in the sum of a mean nor in its number, whatever stands there. Each
    text begins with a real token. Gradients flow back through what is chosen.

    Raises:
        ValueError: `how` is none of these three words, written as they are here.

    Shapes:
        hidden:         (batch, token, d_model)
        attention_mask: (batch, token), booleans, False for padding
        returns:        (..., d_model): one vector a text, or for "each" one a token

    >>> hidden = torch.tensor([[[1.0], [4.0], [9.0]]])
    >>> pool(hidden, torch.tensor([[True, True, False]]), "mean")
    tensor([[2.5000]])
    """
    if how == "cls":
        return hidden[:, 0]
    if how == "each":
        return hidden
    if how != "mean":
        raise ValueError(f'how is "cls", "mean" or "each": got {how!r}')
    real = attention_mask[..., None]  # (batch, token, 1)
    return hidden.masked_fill(~real, 0).sum(dim=1) / real.sum(dim=1)


class Classifier(nn.Module):
    """A body that somebody else has trained, and a new head: one linear layer."""

    def __init__(self, body: nn.Module, d_model: int, classes: int, how: str) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(d_model, classes)
        self.how = how

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return a logit for each class.

        `self.body(ids, attention_mask)` makes a vector of each token. What the head
        reads of them is chosen by `pool`, as `self.how` says. Gradients flow back into
        the body, and its mode is left as it is.

        Shapes:
            ids:            (batch, token)
            attention_mask: (batch, token), booleans, False for padding
            returns:        (..., choice): a text's, or for "each" a token's
        """
        hidden = self.body(ids, attention_mask)  # (batch, token, d_model)
        return self.head(pool(hidden, attention_mask, self.how))
