"""Wrong answers to `speculative_step` in other words, with the hint due."""

import torch
from solutions.sampling.reference import (
    residual,
)


def speculative_step__always_accepted(tokens, draft, target, generator):
    """Accepts everything.

    Hint: accepts_all
    """
    return tokens, torch.ones(len(tokens), dtype=torch.bool)


def speculative_step__ratio_upside_down(tokens, draft, target, generator):
    """Divides draft by target.

    Hint: upside_down
    """
    rows = torch.arange(len(tokens))
    ratio = draft[rows, tokens] / target[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < ratio
    other = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, other), accepted


def speculative_step__drawn_from_target(tokens, draft, target, generator):
    """Draws again from target instead of the rest.

    Hint: redraws_from_target
    """
    rows = torch.arange(len(tokens))
    ratio = target[rows, tokens] / draft[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < ratio
    other = torch.multinomial(target, 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, other), accepted


def speculative_step__accepted_if_likelier(tokens, draft, target, generator):
    """Accepts if and only if the target is at least as likely, without chance.

    Hint: if_likelier
    """
    rows = torch.arange(len(tokens))
    accepted = target[rows, tokens] >= draft[rows, tokens]
    other = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, other), accepted


def speculative_step__one_number_for_all(tokens, draft, target, generator):
    """Draws one number for all rows.

    Hint: if_likelier
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    d = draft.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand(1, generator=generator) < t / d
    other = torch.multinomial(residual(target, draft), 1, generator=generator)[:, 0]
    return torch.where(accepted, tokens, other), accepted


def speculative_step__global_randomness(tokens, draft, target, generator):
    """Draws from the global generator.

    Hint: global_luck
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    d = draft.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand_like(t) < t / d
    other = torch.multinomial(residual(target, draft), 1)[:, 0]
    return torch.where(accepted, tokens, other), accepted


def speculative_step__likeliest_instead(tokens, draft, target, generator):
    """Replaces by the likeliest of the rest.

    Hint: best_instead
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    d = draft.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand(len(t), generator=generator) < t / d
    return torch.where(accepted, tokens, residual(target, draft).argmax(-1)), accepted


def speculative_step__target_alone(tokens, draft, target, generator):
    """Accepts with the probability of the target.

    Hint: by_the_target_alone
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand(len(t), generator=generator) < t
    other = torch.multinomial(residual(target, draft), 1, generator=generator)[:, 0]
    return torch.where(accepted, tokens, other), accepted


def speculative_step__half_or_half(tokens, draft, target, generator):
    """Accepts half of what is likely enough.

    Hint: none
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    d = draft.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand(len(t), generator=generator) < 0.5 * t / d
    other = torch.multinomial(residual(target, draft), 1, generator=generator)[:, 0]
    return torch.where(accepted, tokens, other), accepted
