"""Known wrong answers to notebook 02. Each docstring is the hint that its answer earns."""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from solutions.masks.reference import causal_mask, masked_softmax, sees


def truncate__cuts_the_end_off(ids: list[int], length: int, special: set[int]) -> list[int]:
    """Look at the end of your answer: what has become of the last special id?"""
    if sum(token in special for token in ids) > length:
        raise ValueError("length")
    return ids[:length]


def truncate__drops_the_first(ids: list[int], length: int, special: set[int]) -> list[int]:
    """You drop ordinary ids from the beginning. From which end are they to go?"""
    surplus = len(ids) - length
    if sum(token in special for token in ids) > length:
        raise ValueError("length")
    kept = []
    for token in ids:
        if token in special or surplus <= 0:
            kept.append(token)
        else:
            surplus -= 1
    return kept


def truncate__forgets_to_count_special_ids(
    ids: list[int], length: int, special: set[int]
) -> list[int]:
    """Count all ids of your answer, special ones too. Are there at most `length`?"""
    if sum(token in special for token in ids) > length:
        raise ValueError("length")
    ordinary = [place for place, token in enumerate(ids) if token not in special][:length]
    return [token for place, token in enumerate(ids) if token in special or place in ordinary]


def truncate__room_for_one_less(ids: list[int], length: int, special: set[int]) -> list[int]:
    """Your answer is one id shorter than it could be. Where does the count begin?"""
    room = length - sum(token in special for token in ids)
    if room < 0:
        raise ValueError("length")
    kept = []
    for token in ids:
        room -= token not in special
        if token in special or room > 0:
            kept.append(token)
    return kept


def truncate__special_ids_to_the_end(ids: list[int], length: int, special: set[int]) -> list[int]:
    """All the right ids are there, but where do the special ones stand? Nothing may move."""
    keep = [token for token in ids if token in special]
    if len(keep) > length:
        raise ValueError("length")
    ordinary = [token for token in ids if token not in special]
    return ordinary[: length - len(keep)] + keep


def truncate__keeps_only_the_last_special_id(
    ids: list[int], length: int, special: set[int]
) -> list[int]:
    """You keep the last id. But a special id can stand in the middle as well."""
    if sum(token in special for token in ids) > length:
        raise ValueError("length")
    if len(ids) <= length:
        return list(ids)
    return ids[: length - 1] + ids[-1:] if special else ids[:length]


def truncate__takes_equal_ids_for_one(ids: list[int], length: int, special: set[int]) -> list[int]:
    """The same id can come several times. Do you choose ids by their value, or by their place?"""
    room = length - sum(token in special for token in ids)
    if room < 0:
        raise ValueError("length")
    dropped = [token for token in ids if token not in special][room:]
    return [token for token in ids if token not in dropped]


def truncate__never_refuses(ids: list[int], length: int, special: set[int]) -> list[int]:
    """What if there are more special ids than `length`? Look under "Raises"."""
    room = length - sum(token in special for token in ids)
    kept = []
    for token in ids:
        room -= token not in special
        if token in special or room >= 0:
            kept.append(token)
    return kept


def truncate__refuses_too_early(ids: list[int], length: int, special: set[int]) -> list[int]:
    """If there is room for the special ids and for nothing else, is that an error?"""
    room = length - sum(token in special for token in ids)
    if room <= 0:
        raise ValueError("length")
    kept = []
    for token in ids:
        room -= token not in special
        if token in special or room >= 0:
            kept.append(token)
    return kept


def truncate__drops_special_ids_too(ids: list[int], length: int, special: set[int]) -> list[int]:
    """Your answer has only ordinary ids. Which ids are never dropped?"""
    room = length - sum(token in special for token in ids)
    if room < 0:
        raise ValueError("length")
    return [token for token in ids if token not in special][:room]


