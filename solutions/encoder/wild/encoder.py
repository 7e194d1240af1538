"""Wrong answers to `Encoder` in other words, with the hint due."""

import torch
from solutions.encoder.reference import (
    EncoderLayer as OurLayer,
)
from solutions.encoder.reference import (
    embed,
)
from torch import nn


class _Body(nn.Module):
    """The constructor, for the wrong answers below."""

    def __init__(self, vocab, context, d_model, heads, d_mlp, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.types = nn.Embedding(2, d_model)
        self.norm = nn.LayerNorm(d_model, eps=1e-12)
        self.layers = nn.ModuleList(OurLayer(d_model, heads, d_mlp) for _ in range(layers))

    def begin(self, ids, parts):
        parts = torch.zeros_like(ids) if parts is None else parts
        tables = self.tokens.weight, self.positions.weight, self.types.weight
        return embed(ids, parts, *tables)


class Encoder__straight_in(_Body):
    """Hands the sum of the vectors to the layers as it is.

    Hint: no_first_norm
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.begin(ids, parts)
        for layer in self.layers:
            x = layer(x, attention_mask)
        return x


class Encoder__like_gpt2(_Body):
    """Norms after the last layer.

    Hint: norm_at_the_end
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.begin(ids, parts)
        for number in range(len(self.layers)):
            x = self.layers[number](x, attention_mask)
        return self.norm(x)


class Encoder__only_the_last(_Body):
    """Lets every layer read the embeddings, and keeps the last answer.

    Hint: each_layer_reads_the_input
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.norm(self.begin(ids, parts))
        outputs = [layer(x, attention_mask) for layer in self.layers]
        return outputs[-1]


class Encoder__one_layer(_Body):
    """Returns inside of the loop.

    Hint: first_layer_only
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.norm(self.begin(ids, parts))
        for layer in self.layers:
            return layer(x, attention_mask)
        return x


class Encoder__parts_are_zero(_Body):
    """Never looks at the parts.

    Hint: forgets_the_parts
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.norm(self.begin(ids, None))
        for layer in self.layers:
            x = layer(x, attention_mask)
        return x


class Encoder__all_is_real(_Body):
    """Makes a mask of its own that is True everywhere.

    Hint: without_the_mask
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.norm(self.begin(ids, parts))
        everything = torch.full(ids.shape, True)
        for layer in self.layers:
            x = layer(x, everything)
        return x


class Encoder__first_parts_for_ever(_Body):
    """Keeps the parts of the first batch.

    Hint: none
    """

    def forward(self, ids, attention_mask, parts=None):
        if not hasattr(self, "parts"):
            self.parts = torch.zeros_like(ids) if parts is None else parts
        x = self.norm(self.begin(ids, self.parts))
        for layer in self.layers:
            x = layer(x, attention_mask)
        return x


class Encoder__eps_of_pytorch(_Body):
    """Norms by the function, without the `eps` of the module.

    Hint: none
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.begin(ids, parts)
        x = nn.functional.layer_norm(x, x.shape[-1:], self.norm.weight, self.norm.bias)
        for layer in self.layers:
            x = layer(x, attention_mask)
        return x


class Encoder__dropout(_Body):
    """Drops out some of the vectors in training, as BERT does.

    Hint: none
    """

    def forward(self, ids, attention_mask, parts=None):
        x = nn.functional.dropout(self.norm(self.begin(ids, parts)), 0.1, self.training)
        for layer in self.layers:
            x = layer(x, attention_mask)
        return x
