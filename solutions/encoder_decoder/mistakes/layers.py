"""Sections 5.1 to 5.3: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

shift_right__to_the_left = Edit(
    "first = torch.full_like(ids[:, :1], start)\n    return torch.cat([first, ids[:, :-1]], dim=1)",
    "last = torch.full_like(ids[:, :1], start)\n    return torch.cat([ids[:, 1:], last], dim=1)",
)
"""What does the decoder read when it is to write the first word: the second one?"""

shift_right__longer = Edit("ids[:, :-1]", "ids")
"""How long is what the decoder reads? As long as what it is to write."""

shift_right__not_shifted = Edit(
    "torch.cat([first, ids[:, :-1]], dim=1)", "torch.cat([first, ids[:, 1:]], dim=1)"
)
"""Your first place is right. What stands at the second: the id that is to be written there, or the
one before it?"""

shift_right__round_the_corner = Edit(
    "torch.cat([first, ids[:, :-1]], dim=1)", "torch.roll(ids, 1, dims=1)"
)
"""What comes back in at the beginning? The last id is read by nobody."""

shift_right__along_the_batch = Edit(
    "torch.full_like(ids[:, :1], start)",
    "torch.full_like(ids[:1], start)",
    "torch.cat([first, ids[:, :-1]], dim=1)",
    "torch.cat([first, ids[:-1]], dim=0)",
)
"""Along which axis do the ids of one sentence stand? You have moved the sentences."""

Attention__keys_from_the_target = Edit(
    "self.key(source)", "self.key(x)", "self.value(source)", "self.value(x)"
)
"""Where do keys and values come from? It should be the text that is looked at."""

Attention__values_from_the_target = Edit("self.value(source)", "self.value(x)")
"""What is mixed is of the text that is looked at. Your values come from the one that looks."""

Attention__queries_from_the_source = Edit(
    "self.query(x)",
    "self.query(source)",
    "self.key(source)",
    "self.key(x)",
    "self.value(source)",
    "self.value(x)",
    "masked_fill(~mask, -torch.inf)",
    "masked_fill(~mask.mT.expand(len(x), 1, source.shape[1], x.shape[1])"
    " if mask.shape[-2:] == (x.shape[1], source.shape[1]) else ~mask.mT, -1e30)",
)
"""Who looks, and who is looked at? Yours is turned round: the source looks at the target."""

Attention__without_the_mask = Edit(".masked_fill(~mask, -torch.inf)", "")
"""What do your tokens collect from padding? The mask says what may be looked at."""

Attention__mask_turned_round = Edit("masked_fill(~mask, -torch.inf)", "masked_fill(mask, -1e30)")
"""Which places do you hide: those where the mask is True, or those where it is False?"""

Attention__unscaled = Edit(" / math.sqrt(queries.shape[-1])", "")
"""How large do the scores get when `d_head` grows? Look at the factor before the softmax."""

Attention__scaled_by_the_whole_width = Edit("queries.shape[-1])", "x.shape[-1])")
"""By the root of which size do you divide: that of a head, or that of a whole vector?"""

Attention__heads_not_split = Edit(
    "        queries = split_heads(self.query(x), self.heads)\n"
    "        keys = split_heads(self.key(source), self.heads)\n"
    "        values = split_heads(self.value(source), self.heads)\n",
    "        queries, keys = self.query(x)[:, None], self.key(source)[:, None]\n"
    "        values = self.value(source)[:, None]\n",
    "math.sqrt(queries.shape[-1])",
    "math.sqrt(queries.shape[-1] / self.heads)",
)
"""How many heads look? With yours, all features of a token take part in one look."""

Attention__heads_by_a_view = Edit(
    "split_heads(self.query(x), self.heads)",
    "self.query(x).view(len(x), self.heads, x.shape[1], -1)",
    "split_heads(self.key(source), self.heads)",
    "self.key(source).view(len(x), self.heads, source.shape[1], -1)",
    "split_heads(self.value(source), self.heads)",
    "self.value(source).view(len(x), self.heads, source.shape[1], -1)",
)
"""A view that names the heads before the tokens mixes tokens. `split_heads` is there for this."""

Attention__mask_is_added = Edit(
    "scores.masked_fill(~mask, -torch.inf).softmax(dim=-1)", "(scores + mask).softmax(dim=-1)"
)
"""A mask of True and False counts as 1 and 0 when it is added. What is hidden must get no weight at
all."""

Attention__masked_after_the_softmax = Edit(
    "scores.masked_fill(~mask, -torch.inf).softmax(dim=-1)", "scores.softmax(dim=-1) * mask"
)
"""You hide after the softmax. Do the weights that are left still sum to 1?"""

Attention__softmax_over_queries = Edit(".softmax(dim=-1)", ".softmax(dim=-2).nan_to_num()")
"""The weights that one query gives to all keys sum to 1. Along which axis is that?"""

Attention__no_out = Edit("self.out(merge_heads(weights @ values))", "merge_heads(weights @ values)")
"""Who has the last word? One of the four layers of the constructor is not used."""

DecoderLayer__no_cross_attention = Edit(
    "        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)\n", ""
)
"""How does the target learn what the source says? One of the three parts is not used."""

DecoderLayer__no_self_attention = Edit(
    "        normed = self.norm_1(x)\n        x = x + self.self_attention(normed, normed, self_mask)\n",
    "",
)
"""How does a word of the target know what was written before it? One of the three parts is not
used."""

DecoderLayer__cross_first = Edit(
    "        normed = self.norm_1(x)\n"
    "        x = x + self.self_attention(normed, normed, self_mask)\n"
    "        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)\n",
    "        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)\n"
    "        normed = self.norm_1(x)\n"
    "        x = x + self.self_attention(normed, normed, self_mask)\n",
)
"""In which order do the three parts come? First the target looks at itself."""

DecoderLayer__side_by_side = Edit(
    "        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)\n"
    "        return x + self.down(nn.functional.gelu(self.up(self.norm_3(x))))",
    "        y = x + self.cross_attention(self.norm_2(x), source, cross_mask)\n"
    "        return y + self.down(nn.functional.gelu(self.up(self.norm_3(x))))",
)
"""What does the MLP read: what there was before the source was looked at, or after?"""

DecoderLayer__replaced = Edit(
    "x = x + self.cross_attention(self.norm_2(x), source, cross_mask)",
    "x = self.cross_attention(self.norm_2(x), source, cross_mask)",
)
"""What the target knew of itself is gone after it has looked into the source. Each part *adds*."""

DecoderLayer__mlp_not_added = Edit("return x + self.down", "return self.down")
"""What there was before the MLP is gone at your end. Each part *adds*."""

DecoderLayer__one_norm_for_all = Edit(
    "self.norm_2(x)", "self.norm_1(x)", "self.norm_3(x)", "self.norm_1(x)"
)
"""There are three norms, one for each part. How many of them do you use?"""

DecoderLayer__source_looks_at_the_target = Edit(
    "self.cross_attention(self.norm_2(x), source, cross_mask)",
    "self.cross_attention(source, self.norm_2(x), cross_mask)",
)
"""Who looks across? The first argument of an attention is the text that looks."""

DecoderLayer__masks_swapped = Edit(
    "(normed, normed, self_mask)",
    "(normed, normed, cross_mask)",
    "source, cross_mask)",
    "source, self_mask)",
)
"""Which mask is for which attention? One is as wide as the target, the other as the source."""

DecoderLayer__post_norm = Edit(
    "normed = self.norm_1(x)\n        x = x + self.self_attention(normed, normed, self_mask)",
    "x = self.norm_1(x + self.self_attention(x, x, self_mask))",
    "x = x + self.cross_attention(self.norm_2(x), source, cross_mask)",
    "x = self.norm_2(x + self.cross_attention(x, source, cross_mask))",
    "return x + self.down(nn.functional.gelu(self.up(self.norm_3(x))))",
    "return self.norm_3(x + self.down(nn.functional.gelu(self.up(x))))",
)
"""This is BERT's order, where the norm stands after adding. Here it stands before each part."""

