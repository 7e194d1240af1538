"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

The last line of each docstring names the known mistake whose hint it must get, or `none` where no
known mistake is the same misconception.
"""

import torch
import torch.nn.functional as F
from torch import nn
from transformers.pytorch_utils import Conv1D

from solutions.lora.reference import (
    LoRALinear as Lora,
    adapter_state,
    dequantize,
    pack_nibbles,
    quantize,
    unpack_nibbles,
)


class LoRALinear__lecture(nn.Module):
    """Multiplies by alpha, as the lecture writes it.

    Hint: alpha_alone
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        for p in base.parameters():
            p.requires_grad = False
        self.base = base
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        self.lora_B.weight.data.zero_()
        self.scale = alpha
        self.on = True

    def forward(self, x):
        out = self.base(x)
        if self.on:
            out = out + self.lora_B(self.lora_A(x)) * self.scale
        return out


class LoRALinear__normal_init(nn.Module):
    """Draws both matrices.

    Hint: both_random
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base
        self.base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        if self.on:
            return self.base(x) + self.scale * self.lora_B(self.lora_A(x))
        return self.base(x)


class LoRALinear__zeros_everywhere(nn.Module):
    """Zeros in A and B.

    Hint: both_zero
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        for m in (self.lora_A, self.lora_B):
            nn.init.constant_(m.weight, 0)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        y = self.base(x)
        return y + self.lora_B(self.lora_A(x)) * self.scale if self.on else y


class LoRALinear__unfrozen(nn.Module):
    """Keeps the base without freezing it.

    Hint: base_trains
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        nn.init.zeros_(self.lora_B.weight)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        return self.base(x) + self.on * self.scale * self.lora_B(self.lora_A(x))


class LoRALinear__ignores_on(nn.Module):
    """Forgets the switch.

    Hint: always_on
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        torch.nn.init.zeros_(self.lora_B.weight)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        return self.base(x) + self.scale * self.lora_B(self.lora_A(x))


class LoRALinear__biased(nn.Module):
    """Linear layers with their usual bias.

    Hint: with_biases
    """

    def __init__(self, base, d_in, d_out, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank)
        self.lora_B = nn.Linear(rank, d_out)
        nn.init.zeros_(self.lora_B.weight)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x):
        y = self.base(x)
        if self.on:
            y = y + self.scale * self.lora_B(self.lora_A(x))
        return y


def inject__substring(model, names, rank, alpha):
    """Looks for the text in the name.

    Hint: anywhere_in_the_name
    """
    out = {}
    for p in model.parameters():
        p.requires_grad = False
    for full, mod in list(model.named_modules()):
        if isinstance(mod, (nn.Linear, Conv1D)) and any(n in full for n in names):
            if isinstance(mod, Conv1D):
                i, o = mod.weight.shape
            else:
                o, i = mod.weight.shape
            path, _, leaf = full.rpartition(".")
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = rank * i + rank * o
    return out


def inject__no_conv(model, names, rank, alpha):
    """Knows nn.Linear only.

    Hint: linear_only
    """
    out = {}
    model.requires_grad_(False)
    for full, mod in list(model.named_modules()):
        if isinstance(mod, nn.Linear):
            if any(full == n or full.endswith("." + n) for n in names):
                path, _, leaf = full.rpartition(".")
                new = Lora(mod, mod.in_features, mod.out_features, rank, alpha)
                setattr(model.get_submodule(path), leaf, new)
                out[full] = rank * (mod.in_features + mod.out_features)
    return out


def inject__shape_as_linear(model, names, rank, alpha):
    """Takes out, in from every weight.

    Hint: conv1d_turned
    """
    out = {}
    model.requires_grad_(False)
    for full, mod in list(model.named_modules()):
        if isinstance(mod, (nn.Linear, Conv1D)) and any(
            ("." + full).endswith("." + n) for n in names
        ):
            o, i = mod.weight.shape
            path, _, leaf = full.rpartition(".")
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = rank * (i + o)
    return out


