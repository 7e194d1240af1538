"""Sections 7.2 and 7.4: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor, nn

from gradelib.author.edits import Edit
from solutions.transfer_learning.reference import pool

train_step__gradients_pile_up = Edit("    model.zero_grad()\n", "")
"""`backward` adds to the gradients that are there. What is left there from before?"""

train_step__only_the_optimizers = Edit("model.zero_grad()", "optimizer.zero_grad()")
"""The optimizer knows only some of the weights. A frozen one may have an old gradient too, which then
counts as a part of how long the gradients are."""

train_step__not_clipped = Edit("    nn.utils.clip_grad_norm_(model.parameters(), longest)\n", "")
"""Your step uses gradients that may be longer than `longest`. What makes them shorter, and when?"""

train_step__not_clipped__too_late = Edit(
    "    nn.utils.clip_grad_norm_(model.parameters(), longest)\n    optimizer.step()\n",
    "    optimizer.step()\n    nn.utils.clip_grad_norm_(model.parameters(), longest)\n",
)

train_step__the_optimizers_clipped = Edit(
    "clip_grad_norm_(model.parameters(), longest)",
    "clip_grad_norm_([w for g in optimizer.param_groups for w in g['params']], longest)",
)
"""The optimizer may hold only some of the weights. Whose gradients count in how long all of them are
together?"""

train_step__own_step = Edit(
    "    optimizer.step()\n",
    "    with torch.no_grad():\n"
    "        for weight in filter(lambda w: w.requires_grad, model.parameters()):\n"
    "            weight -= optimizer.param_groups[0]['lr'] * weight.grad\n",
)
"""You change the weights yourself. An optimizer may hold several groups of weights, each with a rate of
its own, and may remember its steps: let it make the step."""

train_step__own_step__of_its_weights = Edit(
    "    optimizer.step()\n",
    "    with torch.no_grad():\n"
    "        for weight in [w for g in optimizer.param_groups for w in g['params']]:\n"
    "            weight -= optimizer.param_groups[0]['lr'] * weight.grad\n",
)

train_step__each_number_clipped = Edit("clip_grad_norm_", "clip_grad_value_")
"""You clip each number of the gradients by itself, which changes their direction. How long are they
all together, as one vector?"""


def train_step__each_weight_clipped(model, batch, optimizer, longest=1.0):
    """You clip the gradient of each weight by itself. How long are they all together, as one vector?"""
    ids, attention_mask, labels = batch
    model.train()
    loss = nn.functional.cross_entropy(model(ids, attention_mask).flatten(0, -2), labels.flatten())
    model.zero_grad()
    loss.backward()
    for weight in model.parameters():
        nn.utils.clip_grad_norm_([weight], longest)
    optimizer.step()
    return loss.item()


def train_step__always_as_long(model, batch, optimizer, longest=1.0):
    """You make every gradient `longest` long, short ones too. Only those that are longer are
    clipped."""
    ids, attention_mask, labels = batch
    model.train()
    loss = nn.functional.cross_entropy(model(ids, attention_mask).flatten(0, -2), labels.flatten())
    model.zero_grad()
    loss.backward()
    found = [weight.grad for weight in model.parameters() if weight.grad is not None]
    length = torch.stack([gradient.norm() for gradient in found]).norm().clamp(min=1e-12)
    for gradient in found:
        gradient.mul_(longest / length)
    optimizer.step()
    return loss.item()


train_step__evaluation_mode = Edit("    model.train()\n", "")
"""In which mode is the model while it learns? Somebody may have left it in another one."""

train_step__nothing_changes = Edit("    optimizer.step()\n", "")
"""The weights are the same afterwards. Who changes them, and are there gradients when it does?"""

train_step__nothing_changes__zeroed_too_late = Edit(
    "    model.zero_grad()\n    loss.backward()\n", "    loss.backward()\n    model.zero_grad()\n"
)

train_step__a_tensor = Edit("return loss.item()", "return loss")
"""You return a tensor, and with it all that was computed on the way, which then stays in memory. What
is asked for is a float."""

train_step__no_number = Edit("    return loss.item()", "    loss.item()")
"""The weights are right, but who called you wants to know the loss: return it."""

train_step__loss_afterwards = Edit(
    "return loss.item()",
    "after = model(ids, attention_mask)\n"
    "    return nn.functional.cross_entropy(after.flatten(0, -2), labels.flatten()).item()",
)
"""You measure the loss after the step. It is to be the one from which the gradients came."""

train_step__sum = Edit("labels.flatten())", 'labels.flatten(), reduction="sum")')
"""Your loss is a sum. A large batch would then learn faster than a small one: take the mean."""


def train_step__over_all_places(model, batch, optimizer, longest=1.0):
    """By how many labels do you divide? Those that are -100 do not count there either."""
    ids, attention_mask, labels = batch
    model.train()
    logits = model(ids, attention_mask).flatten(0, -2)
    losses = nn.functional.cross_entropy(logits, labels.flatten(), reduction="none")
    loss = losses.mean()
    model.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()


train_step__all_tokens_real = Edit(
    "model(ids, attention_mask)", "model(ids, torch.ones_like(attention_mask))"
)
"""Which tokens are real? You tell the model that all of them are."""

train_step__two_steps = Edit("optimizer.step()\n", "optimizer.step()\n    optimizer.step()\n")
"""How often does the optimizer make a step for one batch?"""

train_step__softmax_twice = Edit("logits.flatten(0, -2)", "logits.flatten(0, -2).softmax(dim=-1)")
"""PyTorch's cross-entropy does the softmax itself. You have done one already."""

