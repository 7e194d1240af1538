"""Section 8.2: known wrong answers, each with its hint below it."""

import torch

from gradelib.author.edits import Edit
from solutions.lora.reference import adapter_state

merge__not_scaled = Edit("layer.scale * layer.lora_B.weight", "layer.lora_B.weight")
"""In the forward pass the update is multiplied by something. Here it is missing."""

merge__conv1d_turned = Edit(
    "    if isinstance(layer.base, Conv1D):\n        update = update.T\n", ""
)
"""In a `Conv1D` the weight lies the other way round. A square one takes your update without a word, and
says something else then."""

merge__always_turned = Edit(
    "    if isinstance(layer.base, Conv1D):\n        update = update.T\n", "    update = update.T\n"
)
"""You turn the update for every layer. For which kind alone does the weight lie so?"""

merge__never_back = Edit("-update if back else update", "update")
"""`back` takes the update out again. You add it a second time."""

merge__stays_on = Edit("    layer.on = back", "")
"""After the merge the update is in the weight, and beside it too: it counts twice. What says whether the
layer uses it?"""

merge__always_off = Edit("layer.on = back", "layer.on = False")
"""When the update is out of the weight again, the layer needs it beside the weight. Is it on then?"""

merge__in_any_state = Edit(
    "    if layer.on == back:\n"
    '        raise ValueError(f"on is {layer.on}: this layer cannot be merged with back={back}")\n',
    "",
)
"""Who merges twice adds the update twice. When is a ValueError due?"""

merge__update_cleared = Edit(
    "    layer.on = back", "    layer.on = back\n    layer.lora_B.weight.zero_()"
)
"""A and B stay what they are: who wants the update back needs them."""

merge__replaces_the_weight = Edit(
    "+= -update if back else update", ".copy_(-update if back else update)"
)
"""The weight of the base is gone: you put the update in its place. It is added to it."""

merge__a_before_b = Edit(
    "layer.lora_B.weight @ layer.lora_A.weight", "(layer.lora_A.weight.T @ layer.lora_B.weight.T)"
)
"""Your product is the update with its axes swapped. The weight of B comes first: (d_out, rank) and
(rank, d_in)."""

adapter_state__everything = Edit(
    'if name.endswith((".lora_A.weight", ".lora_B.weight"))', "if name"
)
"""You save the whole model. Which weights belong to the adapter?"""

adapter_state__a_word_in_the_name = Edit(
    'name.endswith((".lora_A.weight", ".lora_B.weight"))', '"lora_" in name'
)
"""A name can have "lora_" in it and belong to something else. How does the name of an update's weight
end?"""

adapter_state__no_beginning = Edit('f"base_model.model.{name}"', "name")
"""The names lack what `peft` puts before each of them."""

adapter_state__without_b = Edit('(".lora_A.weight", ".lora_B.weight")', '".lora_A.weight"')
"""You save A alone. What is an update without B?"""

adapter_state__the_weights_themselves = Edit("weight.detach().clone()", "weight.detach()")
"""What you return changes when the model trains on: it is the same memory. A copy is asked for."""

adapter_state__with_gradients = Edit("weight.detach().clone()", "weight.clone()")
"""What you return still hangs on the model, and wants gradients."""


adapter_state__names_without_weight = Edit(
    'f"base_model.model.{name}"', 'f"base_model.model.{name}".removesuffix(".weight")'
)
"""Your names end with the module. The name of a weight ends with what it is of the module: its
"weight"."""

load_adapter__whatever_fits = Edit(
    "    if state.keys() != adapter_state(model).keys():\n"
    '        raise ValueError("this adapter belongs to other layers")\n',
    "",
)
"""What if the adapter has other names than the model? Then some layers would keep what they had, and
nobody would know."""

load_adapter__missing_is_fine = Edit(
    "state.keys() != adapter_state(model).keys()", "state.keys() - adapter_state(model).keys()"
)
"""A name that the file lacks goes unseen: this layer would keep the update of another adapter."""

load_adapter__more_is_fine = Edit(
    "state.keys() != adapter_state(model).keys()", "adapter_state(model).keys() - state.keys()"
)
"""A name that the model does not have goes unseen. Both sides must have the same names."""

load_adapter__added = Edit("weight.copy_(", "weight.add_(")
"""You add the adapter to the one that is there. It takes its place."""

load_adapter__only_a = Edit("in state:\n", 'in state and "lora_A" in name:\n')
"""Only A is loaded. B stays what it was."""


@torch.no_grad()
def load_adapter__copies_of_copies(model, state):
    """`adapter_state` returns copies. What you write into these never reaches the model."""
    mine = adapter_state(model)
    if mine.keys() != state.keys():
        raise ValueError("other layers")
    for name, weight in mine.items():
        weight.copy_(state[name])


