"""Reference answers for notebook 08: their signatures and docstrings become the stubs."""

import torch
from torch import Tensor, nn
from transformers.pytorch_utils import Conv1D


class LoRALinear(nn.Module):
    """A linear layer that stays as it is, and a small update beside it that learns.

    Source: Hu et al. (2021), section 4.1.
    """

    def __init__(
        self,
        base: nn.Module,
        d_in: int,
        d_out: int,
        rank: int,
        alpha: float,
    ) -> None:
        """Freeze `base`, which maps `d_in` numbers to `d_out`, and make the update.

        `self.base` is the layer itself, and none of its weights trains any more.
        `self.lora_A` and `self.lora_B` are linear layers without a bias: A maps `d_in`
        numbers to `rank`, and B maps these to `d_out`. A begins as `nn.Linear` does, B
        with zeros. `self.scale` is `alpha` divided by `rank`. `self.on` is True.
        """
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        nn.init.zeros_(self.lora_B.weight)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x: Tensor) -> Tensor:
        """Return what `self.base` makes of `x`, and, if `self.on`, the update's share.

        Its share is what `self.lora_B` makes of what `self.lora_A` makes of `x`, times
        `self.scale`.

        Shapes:
            x:       (..., d_in)
            returns: (..., d_out)
        """
        y = self.base(x)  # (..., d_out)
        return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y


def inject(
    model: nn.Module,
    names: list[str],
    rank: int,
    alpha: float,
) -> dict[str, int]:
    """Freeze a model, and put a `LoRALinear` in the place of the layers that are named.

    Replaced is each module that is an `nn.Linear` or a `Conv1D` and whose full name is
    one of `names`, or ends with a dot and one of them: "c_proj" stands for
    "h.0.attn.c_proj" and "h.0.mlp.c_proj", "mlp.c_proj" for the second alone. All other
    modules stay what they are, and no old weight trains any more.

    The weight of an `nn.Linear` has the shape (d_out, d_in), that of a `Conv1D`
    (d_in, d_out).

    Returned is a dictionary: for the full name of each layer that was replaced, how
    many numbers its update has, which are those of A and B together.

    >>> model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    >>> inject(model, ["2"], rank=4, alpha=8.0)  # A has 4 · 3 numbers, B has 1 · 4
    {'2': 16}
    >>> type(model[0]).__name__, type(model[2]).__name__
    ('Linear', 'LoRALinear')
    """
    model.requires_grad_(False)
    found = [
        (name, layer)
        for name, layer in model.named_modules()
        if isinstance(layer, nn.Linear | Conv1D)
        and any(f".{name}".endswith(f".{one}") for one in names)
    ]
    counts = {}
    for name, layer in found:
        d_out, d_in = layer.weight.T.shape if isinstance(layer, Conv1D) else layer.weight.shape
        parent, _, last = name.rpartition(".")
        setattr(model.get_submodule(parent), last, LoRALinear(layer, d_in, d_out, rank, alpha))
        counts[name] = rank * (d_in + d_out)
    return counts


@torch.no_grad()
def merge(layer: LoRALinear, back: bool = False) -> None:
    """Move the update of a layer into the weight of its base, or `back` out of it.

    The update is the matrix product of the weights of B and A, times `layer.scale`. Its
    shape is (d_out, d_in). The weight of a `Conv1D` lies the other way round.

    To merge is to add it to the weight of `layer.base`, and to switch `layer.on` off,
    so that it does not count twice. `back` undoes this: the update is subtracted, and
    the layer is switched on. A and B stay what they are.

    Raises:
        ValueError: a layer that is off is to be merged, or one that is on is to be
            brought back. Nothing is changed then.
    """
    if layer.on == back:
        raise ValueError(f"on is {layer.on}: this layer cannot be merged with back={back}")
    update = layer.scale * layer.lora_B.weight @ layer.lora_A.weight  # (d_out, d_in)
    if isinstance(layer.base, Conv1D):
        update = update.T
    layer.base.weight += -update if back else update
    layer.on = back