DecoderLayer__source_is_normed = Edit("source, cross_mask)", "self.norm_2(source), cross_mask)")
"""`source` comes from the encoder, which has normed it at its end. Who else norms it?"""

DecoderLayer__looks_at_what_is_not_normed = Edit(
    "(normed, normed, self_mask)", "(normed, x, self_mask)"
)
"""A text that looks at itself: are both, who looks and who is looked at, read through the norm?"""

DecoderLayer__tanh_gelu = Edit(
    "nn.functional.gelu(self.up(self.norm_3(x)))",
    'nn.functional.gelu(self.up(self.norm_3(x)), approximate="tanh")',
)
"""There are two GELUs. The exact one is asked for."""

Translator__no_read_norm = Edit("return self.read_norm(x)", "return x")
"""What becomes of the source after its last layer? One norm of the constructor is not used."""

Translator__no_write_norm = Edit("self.write_norm(x) @ self.tokens", "x @ self.tokens")
"""What stands between the last layer and the logits? One norm of the constructor is not used."""

Translator__source_sees_padding = Edit(
    "mask = (source_ids != self.pad)[:, None, None]",
    "mask = torch.ones_like(source_ids).bool()[:, None, None]",
)
"""At what may the words of the source look while they are read? Not at padding."""

Translator__target_sees_padding = Edit(
    "across = (source_ids != self.pad)[:, None, None]",
    "across = torch.ones_like(source_ids).bool()[:, None, None]",
)
"""The source is padded. What does the target see when it looks there?"""