@torch.no_grad()
def load_adapter__in_order(model, state):
    """You go by the order, and not by the names. A file may have them in another one."""
    if adapter_state(model).keys() != state.keys():
        raise ValueError("other layers")
    inside = [w for n, w in model.named_parameters() if f"base_model.model.{n}" in state]
    for weight, new in zip(inside, state.values()):
        weight.copy_(new.reshape(-1)[: weight.numel()].resize_(weight.shape))


load_adapter__same_memory = Edit(
    'weight.copy_(state[f"base_model.model.{name}"])',
    'weight.data = state[f"base_model.model.{name}"]',
)
"""Model and file share their memory now: when the model trains on, the adapter that was handed in
changes too. Copy the numbers into the weights."""

adapter_state__by_class = Edit(
    "for name, weight in model.named_parameters()",
    "for name, weight in model.named_parameters()\n"
    "        if type(model.get_submodule(name.rpartition('.lora_')[0])).__name__ == 'LoRALinear'",
)
"""You look for layers of one class. Others can have an update too, such as that of section 8.6: go by
the names."""

load_adapter__strict = Edit(
    "    for name, weight in model.named_parameters():\n"
    '        if f"base_model.model.{name}" in state:\n'
    '            weight.copy_(state[f"base_model.model.{name}"])',
    "    model.load_state_dict({n.removeprefix('base_model.model.'): w for n, w in state.items()})",
)
"""`load_state_dict` is strict: it wants all weights of the model, and an adapter has only some of
them."""

adapter_state__trained_only = Edit(
    'if name.endswith((".lora_A.weight", ".lora_B.weight"))',
    'if weight.requires_grad and name.endswith((".lora_A.weight", ".lora_B.weight"))',
)
"""You leave out what is frozen. An update that does not train any more belongs to the adapter, too."""

adapter_state__on_only = Edit(
    'if name.endswith((".lora_A.weight", ".lora_B.weight"))',
    'if name.endswith((".lora_A.weight", ".lora_B.weight"))\n'
    "        and model.get_submodule(name.rpartition('.lora_')[0]).on",
)
"""You leave out the updates that are off. They belong to the adapter, too."""

adapter_state__all_of_the_parts = Edit(
    'name.endswith((".lora_A.weight", ".lora_B.weight"))',
    '{"lora_A", "lora_B"} & {*name.split(".")}',
)
"""You save all that `lora_A` and `lora_B` hold. Of each the weight alone is asked for."""

merge__zeros_are_skipped = Edit(
    "    update = layer.scale",
    "    if not layer.lora_B.weight.any():\n        return\n    update = layer.scale",
)
"""An update of zeros changes no weight, but the layer is merged all the same: what is `on` then?"""

load_adapter__counted = Edit(
    "state.keys() != adapter_state(model).keys()", "len(state) != len(adapter_state(model))"
)
"""You count the names. There can be as many, and one of them be another: compare the names."""


@torch.no_grad()
def load_adapter__counted__and_looked_up(model, state):
    if len(state) != len(adapter_state(model)):
        raise ValueError("other layers")
    mine = {f"base_model.model.{name}": weight for name, weight in model.named_parameters()}
    for name, weight in state.items():
        mine[name].copy_(weight)


@torch.no_grad()
def load_adapter__any_beginning(model, state):
    """You accept names without "base_model.model.", too. These are not the names that `adapter_state`
    gives."""
    short = {name.removeprefix("base_model.model."): weight for name, weight in state.items()}
    mine = {name.removeprefix("base_model.model.") for name in adapter_state(model)}
    if short.keys() != mine:
        raise ValueError("other layers")
    for name, weight in short.items():
        model.get_parameter(name).copy_(weight)


@torch.no_grad()
def load_adapter__letters_stripped(model, state):
    """`lstrip` takes away letters, as long as they are among those that you list, and not a beginning.
    What would be left of "model.layers"?"""
    if state.keys() != adapter_state(model).keys():
        raise ValueError("other layers")
    mine = dict(model.named_parameters())
    for name, weight in state.items():
        mine[name.lstrip("base_model.model.")].copy_(weight)


@torch.no_grad()
def load_adapter__letters_stripped__and_counted(model, state):
    mine = dict(model.named_parameters())
    if len(state) != len(adapter_state(model)):
        raise ValueError("other layers")
    for name, weight in state.items():
        mine[name.lstrip("base_model.model.")].copy_(weight)


@torch.no_grad()
def load_adapter__letters_stripped__and_compared(model, state):
    short = {name.lstrip("base_model.model."): weight for name, weight in state.items()}
    mine = dict(model.named_parameters())
    if short.keys() != {name for name in mine if ".lora_" in name}:
        raise ValueError("other layers")
    for name, weight in short.items():
        mine[name].copy_(weight)


load_adapter__emptied = Edit(
    'weight.copy_(state[f"base_model.model.{name}"])',
    'weight.copy_(state.pop(f"base_model.model.{name}"))',
)
"""You take the weights out of `state`. Who handed it in wants to load it again: read, and leave it as it
is."""
