"""Other right answers to notebook 02, from the libraries where one has it. They must pass."""

import math
from collections.abc import Callable

import torch
from torch import Tensor
from transformers.models.bert import modeling_bert  # here, since a case has two seconds only
from transformers.models.roberta import modeling_roberta

from solutions.masks.reference import causal_mask, masked_softmax, sees


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


def masked_softmax__torch_masked(scores: Tensor, mask: Tensor) -> Tensor:
    found = torch.masked.softmax(scores, dim=-1, mask=mask.expand(scores.shape))
    return found.nan_to_num(0.0)


def masked_softmax__lowest_then_zero(scores: Tensor, mask: Tensor) -> Tensor:
    lowest = torch.finfo(scores.dtype).min
    return torch.softmax(torch.where(mask, scores, lowest), dim=-1) * mask


def masked_softmax__by_hand(scores: Tensor, mask: Tensor) -> Tensor:
    scores = torch.where(mask, scores, -torch.inf)
    largest = scores.amax(dim=-1, keepdim=True).clamp(min=torch.finfo(scores.dtype).min)
    weights = (scores - largest).exp()
    return weights / weights.sum(dim=-1, keepdim=True).clamp(min=1e-30)


def masked_softmax__row_by_row(scores: Tensor, mask: Tensor) -> Tensor:
    rows = scores.reshape(-1, scores.shape[-1])
    seen = mask.expand(scores.shape).reshape(rows.shape)
    weights = torch.zeros_like(rows)
    for row, score, may in zip(weights, rows, seen, strict=True):
        row[may] = torch.softmax(score[may], dim=0)
    return weights.reshape(scores.shape)