def inject__base_still_trains(model, names, rank, alpha):
    """Freezes only what it wraps.

    Hint: nothing_frozen
    """
    out = {}
    for full, mod in list(model.named_modules()):
        if isinstance(mod, (nn.Linear, Conv1D)) and any(
            ("." + full).endswith("." + n) for n in names
        ):
            o, i = mod.weight.shape if isinstance(mod, nn.Linear) else reversed(mod.weight.shape)
            path, _, leaf = full.rpartition(".")
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = rank * (i + o)
    return out


def inject__leaf_name(model, names, rank, alpha):
    """Compares what stands behind the last dot.

    Hint: last_part_only
    """
    out = {}
    model.requires_grad_(False)
    for full, mod in list(model.named_modules()):
        path, _, leaf = full.rpartition(".")
        if isinstance(mod, (nn.Linear, Conv1D)) and leaf in names:
            o, i = mod.weight.shape if isinstance(mod, nn.Linear) else reversed(mod.weight.shape)
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = rank * (i + o)
    return out


def inject__counts_w(model, names, rank, alpha):
    """Counts the matrix that is replaced.

    Hint: counts_the_base
    """
    out = {}
    model.requires_grad_(False)
    for full, mod in list(model.named_modules()):
        if isinstance(mod, (nn.Linear, Conv1D)) and any(
            ("." + full).endswith("." + n) for n in names
        ):
            o, i = mod.weight.shape if isinstance(mod, nn.Linear) else reversed(mod.weight.shape)
            path, _, leaf = full.rpartition(".")
            setattr(model.get_submodule(path), leaf, Lora(mod, i, o, rank, alpha))
            out[full] = mod.weight.numel()
    return out


def merge__raw_product(layer, back=False):
    """Forgets the scale.

    Hint: not_scaled
    """
    if layer.on == back:
        raise ValueError("state")
    d = (layer.lora_B.weight @ layer.lora_A.weight).detach()
    d = d.T if isinstance(layer.base, Conv1D) else d
    if back:
        layer.base.weight.data -= d
    else:
        layer.base.weight.data += d
    layer.on = back


def merge__linear_form(layer, back=False):
    """Never transposes.

    Hint: conv1d_turned
    """
    if layer.on == back:
        raise ValueError("state")
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    layer.base.weight.data += (-1 if back else 1) * d
    layer.on = back


def merge__left_on(layer, back=False):
    """Does not switch.

    Hint: stays_on
    """
    if layer.on == back:
        raise ValueError("state")
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    if isinstance(layer.base, Conv1D):
        d = d.T
    layer.base.weight.data += -d if back else d


def merge__no_check(layer, back=False):
    """Merges again and again.

    Hint: in_any_state
    """
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    if isinstance(layer.base, Conv1D):
        d = d.T
    if back:
        layer.base.weight.data -= d
        layer.on = True
    else:
        layer.base.weight.data += d
        layer.on = False


def merge__plus_always(layer, back=False):
    """Adds in both directions.

    Hint: never_back
    """
    if layer.on == back:
        raise ValueError("state")
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    layer.base.weight.data.add_(d.T if isinstance(layer.base, Conv1D) else d)
    layer.on = not layer.on


def merge__off_for_good(layer, back=False):
    """Switches off in both directions.

    Hint: always_off
    """
    if layer.on == back:
        raise ValueError("state")
    d = layer.scale * (layer.lora_B.weight @ layer.lora_A.weight).detach()
    d = d.T if isinstance(layer.base, Conv1D) else d
    layer.base.weight.data += -d if back else d
    layer.on = False


def adapter_state__whole(model):
    """The state of the model.

    Hint: everything
    """
    return {"base_model.model." + k: v.detach().clone() for k, v in model.named_parameters()}


def adapter_state__contains(model):
    """Looks for lora_ anywhere.

    Hint: a_word_in_the_name
    """
    out = {}
    for k, v in model.named_parameters():
        if "lora_" in k:
            out["base_model.model." + k] = v.detach().clone()
    return out


