"""Section 3.2, "Several heads": known wrong answers, each with its hint below it."""

from torch import Tensor, nn

from gradelib.author.edits import Edit

split_heads__view_alone = Edit(
    "x.view(batch, token, heads, d_model // heads)",
    "x.reshape(batch, heads, token, d_model // heads)",
    "x.transpose(1, 2)",
    "x",
)
"""The shape is right, but whose numbers are in it? A view keeps the numbers in their order: say
which axes it makes, and then swap."""

split_heads__heads_behind_tokens = Edit("x.transpose(1, 2)", "x")
"""Look at the order of your axes. Which comes second?"""

split_heads__in_turns = Edit(
    "heads, d_model // heads)",
    "d_model // heads, heads)",
    "transpose(1, 2)",
    "permute(0, 3, 1, 2)",
)
"""A head gets neighbouring numbers: the first slice. Yours get every so many."""

split_heads__features_before_tokens = Edit("transpose(1, 2)", "permute(0, 2, 3, 1)")
"""Look at the last two axes of your answer. Which of them should be the tokens?"""

split_heads__number_and_size_swapped = Edit("heads, d_model // heads)", "d_model // heads, heads)")
"""Which of the two is `heads`: how many there are, or how many numbers each has?"""


def split_heads__drops_the_rest(x: Tensor, heads: int) -> Tensor:
    """What becomes of the last features when `heads` does not divide their number?"""
    batch, token, d_model = x.shape
    d_head = d_model // heads
    return x[..., : heads * d_head].reshape(batch, token, heads, d_head).transpose(1, 2)


split_heads__another_error = Edit(
    """if d_model % heads:
        raise ValueError(f"heads must divide d_model: got heads={heads}, d_model={d_model}")""",
    "assert d_model % heads == 0",
)
"""You notice that the heads do not fit. Which exception does the task ask for?"""

split_heads__last_slice_first = Edit("x.transpose(1, 2)", "x.transpose(1, 2).flip(1)")
"""Which slice does the first head get? Yours are in reverse order."""


def merge_heads__no_way_back(x: Tensor) -> Tensor:
    """The shape is right, but the slices of one token do not stand together. Which axis must come
    last but one before you flatten?"""
    batch, heads, token, d_head = x.shape
    return x.reshape(batch, token, heads * d_head)


merge_heads__in_turns = Edit("transpose(1, 2)", "permute(0, 2, 3, 1)")
"""The numbers of the heads come in turns. Each head's slice should stand together."""

merge_heads__sum = Edit("transpose(1, 2).flatten(2)", "sum(dim=1)")
"""You add the heads up. Each of them has something of its own to say: put them side by side."""

merge_heads__mean = Edit("transpose(1, 2).flatten(2)", "mean(dim=1)")
"""You take the mean over the heads. Put them side by side."""

merge_heads__first_head_only = Edit(".transpose(1, 2).flatten(2)", "[:, 0]")
"""What has become of the other heads?"""

merge_heads__still_four_axes = Edit(".flatten(2)", "")
"""How many axes does your answer have? The last two should be one."""

merge_heads__tokens_merged = Edit(".transpose(1, 2).flatten(2)", ".flatten(1, 2)")
"""You merge the tokens with the heads. Which two axes belong together?"""

merge_heads__last_head_first = Edit("x.transpose", "x.flip(1).transpose")
"""In which order do the heads stand in your vectors?"""

causal_attention__unscaled = Edit(" / math.sqrt(queries.shape[-1])", "")
"""How large do scores get when d_head grows? Look at the factor before the softmax."""

causal_attention__divided_by_d_head = Edit("math.sqrt(queries.shape[-1])", "queries.shape[-1]")
"""By what do you divide the scores: by d_head, or by its square root?"""

causal_attention__divided_by_the_number_of_keys = Edit("queries.shape[-1]", "keys.shape[-2]")
"""Which size stands under the square root: the number of keys, or the length of one?"""

causal_attention__sees_the_future = Edit(".masked_fill(~may_look, -torch.inf)", "")
"""What may the first query look at? Yours look at everything."""

causal_attention__sees_one_ahead = Edit("tril(key - query)", "tril(key - query + 1)")
"""Your mask is off by one: each query can see the key after its own place."""

causal_attention__not_itself = Edit(
    "tril(key - query)",
    "tril(key - query - 1)",
    "-torch.inf",
    "-1e9",
)
"""Your mask is off by one: may a token look at itself?"""