cache_features__with_dropout = Edit("    body.eval()\n", "")
"""In which mode does the body read? With dropout each reading gives other features."""

cache_features__gradients_kept = Edit("with torch.no_grad():", "with torch.enable_grad():")
"""While the body reads, PyTorch keeps all that it would need for gradients. Nobody will ask for
them."""


def cache_features__detached(body, batches, how):
    """You throw the gradients' graph away after the body has made it. Tell PyTorch beforehand that it
    need not keep any."""
    body.eval()
    return torch.cat([pool(body(ids, mask), mask, how).detach() for ids, mask in batches])


cache_features__a_list = Edit("return torch.cat(read)", "return read")
"""You return a list with a tensor for each batch. One tensor with all texts is asked for."""

cache_features__first_batch = Edit("for ids, mask in batches]", "for ids, mask in batches[:1]]")
"""Where are the texts of the other batches?"""

cache_features__always_mean = Edit("mask, how)", 'mask, "mean")')
"""What is taken of each text is chosen by `how`. You always take the mean."""

cache_features__always_cls = Edit("mask, how)", 'mask, "cls")')
"""What is taken of each text is chosen by `how`. You always take [CLS]."""

cache_features__mean_over_padding = Edit("mask, how)", "torch.ones_like(mask), how)")
"""The padding counts in your mean: what do you tell `pool`?"""

cache_features__all_tokens_real = Edit("body(ids, mask)", "body(ids, torch.ones_like(mask))")
"""You tell the body that all tokens are real, so it looks at the padding too."""

cache_features__back_to_training = Edit(
    "    return torch.cat(read)", "    body.train()\n    return torch.cat(read)"
)
"""The body is to stay in evaluation mode: you put it back into training."""


def cache_features__side_by_side(body, batches, how):
    """You put the batches side by side, as features. Along which axis do the texts lie?"""
    body.eval()
    with torch.no_grad():
        read = [pool(body(ids, mask), mask, how) for ids, mask in batches]
    return torch.cat([one.T for one in read], dim=1)


def cache_features__read_twice(body, batches, how):
    """Your body reads some texts twice. That it reads each once is what saves the time."""
    body.eval()
    read = []
    with torch.no_grad():
        for ids, mask in batches:
            size = body(ids, mask).shape[-1]
            read.append(pool(body(ids, mask), mask, how).view(-1, size))
    return torch.cat(read)