def adapter_state__bare_names(model):
    """The model's own names.

    Hint: no_beginning
    """
    out = {}
    for k, v in model.named_parameters():
        if k.endswith("lora_A.weight") or k.endswith("lora_B.weight"):
            if "flora" not in k:
                out[k] = v.detach().clone()
    return out


def adapter_state__shared_memory(model):
    """Detached, not copied.

    Hint: the_weights_themselves
    """
    out = {}
    for k, v in model.named_parameters():
        if k.endswith(".lora_A.weight") or k.endswith(".lora_B.weight"):
            out["base_model.model." + k] = v.data
    return out


def adapter_state__half(model):
    """A without B.

    Hint: without_b
    """
    return {
        "base_model.model." + k: v.detach().clone()
        for k, v in model.named_parameters()
        if k.endswith(".lora_A.weight")
    }


def adapter_state__on_the_graph(model):
    """Copies with their history.

    Hint: with_gradients
    """
    out = {}
    for k, v in model.named_parameters():
        if k.endswith((".lora_A.weight", ".lora_B.weight")):
            out["base_model.model." + k] = v + 0
    return out


def load_adapter__silent(model, state):
    """Loads what fits.

    Hint: whatever_fits
    """
    with torch.no_grad():
        for n, p in model.named_parameters():
            key = "base_model.model." + n
            if key in state:
                p.copy_(state[key])


def load_adapter__subset(model, state):
    """Asks only whether the file's names are known.

    Hint: missing_is_fine
    """
    mine = adapter_state(model)
    for key in state:
        if key not in mine:
            raise ValueError(key)
    for n, p in model.named_parameters():
        if "base_model.model." + n in state:
            p.data.copy_(state["base_model.model." + n])


def load_adapter__superset(model, state):
    """Asks only whether all names are there.

    Hint: more_is_fine
    """
    for key in adapter_state(model):
        if key not in state:
            raise ValueError(key)
    for n, p in model.named_parameters():
        if "base_model.model." + n in state:
            p.data.copy_(state["base_model.model." + n])


def load_adapter__sum(model, state):
    """Adds to what is there.

    Hint: added
    """
    if set(adapter_state(model)) != set(state):
        raise ValueError("names")
    for n, p in model.named_parameters():
        if "base_model.model." + n in state:
            p.data += state["base_model.model." + n]


def load_adapter__into_the_copy(model, state):
    """Updates the dictionary.

    Hint: copies_of_copies
    """
    mine = adapter_state(model)
    if mine.keys() != state.keys():
        raise ValueError("names")
    mine.update(state)


def load_adapter__new_parameters(model, state):
    """Puts new parameters into the model.

    Hint: none
    """
    if adapter_state(model).keys() != state.keys():
        raise ValueError("names")
    for key, value in state.items():
        path, _, leaf = key.removeprefix("base_model.model.").rpartition(".")
        setattr(model.get_submodule(path), leaf, nn.Parameter(value.clone()))


class Adapter__without_residual(nn.Module):
    """Only the bottleneck.

    Hint: no_bypass
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        self.up.weight.data.zero_()
        self.up.bias.data.zero_()

    def forward(self, x):
        return self.up(F.gelu(self.down(x)))


class Adapter__default_init(nn.Module):
    """Both layers as they come.

    Hint: random_up
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)

    def forward(self, x):
        return self.up(F.gelu(self.down(x))) + x


class Adapter__linear(nn.Module):
    """No activation.

    Hint: no_bend
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x):
        return x + self.up(self.down(x))


class Adapter__rectified(nn.Module):
    """ReLU.

    Hint: relu
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x):
        return x + self.up(torch.clamp(self.down(x), min=0))


