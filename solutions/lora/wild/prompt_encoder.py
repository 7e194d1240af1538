"""Wrong answers to `PromptEncoder` in other words, with the hint due."""

import functools

import torch
import torch.nn.functional as F
from torch import nn


class PromptEncoder__linear(nn.Module):
    """No activation at all.

    Hint: no_bend
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        return self.down(self.middle(self.up(self.table.weight)))


class PromptEncoder__first_relu(nn.Module):
    """One activation.

    Hint: one_bend
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        h = F.relu(self.up(self.table.weight))
        return self.down(self.middle(h))


class PromptEncoder__relu_last(nn.Module):
    """An activation too many.

    Hint: bend_at_the_end
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        h = self.table.weight
        for m in (self.up, self.middle, self.down):
            h = F.relu(m(h))
        return h


class PromptEncoder__plain(nn.Module):
    """The table only.

    Hint: table_alone
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        return self.table(torch.arange(self.table.num_embeddings))


class PromptEncoder__skip(nn.Module):
    """A residual.

    Hint: beside_the_table
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        x = self.table.weight
        return x + self.down(F.relu(self.middle(F.relu(self.up(x)))))


class PromptEncoder__gelu(nn.Module):
    """GELU.

    Hint: none
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        return self.down(F.gelu(self.middle(F.gelu(self.up(self.table.weight)))))


class Network(nn.Module):
    """What is given."""

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def made(self):
        return self.down(F.relu(self.middle(F.relu(self.up(self.table.weight)))))


class PromptEncoder__cached(Network):
    """Keeps the first prompt.

    Hint: kept
    """

    @functools.lru_cache  # noqa: B019 - that is the mistake
    def forward(self):
        return self.made()


class PromptEncoder__cached_in_eval(Network):
    """Keeps the last prompt of the training.

    Hint: kept
    """

    def forward(self):
        if self.training or not hasattr(self, "prompt"):
            self.prompt = self.made()
        return self.prompt