def causal_attention__upper_left(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """The queries belong to the last tokens, but your triangle begins at the first key.
    `is_causal=True` of PyTorch does the same. Draw the mask of two queries and five keys."""
    return nn.functional.scaled_dot_product_attention(queries, keys, values, is_causal=True)


causal_attention__looks_forward = Edit("tril", "triu")
"""Each query looks at itself and at what comes after it. Which way should it look?"""

causal_attention__softmax_over_queries = Edit(
    "-torch.inf).softmax(dim=-1)", "-1e9).softmax(dim=-2)"
)
"""Along which axis do your weights sum to one? They should for each query."""

causal_attention__hidden_scores_are_zero = Edit(
    "scores.masked_fill(~may_look, -torch.inf)", "(scores * may_look)"
)
"""You set the scores of hidden keys to 0. What does softmax make of a score of 0?"""

causal_attention__masked_after_the_softmax = Edit(
    "scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1)", "scores.softmax(dim=-1) * may_look"
)
"""You hide the keys after the softmax. Do the weights that are left sum to one?"""

causal_attention__keys_for_values = Edit("@ values", "@ keys")
"""What do you mix: the keys or the values?"""

causal_attention__no_softmax = Edit(
    "scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1)", "scores * may_look"
)
"""Your weights are the scores themselves. What makes them positive, with the sum 1?"""

SelfAttention__another_order = Edit("queries, keys, values = (", "keys, queries, values = (")
"""In which order do query, key and value stand in the answer of `self.qkv`?"""

SelfAttention__heads_first = Edit(
    "self.qkv(x).chunk(3, dim=-1)",
    "split_heads(self.qkv(x), self.heads)",
    "(split_heads(part, self.heads) for part in parts)",
    "parts.chunk(3, dim=-1)",
)
"""You split into heads first, and each head into its three parts. The weights have it the other way
round: three parts, and each of them into heads."""

SelfAttention__no_last_layer = Edit(
    "self.out(merge_heads(causal_attention(queries, keys, values)))",
    "merge_heads(causal_attention(queries, keys, values))",
)
"""Which layer has the last word? Yours leaves it out."""

SelfAttention__cache_ignored = Edit(
    """
        if cache is not None:
            keys, values = cache.extend(keys, values)""",
    "",
)
"""There is a cache in some cases. Your tokens look at each other only, as if nothing had come
before."""

SelfAttention__cache_is_only_filled = Edit(
    "keys, values = cache.extend(keys, values)", "cache.extend(keys=keys, values=values)"
)
"""You hand keys and values to the cache. What do you do with what comes back?"""

SelfAttention__only_an_old_cache = Edit(
    "cache is not None", "cache is not None and cache.length > 0"
)
"""Must the cache be told of the very first tokens as well? Yours gets nothing as long as it is
empty."""

SelfAttention__cache_gets_whole_vectors = Edit(
    "(split_heads(part, self.heads) for part in parts)",
    "parts",
    "keys, values = cache.extend(keys, values)",
    """keys, values = cache.extend(keys, values)
        queries = split_heads(queries, self.heads)
        if cache is None:
            keys, values = split_heads(keys, self.heads), split_heads(values, self.heads)""",
)
"""What the cache is handed should be split into heads already: look at the shapes."""

SelfAttention__cache_gets_queries = Edit("extend(keys", "extend(queries")
"""What does the cache keep: queries, or keys? An old query is never used again."""

SelfAttention__values_handed_over_first = Edit("extend(keys, values)", "extend(values, keys)")
"""`extend` takes the keys first, and then the values."""

SelfAttention__one_head = Edit(
    "(split_heads(part, self.heads) for part in parts)",
    "(part.unsqueeze(1) for part in parts)",
    "keys, values = cache.extend(keys, values)",
    """queries, keys, values = (split_heads(part, self.heads) for part in parts)
            keys, values = cache.extend(keys, values)""",
)
"""You use one head, however many there are. Where do you split?"""

SelfAttention__merged_by_a_view = Edit(
    "merge_heads(causal_attention(queries, keys, values))",
    "causal_attention(queries, keys, values).reshape(x.shape)",
)
"""The heads have to be merged by `merge_heads`: to force them into the shape of `x` mixes tokens
up."""

SelfAttention__adds_x = Edit("return self.out", "return x + self.out")
"""You add `x` to the answer. That is a good idea, but the block's task, not this layer's."""

causal_attention__not_low_enough = Edit("-torch.inf", "-100.0")
"""Is your number lower than every score that may come? Look at the case with very low scores."""

causal_attention__no_learning = Edit("return weights @ values", "return weights.detach() @ values")
"""Your numbers are right, but queries and keys get no gradient, so nobody ever learns whom to look at.
What cuts it off: `detach`, `no_grad`, `data`?"""

causal_attention__no_learning__at_all = Edit(
    "return weights @ values", "return (weights @ values).detach()"
)

SelfAttention__no_learning = Edit("self.qkv(x).chunk", "self.qkv(x).detach().chunk")
"""Your numbers are right, but `self.qkv` gets no gradient and never learns. What cuts it off: `detach`,
`no_grad`, `data`?"""

SelfAttention__no_learning__at_all = Edit(
    "return self.out(merge_heads(causal_attention(queries, keys, values)))",
    "return self.out(merge_heads(causal_attention(queries, keys, values))).detach()",
)