class Adapter__weight_only(nn.Module):
    """Forgets the bias of up.

    Hint: bias_not_zero
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        self.up.weight.data.fill_(0)

    def forward(self, x):
        return x + self.up(F.gelu(self.down(x)))


class Adapter__bend_outside(nn.Module):
    """GELU behind up.

    Hint: none
    """

    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x):
        return x + F.gelu(self.up(self.down(x)))


def prepend_prompt__appended(prompt, vectors, attention_mask):
    """Puts the prompt at the end.

    Hint: behind
    """
    b = vectors.size(0)
    p = prompt.unsqueeze(0).repeat(b, 1, 1)
    ones = torch.ones(b, prompt.size(0), dtype=torch.bool)
    return torch.cat((vectors, p), 1), torch.cat((attention_mask, ones), 1)


def prepend_prompt__same_mask(prompt, vectors, attention_mask):
    """Returns the mask as it came.

    Hint: mask_as_it_was
    """
    p = prompt[None].repeat(len(vectors), 1, 1)
    return torch.cat((p, vectors), 1), attention_mask


def prepend_prompt__false(prompt, vectors, attention_mask):
    """False for the prompt.

    Hint: prompt_is_padding
    """
    p = prompt[None].repeat(len(vectors), 1, 1)
    return torch.cat((p, vectors), 1), F.pad(attention_mask, (len(prompt), 0), value=False)


def prepend_prompt__data(prompt, vectors, attention_mask):
    """Uses .data.

    Hint: cannot_learn
    """
    p = prompt.data.unsqueeze(0).repeat(len(vectors), 1, 1)
    return torch.cat((p, vectors), 1), F.pad(attention_mask, (len(prompt), 0), value=True)


def prepend_prompt__padded_right(prompt, vectors, attention_mask):
    """Lengthens the mask on the wrong side.

    Hint: mask_at_the_end
    """
    p = prompt[None].repeat(len(vectors), 1, 1)
    return torch.cat((p, vectors), 1), F.pad(attention_mask, (0, len(prompt)), value=True)


def prepend_prompt__int_mask(prompt, vectors, attention_mask):
    """Ones as numbers.

    Hint: none
    """
    p = prompt[None].repeat(len(vectors), 1, 1)
    ones = torch.ones(len(vectors), len(prompt), dtype=torch.long)
    return torch.cat((p, vectors), 1), torch.cat((ones, attention_mask.long()), 1)


class PromptEncoder__linear(nn.Module):
    """No activation at all.

    Hint: no_bend
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        return self.down(self.middle(self.up(self.table.weight)))


class PromptEncoder__first_relu(nn.Module):
    """One activation.

    Hint: one_bend
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        h = F.relu(self.up(self.table.weight))
        return self.down(self.middle(h))


class PromptEncoder__relu_last(nn.Module):
    """An activation too many.

    Hint: bend_at_the_end
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        h = self.table.weight
        for m in (self.up, self.middle, self.down):
            h = F.relu(m(h))
        return h


class PromptEncoder__plain(nn.Module):
    """The table only.

    Hint: table_alone
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        return self.table(torch.arange(self.table.num_embeddings))


class PromptEncoder__skip(nn.Module):
    """A residual.

    Hint: beside_the_table
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        x = self.table.weight
        return x + self.down(F.relu(self.middle(F.relu(self.up(x)))))


class PromptEncoder__gelu(nn.Module):
    """GELU.

    Hint: none
    """

    def __init__(self, length, d_model, d_hidden):
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self):
        return self.down(F.gelu(self.middle(F.gelu(self.up(self.table.weight)))))