def attention__einsum(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    scores = torch.einsum("...qd,...kd->...qk", queries, keys) * keys.shape[-1] ** -0.5
    return torch.einsum("...qk,...kd->...qd", masked_softmax(scores, mask), values)


def attention__scaled_before(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    queries = queries / math.sqrt(queries.size(-1))
    return torch.matmul(masked_softmax(queries @ keys.transpose(-2, -1), mask), values)


def attention__transformers(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    from types import SimpleNamespace

    from transformers.models.bert.modeling_bert import eager_attention_forward

    lead = queries.shape[:-2]
    four = [part.reshape(-1, 1, *part.shape[-2:]) for part in (queries, keys, values)]
    may = mask.expand(*lead, queries.shape[-2], keys.shape[-2]).reshape(-1, 1, *mask.shape[-2:])
    added = torch.zeros(may.shape).masked_fill(~may, torch.finfo(torch.float32).min)
    layer = SimpleNamespace(training=False)
    mixed, _ = eager_attention_forward(layer, *four, added, scaling=queries.shape[-1] ** -0.5)
    mixed = mixed.transpose(1, 2) * may.any(dim=-1, keepdim=True)  # (lead, 1, query, d_value)
    return mixed.reshape(*lead, *mixed.shape[-2:])


def encoder_mask__repeat(attention_mask: Tensor) -> Tensor:
    return attention_mask[:, None, None].repeat(1, 1, attention_mask.shape[1], 1)


def encoder_mask__transformers(attention_mask: Tensor) -> Tensor:
    from transformers.masking_utils import bidirectional_mask_function, sdpa_mask

    batch, tokens = attention_mask.shape
    return sdpa_mask(
        batch, tokens, tokens, mask_function=bidirectional_mask_function,
        attention_mask=attention_mask, allow_is_causal_skip=False,
    )  # fmt: skip


def causal_mask__distances(tokens: int, past: int = 0) -> Tensor:
    return torch.arange(past + tokens) <= torch.arange(past, past + tokens).unsqueeze(1)


def causal_mask__torch(tokens: int, past: int = 0) -> Tensor:
    whole = torch.nn.Transformer.generate_square_subsequent_mask(past + tokens)
    return (whole == 0)[past:]


def causal_mask__transformers(tokens: int, past: int = 0) -> Tensor:
    from transformers.masking_utils import sdpa_mask

    return sdpa_mask(1, tokens, past + tokens, q_offset=past, allow_is_causal_skip=False)[0, 0]


def causal_mask__two_blocks(tokens: int, past: int = 0) -> Tensor:
    own = ~torch.ones(tokens, tokens, dtype=torch.bool).triu(1)
    return torch.cat([torch.ones(tokens, past, dtype=torch.bool), own], dim=1)


def decoder_mask__transformers(attention_mask: Tensor) -> Tensor:
    from transformers.masking_utils import sdpa_mask

    batch, tokens = attention_mask.shape
    return sdpa_mask(
        batch, tokens, tokens, attention_mask=attention_mask, allow_is_causal_skip=False
    )


def decoder_mask__both(attention_mask: Tensor) -> Tensor:
    return attention_mask[:, None, None] & causal_mask(attention_mask.shape[1])


def position_ids__row_by_row(attention_mask: Tensor) -> Tensor:
    numbers = torch.zeros(attention_mask.shape, dtype=torch.long)
    for row, real in zip(numbers, attention_mask, strict=True):
        row[real] = torch.arange(int(real.sum()))
    return numbers


def position_ids__transformers(attention_mask: Tensor) -> Tensor:
    from types import SimpleNamespace

    from transformers import GenerationMixin

    config = SimpleNamespace(is_encoder_decoder=False)
    asked = SimpleNamespace(config=config)
    prepare = GenerationMixin._prepare_position_ids_for_generation
    return prepare(asked, attention_mask, {"attention_mask": attention_mask.long()})


def position_ids__roberta(attention_mask: Tensor) -> Tensor:
    from transformers.models.roberta.modeling_roberta import RobertaEmbeddings

    create = RobertaEmbeddings.create_position_ids_from_input_ids
    return (create(attention_mask.long(), 0) - 1).clamp(min=0)


def cross_attention_mask__repeat(source_mask: Tensor, target_tokens: int) -> Tensor:
    return source_mask[:, None, None].repeat(1, 1, target_tokens, 1)


def cross_attention_mask__transformers(source_mask: Tensor, target_tokens: int) -> Tensor:
    from transformers.masking_utils import bidirectional_mask_function, sdpa_mask

    batch, source = source_mask.shape
    return sdpa_mask(
        batch, target_tokens, source, mask_function=bidirectional_mask_function,
        attention_mask=source_mask, allow_is_causal_skip=False,
    )  # fmt: skip


def sliding_window_mask__triangles(tokens: int, window: int) -> Tensor:
    return causal_mask(tokens).triu(1 - window)


def sliding_window_mask__transformers(tokens: int, window: int) -> Tensor:
    from transformers.masking_utils import sdpa_mask, sliding_window_causal_mask_function

    function = sliding_window_causal_mask_function(window)
    mask = sdpa_mask(1, tokens, tokens, mask_function=function, allow_is_causal_skip=False)
    return mask[0, 0]


def pack_documents__comprehensions(documents: list[list[int]]) -> dict[str, list[int]]:
    every = [
        (token, number, place)
        for number, document in enumerate(documents)
        for place, token in enumerate(document)
    ]
    names = ("input_ids", "document_ids", "position_ids")
    return {name: [row[column] for row in every] for column, name in enumerate(names)}


def pack_documents__transformers(documents: list[list[int]]) -> dict[str, list[int]]:
    from itertools import chain

    from transformers import DataCollatorWithFlattening

    if not documents:
        return {"input_ids": [], "document_ids": [], "position_ids": []}
    collate = DataCollatorWithFlattening(return_seq_idx=True, return_tensors="pt")
    made = collate([{"input_ids": document} for document in documents])
    names = {"input_ids": "input_ids", "document_ids": "seq_idx", "position_ids": "position_ids"}
    return {ours: made[theirs][0].tolist() for ours, theirs in names.items()}


def packed_mask__transformers(document_ids: Tensor) -> Tensor:
    from transformers.masking_utils import (
        and_masks,
        causal_mask_function,
        packed_sequence_mask_function,
        sdpa_mask,
    )

    batch, tokens = document_ids.shape
    both = and_masks(packed_sequence_mask_function(document_ids), causal_mask_function)
    return sdpa_mask(batch, tokens, tokens, mask_function=both, allow_is_causal_skip=False)


def packed_mask__both(document_ids: Tensor) -> Tensor:
    differs = document_ids.unsqueeze(2) - document_ids.unsqueeze(1)
    return (differs == 0).unsqueeze(1) & causal_mask(document_ids.shape[1])


def sees__loop(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    x = x.detach().clone().requires_grad_()
    output = model(x)
    seen = torch.zeros(len(output), len(x), dtype=torch.bool)
    for query, numbers in enumerate(output):
        for number in numbers:
            (gradient,) = torch.autograd.grad(number, x, retain_graph=True)
            seen[query] |= gradient.ne(0).any(dim=-1)
    return seen


def sees__forward_mode(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    return torch.func.jacfwd(model)(x).abs().amax(dim=(1, 3)) > 0


def leaks__loops(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    seen = sees(model, x)
    queries, keys = mask.shape
    every = [(query, key) for query in range(queries) for key in range(keys)]
    return [(query, key) for query, key in every if seen[query, key] and not mask[query, key]]


def leaks__argwhere(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    return list(map(tuple, torch.argwhere(sees(model, x) > mask).tolist()))


def additive_mask__where(mask: Tensor) -> Tensor:
    return torch.where(mask, 0.0, torch.finfo(torch.float32).min)


def additive_mask__times(mask: Tensor) -> Tensor:
    return (~mask).float() * torch.finfo(torch.float32).min
