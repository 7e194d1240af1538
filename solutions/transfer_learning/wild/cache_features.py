"""Wrong answers to `cache_features` in other words, with the hint due."""

import torch
from solutions.transfer_learning.reference import (
    pool,
)


def cache_features__train_mode(body, batches, how):
    """Leaves the body in the mode in which it is.

    Hint: with_dropout
    """
    out = []
    with torch.no_grad():
        for x, m in batches:
            out.append(pool(body(x, m), m, how))
    return torch.cat(out, dim=0)


def cache_features__graph(body, batches, how):
    """Keeps what gradients need.

    Hint: gradients_kept
    """
    body.eval()
    out = []
    for x, m in batches:
        out.append(pool(body(x, m), m, how))
    return torch.cat(out)


def cache_features__graph_cut(body, batches, how):
    """Detaches at the end.

    Hint: detached
    """
    body.eval()
    out = []
    for x, m in batches:
        out.append(pool(body(x, m), m, how))
    return torch.cat(out).detach()


def cache_features__mask_for_all(body, batches, how):
    """Pools without the mask.

    Hint: mean_over_padding
    """
    body.eval()
    out = []
    with torch.no_grad():
        for x, m in batches:
            h = body(x, m)
            out.append(h[:, 0] if how == "cls" else h.mean(1))
    return torch.cat(out)


def cache_features__restored(body, batches, how):
    """Puts the body back into the mode in which it was.

    Hint: back_to_training
    """
    was = body.training
    body.eval()
    with torch.no_grad():
        out = torch.cat([pool(body(x, m), m, how) for x, m in batches])
    body.train(was)
    return out


def cache_features__returns_inside(body, batches, how):
    """Returns in the loop.

    Hint: first_batch
    """
    body.eval()
    with torch.no_grad():
        for x, m in batches:
            return pool(body(x, m), m, how)


def cache_features__mode_of_the_top(body, batches, how):
    """Puts only the body itself into evaluation mode, and nothing that lies in it.

    Hint: none
    """
    body.training = False
    with torch.no_grad():
        return torch.cat([pool(body(x, m), m, how) for x, m in batches])