def prefix_pairs__swapped(prefix, heads, batch):
    """Values before keys.

    Hint: values_first
    """
    n, _, t, d = prefix.shape
    x = prefix.view(n, 2, t, heads, d // heads).transpose(2, 3)
    out = []
    for i in range(n):
        v, k = x[i]
        out.append((k.repeat(batch, 1, 1, 1), v.repeat(batch, 1, 1, 1)))
    return out


def prefix_pairs__viewed(prefix, heads, batch):
    """Views heads before places.

    Hint: heads_not_split
    """
    n, _, t, d = prefix.shape
    x = prefix.contiguous().view(n, 2, heads, t, d // heads)
    return [(a.repeat(batch, 1, 1, 1), b.repeat(batch, 1, 1, 1)) for a, b in x]


def prefix_pairs__detached(prefix, heads, batch):
    """Works on the data.

    Hint: cannot_learn
    """
    n, _, t, d = prefix.shape
    x = prefix.data.view(n, 2, t, heads, d // heads).transpose(2, 3)
    return [(a.repeat(batch, 1, 1, 1), b.repeat(batch, 1, 1, 1)) for a, b in x]


def prefix_pairs__unsqueezed(prefix, heads, batch):
    """A batch of one.

    Hint: one_text
    """
    n, _, t, d = prefix.shape
    x = prefix.view(n, 2, t, heads, d // heads).transpose(2, 3)
    return [(a.unsqueeze(0), b.unsqueeze(0)) for a, b in x]


def prefix_pairs__no_transpose(prefix, heads, batch):
    """Places before heads.

    Hint: not_turned
    """
    n, _, t, d = prefix.shape
    x = prefix.view(n, 2, t, heads, d // heads)
    return [(a.repeat(batch, 1, 1, 1), b.repeat(batch, 1, 1, 1)) for a, b in x]


def prefix_pairs__lists(prefix, heads, batch):
    """Lists for pairs.

    Hint: none
    """
    n, _, t, d = prefix.shape
    x = prefix.view(n, 2, t, heads, d // heads).transpose(2, 3)
    return [[a.repeat(batch, 1, 1, 1), b.repeat(batch, 1, 1, 1)] for a, b in x]


def normal_table__unscaled(bits, tail=0.9677083):
    """The quantiles as they are.

    Hint: not_scaled
    """
    n = 2 ** (bits - 1)
    up = torch.special.ndtri(torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1])
    dn = -torch.special.ndtri(torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1])
    return torch.sort(torch.cat([up, dn, torch.zeros(1).double()])).values.float()


def normal_table__uniform(bits, tail=0.9677083):
    """Equal steps in the probabilities themselves.

    Hint: equal_distances
    """
    n = 2 ** (bits - 1)
    up = torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1] - 0.5
    dn = 0.5 - torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1]
    t = torch.sort(torch.cat([up, dn, torch.zeros(1).double()])).values
    return (t / t.max()).float()


def normal_table__mirrored(bits, tail=0.9677083):
    """The negative side has the extra value.

    Hint: more_below
    """
    n = 2 ** (bits - 1)
    up = torch.special.ndtri(torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1])
    dn = -torch.special.ndtri(torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1])
    t = torch.sort(torch.cat([up, dn, torch.zeros(1).double()])).values
    return (t / t.abs().max()).float()


def normal_table__descending(bits, tail=0.9677083):
    """From high to low.

    Hint: falling
    """
    n = 2 ** (bits - 1)
    up = torch.special.ndtri(torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1])
    dn = -torch.special.ndtri(torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1])
    t = torch.sort(torch.cat([up, dn, torch.zeros(1).double()]), descending=True).values
    return (t / t.max()).float()


def normal_table__double(bits, tail=0.9677083):
    """Leaves float64.

    Hint: float64
    """
    n = 2 ** (bits - 1)
    up = torch.special.ndtri(torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1])
    dn = -torch.special.ndtri(torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1])
    t = torch.sort(torch.cat([up, dn, torch.zeros(1).double()])).values
    return t / t.max()


def normal_table__plain_quantiles(bits, tail=0.9677083):
    """Quantiles of one grid for all values.

    Hint: none
    """
    p = torch.linspace(1 - tail, tail, 2**bits, dtype=torch.double)
    q = torch.special.ndtri(p)
    return (q / q.max()).float()


def quantize__global(weight, table, block):
    """The maximum of all.

    Hint: one_scale
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = torch.full((len(w),), weight.abs().max().item())
    return ((w / s.clamp(min=1e-12)[:, None]).unsqueeze(-1) - table).abs().argmin(-1), s


def quantize__max(weight, table, block):
    """The maximum without abs.

    Hint: largest_not_absolute
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = w.max(dim=1).values
    safe = torch.where(s > 0, s, torch.ones_like(s))
    return ((w / safe[:, None]).unsqueeze(-1) - table).abs().argmin(-1), s


