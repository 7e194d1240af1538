"""Section 3.3, "A block": known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

MLP__relu = Edit('gelu(self.up(x), approximate="tanh")', "relu(self.up(x))")
"""Your function bends at zero, and sharply. Which one does GPT-2 use?"""

MLP__exact_gelu = Edit(', approximate="tanh"', "")
"""You are very close: there are two kinds of GELU, and yours is the exact one. GPT-2 uses the one
with a hyperbolic tangent."""

MLP__no_bend = Edit('nn.functional.gelu(self.up(x), approximate="tanh")', "self.up(x)")
"""Nothing bends in your MLP. Two linear layers in a row can do no more than one."""

MLP__bend_at_the_end = Edit(
    'self.down(nn.functional.gelu(self.up(x), approximate="tanh"))',
    'nn.functional.gelu(self.down(self.up(x)), approximate="tanh")',
)
"""Where does the GELU belong: after the way up, or after the way down?"""

MLP__bends_twice = Edit(
    'return self.down(nn.functional.gelu(self.up(x), approximate="tanh"))',
    """x = self.down(nn.functional.gelu(self.up(x), approximate="tanh"))
        return nn.functional.gelu(x, approximate="tanh")""",
)
"""How often does it bend? Nothing comes after the way down."""

MLP__silu = Edit('gelu(self.up(x), approximate="tanh")', "silu(self.up(x))")
"""You multiply by a sigmoid. That is the SiLU, which later models use; GPT-2 uses another one."""

MLP__tanh = Edit('nn.functional.gelu(self.up(x), approximate="tanh")', "torch.tanh(self.up(x))")
"""You use the hyperbolic tangent itself. It is only a part of the GELU."""

MLP__adds_x = Edit("return self.down", "return x + self.down")
"""You add `x` to the answer. That is the block's task, not the MLP's."""

MLP__four_times_as_many = Edit(
    'self.down(nn.functional.gelu(self.up(x), approximate="tanh"))',
    'nn.functional.gelu(self.up(x), approximate="tanh")',
)
"""How many numbers has each of your vectors? There is a way back down."""

Block__post_norm = Edit(
    "x + self.attention(self.norm_1(x), cache)",
    "self.norm_1(x + self.attention(x, cache))",
    "x + self.mlp(self.norm_2(x))",
    "self.norm_2(x + self.mlp(x))",
)
"""You norm after adding: that is post-norm. GPT-2 norms before attention and before the MLP, so
that there is a way on which `x` passes unchanged."""

Block__adds_to_what_is_normed = Edit(
    """x = x + self.attention(self.norm_1(x), cache)
        return x + self.mlp(self.norm_2(x))""",
    """x = self.norm_1(x)
        x = x + self.attention(x, cache)
        x = self.norm_2(x)
        return x + self.mlp(x)""",
)
"""What is it that you add to? On its way around attention, `x` should not be normed."""

Block__no_bypass_around_attention = Edit("x + self.attention", "self.attention")
"""What attention says takes the place of `x`. It should be added to it."""

Block__no_bypass_around_the_mlp = Edit("x + self.mlp", "self.mlp")
"""What the MLP says takes the place of the sum. It should be added to it."""

Block__no_bypass = Edit(
    "x + self.attention",
    "self.attention",
    "x + self.mlp",
    "self.mlp",
)
"""Where is the way around attention and around the MLP? What each of them says is to be added to
what came in."""

Block__no_norms = Edit(
    "self.norm_1(x)",
    "x",
    "self.norm_2(x)",
    "x",
)
"""What are the two norms for? Yours have nothing to do."""

Block__norms_swapped = Edit(
    "self.norm_1(x)",
    "self.norm_2(x)",
    "self.norm_2(x)",
    "self.norm_1(x)",
)
"""Which norm stands before attention, and which before the MLP?"""

Block__side_by_side = Edit(
    """x = x + self.attention(self.norm_1(x), cache)
        return x + self.mlp""",
    "return x + self.attention(self.norm_1(x), cache) + self.mlp",
)
"""Your MLP does not hear what attention has found. It reads the sum, not what came in."""

Block__cache_left_behind = Edit("(self.norm_1(x), cache)", "(self.norm_1(x))")
"""Attention never hears of the cache."""

Block__mlp_first = Edit(
    "self.attention(self.norm_1(x), cache)",
    "self.mlp(self.norm_2(x))",
    "self.mlp(self.norm_2(x))",
    "self.attention(self.norm_1(x), cache)",
)
"""Which of the two comes first?"""

Block__no_mlp = Edit(" + self.mlp(self.norm_2(x))", "")
"""Half of the block is missing: what comes after attention?"""

MLP__no_learning = Edit(
    "return self.down(",
    "with torch.no_grad():\n            return self.down(",
)
"""Your numbers are right, but no gradient comes to the weights, so they never learn. What cuts it off:
`no_grad`, `detach`, `data`?"""

Block__no_learning = Edit(
    "x + self.attention(self.norm_1(x), cache)",
    "x + self.attention(self.norm_1(x), cache).detach()",
)
"""Your numbers are right, but the weights of attention get no gradient and never learn. What cuts it
off: `detach`, `no_grad`, `data`?"""

Block__no_learning__at_all = Edit(
    "return x + self.mlp(self.norm_2(x))", "return (x + self.mlp(self.norm_2(x))).detach()"
)

Block__one_norm_for_both = Edit("self.mlp(self.norm_2(x))", "self.mlp(self.norm_1(x))")
"""Your block has two norms, and each has weights of its own. Which one stands before the MLP?"""
