"""Sections 4.3 and 4.4: other right answers. They must pass."""

import torch
from torch import Tensor, nn


def choose_masked__loop(ids: Tensor, special: set[int], dice: Tensor, rate: float) -> Tensor:
    chosen = dice < rate
    for number in special:
        chosen = chosen & (ids != number)
    return chosen


def choose_masked__plain_python(
    ids: Tensor, special: set[int], dice: Tensor, rate: float
) -> Tensor:
    rows = [
        [token not in special and number < rate for token, number in zip(*row, strict=True)]
        for row in zip(ids.tolist(), dice.tolist(), strict=True)
    ]
    return torch.tensor(rows)


def corrupt__where(
    ids: Tensor, chosen: Tensor, dice: Tensor, random_ids: Tensor, mask_id: int
) -> tuple[Tensor, Tensor]:
    changed = torch.where(dice < 0.8, mask_id, torch.where(dice < 0.9, random_ids, ids))
    return torch.where(chosen, changed, ids), torch.where(chosen, ids, -100)


def corrupt__copies(
    ids: Tensor, chosen: Tensor, dice: Tensor, random_ids: Tensor, mask_id: int
) -> tuple[Tensor, Tensor]:
    inputs, labels = ids.clone(), ids.clone()
    labels[~chosen] = -100
    swapped = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs[swapped] = random_ids[swapped]
    inputs[chosen & (dice < 0.8)] = mask_id
    return inputs, labels


def mlm_loss__selected(logits: Tensor, labels: Tensor) -> Tensor:
    asked = labels != -100
    return nn.functional.cross_entropy(logits[asked], labels[asked])


def mlm_loss__by_hand(logits: Tensor, labels: Tensor) -> Tensor:
    asked = labels != -100
    guesses = logits[asked].log_softmax(dim=-1)
    return -guesses[torch.arange(len(guesses)), labels[asked]].mean()


def mlm_loss__class_axis_second(logits: Tensor, labels: Tensor) -> Tensor:
    return nn.CrossEntropyLoss()(logits.transpose(1, 2), labels)


def fill_mask__loop(
    logits: Tensor, ids: Tensor, mask_id: int, k: int
) -> list[list[tuple[int, float]]]:
    found = []
    for place, number in enumerate(ids.tolist()):
        if number == mask_id:
            probabilities = torch.softmax(logits[place], dim=0)
            order = probabilities.argsort(descending=True)[:k].tolist()
            found.append([(token, probabilities[token].item()) for token in order])
    return found


def nsp_pairs__counted(
    documents: list[list[str]], dice: list[float], others: list[str]
) -> list[tuple[str, str, int]]:
    pairs: list[tuple[str, str, int]] = []
    for sentences in documents:
        for place in range(len(sentences) - 1):
            number = len(pairs)
            if dice[number] < 0.5:
                pairs.append((sentences[place], sentences[place + 1], 0))
            else:
                pairs.append((sentences[place], others[number], 1))
    return pairs


def corrupt__tensors_for_borders(
    ids: Tensor, chosen: Tensor, dice: Tensor, random_ids: Tensor, mask_id: int
) -> tuple[Tensor, Tensor]:
    low, high = torch.tensor(0.8), torch.tensor(0.9)
    inputs = torch.where(chosen & (dice < low), mask_id, ids)
    inputs = torch.where(chosen & (dice >= low) & (dice < high), random_ids, inputs)
    return inputs, torch.where(chosen, ids, -100)


def corrupt__bucketize(
    ids: Tensor, chosen: Tensor, dice: Tensor, random_ids: Tensor, mask_id: int
) -> tuple[Tensor, Tensor]:
    which = torch.bucketize(dice, torch.tensor([0.8, 0.9]), right=True)
    options = torch.stack([torch.full_like(ids, mask_id), random_ids, ids])
    inputs = options.gather(0, torch.where(chosen, which, 2)[None])[0]
    return inputs, ids.masked_fill(~chosen, -100)


def corrupt__plain_numbers(
    ids: Tensor, chosen: Tensor, dice: Tensor, random_ids: Tensor, mask_id: int
) -> tuple[Tensor, Tensor]:
    def one(token: int, is_chosen: bool, number: float, other: int) -> tuple[int, int]:
        if not is_chosen:
            return token, -100
        return (mask_id if number < 0.8 else other if number < 0.9 else token), token

    columns = (part.flatten().tolist() for part in (ids, chosen, dice, random_ids))
    cells = torch.tensor([one(*cell) for cell in zip(*columns, strict=True)])
    return cells[:, 0].view(ids.shape), cells[:, 1].view(ids.shape)
