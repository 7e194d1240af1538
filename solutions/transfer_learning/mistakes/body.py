"""Sections 7.1 to 7.4: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor, nn

from gradelib.author.edits import Edit
from solutions.transfer_learning.reference import pool

freeze__turned_round = Edit("requires_grad_(not frozen)", "requires_grad_(frozen)")
"""You freeze what is to train, and train what is to be frozen."""

freeze__others_stay = Edit(
    "weight.requires_grad_(not frozen)",
    "if frozen:\n            weight.requires_grad_(False)",
)
"""What was frozen before stays frozen. All that is not named trains afterwards, whatever it was."""

freeze__like_another = Edit('f"{part}."', "part")
"""A name can begin like that of a part and belong to another: layer 10 is not in layer 1. What comes
right after the name of the part?"""

freeze__anywhere = Edit('name.startswith(f"{part}.")', 'f"{part}." in name')
"""You look for the part anywhere in the name. Where must it stand?"""

freeze__all_must_fit = Edit("any(", "all(")
"""A weight is frozen if it belongs to one of the parts. Must it belong to all of them?"""


freeze__whole_name = Edit('any(name.startswith(f"{part}.") for part in parts)', "name in parts")
"""A part is a module, and a weight in it has a longer name. You look for weights that are named exactly
like a part."""


def freeze__first_part_only(model: nn.Module, parts: list[str]) -> None:
    """There may be several parts, or none. You look at the first one."""
    for name, weight in model.named_parameters():
        weight.requires_grad_(not name.startswith(f"{parts[0]}."))


def freeze__last_part_wins(model: nn.Module, parts: list[str]) -> None:
    """Each part that you go through undoes the ones before it. Ask of a weight once whether it
    belongs to any of them."""
    for weight in model.parameters():
        weight.requires_grad_(True)
    for part in parts:
        for name, weight in model.named_parameters():
            weight.requires_grad_(not name.startswith(f"{part}."))


def freeze__only_top_modules(model: nn.Module, parts: list[str]) -> None:
    """You look at the modules at the top only. A part may lie inside another: its name has dots."""
    for name, module in model.named_children():
        module.requires_grad_(name not in parts)


count_weights__tensors = Edit(
    "sum(weight.numel() for weight in weights if weight.requires_grad)",
    "sum(weight.requires_grad for weight in weights)",
    "sum(weight.numel() for weight in weights)",
    "len(weights)",
)
"""You count tensors. A matrix of 3 rows and 2 columns is one tensor and 6 numbers."""

count_weights__all_twice = Edit(" if weight.requires_grad", "")
"""Both of your numbers count everything. What says of a weight whether it trains?"""

count_weights__frozen = Edit("if weight.requires_grad", "if not weight.requires_grad")
"""Your first number counts what is frozen."""

count_weights__the_rest = Edit(
    "return trained, sum(weight.numel() for weight in weights)",
    "return trained, sum(weight.numel() for weight in weights if not weight.requires_grad)",
)
"""Your second number leaves out what trains. All of the parameters are asked for."""

count_weights__other_way = Edit(
    "return trained, sum(weight.numel() for weight in weights)",
    "return sum(weight.numel() for weight in weights), trained",
)
"""Your two numbers stand the wrong way round."""


def count_weights__of_the_state(model: nn.Module) -> tuple[int, int]:
    """What a model saves is more than its parameters: buffers are in it, and what two modules share
    is in it twice."""
    trained = sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
    return trained, sum(weight.numel() for weight in model.state_dict().values())


def count_weights__shared_twice(model: nn.Module) -> tuple[int, int]:
    """Two modules may share a weight. You count it once for each of them."""
    weights = [w for module in model.modules() for w in module._parameters.values()]
    return sum(w.numel() for w in weights if w.requires_grad), sum(w.numel() for w in weights)


def count_weights__matrices(model: nn.Module) -> tuple[int, int]:
    """You count rows times columns. A bias has one axis, and some weights have three, or none."""
    weights = [w for w in model.parameters() if w.ndim == 2]
    sizes = [(len(w) * w.shape[1], w.requires_grad) for w in weights]
    return sum(size for size, trains in sizes if trains), sum(size for size, _ in sizes)


def count_weights__share(model: nn.Module) -> tuple[int, int]:
    """You return a share. What is asked for are two counts."""
    weights = list(model.parameters())
    trained = sum(weight.numel() for weight in weights if weight.requires_grad)
    every = sum(weight.numel() for weight in weights)
    return trained / max(every, 1), every


pool__over_padding = Edit(
    "hidden.masked_fill(~real, 0).sum(dim=1) / real.sum(dim=1)", "hidden.mean(dim=1)"
)
"""What do the vectors of padding add to your mean?"""

pool__divided_by_all = Edit("real.sum(dim=1)", "hidden.shape[1]")
"""By how many tokens do you divide? Padding does not count there either."""

pool__sum = Edit(" / real.sum(dim=1)", "")
"""You have the sum and not the mean: a long text would be larger than a short one."""

pool__times_the_mask = Edit("hidden.masked_fill(~real, 0)", "(hidden * real)")
"""What is 0 times NaN? What stands at the places of padding may be anything."""

pool__last_token = Edit("hidden[:, 0]", "hidden[:, -1]")
"""Where does [CLS] stand? You take the vector of the last place, which may be padding."""

pool__first_text = Edit("hidden[:, 0]", "hidden[0]")
"""You take all tokens of the first text. Which axis is the batch, and which one the tokens?"""

pool__no_learning = Edit(
    '    if how == "cls":', '    hidden = hidden.detach()\n    if how == "cls":'
)
"""Your numbers are right, but no gradient comes back to the vectors, so that a body never learns. What
cuts it off: `detach`, `no_grad`, `data`?"""

pool__mean_for_all_else = Edit(
    '    if how != "mean":\n'
    '        raise ValueError(f\'how is "cls", "mean" or "each": got {how!r}\')\n',
    "",
)
"""What if `how` is a word that nobody knows? Who mistypes it should hear of it."""


pool__each_without_padding = Edit(
    "        return hidden\n",
    "        return hidden.masked_fill(~attention_mask[..., None], 0)\n",
)
"""For "each" all vectors are asked for, as they are. You change those of padding."""

Classifier__no_head = Edit(
    "return self.head(pool(hidden, attention_mask, self.how))",
    "return pool(hidden, attention_mask, self.how)",
)
"""You return what the head should read. Where is the head?"""


Classifier__probabilities = Edit(
    "return self.head(pool(hidden, attention_mask, self.how))",
    "return self.head(pool(hidden, attention_mask, self.how)).softmax(dim=-1)",
)
"""You return probabilities. Logits are asked for: the loss does the softmax."""

Classifier__always_cls = Edit("self.how))", '"cls"))')
"""What the head reads is chosen when the model is built. You always take [CLS]."""

Classifier__no_pooling = Edit("pool(hidden, attention_mask, self.how)", "hidden")
"""Your head reads every token. Who chooses what it gets to see?"""

Classifier__all_tokens_real = Edit(
    "self.body(ids, attention_mask)", "self.body(ids, torch.ones_like(attention_mask))"
)
"""You tell the body that every token is real, so it looks at the padding too."""

Classifier__mean_over_padding = Edit(
    "pool(hidden, attention_mask, self.how)",
    "pool(hidden, torch.ones_like(attention_mask), self.how)",
)
"""The body knows the padding, but your pooling does not: what is it told?"""

Classifier__body_cut_off = Edit(
    "hidden = self.body(ids, attention_mask)", "hidden = self.body(ids, attention_mask).detach()"
)
"""No gradient comes back to the body: only the head could ever learn. What is frozen is chosen by
`freeze`, and not here."""

Classifier__body_in_evaluation = Edit(
    "hidden = self.body(ids, attention_mask)",
    "self.body.eval()\n        hidden = self.body(ids, attention_mask)",
)
"""You switch the body to evaluation mode. Who trains the model has chosen the mode already."""

Classifier__frozen = Edit(
    "        hidden = self.body(ids, attention_mask)  # (batch, token, d_model)\n",
    "        with torch.no_grad():\n            hidden = self.body(ids, attention_mask)\n",
    "self.head(pool(hidden, attention_mask, self.how))",
    "self.head(pool(hidden, attention_mask, self.how)).detach()",
)
"""Your logits have lost how they were made: nothing can be learned from them."""
