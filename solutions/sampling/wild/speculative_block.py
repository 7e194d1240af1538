"""Wrong answers to `speculative_block` in other words, with the hint due."""

import torch
from solutions.sampling.reference import (
    speculative_step,
)


def speculative_block__goes_on(tokens, draft, target, generator):
    """Keeps what was drafted after a rejected token.

    Hint: keeps_later_ones
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        more = torch.multinomial(target[-1], 1, generator=generator)
        new = torch.cat([new, more])
    return new


def speculative_block__nothing_in_place(tokens, draft, target, generator):
    """Stops before the replacement.

    Hint: drops_the_replacement
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        return torch.cat([new, torch.multinomial(target[-1], 1, generator=generator)])
    return new[: int((~ok).nonzero()[0])]


def speculative_block__nothing_more(tokens, draft, target, generator):
    """Draws no token after the last one.

    Hint: no_extra_token
    """
    out = []
    for i in range(len(tokens)):
        new, ok = speculative_step(
            tokens[i : i + 1], draft[i : i + 1], target[i : i + 1], generator
        )
        out.append(new)
        if not ok:
            break
    return torch.cat(out)


def speculative_block__always_one_more(tokens, draft, target, generator):
    """Draws one more even after a replacement.

    Hint: always_an_extra
    """
    out = []
    for i in range(len(tokens)):
        new, ok = speculative_step(
            tokens[i : i + 1], draft[i : i + 1], target[i : i + 1], generator
        )
        out.append(new)
        if not ok:
            break
    out.append(torch.multinomial(target[-1], 1, generator=generator))
    return torch.cat(out)


def speculative_block__likeliest_at_the_end(tokens, draft, target, generator):
    """Takes the likeliest token at the end.

    Hint: greedy_extra
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        return torch.cat([new, target[-1:].argmax(-1)])
    return new[: int((~ok).nonzero()[0]) + 1]


def speculative_block__row_before(tokens, draft, target, generator):
    """Draws the last token from the row before.

    Hint: extra_from_the_wrong_row
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        return torch.cat([new, torch.multinomial(target[-2], 1, generator=generator)])
    return new[: int((~ok).nonzero()[0]) + 1]


def speculative_block__rows_of_the_next(tokens, draft, target, generator):
    """Holds each draft against the target of the next position.

    Hint: none
    """
    new, ok = speculative_step(tokens, draft, target[1:], generator)
    if ok.all():
        return torch.cat([new, torch.multinomial(target[-1], 1, generator=generator)])
    return new[: int((~ok).nonzero()[0]) + 1]


def speculative_block__list(tokens, draft, target, generator):
    """Returns a list.

    Hint: none
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        return [*new.tolist(), torch.multinomial(target[-1], 1, generator=generator).item()]
    return new[: int((~ok).nonzero()[0]) + 1].tolist()


def speculative_block__replaced_from_the_target(tokens, draft, target, generator):
    """Draws what replaces a rejected token from the target, where the residual is due.

    Hint: none
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    n = int(ok.long().cumprod(0).sum())
    return torch.cat([new[:n], torch.multinomial(target[n], 1, generator=generator)])
