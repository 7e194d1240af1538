"""Section 2.1, "A rectangle": right answers in other forms."""

import torch
from torch import Tensor


def truncate__one_by_one(ids: list[int], length: int, special: set[int]) -> list[int]:
    left = list(ids)
    for place in reversed(range(len(ids))):
        if len(left) > length and ids[place] not in special:
            del left[place]
    if len(left) > length:
        raise ValueError("too little room")
    return left


def truncate__by_places(ids: list[int], length: int, special: set[int]) -> list[int]:
    ordinary = [place for place, token in enumerate(ids) if token not in special]
    room = length - (len(ids) - len(ordinary))
    if room < 0:
        raise ValueError(length)
    dropped = set(ordinary[room:])
    return [token for place, token in enumerate(ids) if place not in dropped]


def pad_batch__pad_sequence(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    from torch.nn.utils.rnn import pad_sequence

    if side != "left" and side != "right":
        raise ValueError(side)
    rows = [torch.tensor(ids, dtype=torch.long) for ids in batch]
    return pad_sequence(rows, batch_first=True, padding_value=pad, padding_side=side)


def pad_batch__transformers(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from transformers import PreTrainedTokenizerFast

    words = {f"<{number}>": number for number in range(1000)}
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(WordLevel(words, unk_token="<1>")), pad_token=f"<{pad}>"
    )
    tokenizer.padding_side = side  # refuses other sides, by a ValueError
    if side not in ("left", "right"):
        raise ValueError(side)
    return tokenizer.pad({"input_ids": batch}, return_tensors="pt")["input_ids"]


def pad_batch__filled(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    filled = torch.full((len(batch), max(map(len, batch))), pad)
    for row, ids in zip(filled, batch, strict=True):
        start = {"left": len(row) - len(ids), "right": 0}.get(side)
        if start is None:
            raise ValueError(f"no such side: {side}")
        row[start : start + len(ids)] = torch.tensor(ids)
    return filled


def attention_mask__lists(lengths: list[int], side: str = "right") -> Tensor:
    rows = [[True] * length + [False] * (max(lengths) - length) for length in lengths]
    return torch.tensor([row[::-1] if side == "left" else row for row in rows])


def attention_mask__pad_sequence(lengths: list[int], side: str = "right") -> Tensor:
    from torch.nn.utils.rnn import pad_sequence

    rows = [torch.ones(length, dtype=torch.bool) for length in lengths]
    return pad_sequence(rows, batch_first=True, padding_value=False, padding_side=side)


def attention_mask__from_the_right(lengths: list[int], side: str = "right") -> Tensor:
    longest = max(lengths)
    column = torch.tensor(lengths).unsqueeze(1)
    places = torch.arange(longest).unsqueeze(0)
    return places >= longest - column if side == "left" else places < column
