"""Section 3.4, "The whole model": known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

DecoderLM__positions_restart = Edit("self.positions.weight, past)", "self.positions.weight)")
"""With caches the positions begin at 0 again with you. How many tokens came before?"""

DecoderLM__no_last_norm = Edit("self.norm(x) @", "x @")
"""What stands between the last block and the head?"""

DecoderLM__head_of_its_own = Edit(
    "self.norm = nn.LayerNorm(d_model)",
    """self.norm = nn.LayerNorm(d_model)
        self.head = nn.Linear(d_model, vocab, bias=False)""",
    "self.norm(x) @ self.tokens.weight.T",
    "self.head(self.norm(x))",
)
"""Your model has a head with weights of its own, for which there are none to load. The table of the
input is to be the head, too: that is what tied means."""

DecoderLM__first_block_only = Edit("enumerate(self.blocks)", "enumerate(self.blocks[:1])")
"""How many blocks does `x` go through?"""

DecoderLM__one_block_again_and_again = Edit("x = block(", "x = self.blocks[0](")
"""You use the same block each time. Each layer has one of its own."""

DecoderLM__blocks_in_reverse = Edit(
    "in enumerate(self.blocks)", "in reversed([*enumerate(self.blocks)])"
)
"""In which order do the blocks come?"""

DecoderLM__one_cache_for_all = Edit("caches[number]", "caches[0]")
"""All your blocks share the first cache. Each has one of its own."""

DecoderLM__caches_left_behind = Edit("block(x, caches[number] if caches else None)", "block(x)")
"""Your blocks never hear of their caches."""

DecoderLM__probabilities = Edit(
    "self.norm(x) @ self.tokens.weight.T", "(self.norm(x) @ self.tokens.weight.T).softmax(dim=2)"
)
"""You return probabilities. Logits are what comes before the softmax."""

DecoderLM__last_position_only = Edit("self.norm(x) @", "self.norm(x)[:, -1] @")
"""For how many positions do you return logits? Each of them predicts its next token."""

DecoderLM__normed_at_the_beginning = Edit(
    "self.positions.weight, past)",
    """self.positions.weight, past)
        x = self.norm(x)""",
    "self.norm(x) @",
    "x @",
)
"""The norm of the model stands after the blocks, not before them."""

DecoderLM__head_hears_only_changes = Edit(
    "for number, block",
    """start = x
        for number, block""",
    "self.norm(x)",
    "self.norm(x - start)",
)
"""You hold the vectors of the positions against the logits: nothing of the kind is asked for. What
goes into the head is the norm of `x`, and nothing else."""

DecoderLM__no_learning = Edit(
    "return self.norm(x) @ self.tokens.weight.T",
    "return (self.norm(x) @ self.tokens.weight.T).detach()",
)
"""Your numbers are right, but no gradient comes to the weights, so they never learn. What cuts it off:
`detach`, `no_grad`, `data`?"""
