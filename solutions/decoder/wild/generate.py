"""Wrong answers to `generate` in other words, with the hint due."""

import torch


@torch.no_grad()
def generate__new_ones_only(model, ids, max_new, choose):
    """Returns what was written and leaves the beginning out.

    Hint: new_ones_only
    """
    n = ids.shape[1]
    for _ in range(max_new):
        nxt = choose(model(ids)[:, -1])
        ids = torch.cat([ids, nxt.unsqueeze(1)], dim=1)
    return ids[:, n:]


@torch.no_grad()
def generate__first_position(model, ids, max_new, choose):
    """Reads the logits of the first position.

    Hint: guess_of_the_first_position
    """
    for _ in range(max_new):
        logits = model(ids)
        ids = torch.cat((ids, choose(logits[:, 0, :])[:, None]), dim=-1)
    return ids


@torch.no_grad()
def generate__always_the_likeliest(model, ids, max_new, choose):
    """Takes the likeliest token and never asks choose.

    Hint: always_the_likeliest
    """
    for _ in range(max_new):
        logits = model(ids)[:, -1, :]
        ids = torch.cat([ids, logits.argmax(-1, keepdim=True)], dim=1)
    return ids


@torch.no_grad()
def generate__one_too_few(model, ids, max_new, choose):
    """Stops one round too early.

    Hint: none
    """
    for _ in range(1, max_new):
        ids = torch.cat([ids, choose(model(ids)[:, -1])[:, None]], 1)
    return ids


@torch.no_grad()
def generate__last_token_only(model, ids, max_new, choose):
    """Lets the model read nothing but the last token.

    Hint: reads_the_last_token_only
    """
    new = ids[:, -1:]
    for _ in range(max_new):
        new = choose(model(new)[:, -1]).unsqueeze(-1)
        ids = torch.cat([ids, new], dim=1)
    return ids


@torch.no_grad()
def generate__probabilities(model, ids, max_new, choose):
    """Hands probabilities to choose.

    Hint: hands_over_probabilities
    """
    for _ in range(max_new):
        probabilities = model(ids)[:, -1].softmax(dim=-1)
        ids = torch.cat([ids, choose(probabilities)[:, None]], dim=1)
    return ids


@torch.no_grad()
def generate__cooler(model, ids, max_new, choose):
    """Divides the logits by a temperature that nobody asked for.

    Hint: cools_down
    """
    for _ in range(max_new):
        logits = model(ids)[:, -1] / 0.7
        ids = torch.cat([ids, choose(logits)[:, None]], dim=1)
    return ids


@torch.no_grad()
def generate__all_positions(model, ids, max_new, choose):
    """Hands the logits of all positions to choose and takes the last choice.

    Hint: hands_over_all_positions
    """
    for _ in range(max_new):
        chosen = choose(model(ids))
        ids = torch.cat([ids, chosen[:, -1:]], dim=1)
    return ids


@torch.no_grad()
def generate__read_once(model, ids, max_new, choose):
    """Reads the ids once, and adds the same token in each round.

    Hint: all_from_one_reading
    """
    token = choose(model(ids)[:, -1])[:, None]
    return torch.cat([ids] + [token] * max_new, dim=1)


@torch.no_grad()
def generate__zeros_that_nobody_wrote(model, ids, max_new, choose):
    """Lets the model read room for what is to come.

    Hint: none
    """
    n = ids.shape[1]
    out = torch.cat([ids, ids.new_zeros(len(ids), max_new)], 1)
    for place in range(n, n + max_new):
        out[:, place] = choose(model(out)[:, place - 1])
    return out