def pad_batch__with_zeros(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """The id of the padding is not always 0. What is the argument `pad` for?"""
    if side not in ("left", "right"):
        raise ValueError("side")
    longest = max(map(len, batch))
    rows = []
    for ids in batch:
        filling = [0] * (longest - len(ids))
        rows.append(filling + ids if side == "left" else ids + filling)
    return torch.tensor(rows)


def pad_batch__always_right(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """Try it with side="left". Where does your filling go?"""
    if side not in ("left", "right"):
        raise ValueError("side")
    longest = max(map(len, batch))
    return torch.tensor([ids + [pad] * (longest - len(ids)) for ids in batch])


def pad_batch__sides_swapped(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """Left and right have changed places: does the side name the filling, or the sequence?"""
    if side not in ("left", "right"):
        raise ValueError("side")
    longest = max(map(len, batch))
    rows = []
    for ids in batch:
        filling = [pad] * (longest - len(ids))
        rows.append(ids + filling if side == "left" else filling + ids)
    return torch.tensor(rows)


def pad_batch__cut_to_the_shortest(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """All your rows are as long as the shortest sequence, and ids are lost."""
    if side not in ("left", "right"):
        raise ValueError("side")
    shortest = min(map(len, batch))
    return torch.tensor([ids[:shortest] for ids in batch])


def pad_batch__always_one_more(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """Look at the longest sequence: does it need any filling?"""
    if side not in ("left", "right"):
        raise ValueError("side")
    longest = max(map(len, batch)) + 1
    rows = []
    for ids in batch:
        filling = [pad] * (longest - len(ids))
        rows.append(filling + ids if side == "left" else ids + filling)
    return torch.tensor(rows)


def pad_batch__a_list(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """You return a list of lists. What type does the task ask for?"""
    if side not in ("left", "right"):
        raise ValueError("side")
    longest = max(map(len, batch))
    rows = []
    for ids in batch:
        filling = [pad] * (longest - len(ids))
        rows.append(filling + ids if side == "left" else ids + filling)
    return rows


def pad_batch__backwards(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """With side="left" your sequences come out backwards. What else does turning a row round do?"""
    if side not in ("left", "right"):
        raise ValueError("side")
    longest = max(map(len, batch))
    filled = torch.tensor([ids + [pad] * (longest - len(ids)) for ids in batch])
    return filled.flip(-1) if side == "left" else filled


def pad_batch__any_side(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """What should happen when the side is "middle"? Look under "Raises"."""
    longest = max(map(len, batch))
    rows = []
    for ids in batch:
        filling = [pad] * (longest - len(ids))
        rows.append(filling + ids if side == "left" else ids + filling)
    return torch.tensor(rows)


def pad_batch__floats(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """An id is a whole number. Of which type are the numbers of your tensor?"""
    if side not in ("left", "right"):
        raise ValueError("side")
    filled = torch.full((len(batch), max(map(len, batch))), float(pad))
    for row, ids in enumerate(batch):
        start = filled.shape[1] - len(ids) if side == "left" else 0
        filled[row, start : start + len(ids)] = torch.tensor(ids)
    return filled


def attention_mask__marks_the_padding(lengths: list[int], side: str = "right") -> Tensor:
    """Your mask is True where the padding is. In this course, what does True stand for?"""
    places = torch.arange(max(lengths))
    mask = places >= torch.tensor(lengths)[:, None]
    return mask.flip(-1) if side == "left" else mask


def attention_mask__ones_and_zeros(lengths: list[int], side: str = "right") -> Tensor:
    """The right places, but as numbers. The task asks for booleans."""
    places = torch.arange(max(lengths))
    mask = (places < torch.tensor(lengths)[:, None]).long()
    return mask.flip(-1) if side == "left" else mask


def attention_mask__always_right(lengths: list[int], side: str = "right") -> Tensor:
    """Try it with side="left". On which side are the real tokens then?"""
    return torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]


def attention_mask__sides_swapped(lengths: list[int], side: str = "right") -> Tensor:
    """With padding on the right, the real tokens stand on the left. Which way is yours?"""
    mask = torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]
    return mask.flip(-1) if side == "right" else mask


def attention_mask__one_too_many(lengths: list[int], side: str = "right") -> Tensor:
    """Count the True in a row: are there as many as the sequence has tokens? Places count from
    0."""
    mask = torch.arange(max(lengths)) <= torch.tensor(lengths)[:, None]
    return mask.flip(-1) if side == "left" else mask


def attention_mask__one_too_few(lengths: list[int], side: str = "right") -> Tensor:
    """Each row lacks its last real token. Should the comparison be with one less?"""
    mask = torch.arange(max(lengths)) < torch.tensor(lengths)[:, None] - 1
    return mask.flip(-1) if side == "left" else mask


def attention_mask__turns_everything_round(lengths: list[int], side: str = "right") -> Tensor:
    """With side="left" your rows have changed places too. Along which axis do you turn?"""
    mask = torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]
    return mask.flip(0, 1) if side == "left" else mask


def attention_mask__token_first(lengths: list[int], side: str = "right") -> Tensor:
    """Which axis comes first, that of the batch or that of the tokens?"""
    places = torch.arange(max(lengths))[:, None]
    mask = places < torch.tensor(lengths)
    return mask.flip(0) if side == "left" else mask


def masked_softmax__hides_afterwards(scores: Tensor, mask: Tensor) -> Tensor:
    """Do your rows still sum to 1? What is hidden must be gone before the sum is taken, not
    after."""
    return torch.softmax(scores, dim=-1).masked_fill(~mask, 0.0)


def masked_softmax__nan_for_an_empty_row(scores: Tensor, mask: Tensor) -> Tensor:
    """What is the softmax of a row in which everything is minus infinity?"""
    return torch.softmax(scores.masked_fill(~mask, -torch.inf), dim=-1)


def masked_softmax__even_in_an_empty_row(scores: Tensor, mask: Tensor) -> Tensor:
    """Look at the row with nothing to look at: if all scores are equally low, softmax shares the
    1 among them."""
    return torch.softmax(scores.masked_fill(~mask, torch.finfo(scores.dtype).min), dim=-1)


def masked_softmax__upside_down(scores: Tensor, mask: Tensor) -> Tensor:
    """You give weight to what is hidden. In this course True stands for "may look"."""
    weights = torch.softmax(scores.masked_fill(mask, -torch.inf), dim=-1)
    return weights.masked_fill(mask, 0.0)


def masked_softmax__zero_for_hidden_scores(scores: Tensor, mask: Tensor) -> Tensor:
    """You set hidden scores to 0. But 0 is a score like any other: what is exp(0)?"""
    return torch.softmax(scores.masked_fill(~mask, 0.0), dim=-1)


def masked_softmax__tiny_for_hidden_scores(scores: Tensor, mask: Tensor) -> Tensor:
    """1e-9 is a number close to 0, not a very low one. Which sign did you mean?"""
    return torch.softmax(scores.masked_fill(~mask, 1e-9) - 1e-3 * ~mask, dim=-1)


def masked_softmax__not_low_enough(scores: Tensor, mask: Tensor) -> Tensor:
    """Is -1e9 lower than every score that may come? Look at the case with very low scores."""
    weights = torch.softmax(scores.masked_fill(~mask, -1e9), dim=-1)
    return weights.masked_fill(~mask, 0.0)


def masked_softmax__adds_a_penalty(scores: Tensor, mask: Tensor) -> Tensor:
    """You take something away from the hidden scores, but they are still there. What if a hidden
    score is huge, or infinite?"""
    weights = torch.softmax(scores - 100.0 * ~mask, dim=-1)
    return weights.masked_fill(~mask, 0.0)


def masked_softmax__the_largest_of_all_scores(scores: Tensor, mask: Tensor) -> Tensor:
    """You subtract the largest score of the row. What if that one is hidden, and far above the
    others?"""
    weights = (scores - scores.amax(dim=-1, keepdim=True)).exp() * mask
    return (weights / weights.sum(dim=-1, keepdim=True)).nan_to_num(0.0)


def masked_softmax__queries_compete(scores: Tensor, mask: Tensor) -> Tensor:
    """Along which axis do your weights sum to 1? The keys are on the last one."""
    weights = torch.softmax(scores.masked_fill(~mask, -torch.inf), dim=-2)
    return weights.masked_fill(~mask, 0.0)


def masked_softmax__no_softmax(scores: Tensor, mask: Tensor) -> Tensor:
    """The hidden scores are gone, but the others are scores still, not weights."""
    return scores.masked_fill(~mask, 0.0)


def attention__unscaled(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """How large do dot products get when `d_head` grows? Look at the factor before the softmax."""
    return masked_softmax(queries @ keys.mT, mask) @ values


def attention__scaled_too_much(
    queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor
) -> Tensor:
    """Divided by `d_head`, or by its square root?"""
    return masked_softmax(queries @ keys.mT / keys.shape[-1], mask) @ values


def attention__scaled_by_the_keys(
    queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor
) -> Tensor:
    """You divide by the square root of a size. Which axis is it the size of: the number of keys,
    or the length of one?"""
    return masked_softmax(queries @ keys.mT / math.sqrt(keys.shape[-2]), mask) @ values


def attention__scaled_by_the_values(
    queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor
) -> Tensor:
    """You divide by the square root of the values' size. Are they in the dot product?"""
    return masked_softmax(queries @ keys.mT / math.sqrt(values.shape[-1]), mask) @ values


def attention__multiplied(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """Do you divide by the square root, or multiply with it?"""
    return masked_softmax(queries @ keys.mT * math.sqrt(keys.shape[-1]), mask) @ values


def attention__without_the_mask(
    queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor
) -> Tensor:
    """Your answer is the same for every mask. Where does the mask come in?"""
    return torch.softmax(queries @ keys.mT / math.sqrt(keys.shape[-1]), dim=-1) @ values


def attention__mask_upside_down(
    queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor
) -> Tensor:
    """Each query looks at just what it may not. True stands for "may look"."""
    return masked_softmax(queries @ keys.mT / math.sqrt(keys.shape[-1]), ~mask) @ values


def attention__weights(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """You return the weights. What are they the weights of?"""
    return masked_softmax(queries @ keys.mT / math.sqrt(keys.shape[-1]), mask)


def attention__mixes_the_keys(
    queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor
) -> Tensor:
    """You mix the keys. What are the values for?"""
    return masked_softmax(queries @ keys.mT / math.sqrt(keys.shape[-1]), mask) @ keys


def attention__no_softmax(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """You mix by the scores themselves. Should weights not sum to 1?"""
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return scores.masked_fill(~mask, 0.0) @ values


def encoder_mask__hides_the_wrong_side(attention_mask: Tensor) -> Tensor:
    """Look at a picture of your mask: are there empty rows, or empty columns? The keys are the
    last axis."""
    tokens = attention_mask.shape[1]
    return attention_mask[:, None, :, None].expand(-1, 1, tokens, tokens)


def encoder_mask__blindfolds_padding(attention_mask: Tensor) -> Tensor:
    """Padding must not be looked at. May it look itself? Read the docstring again."""
    return attention_mask[:, None, :, None] & attention_mask[:, None, None, :]


def encoder_mask__no_axis_for_heads(attention_mask: Tensor) -> Tensor:
    """How many axes does your mask have? One of size 1 is for the heads."""
    tokens = attention_mask.shape[1]
    return attention_mask[:, None, :].expand(-1, tokens, tokens)


def encoder_mask__one_row_for_all(attention_mask: Tensor) -> Tensor:
    """Your mask has one row for all queries. It could be broadcast, but which shape is asked
    for?"""
    return attention_mask[:, None, None, :]


def encoder_mask__marks_the_padding(attention_mask: Tensor) -> Tensor:
    """You let everybody look at the padding, and at nothing else."""
    tokens = attention_mask.shape[1]
    return ~attention_mask[:, None, None, :].expand(-1, 1, tokens, tokens)


def encoder_mask__looks_back_only(attention_mask: Tensor) -> Tensor:
    """In an encoder, may a token look at what comes after it?"""
    tokens = attention_mask.shape[1]
    return attention_mask[:, None, None, :].expand(-1, 1, tokens, tokens).tril()


def encoder_mask__heads_first(attention_mask: Tensor) -> Tensor:
    """The axes are there, but which comes first: the batch or the heads?"""
    tokens = attention_mask.shape[1]
    return attention_mask[None, :, None, :].expand(1, -1, tokens, tokens)


def causal_mask__not_itself(tokens: int, past: int = 0) -> Tensor:
    """A token may look at itself too: it is no secret, since it is the next one that it must
    predict."""
    return torch.ones(tokens, past + tokens, dtype=torch.bool).tril(past - 1)


def causal_mask__one_too_far(tokens: int, past: int = 0) -> Tensor:
    """Your tokens see one token too much: the very one that they are to predict."""
    return torch.ones(tokens, past + tokens, dtype=torch.bool).tril(past + 1)


def causal_mask__looks_forward(tokens: int, past: int = 0) -> Tensor:
    """In which triangle are your True? A row is a query: the last row may look at everything."""
    return torch.ones(tokens, past + tokens, dtype=torch.bool).triu(past)


def causal_mask__marks_what_is_hidden(tokens: int, past: int = 0) -> Tensor:
    """Your mask is True for what must not be seen. Here True stands for "may look"."""
    return torch.ones(tokens, past + tokens, dtype=torch.bool).triu(past + 1)


def causal_mask__forgets_the_past(tokens: int, past: int = 0) -> Tensor:
    """How many keys are there if `past` is 3? The tokens of the past are keys as well."""
    return torch.ones(tokens, tokens, dtype=torch.bool).tril()


def causal_mask__counts_from_the_wrong_end(tokens: int, past: int = 0) -> Tensor:
    """At which key does your first query stop? The past comes before it, so it sees all of
    that."""
    return torch.ones(tokens, past + tokens, dtype=torch.bool).tril()


def causal_mask__hides_the_past(tokens: int, past: int = 0) -> Tensor:
    """You hide the past from everybody. Who may look at it?"""
    own = torch.ones(tokens, tokens, dtype=torch.bool).tril()
    return torch.cat([torch.zeros(tokens, past, dtype=torch.bool), own], dim=1)


def causal_mask__past_behind(tokens: int, past: int = 0) -> Tensor:
    """On which side do your keys of the past stand? They come before the others."""
    own = torch.ones(tokens, tokens, dtype=torch.bool).tril()
    return torch.cat([own, torch.ones(tokens, past, dtype=torch.bool)], dim=1)


def causal_mask__past_asks_too(tokens: int, past: int = 0) -> Tensor:
    """How many rows does your mask have? The tokens of the past are keys and no queries."""
    return torch.ones(past + tokens, past + tokens, dtype=torch.bool).tril()


def causal_mask__numbers(tokens: int, past: int = 0) -> Tensor:
    """The right places, but as numbers. The task asks for booleans."""
    return torch.ones(tokens, past + tokens).tril(past)


def decoder_mask__causal_only(attention_mask: Tensor) -> Tensor:
    """Your mask does not know about padding: is it the same for every row of the batch?"""
    batch, tokens = attention_mask.shape
    return causal_mask(tokens).expand(batch, 1, tokens, tokens)


def decoder_mask__padding_only(attention_mask: Tensor) -> Tensor:
    """Your mask hides the padding, but may a token look at what comes after it?"""
    batch, tokens = attention_mask.shape
    return attention_mask[:, None, None, :].expand(batch, 1, tokens, tokens)


def decoder_mask__one_of_the_two(attention_mask: Tensor) -> Tensor:
    """A key may be looked at if it is real *or* if it is not in the future. Is that enough?"""
    return attention_mask[:, None, None, :] | causal_mask(attention_mask.shape[1])


def decoder_mask__hides_the_wrong_side(attention_mask: Tensor) -> Tensor:
    """Look at a picture of your mask: does padding make empty rows, or empty columns? The keys
    are the last axis."""
    return attention_mask[:, None, :, None] & causal_mask(attention_mask.shape[1])


def decoder_mask__blindfolds_padding(attention_mask: Tensor) -> Tensor:
    """You hide the keys that are padding, and the queries too. The docstring asks for less."""
    both = attention_mask[:, None, :, None] & attention_mask[:, None, None, :]
    return both & causal_mask(attention_mask.shape[1])


def decoder_mask__no_axis_for_heads(attention_mask: Tensor) -> Tensor:
    """How many axes does your mask have? One of size 1 is for the heads."""
    return attention_mask[:, None, :] & causal_mask(attention_mask.shape[1])


def decoder_mask__looks_forward(attention_mask: Tensor) -> Tensor:
    """Padding is hidden, but your tokens look forward instead of back."""
    return attention_mask[:, None, None, :] & causal_mask(attention_mask.shape[1]).mT


def decoder_mask__not_itself(attention_mask: Tensor) -> Tensor:
    """May a token look at itself? Look at the diagonal."""
    return attention_mask[:, None, None, :] & causal_mask(attention_mask.shape[1]).tril(-1)


def position_ids__by_column(attention_mask: Tensor) -> Tensor:
    """You number the columns. Which number does the first real token of a row get if there is
    padding before it?"""
    return torch.arange(attention_mask.shape[1]).expand(attention_mask.shape).clone()


def position_ids__from_one(attention_mask: Tensor) -> Tensor:
    """Which number does the first real token get?"""
    return attention_mask.cumsum(dim=-1) * attention_mask


def position_ids__padding_is_negative(attention_mask: Tensor) -> Tensor:
    """What number has your padding at the left? There is no embedding for a negative position."""
    return attention_mask.cumsum(dim=-1) - 1


def position_ids__padding_is_one(attention_mask: Tensor) -> Tensor:
    """The tokens are right. Which number is padding to get?"""
    return (attention_mask.cumsum(dim=-1) - 1).masked_fill(~attention_mask, 1)


def position_ids__only_not_negative(attention_mask: Tensor) -> Tensor:
    """Look at the padding on the right: which number does it get, and which should it?"""
    return (attention_mask.cumsum(dim=-1) - 1).clamp(min=0)


def position_ids__down_the_batch(attention_mask: Tensor) -> Tensor:
    """Along which axis do you count? Each row counts for itself."""
    return (attention_mask.cumsum(dim=0) - 1).masked_fill(~attention_mask, 0)


def position_ids__columns_of_tokens(attention_mask: Tensor) -> Tensor:
    """The padding has number 0, but it has still pushed the tokens behind it further on."""
    return torch.arange(attention_mask.shape[1]) * attention_mask


def position_ids__counts_how_many_follow(attention_mask: Tensor) -> Tensor:
    """Your numbers fall from left to right. At which end does a sentence begin?"""
    positions = attention_mask.flip(-1).cumsum(dim=-1).flip(-1) - 1
    return positions.masked_fill(~attention_mask, 0)


def position_ids__floats(attention_mask: Tensor) -> Tensor:
    """A position is a whole number. Of which type are yours?"""
    return (attention_mask.float().cumsum(dim=-1) - 1).masked_fill(~attention_mask, 0)


def cross_attention_mask__axes_swapped(source_mask: Tensor, target_tokens: int) -> Tensor:
    """Whose are the queries, the target's or the source's? Their axis comes before the keys'."""
    return source_mask[:, None, :, None].expand(-1, 1, -1, target_tokens)


def cross_attention_mask__looks_back_only(source_mask: Tensor, target_tokens: int) -> Tensor:
    """May the first token of the target look at the last of the source? The whole source is
    there before the target begins."""
    mask = source_mask[:, None, None, :].expand(-1, 1, target_tokens, -1)
    return mask.tril()


def cross_attention_mask__no_axis_for_heads(source_mask: Tensor, target_tokens: int) -> Tensor:
    """How many axes does your mask have? One of size 1 is for the heads."""
    return source_mask[:, None, :].expand(-1, target_tokens, -1)


def cross_attention_mask__one_row_for_all(source_mask: Tensor, target_tokens: int) -> Tensor:
    """Your mask has one row for the whole target. Which shape is asked for?"""
    return source_mask[:, None, None, :]


def cross_attention_mask__marks_the_padding(source_mask: Tensor, target_tokens: int) -> Tensor:
    """The target looks at the padding of the source, and at nothing else."""
    return ~source_mask[:, None, None, :].expand(-1, 1, target_tokens, -1)


def cross_attention_mask__forgets_the_padding(source_mask: Tensor, target_tokens: int) -> Tensor:
    """Your mask is True everywhere. What about the padding of the source?"""
    batch, source = source_mask.shape
    return torch.ones(batch, 1, target_tokens, source, dtype=torch.bool)


def cross_attention_mask__source_for_both(source_mask: Tensor, target_tokens: int) -> Tensor:
    """How many queries are there? They come from the target, not from the source."""
    source = source_mask.shape[1]
    return source_mask[:, None, None, :].expand(-1, 1, source, -1)


def sliding_window_mask__one_too_many(tokens: int, window: int) -> Tensor:
    """Count the True in a row: is the token itself one of the `window`?"""
    distance = torch.arange(tokens)[:, None] - torch.arange(tokens)
    return (distance >= 0) & (distance <= window)


def sliding_window_mask__both_ways(tokens: int, window: int) -> Tensor:
    """Your window reaches to both sides. Who may look at what comes later?"""
    distance = torch.arange(tokens)[:, None] - torch.arange(tokens)
    return distance.abs() < window


def sliding_window_mask__no_end_in_the_future(tokens: int, window: int) -> Tensor:
    """The far past is hidden. Is the future, too?"""
    distance = torch.arange(tokens)[:, None] - torch.arange(tokens)
    return distance < window


def sliding_window_mask__in_blocks(tokens: int, window: int) -> Tensor:
    """Your windows stand still, like blocks. Each token should have one that ends at itself."""
    blocks = torch.arange(tokens) // window
    return causal_mask(tokens) & (blocks[:, None] == blocks)


def sliding_window_mask__looks_forward(tokens: int, window: int) -> Tensor:
    """Your window begins at the token and goes forward. Which way should it go?"""
    distance = torch.arange(tokens) - torch.arange(tokens)[:, None]
    return (distance >= 0) & (distance < window)


def sliding_window_mask__not_itself(tokens: int, window: int) -> Tensor:
    """May a token look at itself? Look at the diagonal."""
    distance = torch.arange(tokens)[:, None] - torch.arange(tokens)
    return (distance > 0) & (distance <= window)


def sliding_window_mask__the_rest(tokens: int, window: int) -> Tensor:
    """You keep what lies before the window, and hide what is in it."""
    distance = torch.arange(tokens)[:, None] - torch.arange(tokens)
    return distance >= window


def sliding_window_mask__no_window(tokens: int, window: int) -> Tensor:
    """The future is hidden. But a token at the end can still see the very first one."""
    return causal_mask(tokens)


def sliding_window_mask__numbers(tokens: int, window: int) -> Tensor:
    """The right places, but as numbers. The task asks for booleans."""
    return torch.ones(tokens, tokens).tril().triu(1 - window)


def pack_documents__positions_go_on(documents: list[list[int]]) -> dict[str, list[int]]:
    """Which position has the first token of the second document? Each document counts anew."""
    ids = [token for document in documents for token in document]
    numbers = [number for number, document in enumerate(documents) for _ in document]
    return {"input_ids": ids, "document_ids": numbers, "position_ids": list(range(len(ids)))}


def pack_documents__documents_from_one(documents: list[list[int]]) -> dict[str, list[int]]:
    """Which number has the first document?"""
    return {
        "input_ids": [token for document in documents for token in document],
        "document_ids": [n for n, document in enumerate(documents, 1) for _ in document],
        "position_ids": [place for document in documents for place in range(len(document))],
    }


def pack_documents__positions_from_one(documents: list[list[int]]) -> dict[str, list[int]]:
    """Which position has the first token of a document?"""
    return {
        "input_ids": [token for document in documents for token in document],
        "document_ids": [n for n, document in enumerate(documents) for _ in document],
        "position_ids": [place + 1 for document in documents for place in range(len(document))],
    }


def pack_documents__lists_of_lists(documents: list[list[int]]) -> dict[str, list[int]]:
    """Your lists have lists in them. It should be one single sequence."""
    return {
        "input_ids": list(documents),
        "document_ids": [[n] * len(document) for n, document in enumerate(documents)],
        "position_ids": [list(range(len(document))) for document in documents],
    }


def pack_documents__one_number_a_document(documents: list[list[int]]) -> dict[str, list[int]]:
    """How many document numbers do you return? There is one for each token."""
    return {
        "input_ids": [token for document in documents for token in document],
        "document_ids": list(range(len(documents))),
        "position_ids": [place for document in documents for place in range(len(document))],
    }


def pack_documents__equal_documents_are_one(documents: list[list[int]]) -> dict[str, list[int]]:
    """Two documents can have the same content. Do both have the same number with you?"""
    return {
        "input_ids": [token for document in documents for token in document],
        "document_ids": [documents.index(document) for document in documents for _ in document],
        "position_ids": [place for document in documents for place in range(len(document))],
    }


def pack_documents__empty_ones_do_not_count(documents: list[list[int]]) -> dict[str, list[int]]:
    """What number has the document that comes after an empty one? The number is its place in
    `documents`."""
    full = [document for document in documents if document]
    return {
        "input_ids": [token for document in full for token in document],
        "document_ids": [n for n, document in enumerate(full) for _ in document],
        "position_ids": [place for document in full for place in range(len(document))],
    }


def pack_documents__numbers_swapped(documents: list[list[int]]) -> dict[str, list[int]]:
    """Look at what stands under "document_ids" and what under "position_ids"."""
    return {
        "input_ids": [token for document in documents for token in document],
        "position_ids": [n for n, document in enumerate(documents) for _ in document],
        "document_ids": [place for document in documents for place in range(len(document))],
    }


def packed_mask__looks_ahead(document_ids: Tensor) -> Tensor:
    """Documents are kept apart. But inside one, may a token look at what comes after it?"""
    return document_ids[:, None, :, None] == document_ids[:, None, None, :]


def packed_mask__causal_only(document_ids: Tensor) -> Tensor:
    """The first token of a document sees the one before it. From which document is that?"""
    batch, tokens = document_ids.shape
    return causal_mask(tokens).expand(batch, 1, tokens, tokens)


def packed_mask__no_axis_for_heads(document_ids: Tensor) -> Tensor:
    """How many axes does your mask have? One of size 1 is for the heads."""
    same = document_ids[:, :, None] == document_ids[:, None, :]
    return same & causal_mask(document_ids.shape[1])


def packed_mask__other_documents(document_ids: Tensor) -> Tensor:
    """Your tokens look at other documents, and not at their own."""
    different = document_ids[:, None, :, None] != document_ids[:, None, None, :]
    return different & causal_mask(document_ids.shape[1])


def packed_mask__not_itself(document_ids: Tensor) -> Tensor:
    """May a token look at itself? Look at the diagonal."""
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same.tril(-1)


def packed_mask__first_row_for_all(document_ids: Tensor) -> Tensor:
    """Is your mask the same for all rows of the batch? Each has documents of its own."""
    batch, tokens = document_ids.shape
    same = document_ids[0, :, None] == document_ids[0]
    return (same & causal_mask(tokens)).expand(batch, 1, tokens, tokens)


def packed_mask__earlier_documents_too(document_ids: Tensor) -> Tensor:
    """Look at how you compare the numbers: a smaller number is another document."""
    older = document_ids[:, None, :, None] >= document_ids[:, None, None, :]
    return older & causal_mask(document_ids.shape[1])


def packed_mask__neighbours(document_ids: Tensor) -> Tensor:
    """You look for the borders between documents. What if a number comes back further to the
    right?"""
    changes = torch.diff(document_ids, dim=-1, prepend=document_ids[:, :1]) != 0
    runs = changes.cumsum(dim=-1)
    return (runs[:, None, :, None] == runs[:, None, None, :]).tril()


def sees__sum_of_the_output(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """You add up the numbers of an output and take the gradient of the sum. Can they cancel each
    other?"""
    jacobian = torch.autograd.functional.jacobian(lambda x: model(x).sum(dim=1), x)
    return (jacobian != 0).any(dim=2)


def sees__sum_of_the_gradients(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """You add up the gradients with respect to one input. Can they cancel each other?"""
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian.sum(dim=3) != 0).any(dim=1)


def sees__only_positive_gradients(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """What does a negative gradient say: that the output does not depend on the input?"""
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian > 0).any(dim=3).any(dim=1)


def sees__only_large_gradients(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Very small gradients do not count with you. A faint leak is a leak: what is hidden has a
    gradient of exactly 0."""
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian.abs() > 1e-5).any(dim=3).any(dim=1)


def sees__all_of_them(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Does every number of the output have to depend on every number of the input, or is one
    enough?"""
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian != 0).all(dim=3).all(dim=1)


def sees__first_number_only(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """You look at the first number of an output and of an input only. What about the others?"""
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian[:, 0, :, 0] != 0


def sees__sizes(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """You return how strongly each output depends on each input. Asked is only whether it does."""
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.abs().amax(dim=3).amax(dim=1)


def sees__key_first(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Which axis comes first, that of the outputs (query) or that of the inputs (key)?"""
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian != 0).any(dim=3).any(dim=1).mT


def sees__what_is_hidden(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """True should stand for what is seen. What does a gradient of 0 say?"""
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian == 0).all(dim=3).all(dim=1)


def sees__all_outputs_at_once(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """All your rows are the same: you find out what all outputs together depend on. Take the
    outputs one by one."""
    jacobian = torch.autograd.functional.jacobian(model, x)
    seen = (jacobian != 0).any(dim=3).any(dim=1)
    return seen.any(dim=0).expand(seen.shape)


def leaks__all_that_is_seen(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    """You list everything that the model sees. What of it may it see?"""
    return [tuple(pair) for pair in sees(model, x).nonzero().tolist()]


def leaks__what_it_misses(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    """You list what the model may see and does not. That is no leak."""
    return [tuple(pair) for pair in (~sees(model, x) & mask).nonzero().tolist()]


def leaks__every_difference(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    """Model and mask may differ in two ways. Only one of them is a leak."""
    return [tuple(pair) for pair in (sees(model, x) != mask).nonzero().tolist()]


def leaks__key_first(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    """Which number comes first in a pair, that of the query or that of the key?"""
    found = (sees(model, x) & ~mask).nonzero().tolist()
    return sorted((key, query) for query, key in found)


def leaks__sorted_by_key(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    """The right pairs, but in which order?"""
    found = (sees(model, x) & ~mask).nonzero().tolist()
    return sorted(map(tuple, found), key=lambda pair: pair[::-1])


def leaks__lists_for_pairs(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    """Each of your pairs is a list. Which type should it be?"""
    return (sees(model, x) & ~mask).nonzero().tolist()


def leaks__a_tensor(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    """You return a tensor. Which type does the task ask for?"""
    return (sees(model, x) & ~mask).nonzero()


def leaks__the_future_only(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    """You look for keys that come after the query. A mask can forbid other things as well."""
    found = sees(model, x) & ~mask
    return [tuple(pair) for pair in found.triu(1).nonzero().tolist()]


def additive_mask__upside_down(mask: Tensor) -> Tensor:
    """You add 0 to what is hidden. What should be added to a score that may be seen?"""
    return torch.zeros(mask.shape).masked_fill(mask, torch.finfo(torch.float32).min)


def additive_mask__infinity(mask: Tensor) -> Tensor:
    """Minus infinity is lower still. Which number does the task ask for?"""
    return torch.zeros(mask.shape).masked_fill(~mask, -torch.inf)


def additive_mask__one_to_look(mask: Tensor) -> Tensor:
    """What do you add to the scores that may be seen? It should change nothing."""
    return torch.ones(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).min)


def additive_mask__minus_a_billion(mask: Tensor) -> Tensor:
    """-1e9 is low, but not the lowest. `torch.finfo` knows the limits of each type."""
    return torch.zeros(mask.shape).masked_fill(~mask, -1e9)


def additive_mask__the_smallest(mask: Tensor) -> Tensor:
    """The smallest positive number is very close to 0. Where are the lowest ones?"""
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).tiny)


def additive_mask__the_highest(mask: Tensor) -> Tensor:
    """Which sign has your number? Added to a score it should make it very low."""
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).max)


def additive_mask__ones_and_zeros(mask: Tensor) -> Tensor:
    """1 and 0 are what a tokenizer returns. What happens to a score when you add 0 to it?"""
    return mask.float()
