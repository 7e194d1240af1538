"""Wrong answers to `sample` in other words, with the hint due."""

import torch


def sample__likeliest(logits, generator):
    """Takes the likeliest token.

    Hint: greedy
    """
    return logits.max(dim=1).indices


def sample__global_randomness(logits, generator):
    """Draws from the global generator.

    Hint: global_luck
    """
    return torch.distributions.Categorical(logits=logits).sample()


def sample__seeded_anew(logits, generator):
    """Seeds the generator at each call, so that every call gives the same.

    Hint: seed_of_its_own
    """
    generator.manual_seed(0)
    return torch.multinomial(logits.softmax(-1), 1, generator=generator)[:, 0]


def sample__one_draw_for_all(logits, generator):
    """Draws one number for all rows, so that they depend on each other.

    Hint: one_dice_for_all
    """
    u = torch.rand(1, generator=generator)
    steps = logits.softmax(dim=-1).cumsum(dim=-1)
    return (steps < u).sum(dim=-1).clamp(max=logits.shape[1] - 1)


def sample__uniform(logits, generator):
    """Draws every possible token equally often.

    Hint: all_that_can_be
    """
    return torch.multinomial((logits > -torch.inf).float(), 1, generator=generator).squeeze(1)


def sample__logits_as_weights(logits, generator):
    """Takes logits for probabilities, after moving them above zero.

    Hint: all_that_can_be
    """
    weights = logits.clamp(min=-50) + 50
    return torch.multinomial(weights, 1, generator=generator).squeeze(1)


def sample__column(logits, generator):
    """Keeps the axis of the draws.

    Hint: a_column
    """
    return torch.multinomial(logits.softmax(-1), num_samples=1, generator=generator)


def sample__squeezed(logits, generator):
    """Takes away every axis of size one.

    Hint: none
    """
    return torch.multinomial(logits.softmax(-1), 1, generator=generator).squeeze()


def sample__noise_in_place(logits, generator):
    """Adds Gumbel noise to the logits that were handed in.

    Hint: changes_the_logits
    """
    u = torch.rand(logits.shape, generator=generator)
    return logits.add_(-torch.log(-torch.log(u))).argmax(-1)


def sample__softmax_over_rows(logits, generator):
    """Takes the softmax over the rows.

    Hint: none
    """
    return torch.multinomial(logits.softmax(0).nan_to_num() + 1e-9, 1, generator=generator)[:, 0]


def sample__exponentials(logits, generator):
    """Takes the exponentials as they are, as weights.

    Hint: overflows
    """
    return torch.multinomial(torch.exp(logits), 1, generator=generator).flatten()
