"""Sections 4.1 and 4.2: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

embed__no_positions = Edit(" + positions[: ids.shape[1]]", "")
"""Are two equal tokens at two places the same to your model? Count the vectors that are added."""

embed__no_types = Edit(" + types[parts]", "")
"""How does your model know which of the two texts a token belongs to? There are three tables."""

embed__one_type_for_all = Edit("types[parts]", "types[0]")
"""Which row of `types` belongs to a token of the second text? `parts` says it for each token."""

embed__types_by_place = Edit("types[parts]", "types[parts[:1]]")
"""Does each row of the batch have its own border between the two texts? Look at row 1."""

embed__positions_from_one = Edit(
    "positions[: ids.shape[1]]",
    "positions.roll(-1, 0)[: ids.shape[1]]",
)
"""At which position does the first id stand: 0 or 1?"""

embed__positions_by_id = Edit("positions[: ids.shape[1]]", "positions[ids % len(positions)]")
"""A position says where a token stands, and not which one it is. What do you look up in
`positions`?"""

embed__mean = Edit(
    "tokens[ids] + positions[: ids.shape[1]] + types[parts]",
    "(tokens[ids] + positions[: ids.shape[1]] + types[parts]) / 3",
)
"""The vectors are added. Nothing divides the sum: that is left to the norm."""

embed__no_learning = Edit(
    "return tokens[ids] + positions[: ids.shape[1]] + types[parts]",
    "return (tokens[ids] + positions[: ids.shape[1]] + types[parts]).detach()",
)
"""Your numbers are right, but no gradient comes to the tables, so they never learn. What cuts it off:
`detach`, `no_grad`, `data`?"""

SelfAttention__causal = Edit(
    "scores = scores.masked_fill(~attention_mask[:, None, None], -torch.inf)",
    "scores = scores.masked_fill(~(attention_mask[:, None, None] & "
    "torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).tril()), -1e30)",
)
"""Does an encoder have anything to hide but padding? Your tokens do not look ahead."""

SelfAttention__sees_padding = Edit(
    "        scores = scores.masked_fill(~attention_mask[:, None, None], -torch.inf)\n", ""
)
"""What do your tokens collect from padding? `attention_mask` says what is real."""

SelfAttention__mask_turned_round = Edit(
    "~attention_mask[:, None, None]", "attention_mask[:, None, None]"
)
"""Which places do you hide: those where the mask is True, or those where it is False?"""

SelfAttention__hides_rows = Edit(
    "attention_mask[:, None, None]", "attention_mask[:, None, :, None]"
)
"""Is it the token that looks, or the one that is looked at, that must be real? Along which axis of
the scores do the keys lie?"""

SelfAttention__hidden_with_zero = Edit("-torch.inf", "0.0")
"""A score of 0, or close to it, is not "nothing": softmax gives it a weight. Which score gets
none?"""

SelfAttention__hidden_with_zero__by_a_small_number = Edit("-torch.inf", "1e-9")

SelfAttention__hidden_too_little = Edit("-torch.inf", "-1000.0")
"""How low can the score of a real token be? In one case some are below the score with which you
hide padding."""

SelfAttention__mask_after_softmax = Edit(
    "        scores = scores.masked_fill(~attention_mask[:, None, None], -torch.inf)\n",
    "",
    "scores.softmax(dim=-1) @ values",
    "scores.softmax(dim=-1).masked_fill(~attention_mask[:, None, None], 0) @ values",
)
"""Do the weights that are left still sum to 1? What is cut off after the softmax is missing there:
hide before it."""

SelfAttention__one_head = Edit(
    "queries, keys, values = (split_heads(layer(x), self.heads) for layer in layers)",
    "queries, keys, values = (split_heads(layer(x), 1) for layer in layers)",
)
"""How many heads look? `self.heads` says it, and each of them has its own weights. Yours look all
with one."""

SelfAttention__unscaled = Edit(" / math.sqrt(queries.shape[-1])", "")
"""How large do the scores get when `d_head` grows? Look at the factor before the softmax."""

SelfAttention__scaled_by_d_model = Edit("math.sqrt(queries.shape[-1])", "math.sqrt(x.shape[-1])")
"""By which number is a score divided: by the square root of all features, or of those in a head?"""

SelfAttention__scaled_by_d_head = Edit("math.sqrt(queries.shape[-1])", "queries.shape[-1]")
"""The scores are divided by the square root of `d_head`."""

SelfAttention__softmax_over_queries = Edit(
    "scores.softmax(dim=-1)", "scores.softmax(dim=-2).nan_to_num()"
)
"""The weights that one query gives to all keys sum to 1. Along which axis is that?"""

SelfAttention__no_out = Edit(
    "self.out(merge_heads(scores.softmax(dim=-1) @ values))",
    "merge_heads(scores.softmax(dim=-1) @ values)",
)
"""Who has the last word? One of the four layers of the constructor is not used."""

SelfAttention__key_and_value_swapped = Edit(
    "layers = self.query, self.key, self.value", "layers = self.query, self.value, self.key"
)
"""Which of the three is compared with the query, and which is mixed? Your keys and values have
changed places."""

EncoderLayer__pre_norm = Edit(
    "x = self.norm_1(x + self.attention(x, attention_mask))",
    "x = x + self.attention(self.norm_1(x), attention_mask)",
    "return self.norm_2(x + self.down(nn.functional.gelu(self.up(x))))",
    "return x + self.down(nn.functional.gelu(self.up(self.norm_2(x))))",
)
"""This is the order of GPT-2, where the norm stands before each part. In BERT it stands after
adding."""

EncoderLayer__norm_before_adding = Edit(
    "self.norm_1(x + self.attention(x, attention_mask))",
    "x + self.norm_1(self.attention(x, attention_mask))",
)
"""What goes through the first norm: what attention says, or its sum with `x`?"""

EncoderLayer__no_bypass = Edit(
    "self.norm_1(x + self.attention(x, attention_mask))",
    "self.norm_1(self.attention(x, attention_mask))",
)
"""Where is the `x` that came in, after attention? It is added to, and not replaced."""

EncoderLayer__no_bypass_of_the_mlp = Edit(
    "self.norm_2(x + self.down(nn.functional.gelu(self.up(x))))",
    "self.norm_2(self.down(nn.functional.gelu(self.up(x))))",
)
"""What the MLP says is added to what it read. Where is that?"""

EncoderLayer__mlp_adds_to_the_input = Edit(
    "        x = self.norm_1(x + self.attention(x, attention_mask))\n"
    "        return self.norm_2(x + self.down(nn.functional.gelu(self.up(x))))",
    "        y = self.norm_1(x + self.attention(x, attention_mask))\n"
    "        return self.norm_2(x + self.down(nn.functional.gelu(self.up(y))))",
)
"""To what is the MLP's answer added: to the `x` of the beginning, or to what the MLP has read?"""

