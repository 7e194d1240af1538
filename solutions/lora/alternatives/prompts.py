"""Section 8.3: other right answers. They must pass."""

import torch
from torch import Tensor, nn


class Adapter__filled(nn.Module):
    def __init__(self, d_model: int, bottleneck: int) -> None:
        super().__init__()
        self.down, self.up = nn.Linear(d_model, bottleneck), nn.Linear(bottleneck, d_model)
        for weight in self.up.parameters():
            weight.data.zero_()

    def forward(self, x: Tensor) -> Tensor:
        inner = nn.GELU()(self.down(x))
        return self.up(inner) + x


class Adapter__by_the_error_function(nn.Module):
    def __init__(self, d_model: int, bottleneck: int) -> None:
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.constant_(self.up.weight, 0.0)
        nn.init.constant_(self.up.bias, 0.0)

    def forward(self, x: Tensor) -> Tensor:
        inner = self.down(x)
        bent = inner * 0.5 * (1 + torch.erf(inner / 2**0.5))
        return x + bent @ self.up.weight.T + self.up.bias


def prepend_prompt__one_by_one(
    prompt: Tensor, vectors: Tensor, attention_mask: Tensor
) -> tuple[Tensor, Tensor]:
    longer = torch.stack([torch.vstack([prompt, text]) for text in vectors])
    return longer, nn.functional.pad(attention_mask, (prompt.shape[0], 0), value=True)


def prepend_prompt__repeated(
    prompt: Tensor, vectors: Tensor, attention_mask: Tensor
) -> tuple[Tensor, Tensor]:
    batch = vectors.shape[0]
    every = prompt.unsqueeze(0).repeat(batch, 1, 1)
    ones = torch.ones(batch, len(prompt), dtype=torch.bool, device=vectors.device)
    return torch.cat((every, vectors), 1), torch.cat((ones, attention_mask), 1)


class PromptEncoder__one_line(nn.Module):
    def __init__(self, length: int, d_model: int, d_hidden: int) -> None:
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self) -> Tensor:
        bend = nn.ReLU()
        return nn.Sequential(self.up, bend, self.middle, bend, self.down)(self.table.weight)


class PromptEncoder__looked_up(nn.Module):
    def __init__(self, length: int, d_model: int, d_hidden: int) -> None:
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self) -> Tensor:
        rows = self.table(torch.arange(self.table.num_embeddings))
        rows = torch.relu(self.up(rows))
        rows = torch.relu(self.middle(rows))
        return self.down(rows)


def prefix_pairs__by_chunks(prefix: Tensor, heads: int, batch: int) -> list[tuple[Tensor, Tensor]]:
    pairs = []
    for layer in prefix:
        both = [torch.stack(part.chunk(heads, dim=-1)) for part in layer]  # (heads, length, d_head)
        pairs.append(tuple(torch.stack([part] * batch) for part in both))
    return pairs


def prefix_pairs__by_view(prefix: Tensor, heads: int, batch: int) -> list[tuple[Tensor, Tensor]]:
    layers, _, length, d_model = prefix.shape
    split = prefix.view(layers, 2, length, heads, d_model // heads).permute(0, 1, 3, 2, 4)
    split = split.unsqueeze(2).repeat(1, 1, batch, 1, 1, 1)
    return [(one[0], one[1]) for one in split]


class Adapter__in_a_sequence(nn.Module):
    def __init__(self, d_model: int, bottleneck: int) -> None:
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        for weight in self.up.parameters():
            nn.init.zeros_(weight)
        self.path = nn.Sequential(self.down, nn.GELU(), self.up)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.path(x)
