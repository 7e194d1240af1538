"""Sections 5.4 and 5.5: other right answers. They must pass."""

import torch
from torch import Tensor, nn

from solutions.encoder_decoder.reference import Translator


def sequence_loss__torch(logits: Tensor, ids: Tensor, pad: int, smoothing: float = 0.0) -> Tensor:
    guesses, labels = logits.flatten(0, 1), ids.flatten()
    return nn.functional.cross_entropy(guesses, labels, ignore_index=pad, label_smoothing=smoothing)


def sequence_loss__soft_labels(
    logits: Tensor, ids: Tensor, pad: int, smoothing: float = 0.0
) -> Tensor:
    vocab = logits.shape[-1]
    truth = nn.functional.one_hot(ids, vocab).float() * (1 - smoothing) + smoothing / vocab
    losses = -(truth * torch.log_softmax(logits, dim=-1)).sum(-1)
    real = (ids != pad).float()
    return (losses * real).sum() / real.sum()


@torch.no_grad()
def translate__row_by_row(
    model: Translator, source_ids: Tensor, start: int, end: int, max_new: int
) -> Tensor:
    source, read = model.encode(source_ids), [[start] for _ in source_ids]
    for _ in range(max_new):
        logits = model.decode(torch.tensor(read), source, source_ids)
        for row, best in zip(read, logits[:, -1].argmax(-1).tolist(), strict=True):
            row.append(model.pad if end in row[1:] else best)
        if all(end in row[1:] for row in read):
            break
    return torch.tensor([row[1:] for row in read])


def translate__in_eval_mode(
    model: Translator, source_ids: Tensor, start: int, end: int, max_new: int
) -> Tensor:
    was, device = model.training, next(model.parameters()).device
    model.eval()
    with torch.no_grad():
        source = model.encode(source_ids)
        read = torch.full((len(source_ids), 1), start, device=device)
        for _ in range(max_new):
            best = model.decode(read, source, source_ids)[:, -1].argmax(-1)
            over = (read[:, 1:] == end).any(1)
            read = torch.cat([read, torch.where(over, model.pad, best)[:, None]], 1)
            if (read[:, 1:] == end).any(1).all():
                break
    model.train(was)
    return read[:, 1:]


@torch.no_grad()
def translate__open_rows_only(
    model: Translator, source_ids: Tensor, start: int, end: int, max_new: int
) -> Tensor:
    source = model.encode(source_ids)
    said: list[list[int]] = [[] for _ in source_ids]
    for _ in range(max_new):
        rows = [row for row, one in enumerate(said) if end not in one]
        if not rows:
            break
        read = torch.tensor([[start, *said[row]] for row in rows])
        best = model.decode(read, source[rows], source_ids[rows])[:, -1].argmax(-1)
        for row, token in zip(rows, best.tolist(), strict=True):
            said[row].append(token)
    longest = max(map(len, said))
    return torch.tensor([one + [model.pad] * (longest - len(one)) for one in said])


def alignment__einsum(weights: Tensor, source_mask: Tensor) -> Tensor:
    means = torch.einsum("bhts->bts", weights) * source_mask[:, None, :]
    return torch.max(means, dim=-1).indices


def alignment__loop(weights: Tensor, source_mask: Tensor) -> Tensor:
    rows = []
    for sentence, real in zip(weights, source_mask, strict=True):
        places = real.nonzero().flatten()
        rows.append(places[sentence.mean(0)[:, places].argmax(dim=1)])
    return torch.stack(rows)
