"""Section 3.7, "Do not compute twice": known wrong answers, each with its hint below it."""

from collections.abc import Callable

import torch
from torch import Tensor

from gradelib.author.edits import Edit
from solutions.decoder.reference import DecoderLM, KVCache

KVCache__overwrites = Edit(
    """
        if self.keys is not None:
            keys = torch.cat([self.keys, keys], dim=2)  # (batch, heads, length, d_head)
            values = torch.cat([self.values, values], dim=2)""",
    "",
)
"""What becomes of the tokens that were kept before? Yours are overwritten."""

KVCache__returns_the_new_ones = Edit(
    "if self.keys is not None",
    """new = keys, values
        if self.keys is not None""",
    "return keys, values",
    "return new",
)
"""It keeps everything, but what does it give back?"""

KVCache__returns_the_old_ones = Edit(
    "if self.keys is not None",
    """old = self.keys, self.values
        if self.keys is not None""",
    "return keys, values",
    "return (keys, values) if old[0] is None else old",
)
"""What you give back should have the new tokens, too."""

KVCache__forgets_to_keep = Edit(
    "self.keys, self.values = keys, values",
    """if self.keys is None:
            self.keys, self.values = keys, values""",
)
"""You put old and new together once, but is the result kept for the next time?"""

KVCache__new_ones_first = Edit(
    "[self.keys, keys]",
    "[keys, self.keys]",
    "[self.values, values]",
    "[values, self.values]",
)
"""In which order do the tokens stand? The new ones come last."""

KVCache__values_stay_behind = Edit(
    """
            values = torch.cat([self.values, values], dim=2)""",
    "",
)
"""The keys grow with each call. Do the values?"""

KVCache__more_heads_not_more_tokens = Edit(
    "keys = torch.cat([self.keys, keys], dim=2)",
    """if self.keys.shape[2] != keys.shape[2]:
                return keys, values
            keys = torch.cat([self.keys, keys], dim=1)""",
    "[self.values, values], dim=2",
    "[self.values, values], dim=1",
)
"""Along which axis do you put old and new together? New tokens are no new heads."""

KVCache__length_of_the_batch = Edit("shape[2]", "shape[0]")
"""Which axis does `length` count: the first one is the batch."""

KVCache__length_of_the_heads = Edit("shape[2]", "shape[1]")
"""Which axis does `length` count? Yours says how many heads there are."""

KVCache__calls_counted = Edit(
    "0 if self.keys is None else self.keys.shape[2]",
    'getattr(self, "calls", 0)',
    "if self.keys is not None",
    """self.calls = getattr(self, "calls", 0) + 1
        if self.keys is not None""",
)
"""`length` is the number of tokens, not of calls."""

KVCache__swapped = Edit("return keys, values", "return values, keys")
"""In which order do you give back keys and values?"""

generate_cached__reads_everything_again = Edit("model(unread, caches)", "model(ids, caches)")
"""The model reads the whole text in each round, although the caches know the beginning. What has it
not read yet?"""

generate_cached__no_caches_handed_over = Edit("model(unread, caches)", "model(unread)")
"""You make caches, but does the model ever get them?"""

generate_cached__new_caches_each_time = Edit(
    "unread = choose(",
    """caches = [KVCache() for _ in model.blocks]
        unread = choose(""",
)
"""You make new caches in each round. What do they know of the rounds before?"""

generate_cached__one_cache_many_times = Edit(
    "[KVCache() for _ in model.blocks]", "[KVCache()] * len(model.blocks)"
)
"""How many caches do you make? `[KVCache()] * n` is one cache, n times."""

generate_cached__without_caches = Edit("model(unread, caches)", "model(ids)")
"""The text is right, but the model reads everything in each round: there are no caches."""

generate_cached__beginning_not_read = Edit("model.blocks], ids", "model.blocks], ids[:, -1:]")
"""In the first round the model should read all of `ids`. Yours reads the last one only."""


@torch.no_grad()
def generate_cached__one_id_at_a_time(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """The text is right, but the model is called once for each id of the beginning. It can read
    all of them in one call."""
    caches = [KVCache() for _ in model.blocks]
    if max_new == 0:
        return ids
    for place in range(ids.shape[1]):
        logits = model(ids[:, place : place + 1], caches)
    for left in reversed(range(max_new)):
        unread = choose(logits[:, -1]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
        logits = model(unread, caches) if left else logits
    return ids


@torch.no_grad()
def generate_cached__one_call_too_many(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """The last token that is chosen need not be read any more. How often is the model called?"""
    caches, logits = [KVCache() for _ in model.blocks], None
    if max_new == 0:
        return ids
    logits = model(ids, caches)
    for _ in range(max_new):
        unread = choose(logits[:, -1]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
        logits = model(unread, caches)
    return ids


generate_cached__guess_of_the_first_position = Edit("[:, -1]", "[:, 0]")
"""In the first round the model reads several ids. At which of them does the guess about the next
token stand?"""

generate_cached__new_ones_only = Edit(
    "caches, unread",
    """start = ids.shape[1]
    caches, unread""",
    "return ids",
    "return ids[:, start:]",
)
"""You return the new ids. The old ones belong to the answer, too."""
