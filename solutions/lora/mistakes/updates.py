"""Section 8.1: known wrong answers, each with its hint below it."""

from torch import nn
from transformers.pytorch_utils import Conv1D

from gradelib.author.edits import Edit
from solutions.lora.reference import LoRALinear

LoRALinear__alpha_alone = Edit("alpha / rank", "alpha")
"""Your scale is alpha. With it a higher rank makes a larger update: by what is alpha divided?"""

LoRALinear__rank_over_alpha = Edit("alpha / rank", "rank / alpha")
"""Your scale is upside down: which of the two is divided by the other?"""

LoRALinear__both_random = Edit("        nn.init.zeros_(self.lora_B.weight)\n", "")
"""At first the layer must say what its base says, to the last digit. With a random A and a random B,
what does the update add?"""

LoRALinear__both_zero = Edit(
    "nn.init.zeros_(self.lora_B.weight)",
    "nn.init.zeros_(self.lora_B.weight)\n        nn.init.zeros_(self.lora_A.weight)",
)
"""If A and B are both zero, no gradient reaches either of them: nothing would ever be learned. One of
the two begins at random."""

LoRALinear__a_is_zero = Edit("zeros_(self.lora_B.weight)", "zeros_(self.lora_A.weight)")
"""Which of the two matrices begins with zeros, and which at random? You have it the other way round."""

LoRALinear__base_trains = Edit("base.requires_grad_(False)", "base")
"""The weights of the base still train. Where is it frozen?"""

LoRALinear__with_biases = Edit(
    "d_in, rank, bias=False", "d_in, rank", "rank, d_out, bias=False", "rank, d_out"
)
"""A and B are matrices, without a bias. What does `nn.Linear` make if you do not say so?"""

LoRALinear__no_base = Edit(
    "y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y",
    "self.scale * self.lora_B(self.lora_A(x)) if self.on else y",
)
"""You return the update alone. It comes beside what the base says."""

LoRALinear__always_on = Edit(" if self.on else y", "")
"""Your update speaks always. What if `on` is False?"""

LoRALinear__not_scaled = Edit("y + self.scale * self.lora_B", "y + self.lora_B")
"""By what is the update multiplied before it is added?"""

LoRALinear__silent_when_off = Edit("if self.on else y", "if self.on else 0 * y")
"""A layer that is off says what its base says. Yours says nothing at all."""


class LoRALinear__reads_the_base(nn.Module):
    """The update reads what came in, and not what the base has made of it: it stands beside the base
    and not behind it."""

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        nn.init.zeros_(self.lora_B.weight)
        self.scale, self.on = alpha / rank, True

    def forward(self, x):
        y = self.base(x)
        if not self.on:
            return y
        wide = nn.functional.pad(y, (0, max(0, x.shape[-1] - y.shape[-1])))
        return y + self.scale * self.lora_B(self.lora_A(wide[..., : x.shape[-1]]))


inject__nothing_frozen = Edit("    model.requires_grad_(False)\n", "")
"""All weights that are not in an update still train. What is done to the model first?"""

inject__anywhere_in_the_name = Edit('f".{name}".endswith(f".{one}")', "one in name")
"""You look for the name anywhere in the full name. Where must it stand?"""

inject__ends_alike = Edit('f".{name}".endswith(f".{one}")', "name.endswith(one)")
"""A name can end like another and be another one: "c_proj" is not "proj". What stands right before it?"""

inject__last_part_only = Edit('f".{name}".endswith(f".{one}")', 'name.rpartition(".")[2] == one')
"""You compare the last part of a full name alone. A name that is asked for may have a dot in it."""

inject__whole_name = Edit('f".{name}".endswith(f".{one}")', "name == one")
"""You ask for the whole name. It is enough that a full name ends with a dot and what is asked for."""

inject__linear_only = Edit("nn.Linear | Conv1D", "nn.Linear")
"""GPT-2 has another kind of linear layer. You leave it out."""

inject__any_module = Edit(
    "isinstance(layer, nn.Linear | Conv1D)", 'hasattr(layer, "weight") and layer.weight.dim() == 2'
)
"""Not everything that has a matrix is a linear layer: an embedding is looked up. Which classes are asked
for?"""

inject__conv1d_turned = Edit(
    "layer.weight.T.shape if isinstance(layer, Conv1D) else layer.weight.shape",
    "layer.weight.shape",
)
"""The weight of a `Conv1D` lies the other way round. Which of its sizes is that of what comes in?"""

inject__first_one_only = Edit(
    "        counts[name] = rank * (d_in + d_out)\n",
    "        counts[name] = rank * (d_in + d_out)\n        break\n",
)
"""Only the first layer is replaced. Do you leave the loop too early?"""

inject__counts_the_base = Edit("rank * (d_in + d_out)", "d_in * d_out")
"""You count the numbers of the layer that was there before. How many do A and B have together?"""

inject__counts_b_alone = Edit("rank * (d_in + d_out)", "rank * d_out")
"""You count one of the two matrices. The update has A and B."""

inject__names_only = Edit("    return counts", "    return list(counts)")
"""You return names alone. What is asked for is a dictionary: for each name, how many numbers its update
has."""