def quantize__raw(weight, table, block):
    """Compares the weights as they are.

    Hint: not_divided
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    return torch.argmin((w[:, :, None] - table).abs(), dim=2), w.abs().max(1).values


def quantize__returns_values(weight, table, block):
    """The nearest values.

    Hint: values
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = w.abs().max(1).values
    n = w / s.clamp(min=1e-12)[:, None]
    return table[(n.unsqueeze(-1) - table).abs().argmin(-1)], s


def quantize__floor(weight, table, block):
    """The value below.

    Hint: rounds_down
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = w.abs().max(1).values
    n = w / torch.where(s > 0, s, torch.ones_like(s))[:, None]
    return ((n.unsqueeze(-1) >= table).sum(-1) - 1).clamp(min=0), s


def quantize__per_row(weight, table, block):
    """Scales by rows of the matrix, without a look at the block.

    Hint: none
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(weight.shape[0], -1)
    s = w.abs().max(1).values
    n = w / s.clamp(min=1e-12)[:, None]
    return (n.unsqueeze(-1) - table).abs().argmin(-1), s


def dequantize__unscaled(codes, scales, table, shape):
    """Looks up only.

    Hint: no_scale
    """
    return table[codes.flatten()].view(shape)


def dequantize__raw_codes(codes, scales, table, shape):
    """Scales the codes.

    Hint: codes_for_values
    """
    return (codes.float() * scales.unsqueeze(1)).view(shape)


def dequantize__blocks(codes, scales, table, shape):
    """Keeps the blocks.

    Hint: not_shaped
    """
    return table[codes] * scales.unsqueeze(-1)


def dequantize__undone(codes, scales, table, shape):
    """Divides.

    Hint: divided
    """
    return (table[codes] / scales.unsqueeze(-1)).view(shape)


def dequantize__fortran(codes, scales, table, shape):
    """Reads down the columns.

    Hint: columns_first
    """
    return (table[codes] * scales.unsqueeze(-1)).transpose(0, 1).reshape(shape)


def dequantize__broadcast(codes, scales, table, shape):
    """No axis for the block.

    Hint: none
    """
    return (table[codes] * scales).reshape(shape)


def pack_nibbles__low_first(codes):
    """The first in the low bits.

    Hint: second_is_high
    """
    c = codes.flatten()
    return (c[0::2] | (c[1::2] << 4)).to(torch.uint8)


def pack_nibbles__long(codes):
    """Without the type.

    Hint: int64
    """
    c = codes.flatten()
    return c[0::2] * 16 + c[1::2]


def pack_nibbles__halved(codes):
    """First half with second half.

    Hint: halves
    """
    c = codes.flatten()
    n = len(c) // 2
    return ((c[:n] << 4) | c[n:]).to(torch.uint8)


def pack_nibbles__only_bytes(codes):
    """A byte for each code.

    Hint: one_each
    """
    return codes.reshape(-1).byte()


def pack_nibbles__decimal(codes):
    """Ten times the first.

    Hint: times_ten
    """
    c = codes.flatten()
    return (c[0::2] * 10 + c[1::2]).to(torch.uint8)


def pack_nibbles__row_wise(codes):
    """Pairs within the last axis.

    Hint: rows_kept
    """
    return ((codes[..., 0::2] << 4) | codes[..., 1::2]).to(torch.uint8)


def bits_per_weight__just_bits(bits, block, group=None):
    """The code alone.

    Hint: scales_forgotten
    """
    return float(bits)


def bits_per_weight__plus_32(bits, block, group=None):
    """A whole scale.

    Hint: a_scale_each
    """
    if group:
        return bits + 8 + 32 / group
    return bits + 32.0


def bits_per_weight__fp16(bits, block, group=None):
    """Scales of 16 bits.

    Hint: half_floats
    """
    if group:
        return bits + (8 + 32 / group) / block
    return bits + 16 / block


def bits_per_weight__single(bits, block, group=None):
    """No double quantization.

    Hint: never_double
    """
    return bits + 32 / block


