"""Wrong answers to `alignment` in other words, with the hint due."""

import torch


def alignment__a_single_head(weights, source_mask):
    """Takes the first head.

    Hint: first_head
    """
    return torch.where(source_mask[:, None], weights[:, 0], -1.0).argmax(-1)


def alignment__most_certain(weights, source_mask):
    """Takes the head with the largest weight.

    Hint: largest_head
    """
    hidden = weights * source_mask[:, None, None]
    return hidden.max(1).values.max(-1).indices


def alignment__padding_may_win(weights, source_mask):
    """Does not use the mask.

    Hint: padding_too
    """
    return weights.sum(1).max(-1).indices


def alignment__other_axis(weights, source_mask):
    """Asks of each source word where it was used.

    Hint: of_the_source
    """
    means = weights.mean(1) * source_mask[:, None]
    return means.max(1).indices


def alignment__how_much(weights, source_mask):
    """Returns the weight.

    Hint: weights
    """
    return (weights.mean(1) * source_mask[:, None]).max(-1).values


def alignment__each_head(weights, source_mask):
    """Answers for each head apart.

    Hint: none
    """
    return (weights * source_mask[:, None, None]).argmax(-1)


def alignment__one_behind(weights, source_mask):
    """Believes that a row says where the word that was read came from.

    Hint: shifted
    """
    places = (weights.mean(1) * source_mask[:, None]).argmax(-1)
    return torch.cat([places[:, 1:], places[:, :1]], dim=1)
