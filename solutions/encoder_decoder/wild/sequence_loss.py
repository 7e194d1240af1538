"""Wrong answers to `sequence_loss` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def sequence_loss__plain_cross_entropy(logits, ids, pad, smoothing=0.0):
    """Lets PyTorch average over everything.

    Hint: padding_counts
    """
    return F.cross_entropy(logits.permute(0, 2, 1), ids, label_smoothing=smoothing)


def sequence_loss__zero_where_padded(logits, ids, pad, smoothing=0.0):
    """Sets the losses of padding to zero, and takes the mean of all.

    Hint: padding_in_the_number
    """
    every = F.cross_entropy(
        logits.mT, ids, ignore_index=pad, label_smoothing=smoothing, reduction="none"
    )
    return every.sum() / ids.numel()


def sequence_loss__shifts_once_more(logits, ids, pad, smoothing=0.0):
    """Shifts as in notebook 3.

    Hint: shifted_as_in_notebook_3
    """
    guesses, labels = logits[:, :-1], ids[:, 1:]
    return F.cross_entropy(
        guesses.flatten(0, 1), labels.flatten(), ignore_index=pad, label_smoothing=smoothing
    )


def sequence_loss__adds_up(logits, ids, pad, smoothing=0.0):
    """Adds the losses up.

    Hint: sum
    """
    return F.cross_entropy(
        logits.flatten(0, 1),
        ids.flatten(),
        ignore_index=pad,
        label_smoothing=smoothing,
        reduction="sum",
    )


def sequence_loss__row_by_row(logits, ids, pad, smoothing=0.0):
    """Averages over rows.

    Hint: mean_of_rows
    """
    rows = [
        F.cross_entropy(guess, row, ignore_index=pad, label_smoothing=smoothing)
        for guess, row in zip(logits, ids)
    ]
    return torch.stack(rows).mean()


def sequence_loss__forgets_smoothing(logits, ids, pad, smoothing=0.0):
    """Does not use the last argument.

    Hint: no_smoothing
    """
    return F.nll_loss(F.log_softmax(logits, -1).flatten(0, 1), ids.flatten(), ignore_index=pad)


def sequence_loss__smooths_the_others(logits, ids, pad, smoothing=0.0):
    """Gives the smoothing to all tokens but the right one.

    Hint: right_one_left_out
    """
    vocab = logits.shape[-1]
    truth = torch.full_like(logits, smoothing / (vocab - 1)).scatter(
        2, ids[..., None], 1 - smoothing
    )
    losses = -(truth * logits.log_softmax(-1)).sum(-1)
    return losses[ids != pad].mean()


def sequence_loss__clamped(logits, ids, pad, smoothing=0.0):
    """Adds a small number so that the logarithm is finite.

    Hint: none
    """
    probs = logits.softmax(-1) + 1e-9
    right = probs.gather(2, ids[..., None])[..., 0].log()
    losses = -(1 - smoothing) * right - smoothing * probs.log().mean(-1)
    return losses[ids != pad].mean()


def sequence_loss__as_a_number(logits, ids, pad, smoothing=0.0):
    """Returns a float, which has no gradient.

    Hint: none
    """
    return F.cross_entropy(
        logits.flatten(0, 1), ids.flatten(), ignore_index=pad, label_smoothing=smoothing
    ).item()


def sequence_loss__stops_at_padding(logits, ids, pad, smoothing=0.0):
    """Counts up to the first padding of a row.

    Hint: none
    """
    real = (ids == pad).cumsum(1) == 0
    return F.cross_entropy(logits[real], ids[real], label_smoothing=smoothing)


def sequence_loss__as_many_as_are_real(logits, ids, pad, smoothing=0.0):
    """Counts as many places of a row as it has tokens, from the left.

    Hint: none
    """
    real = torch.arange(ids.shape[1]) < (ids != pad).sum(1)[:, None]
    return F.cross_entropy(logits[real], ids[real], label_smoothing=smoothing)