def bits_per_weight__group_in_weights(bits, block, group=None):
    """A group of weights.

    Hint: groups_of_weights
    """
    if group is None:
        return bits + 32 / block
    return bits + 8 / block + 32 / group


def bits_per_weight__eight_only(bits, block, group=None):
    """No float for the group.

    Hint: second_scale_forgotten
    """
    return bits + (8 if group else 32) / block


def double_quantize__no_centre(scales, table, group):
    """Quantizes the scales as they are.

    Hint: no_mean
    """
    c, s = quantize(scales, table, group)
    return dequantize(c, s, table, scales.shape)


def double_quantize__centre_lost(scales, table, group):
    """Never adds the mean.

    Hint: mean_not_added
    """
    c, s = quantize(scales - scales.mean(), table, group)
    return dequantize(c, s, table, scales.shape)


def double_quantize__added_only(scales, table, group):
    """Adds what it never took.

    Hint: not_subtracted
    """
    c, s = quantize(scales, table, group)
    return dequantize(c, s, table, scales.shape) + scales.mean()


def double_quantize__by_group(scales, table, group):
    """A mean for each group.

    Hint: mean_of_each_group
    """
    g = scales.view(-1, group)
    m = g.mean(1, keepdim=True)
    c, s = quantize(g - m, table, group)
    return (dequantize(c, s, table, g.shape) + m).flatten()


def double_quantize__all_at_once(scales, table, group):
    """One block of all.

    Hint: one_group
    """
    m = scales.mean()
    c, s = quantize(scales - m, table, scales.numel())
    return dequantize(c, s, table, scales.shape) + m


def double_quantize__codes(scales, table, group):
    """Returns the codes.

    Hint: none
    """
    return quantize(scales - scales.mean(), table, group)[0].flatten().float()


class Four(nn.Module):
    """What is given of the layer."""

    def __init__(self, layer, table, block):
        super().__init__()
        base = layer.base
        weight = base.weight.T if isinstance(base, Conv1D) else base.weight
        codes, scales = quantize(weight.detach(), table, block)
        self.shape, self.block = tuple(weight.shape), block
        self.register_buffer("packed", pack_nibbles(codes))
        self.register_buffer("scales", scales)
        self.register_buffer("table", table)
        self.register_buffer("bias", None if base.bias is None else base.bias.detach())
        self.lora_A, self.lora_B = layer.lora_A, layer.lora_B
        self.scale, self.on = layer.scale, layer.on

    def weight(self):
        codes = unpack_nibbles(self.packed).view(-1, self.block)
        return dequantize(codes, self.scales, self.table, self.shape)


class QLoRALinear__unbiased(Four):
    """Without the bias.

    Hint: no_bias
    """

    def forward(self, x):
        y = x @ self.weight().T
        if self.on:
            y = y + self.scale * self.lora_B(self.lora_A(x))
        return y


class QLoRALinear__frozen_only(Four):
    """The base alone.

    Hint: no_update
    """

    def forward(self, x):
        return F.linear(x, self.weight(), self.bias)


class QLoRALinear__switchless(Four):
    """Forgets the switch.

    Hint: always_on
    """

    def forward(self, x):
        return F.linear(x, self.weight(), self.bias) + self.lora_B(self.lora_A(x)) * self.scale


class QLoRALinear__scale_one(Four):
    """Forgets the scale.

    Hint: not_scaled
    """

    def forward(self, x):
        y = F.linear(x, self.weight(), self.bias)
        return y + self.lora_B(self.lora_A(x)) if self.on else y


class QLoRALinear__table_values(Four):
    """Looks codes up and never scales them.

    Hint: scales_forgotten
    """

    def forward(self, x):
        w = self.table[unpack_nibbles(self.packed)].view(self.shape)
        y = F.linear(x, w, self.bias)
        return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y


class QLoRALinear__no_grad(Four):
    """Everything without gradients.

    Hint: cannot_learn
    """

    def forward(self, x):
        with torch.no_grad():
            y = F.linear(x, self.weight(), self.bias)
            return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y