def adapter_state(model: nn.Module) -> dict[str, Tensor]:
    """Return what a file of the adapter has to hold, under the names that `peft` knows.

    This is the weight of each `lora_A` and `lora_B` in the model, and nothing else. Its
    name is "base_model.model." and then its name in the model, such as
    "base_model.model.h.0.attn.c_attn.lora_A.weight". What is returned are copies: they
    stay as they are when the model trains on, and have no gradients.

    >>> model = nn.Sequential(nn.Linear(2, 3))
    >>> counts = inject(model, ["0"], rank=1, alpha=1.0)
    >>> sorted(adapter_state(model))
    ['base_model.model.0.lora_A.weight', 'base_model.model.0.lora_B.weight']
    """
    return {
        f"base_model.model.{name}": weight.detach().clone()
        for name, weight in model.named_parameters()
        if name.endswith((".lora_A.weight", ".lora_B.weight"))
    }


@torch.no_grad()
def load_adapter(model: nn.Module, state: dict[str, Tensor]) -> None:
    """Copy an adapter, as `adapter_state` returns it, into a model that has updates.

    The weights of the model keep their place: only the numbers in them change.

    Raises:
        ValueError: the names are not those that `adapter_state` gives of this model:
            one is missing, or there is one too many. Nothing is changed then.
    """
    if state.keys() != adapter_state(model).keys():
        raise ValueError("this adapter belongs to other layers")
    for name, weight in model.named_parameters():
        if f"base_model.model.{name}" in state:
            weight.copy_(state[f"base_model.model.{name}"])


