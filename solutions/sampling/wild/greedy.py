"""Wrong answers to `greedy` in other words, with the hint due."""

import torch


def greedy__last_of_equals(logits):
    """Takes the last of several equal logits.

    Hint: last_of_a_tie
    """
    return logits.shape[1] - 1 - logits.flip(1).argmax(1)


def greedy__over_rows(logits):
    """Takes the best row for each token.

    Hint: first_axis
    """
    return torch.max(logits, 0).indices


def greedy__values(logits):
    """Returns the largest logits instead of their ids.

    Hint: the_logit
    """
    return logits.amax(-1)


def greedy__whole_tensor(logits):
    """Searches the whole tensor at once.

    Hint: one_for_all
    """
    return logits.argmax()


def greedy__kept_axis(logits):
    """Keeps the axis of the tokens.

    Hint: a_column
    """
    return logits.argmax(dim=-1, keepdim=True)


def greedy__drawn(logits):
    """Draws by chance.

    Hint: none
    """
    return torch.multinomial(logits.softmax(-1), 1).squeeze(1)


def greedy__list(logits):
    """Returns a list.

    Hint: none
    """
    return [row.argmax().item() for row in logits]


def greedy__int32(logits):
    """Makes whole numbers of 32 bits, which cannot be added to ids by every function.

    Hint: none
    """
    return logits.argmax(dim=-1).to(torch.int32)


def greedy__largest_size(logits):
    """Goes by the size of the logit without its sign.

    Hint: by_size
    """
    return logits.abs().argmax(-1)


def greedy__exponentials(logits):
    """Works the softmax out by hand, which leaves nothing of large logits.

    Hint: none
    """
    e = logits.exp()
    return (e / e.sum(1, keepdim=True)).argmax(1)