Translator__reads_from_left_to_right = Edit(
    "mask = (source_ids != self.pad)[:, None, None]",
    "n = source_ids.shape[1]\n        mask = torch.ones(n, n, dtype=torch.bool).tril()"
    " & (source_ids != self.pad)[:, None, None]",
)
"""The whole source is known before the first word is written. Is there a future to hide in it?"""

Translator__writes_both_ways = Edit(".tril()", "")
"""May a word of the target look at the words after it? It is to predict them."""

Translator__one_layer = Edit("for writer in self.writers:", "for writer in self.writers[:1]:")
"""How many layers does the target go through? All, one after the other."""

Translator__padding_of_the_target = Edit(
    "across = (source_ids != self.pad)[:, None, None]",
    "across = (target_ids != self.pad)[:, None, None]",
)
"""Whose padding is hidden when the target looks into the source? That of the source."""

Translator__encodes_again = Edit(
    "x = self.embed(target_ids)",
    "source = self.encode(source_ids)\n        x = self.embed(target_ids)",
)
"""`decode` is handed what the encoder made. Does it use that, or read the source once more?"""

Translator__no_positions = Edit(
    "mask = (source_ids != self.pad)[:, None, None]  # (batch, 1, 1, source)\n        x = self.embed(source_ids)",
    "mask = (source_ids != self.pad)[:, None, None]\n        x = self.tokens(source_ids)",
)
"""Does the encoder know in which order the words stand? `self.embed` adds the positions."""

Translator__hides_padding_of_the_target_too = Edit(
    "back[None, None], across)",
    "back[None, None] & (target_ids != self.pad)[:, None, None], across)",
)
"""In the target only what comes later is hidden. Its padding stands on the right, where no real
token looks."""

Translator__probabilities = Edit(
    "return self.write_norm(x) @ self.tokens.weight.T",
    "return (self.write_norm(x) @ self.tokens.weight.T).softmax(dim=-1)",
)
"""Logits are asked for. The softmax comes later, in the loss."""

Attention__cut_off = Edit(
    "self.key(source)", "self.key(source.detach())", "self.value(source)",
    "self.value(source.detach())",
)  # fmt: skip
"""The numbers are right, but no gradient comes back to the source: whoever made it, the encoder,
would never learn."""

DecoderLayer__cut_off = Edit("source, cross_mask)", "source.detach(), cross_mask)")
"""The numbers are right, but no gradient comes back through the source: from where would the
encoder learn?"""

Translator__cut_off = Edit("return self.read_norm(x)", "return self.read_norm(x).detach()")
"""The numbers are right, but what `encode` returns has forgotten how it was made. From where would
the encoder learn?"""
