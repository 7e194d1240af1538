"""Section 6.6, "Draft and verify": other right answers. They must pass."""

import torch
from torch import Tensor

from solutions.sampling.reference import residual, speculative_step


def residual__relu(target: Tensor, draft: Tensor) -> Tensor:
    more = torch.relu(target - draft)
    total = more.sum(1, keepdim=True)
    return torch.where(total == 0, target, more / total.clamp(min=1e-30))


def residual__minus_the_common(target: Tensor, draft: Tensor) -> Tensor:
    rows = []
    for one, other in zip(target.tolist(), draft.tolist(), strict=True):
        left = [max(0.0, a - b) for a, b in zip(one, other, strict=True)]
        rows.append([part / sum(left) for part in left] if sum(left) else one)
    return torch.tensor(rows)


def speculative_step__gather(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    index = tokens.unsqueeze(1)
    t, d = target.gather(1, index).squeeze(1), draft.gather(1, index).squeeze(1)
    instead = torch.multinomial(residual(target, draft), 1, generator=generator)[:, 0]
    accepted = torch.rand(tokens.shape, generator=generator) * d < t
    return torch.where(accepted, tokens, instead), accepted


def speculative_step__only_the_rejected(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    rows, taken = range(len(tokens)), tokens.clone()
    chance = target[rows, tokens] / draft[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < chance
    if not accepted.all():
        left = residual(target, draft)[~accepted]
        taken[~accepted] = torch.multinomial(left, 1, generator=generator).flatten()
    return taken, accepted


def speculative_block__one_by_one(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    new = []
    for place in range(len(tokens)):
        here = slice(place, place + 1)
        token, accepted = speculative_step(tokens[here], draft[here], target[here], generator)
        new.append(token)
        if not accepted:
            return torch.cat(new)
    return torch.cat([*new, torch.multinomial(target[-1:], 1, generator=generator)[0]])


def speculative_block__first_rejection(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    taken, accepted = speculative_step(tokens, draft, target[: len(tokens)], generator)
    rejected = (~accepted).nonzero().flatten().tolist()
    if rejected:
        return taken[: rejected[0] + 1]
    return torch.hstack([taken, torch.multinomial(target[len(tokens)], 1, generator=generator)])