def inject__nothing_replaced(model, names, rank, alpha):
    """You make the new layers and do not put them into the model. In which module does a layer stand, and
    under which name?"""
    model.requires_grad_(False)
    counts = {}
    for name, layer in model.named_modules():
        if isinstance(layer, nn.Linear | Conv1D):
            if any(f".{name}".endswith(f".{one}") for one in names):
                d_out, d_in = (
                    layer.weight.T.shape if isinstance(layer, Conv1D) else layer.weight.shape
                )
                layer = LoRALinear(layer, d_in, d_out, rank, alpha)
                counts[name] = rank * (d_in + d_out)
    return counts


LoRALinear__cut_off = Edit("y = self.base(x)", "y = self.base(x).detach()")
"""Frozen is not cut off: the base does not move, but a gradient has to come back through it to the
layers below."""

inject__frozen_afterwards = Edit(
    "    model.requires_grad_(False)\n", "", "    return counts",
    "    model.requires_grad_(False)\n    return counts",
)  # fmt: skip
"""You freeze the model when the updates are in it already: then A and B do not train either."""

LoRALinear__own_numbers = Edit(
    "        nn.init.zeros_(self.lora_B.weight)\n",
    "        nn.init.zeros_(self.lora_B.weight)\n"
    "        nn.init.normal_(self.lora_A.weight, std=0.02)\n",
)
"""Your A begins with other numbers than those that `nn.Linear` draws by itself. Who has to change
them?"""

LoRALinear__skips_zeros = Edit(
    "if self.on else y", "if self.on and self.lora_B.weight.any() else y"
)
"""You leave the update out while B is zero. Then no gradient reaches B, and zero it stays: only `on` says
whether the update speaks."""

LoRALinear__in_training_only = Edit("if self.on else y", "if self.on and self.training else y")
"""Your update speaks in training alone. Under `.eval()` nothing of what was learned is there: only `on`
says whether the update speaks."""

LoRALinear__off_and_cut_off = Edit("if self.on else y", "if self.on else y.detach()")
"""A layer that is off lets gradients through, too: the layers below may still learn."""

LoRALinear__guesses_the_way = Edit(
    "y = self.base(x)",
    "w = self.base.weight\n"
    "        w = w if w.shape == (self.lora_B.out_features, x.shape[-1]) else w.T\n"
    "        y = nn.functional.linear(x, w, self.base.bias)",
)
"""You guess from its shape which way the weight of the base lies. That of a square one does not say so:
the base itself knows what it does."""

LoRALinear__keeps_the_scale = Edit(
    "self.scale = alpha / rank", "self.scale = self.factor = alpha / rank", "y + self.scale *",
    "y + self.factor *",
)  # fmt: skip
"""`self.scale` is set to something else, and your layer does not notice: with what does it multiply?"""


def inject__children_only(model, names, rank, alpha):
    """You look at the modules that stand directly in the model. These have modules, too, and the layers
    that are asked for stand deep inside."""
    model.requires_grad_(False)
    counts = {}
    for name, layer in list(model.named_children()):
        if isinstance(layer, nn.Linear | Conv1D):
            if any(f".{name}".endswith(f".{one}") for one in names):
                d_out, d_in = (
                    layer.weight.T.shape if isinstance(layer, Conv1D) else layer.weight.shape
                )
                setattr(model, name, LoRALinear(layer, d_in, d_out, rank, alpha))
                counts[name] = rank * (d_in + d_out)
    return counts


inject__frozen_in_children = Edit(
    "model.requires_grad_(False)", "[one.requires_grad_(False) for one in model.children()]"
)
"""A weight need not stand in a module of the model: the model itself may hold one, and yours still
trains."""

inject__exact_class = Edit(
    "isinstance(layer, nn.Linear | Conv1D)", "type(layer) in (nn.Linear, Conv1D)"
)
"""A layer of a class that was made from `nn.Linear` is an `nn.Linear`, too. How does one ask for that?"""

inject__with_a_bias_only = Edit(
    "isinstance(layer, nn.Linear | Conv1D)",
    "getattr(layer, 'bias', None) is not None\n        and isinstance(layer, nn.Linear | Conv1D)",
)
"""You pass over layers without a bias. They are linear layers as well."""

inject__trained_only = Edit(
    "    model.requires_grad_(False)\n    found = [",
    "    found = [",
    "isinstance(layer, nn.Linear | Conv1D)",
    "isinstance(layer, nn.Linear | Conv1D)\n        and layer.weight.requires_grad",
    "    counts = {}\n",
    "    model.requires_grad_(False)\n    counts = {}\n",
)
"""You pass over layers that are frozen already. Whether a layer trains makes no difference: all old
weights are frozen in the end."""


def inject__twice(model, names, rank, alpha):
    """A layer that two of the names stand for gets two updates, one around the other."""
    model.requires_grad_(False)
    counts, found = {}, []
    for one in names:
        for name, layer in model.named_modules():
            if isinstance(layer, nn.Linear | Conv1D) and f".{name}".endswith(f".{one}"):
                turned = isinstance(layer, Conv1D)
                found.append((name, *(layer.weight.T if turned else layer.weight).shape))
    for name, d_out, d_in in found:
        parent, _, last = name.rpartition(".")
        layer = model.get_submodule(name)
        setattr(model.get_submodule(parent), last, LoRALinear(layer, d_in, d_out, rank, alpha))
        counts[name] = rank * (d_in + d_out)
    return counts


inject__not_training = Edit("model.requires_grad_(False)", "model.eval().requires_grad_(False)")
"""You switch the model to `.eval()`. That is not asked for: it is about to be trained."""
