"""Wrong answers to `generate_cached` in other words, with the hint due."""

import torch
from solutions.decoder.reference import (
    KVCache as OurCache,
)


@torch.no_grad()
def generate_cached__reads_all_again(model, ids, max_new, choose):
    """Hands all ids to the model in each round, although the cache has them.

    Hint: reads_everything_again
    """
    caches = [OurCache() for _ in model.blocks]
    for _ in range(max_new):
        logits = model(ids, caches)
        ids = torch.cat([ids, choose(logits[:, -1])[:, None]], dim=1)
    return ids


@torch.no_grad()
def generate_cached__no_caches(model, ids, max_new, choose):
    """Never makes a cache.

    Hint: without_caches
    """
    for _ in range(max_new):
        logits = model(ids)
        ids = torch.cat([ids, choose(logits[:, -1])[:, None]], dim=1)
    return ids


@torch.no_grad()
def generate_cached__shared(model, ids, max_new, choose):
    """Multiplies a list, so that all blocks share a cache.

    Hint: one_cache_many_times
    """
    caches = [OurCache()] * len(model.blocks)
    unread = ids
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, -1])[:, None]
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__new_caches_in_each_round(model, ids, max_new, choose):
    """Makes new caches in each round, so that everything is forgotten.

    Hint: new_caches_each_time
    """
    unread = ids
    for _ in range(max_new):
        caches = [OurCache() for _ in model.blocks]
        unread = choose(model(unread, caches)[:, -1])[:, None]
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__one_call_too_many(model, ids, max_new, choose):
    """Reads the last token too, which nobody needs.

    Hint: one_call_too_many
    """
    caches = [OurCache() for _ in model.blocks]
    logits = model(ids, caches)
    for _ in range(max_new):
        token = choose(logits[:, -1])[:, None]
        ids = torch.cat([ids, token], dim=1)
        logits = model(token, caches)
    return ids


@torch.no_grad()
def generate_cached__probabilities(model, ids, max_new, choose):
    """Hands probabilities to choose.

    Hint: hands_over_probabilities
    """
    caches = [OurCache() for _ in model.blocks]
    unread = ids
    for _ in range(max_new):
        unread = choose(torch.softmax(model(unread, caches)[:, -1], -1))[:, None]
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__all_positions(model, ids, max_new, choose):
    """Hands the logits of all positions to choose.

    Hint: hands_over_all_positions
    """
    caches = [OurCache() for _ in model.blocks]
    unread = ids
    for _ in range(max_new):
        unread = choose(model(unread, caches))[:, -1:]
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__new_ones_only(model, ids, max_new, choose):
    """Returns the new tokens alone.

    Hint: new_ones_only
    """
    caches = [OurCache() for _ in model.blocks]
    new, unread = [], ids
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, -1])[:, None]
        new.append(unread)
    return torch.cat(new, dim=1)


@torch.no_grad()
def generate_cached__kept_in_the_model(model, ids, max_new, choose):
    """Keeps the caches in the model, where the next text finds them.

    Hint: none
    """
    if not hasattr(model, "caches"):
        model.caches = [OurCache() for _ in model.blocks]
    unread = ids
    for _ in range(max_new):
        unread = choose(model(unread, model.caches)[:, -1])[:, None]
        ids = torch.cat([ids, unread], dim=1)
    return ids
