"""Sections 8.5 and 8.6: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

pack_nibbles__second_is_high = Edit(
    "16 * pairs[:, 0] + pairs[:, 1]", "pairs[:, 0] + 16 * pairs[:, 1]"
)
"""Which of two neighbours becomes the four high bits?"""

pack_nibbles__times_ten = Edit("16 * pairs", "10 * pairs")
"""Four bits have 16 values. By what is the first code multiplied, so that the two do not mix?"""

pack_nibbles__int64 = Edit(".to(torch.uint8)", "")
"""The numbers are right, but each takes eight bytes. In which type does a number take one?"""

pack_nibbles__halves = Edit("codes.reshape(-1, 2)", "codes.reshape(2, -1).T")
"""You pair the first half with the second. Two neighbours share a byte."""

pack_nibbles__first_of_each_two = Edit("16 * pairs[:, 0] + pairs[:, 1]", "16 * pairs[:, 0]")
"""Every second code is lost. Both have room in a byte."""

pack_nibbles__one_each = Edit(
    "    pairs = codes.reshape(-1, 2)\n    return (16 * pairs[:, 0] + pairs[:, 1]).to(torch.uint8)",
    "    return codes.flatten().to(torch.uint8)",
)
"""You give each code a byte of its own. Half of its bits are empty."""

pack_nibbles__rows_kept = Edit(
    "    pairs = codes.reshape(-1, 2)\n    return (16 * pairs[:, 0] + pairs[:, 1]).to(torch.uint8)",
    "    pairs = codes.reshape(-1, 2)\n    packed = (16 * pairs[:, 0] + pairs[:, 1]).to(torch.uint8)\n"
    "    return packed.view(len(codes), -1) if packed.numel() % len(codes) == 0 else packed",
)
"""The bytes stand in one row, whatever shape the codes had."""

bits_per_weight__scales_forgotten = Edit("return bits + scale / block", "return bits")
"""A block has a scale as well. What is its share for each weight?"""

bits_per_weight__a_scale_each = Edit("return bits + scale / block", "return bits + scale")
"""You count a whole scale for each weight. How many weights share it?"""

bits_per_weight__half_floats = Edit("scale = 32 if", "scale = 16 if")
"""How many bits has the float of a scale?"""

bits_per_weight__never_double = Edit("32 if group is None else 8 + 32 / group", "32")
"""With `group` a scale takes fewer bits: it is quantized too."""

bits_per_weight__groups_of_weights = Edit("8 + 32 / group", "8 + 32 * block / group")
"""A group is so many *scales*, and not so many weights. What is the share of one scale?"""

bits_per_weight__second_scale_forgotten = Edit("8 + 32 / group", "8")
"""Each group of scales has a float of its own. Where is its share?"""

bits_per_weight__four_bit_scales = Edit("8 + 32 / group", "bits + 32 / group")
"""How many bits does a scale have that is quantized? It need not be as many as a weight has."""

double_quantize__no_mean = Edit("scales - mean", "scales", ") + mean", ")")
"""All scales are positive, so half of the table is never used. What is subtracted first?"""

double_quantize__mean_not_added = Edit(" + mean", "")
"""The mean was subtracted before. It has to come back."""

double_quantize__not_subtracted = Edit(
    "quantize(scales - mean, table, group)", "quantize(scales, table, group)"
)
"""You add the mean at the end. Did you subtract it before?"""

double_quantize__mean_of_each_group = Edit(
    "mean = scales.mean()", "mean = scales.view(-1, group).mean(dim=1).repeat_interleave(group)"
)
"""There is one mean, that of all scales. You take one for each group, which would have to be kept as
well."""

double_quantize__one_group = Edit("table, group)", "table, len(scales))")
"""You quantize all scales in one block. How many are in a group?"""

double_quantize__untouched = Edit(
    "return dequantize(codes, groups, table, scales.shape) + mean", "return scales"
)
"""The scales come back as they were. What is asked for is what is left of them after they were
quantized."""

QLoRALinear__no_bias = Edit("weight, self.bias)", "weight)")
"""The base has a bias, too: what does it do?"""

QLoRALinear__no_update = Edit(
    "return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y", "return y"
)
"""You return what the base says. Where is the update?"""

QLoRALinear__always_on = Edit(" if self.on else y", "")
"""Your update speaks always. What if `on` is False?"""

QLoRALinear__not_scaled = Edit("y + self.scale * self.lora_B", "y + self.lora_B")
"""By what is the update multiplied before it is added?"""

QLoRALinear__cannot_learn = Edit(
    "        codes = unpack_nibbles",
    "        x = x.detach()\n        codes = unpack_nibbles",
    "y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y",
    "(y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y).detach()",
)
"""What you return has lost how it was made: nothing can be learned from it."""

QLoRALinear__no_base = Edit("return y + self.scale", "return self.scale")
"""You return the update alone. It comes beside what the base says."""

QLoRALinear__scales_forgotten = Edit(
    "codes, self.scales, self.table", "codes, torch.ones_like(self.scales), self.table"
)
"""Every weight of your base lies between -1 and 1. Where are the scales of the blocks?"""

QLoRALinear__cut_off = Edit(
    "nn.functional.linear(x, weight, self.bias)",
    "nn.functional.linear(x, weight, self.bias).detach()",
)
"""The base is a constant, but a gradient has to come back *through* it to the layers below."""

QLoRALinear__made_once = Edit(
    "        codes = unpack_nibbles(self.packed).view(-1, self.block)\n"
    "        weight = dequantize(codes, self.scales, self.table, self.shape)",
    "        if not hasattr(self, 'made'):\n"
    "            codes = unpack_nibbles(self.packed).view(-1, self.block)\n"
    "            self.made = dequantize(codes, self.scales, self.table, self.shape)\n"
    "        weight = self.made",
)
"""You keep the weight that was made in the first call. Then it lies there in full numbers, and the
four bits save nothing: make it anew in each call."""

QLoRALinear__needs_a_bias = Edit(
    "nn.functional.linear(x, weight, self.bias)", "x @ weight.T + self.bias"
)
"""A base need not have a bias: `self.bias` is None then, and nothing can be added."""

pack_nibbles__as_they_lie = Edit("codes.reshape(-1, 2)", "codes.view(-1, 2)")
"""`view` wants numbers that lie row by row in memory. Those of a tensor that was turned do not, such as
`codes.T`."""

QLoRALinear__in_training_only = Edit("if self.on else y", "if self.on and self.training else y")
"""Your update speaks in training alone. Under `.eval()` nothing of what was learned is there: only `on`
says whether the update speaks."""

QLoRALinear__skips_zeros = Edit(
    "if self.on else y", "if self.on and self.lora_B.weight.any() else y"
)
"""You leave the update out while B is zero. Then no gradient reaches B, and zero it stays: only `on` says
whether the update speaks."""

QLoRALinear__weight_left_behind = Edit("weight = dequantize(", "weight = self.weight = dequantize(")
"""The weight that you make lies in `self` after the call, in full numbers. Then the four bits save
nothing: use it, and let it go."""

QLoRALinear__rows_for_blocks = Edit("view(-1, self.block)", "view(self.shape[0], -1)")
"""You lay the codes in rows of the weight. A block need not be as long as a row: how long it is says
`self.block`."""

QLoRALinear__blocks_of_four = Edit("view(-1, self.block)", "view(-1, 4)")
"""Your blocks always have the same length. How long they are says `self.block`."""