EncoderLayer__tanh_gelu = Edit(
    "nn.functional.gelu(self.up(x))", 'nn.functional.gelu(self.up(x), approximate="tanh")'
)
"""There are two GELUs. GPT-2 uses the one with the hyperbolic tangent, BERT the exact one."""

EncoderLayer__relu = Edit("nn.functional.gelu", "nn.functional.relu")
"""Which bend does BERT use? Negative numbers come through it a little."""

EncoderLayer__bend_at_the_end = Edit(
    "self.down(nn.functional.gelu(self.up(x)))", "nn.functional.gelu(self.down(self.up(x)))"
)
"""Where does the MLP bend: when it is wide, or when it has come down again?"""

EncoderLayer__no_mlp = Edit(" + self.down(nn.functional.gelu(self.up(x)))", "")
"""A layer has two parts. One of them is missing: which layers of the constructor are not used?"""

EncoderLayer__last_norm_missing = Edit(
    "self.norm_2(x + self.down(nn.functional.gelu(self.up(x))))",
    "x + self.down(nn.functional.gelu(self.up(x)))",
)
"""Each of the two parts is followed by a norm. One of them is not used."""

EncoderLayer__one_norm_twice = Edit("self.norm_2(", "self.norm_1(")
"""There are two norms, each with weights of its own. You use the first one twice."""

Encoder__no_first_norm = Edit("self.norm(embed(ids, parts, *tables))", "embed(ids, parts, *tables)")
"""What stands between the three vectors and the first layer? One part of the constructor is not
used."""

Encoder__norm_at_the_end = Edit(
    "        x = self.norm(embed(ids, parts, *tables))  # (batch, token, d_model)\n",
    "        x = embed(ids, parts, *tables)  # (batch, token, d_model)\n",
    "        return x",
    "        return self.norm(x)",
)
"""Where does the norm of the embeddings stand: before the layers or after them? GPT-2 has one at
the end, BERT at the beginning."""

Encoder__norm_in_every_round = Edit(
    "            x = layer(x, attention_mask)",
    "            x = layer(self.norm(x), attention_mask)",
)
"""`self.norm` is used once, for the sum of the three vectors. The layers have norms of their own."""

Encoder__first_layer_only = Edit("for layer in self.layers:", "for layer in self.layers[:1]:")
"""How many layers does `x` go through? All, one after the other."""

Encoder__each_layer_reads_the_input = Edit(
    "        for layer in self.layers:\n            x = layer(x, attention_mask)\n        return x",
    "        y = x\n        for layer in self.layers:\n            y = layer(x, attention_mask)\n"
    "        return y",
)
"""What does the second layer read? It should be what the first one has made."""

Encoder__layers_say_it_to_nobody = Edit("x = layer(x, attention_mask)", "layer(x, attention_mask)")
"""A layer does not change `x`: it returns something. Who takes it?"""

Encoder__parts_must_come = Edit(
    "        parts = torch.zeros_like(ids) if parts is None else parts\n", ""
)
"""What is `parts` where nobody hands it in? Look at its default. Then all tokens belong to the
first part."""

Encoder__last_to_first = Edit("in self.layers:", "in reversed(self.layers):")
"""In which order do the layers stand?"""

Encoder__without_the_mask = Edit(
    "layer(x, attention_mask)", "layer(x, torch.ones_like(attention_mask))"
)
"""Who tells the layers what is padding? In some cases not everything is real."""

Encoder__forgets_the_parts = Edit(
    "parts = torch.zeros_like(ids) if parts is None else parts", "parts = torch.zeros_like(ids)"
)
"""What becomes of the `parts` that are handed in?"""

SelfAttention__cut_off = Edit("scores.softmax(dim=-1) @", "scores.softmax(dim=-1).detach() @")
"""The numbers are right, but your weights of attention have forgotten how they were made. Which
layers could never learn what to look at?"""

Encoder__cut_off = Edit(
    "self.tokens.weight, self.positions.weight, self.types.weight",
    "self.tokens.weight.data, self.positions.weight.data, self.types.weight.data",
)
"""The numbers are right, but no gradient comes back to the three tables: they would never learn."""