class Adapter(nn.Module):
    """A bottleneck behind a layer: a few numbers, bend, up again, and a bypass.

    Source: Houlsby et al. (2019), section 2.1.
    """

    def __init__(self, d_model: int, bottleneck: int) -> None:
        """Make `self.down`, to `bottleneck` numbers, and `self.up`, back to `d_model`.

        Both are linear layers with a bias. `self.up` begins with zeros, its bias too.
        """
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return `x`, and to it added: `self.up` of the GELU of `self.down` of `x`.

        The GELU is the exact one, which `nn.functional.gelu` is by itself.

        Shapes:
            x:       (..., d_model)
            returns: (..., d_model)
        """
        return x + self.up(nn.functional.gelu(self.down(x)))


def prepend_prompt(
    prompt: Tensor, vectors: Tensor, attention_mask: Tensor
) -> tuple[Tensor, Tensor]:
    """Put the vectors of a soft prompt before those of each text.

    Each text of the batch gets the same prompt. The prompt is no padding, so the mask
    gets longer too.

    Source: Lester et al. (2021), section 2.

    Shapes:
        prompt:         (length, d_model)
        vectors:        (batch, token, d_model), of the tokens of each text
        attention_mask: (batch, token), booleans, False for padding
        returns:        (batch, length + token, d_model) and (batch, length + token)
    """
    batch, length = len(vectors), len(prompt)
    repeated = prompt.expand(batch, -1, -1)  # (batch, length, d_model)
    real = attention_mask.new_ones(batch, length)
    return torch.cat([repeated, vectors], dim=1), torch.cat([real, attention_mask], dim=1)


class PromptEncoder(nn.Module):
    """A soft prompt that comes out of a small network, and can be kept without it.

    Source: Liu et al. (2021), section 3.2, with an MLP for its LSTM.
    """

    def __init__(self, length: int, d_model: int, d_hidden: int) -> None:
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self) -> Tensor:
        """Return the prompt: all rows of the table, each changed by the network.

        A row goes through `self.up`, `self.middle` and `self.down`, with a ReLU behind
        each of the first two.

        Shapes:
            returns: (length, d_model)
        """
        hidden = self.up(self.table.weight).relu()  # (length, d_hidden)
        return self.down(self.middle(hidden).relu())


def prefix_pairs(prefix: Tensor, heads: int, batch: int) -> list[tuple[Tensor, Tensor]]:
    """Return keys and values of a prefix for the cache: a pair for each layer.

    `prefix` has for each layer the keys of all its places, and then the values. Each of
    these vectors is cut into `heads` equal slices, the first for the first head, as in
    `split_heads` of notebook 3. Each text of the batch gets the same. Gradients flow
    back to `prefix`.

    Source: Li and Liang (2021), section 4.2.

    Shapes:
        prefix:  (layer, 2, length, d_model)
        returns: a list of pairs, keys and values, each
                 (batch, heads, length, d_model / heads)

    >>> pairs = prefix_pairs(torch.zeros(5, 2, 3, 8), heads=4, batch=6)
    >>> len(pairs), pairs[0][0].shape
    (5, torch.Size([6, 4, 3, 2]))
    """
    length = prefix.shape[2]
    split = prefix.unflatten(-1, (heads, -1)).transpose(2, 3)  # (layer, 2, heads, length, d_head)
    shape = batch, heads, length, split.shape[-1]
    return [(keys.expand(shape), values.expand(shape)) for keys, values in split]


def normal_table(bits: int, tail: float = 0.9677083) -> Tensor:
    """Return the values of NormalFloat: 2 to the power of `bits` numbers, from -1 to 1.

    Weights are about normally distributed, so the values lie where the quantiles of the
    normal distribution do. Let n be half of 2 to the power of `bits`.

    - Above zero: of n + 1 probabilities at equal distances, from `tail` down to 0.5,
      all but the last, and the quantile of each.
    - Below zero: the same with n probabilities in place of n + 1, and a minus sign.
    - And zero itself, which is exact.

    All are divided by the largest. `torch.special.ndtri` gives the quantile of a
    probability. Compute in float64, and return float32, in rising order.

    Source: Dettmers et al. (2023), section 3; `tail` is that of their code.

    Shapes:
        returns: (2 ** bits,), float32

    >>> normal_table(2)
    tensor([-1.0000,  0.0000,  0.3379,  1.0000])
    """
    half = 2 ** (bits - 1)
    grids = [torch.linspace(tail, 0.5, n, dtype=torch.float64)[:-1] for n in (half + 1, half)]
    above, below = (torch.special.ndtri(grid) for grid in grids)  # the largest first
    table = torch.cat([-below, above.new_zeros(1), above.flip(0)])
    return (table / above[0]).float()


def quantize(weight: Tensor, table: Tensor, block: int) -> tuple[Tensor, Tensor]:
    """Say for each weight which value of a table is nearest, one block at a time.

    The weights are taken in the order in which they lie, row by row, `block` of them at
    a time. The scale of a block is the largest absolute value in it. Each weight is
    divided by the scale of its block, and its code is the place in `table` of the value
    that is nearest then. In a block of zeros the scale is 0, and each code that of the
    value nearest to 0.

    Source: Dettmers et al. (2022), section 2.1.

    Raises:
        ValueError: the number of weights cannot be divided by `block`.

    Shapes:
        weight:  (...)
        table:   (value,), in rising order
        returns: codes (blocks, block), int64, and scales (blocks,)

    >>> quantize(torch.tensor([0.1, -0.5, 4.0, 3.0]), torch.tensor([-1.0, 0.0, 1.0]), 2)
    (tensor([[1, 0],
            [2, 2]]), tensor([0.5000, 4.0000]))
    """
    if weight.numel() % block:
        raise ValueError(f"{weight.numel()} weights cannot be cut into blocks of {block}")
    blocks = weight.reshape(-1, block)
    scales = blocks.abs().amax(dim=1)  # (blocks,)
    shares = blocks / scales.where(scales > 0, 1)[:, None]  # (blocks, block)
    return (shares[..., None] - table).abs().argmin(dim=-1), scales


def dequantize(
    codes: Tensor,
    scales: Tensor,
    table: Tensor,
    shape: tuple[int, ...],
) -> Tensor:
    """Make weights of codes and scales again, as near as they can come.

    A weight is the value that its code stands for in `table`, times the scale of its
    block.

    Shapes:
        codes:   (blocks, block), whole numbers
        scales:  (blocks,)
        table:   (value,)
        returns: (...), as `shape` says

    >>> codes, scales = torch.tensor([[1, 0], [2, 2]]), torch.tensor([0.5, 4.0])
    >>> dequantize(codes, scales, torch.tensor([-1.0, 0.0, 1.0]), (4,))
    tensor([ 0.0000, -0.5000,  4.0000,  4.0000])
    """
    return (table[codes] * scales[:, None]).reshape(shape)


def pack_nibbles(codes: Tensor) -> Tensor:
    """Pack two codes of four bits into each byte.

    The codes are taken in the order in which they lie. Of two neighbours the first
    becomes the four high bits, the second the four low ones. So a byte is 16 times the
    first, plus the second.

    Shapes:
        codes:   (...), whole numbers from 0 to 15; their count is even
        returns: (byte,), uint8, half as many

    >>> pack_nibbles(torch.tensor([[1, 2], [15, 0]]))
    tensor([ 18, 240], dtype=torch.uint8)
    """
    pairs = codes.reshape(-1, 2)
    return (16 * pairs[:, 0] + pairs[:, 1]).to(torch.uint8)


def unpack_nibbles(packed: Tensor) -> Tensor:
    """Undo `pack_nibbles`: return two codes for each byte, in one row.

    Shapes:
        packed:  (byte,), uint8
        returns: (2 * byte,), int64

    >>> unpack_nibbles(torch.tensor([18, 240], dtype=torch.uint8))
    tensor([ 1,  2, 15,  0])
    """
    both = torch.stack([packed >> 4, packed & 15], dim=-1)  # (byte, 2)
    return both.flatten().long()


def bits_per_weight(bits: int, block: int, group: int | None = None) -> float:
    """Return how many bits a quantized weight takes, with its share of the scales.

    Each weight has a code of so many `bits`. Each `block` of weights shares a scale,
    which is a float of 32 bits. With double quantization, where `group` is given, the
    scales are quantized too: then each has 8 bits, and each `group` of *scales* shares
    one float of 32 bits.

    >>> bits_per_weight(4, block=64)
    4.5
    >>> bits_per_weight(4, block=64, group=256)
    4.126953125
    """
    scale = 32 if group is None else 8 + 32 / group
    return bits + scale / block


def double_quantize(scales: Tensor, table: Tensor, group: int) -> Tensor:
    """Quantize the scales too, and return them as they come back.

    Scales are all positive. So their mean is subtracted first; what is left is
    quantized by `quantize`, in blocks of `group`, and made again by `dequantize`. Then
    the mean is added.

    Source: Dettmers et al. (2023), section 3, under *Double Quantization*.

    Raises:
        ValueError: the number of scales cannot be divided by `group`.

    Shapes:
        scales:  (blocks,)
        table:   (value,), in rising order
        returns: (blocks,)
    """
    mean = scales.mean()
    codes, groups = quantize(scales - mean, table, group)
    return dequantize(codes, groups, table, scales.shape) + mean


class QLoRALinear(nn.Module):
    """A `LoRALinear` whose base takes four bits a weight. Its update stays as it is.

    Source: Dettmers et al. (2023), section 3.
    """

    def __init__(self, layer: LoRALinear, table: Tensor, block: int) -> None:
        super().__init__()
        base = layer.base
        weight = base.weight.T if isinstance(base, Conv1D) else base.weight
        codes, scales = quantize(weight.detach(), table, block)
        self.shape, self.block = tuple(weight.shape), block  # (d_out, d_in)
        self.register_buffer("packed", pack_nibbles(codes))
        self.register_buffer("scales", scales)
        self.register_buffer("table", table)
        self.register_buffer("bias", None if base.bias is None else base.bias.detach())
        self.lora_A, self.lora_B = layer.lora_A, layer.lora_B
        self.scale, self.on = layer.scale, layer.on

    def forward(self, x: Tensor) -> Tensor:
        """Return what the base and, if `self.on`, the update make of `x`.

        The weight of the base, of the shape `self.shape`, is made anew in each call:
        `unpack_nibbles` gives the codes in one row, to be laid in rows of `self.block`,
        and `dequantize` the weight. It maps `x` as a linear layer does, with
        `self.bias`, which may be None. Then comes the update, as in a `LoRALinear`.

        Shapes:
            x:       (..., d_in)
            returns: (..., d_out)
        """
        codes = unpack_nibbles(self.packed).view(-1, self.block)
        weight = dequantize(codes, self.scales, self.table, self.shape)  # (d_out, d_in)
        y = nn.functional.linear(x, weight, self.bias)  # (..., d_out)
        return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y
