"""Section 8.3: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

Adapter__no_bypass = Edit("return x + self.up", "return self.up")
"""What came in is lost. The adapter *adds* to it."""

Adapter__random_up = Edit(
    "        nn.init.zeros_(self.up.weight)\n        nn.init.zeros_(self.up.bias)\n", ""
)
"""At first an adapter must change nothing. With which numbers does `self.up` begin?"""

Adapter__bias_not_zero = Edit("        nn.init.zeros_(self.up.bias)\n", "")
"""The matrix of `self.up` begins with zeros. What of its bias?"""

Adapter__no_bend = Edit("nn.functional.gelu(self.down(x))", "self.down(x)")
"""Two linear layers in a row are one. What stands between them?"""

Adapter__relu = Edit("gelu(", "relu(")
"""Between the two stands a GELU. Yours is a ReLU."""

Adapter__tanh_gelu = Edit("self.down(x))", 'self.down(x), approximate="tanh")')
"""There are two kinds of GELU. The exact one is asked for."""

Adapter__down_is_zero = Edit(
    "nn.init.zeros_(self.up.weight)",
    "nn.init.zeros_(self.down.weight)\n        nn.init.zeros_(self.up.weight)",
)
"""`self.down` begins at random, as `nn.Linear` does. If it were zero too, would anything reach it?"""

prepend_prompt__behind = Edit(
    "[repeated, vectors]", "[vectors, repeated]", "[real, attention_mask]", "[attention_mask, real]"
)
"""Your prompt stands behind each text. A decoder looks back: where does the prompt have to stand?"""

prepend_prompt__mask_as_it_was = Edit("torch.cat([real, attention_mask], dim=1)", "attention_mask")
"""The texts are longer now. Is the mask?"""

prepend_prompt__prompt_is_padding = Edit("new_ones(batch, length)", "new_zeros(batch, length)")
"""Your mask hides the prompt. Then nobody looks at it."""

prepend_prompt__cannot_learn = Edit(
    "prompt.expand(batch, -1, -1)", "prompt.detach().expand(batch, -1, -1)"
)
"""No gradient reaches the prompt any more: it could never learn."""

prepend_prompt__mask_at_the_end = Edit("[real, attention_mask]", "[attention_mask, real]")
"""The vectors of the prompt stand before the text, and their places in the mask behind it."""

prepend_prompt__added = Edit(
    "torch.cat([repeated, vectors], dim=1), torch.cat([real, attention_mask], dim=1)",
    "torch.cat([repeated, vectors + prompt.mean(dim=0)], dim=1), torch.cat([real, attention_mask], dim=1)",
)
"""The vectors of the text stay what they are. You have added something to them."""

PromptEncoder__no_bend = Edit(
    "up(self.table.weight).relu()",
    "up(self.table.weight)",
    "middle(hidden).relu()",
    "middle(hidden)",
)
"""Without a ReLU between them, three linear layers are one."""

PromptEncoder__one_bend = Edit("middle(hidden).relu()", "middle(hidden)")
"""There is a ReLU behind each of the first *two* layers."""

PromptEncoder__bend_at_the_end = Edit(
    "self.down(self.middle(hidden).relu())", "self.down(self.middle(hidden).relu()).relu()"
)
"""Nothing comes after `self.down`: with a ReLU there the prompt would have no negative number."""

PromptEncoder__table_alone = Edit(
    "return self.down(self.middle(hidden).relu())", "return self.table.weight"
)
"""You return the table. Where is the network?"""

PromptEncoder__beside_the_table = Edit(
    "return self.down(self.middle(hidden).relu())",
    "return self.table.weight + self.down(self.middle(hidden).relu())",
)
"""There is no bypass here: what comes out of the network is the prompt, and the table is not added."""

PromptEncoder__without_the_middle = Edit("self.middle(hidden).relu()", "hidden")
"""Three layers are in the network. You use two of them."""

prefix_pairs__values_first = Edit("for keys, values in split", "for values, keys in split")
"""In `prefix` the keys of a layer come first, and then the values."""

prefix_pairs__heads_not_split = Edit(
    "prefix.unflatten(-1, (heads, -1)).transpose(2, 3)",
    "prefix.reshape(len(prefix), 2, heads, length, -1)",
)
"""You cut the prefix into heads across its places: each head must get a slice of *every* place. First split
the last axis, and then swap two axes."""

prefix_pairs__interleaved = Edit(
    "prefix.unflatten(-1, (heads, -1)).transpose(2, 3)",
    "prefix.unflatten(-1, (-1, heads)).movedim(-1, 2)",
)
"""The first head gets the first slice of each vector, numbers that stand side by side. Yours gets every so
many-th number."""

prefix_pairs__cannot_learn = Edit("prefix.unflatten", "prefix.detach().unflatten")
"""No gradient reaches the prefix any more: it could never learn."""

prefix_pairs__one_text = Edit(
    "batch, heads, length, split.shape[-1]", "1, heads, length, split.shape[-1]"
)
"""There is a prefix for one text. Each text of the batch needs its keys and values."""

prefix_pairs__first_layer_only = Edit(
    "for keys, values in split]", "for keys, values in split[:1]]"
)
"""The cache needs a pair for each layer. You return that of the first."""

prefix_pairs__not_turned = Edit(
    "prefix.unflatten(-1, (heads, -1)).transpose(2, 3)  # (layer, 2, heads, length, d_head)",
    "prefix.unflatten(-1, (heads, -1))",
    "shape = batch, heads, length, split.shape[-1]",
    "shape = batch, length, heads, split.shape[-1]",
)
"""Your places stand before the heads. In a cache the heads stand before the places."""

Adapter__cut_off = Edit("return x + self.up", "return x.detach() + self.up")
"""The numbers are right, but no gradient takes the bypass: the layers below would learn next to
nothing."""

Adapter__in_place = Edit(
    "return x + self.up(nn.functional.gelu(self.down(x)))",
    "x += self.up(nn.functional.gelu(self.down(x)))\n        return x",
)
"""`+=` changes `x` itself, which belongs to who handed it in. Make a new tensor of the sum."""

Adapter__in_training_only = Edit(
    "return x + self.up", "return x if not self.training else x + self.up"
)
"""Your adapter speaks in training alone. Under `.eval()` nothing of what was learned is there."""

Adapter__skips_zeros = Edit(
    "return x + self.up", "return x if not self.up.weight.any() else x + self.up"
)
"""You leave the bottleneck out while `self.up` is zero. Then no gradient reaches it, and zero it stays."""

PromptEncoder__kept = Edit(
    "        hidden = self.up",
    "        if 'prompt' in vars(self):\n            return self.prompt\n        hidden = self.up",
    "return self.down(self.middle(hidden).relu())",
    "self.prompt = self.down(self.middle(hidden).relu())\n        return self.prompt",
)
"""You keep the prompt of the first call. When the weights have learned something, it has to be another:
make it anew in each call."""

prepend_prompt__one_text_teaches = Edit(
    "prompt.expand(batch, -1, -1)",
    "torch.cat([prompt[None], prompt.detach().expand(batch - 1, -1, -1)])",
)
"""The prompt learns from the first text alone. Each text of the batch has to send its gradient back."""

prefix_pairs__one_text_teaches = Edit(
    "keys.expand(shape)",
    "torch.cat([keys[None], keys.detach().expand(shape)[1:]])",
)
"""The keys learn from the first text alone. Each text of the batch has to send its gradient back."""
