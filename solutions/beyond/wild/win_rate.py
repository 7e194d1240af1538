"""Wrong answers to `win_rate` in other words, with the hint due."""

import torch


def win_rate__wins_only(first, second, margin=0.0):
    """A tie counts nothing.

    Hint: ties_lose
    """
    return torch.mean((first - second > margin).float()).item()


def win_rate__ties_won(first, second, margin=0.0):
    """A tie counts as a win.

    Hint: ties_win
    """
    return (first - second >= -margin).float().mean().item()


def win_rate__ties_thrown_away(first, second, margin=0.0):
    """Leaves ties out and divides by what is decided.

    Hint: without_ties
    """
    wins = (first - second > margin).sum().item()
    losses = (second - first > margin).sum().item()
    return wins / (wins + losses) if wins + losses else 0.5


def win_rate__margin_wins(first, second, margin=0.0):
    """Wins with just the margin, too.

    Hint: just_the_margin
    """
    score = 0.0
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        if a - b >= margin:
            score += 1
        elif b - a < margin:
            score += 0.5
    return score / len(first)


def win_rate__no_margin(first, second, margin=0.0):
    """Ties are equal rewards only.

    Hint: no_margin
    """
    return ((first > second).float() + 0.5 * (first == second).float()).mean().item()


def win_rate__second_wins(first, second, margin=0.0):
    """Tells how often the second one wins.

    Hint: other_writer
    """
    d = second - first
    return ((d > margin).float() + 0.5 * (d.abs() <= margin).float()).mean().item()


def win_rate__margin_on_one_side(first, second, margin=0.0):
    """Has the margin for wins only: less is lost, and only equals tie.

    Hint: margin_shifts
    """
    wins = (first > second + margin).float()
    ties = (first == second).float()
    return (wins + ties / 2).mean().item()


def win_rate__of_means(first, second, margin=0.0):
    """Compares the means.

    Hint: none
    """
    a, b = first.mean().item(), second.mean().item()
    if a - b > margin:
        return 1.0
    return 0.0 if b - a > margin else 0.5


def win_rate__all_with_all(first, second, margin=0.0):
    """Compares each story with each.

    Hint: none
    """
    apart = first[:, None] - second[None, :]
    return ((torch.sign(apart) * (apart.abs() > margin) + 1) / 2).mean().item()


def win_rate__count(first, second, margin=0.0):
    """Returns the number of wins.

    Hint: none
    """
    apart = first - second
    wins = (apart > margin).sum().item()
    ties = (apart.abs() <= margin).sum().item()
    return wins + ties / 2


def win_rate__net(first, second, margin=0.0):
    """Takes the losses away from the wins.

    Hint: wins_less_losses
    """
    apart = first - second
    return ((apart > margin).float() - (apart < -margin).float()).mean().item()


def win_rate__relative_margin(first, second, margin=0.0):
    """Takes the margin for a share of the second reward.

    Hint: none
    """
    apart, room = first - second, margin * second.abs()
    wins, losses = (apart > room).float(), (apart < -room).float()
    return ((1 + wins - losses) / 2).mean().item()


def win_rate__share_of_reward(first, second, margin=0.0):
    """Divides the first one's reward by both.

    Hint: none
    """
    return (first.sum() / (first.sum() + second.sum())).item()


def win_rate__cut_off_at_zero(first, second, margin=0.0):
    """Averages 1, 0 and -1, and cuts off what is below 0.

    Hint: wins_less_losses
    """
    apart = first - second
    score = torch.where(apart > margin, 1.0, torch.where(apart < -margin, -1.0, 0.0))
    return max(0.0, score.mean().item())


def win_rate__margin_added_to_first(first, second, margin=0.0):
    """Adds the margin to the first writer's side.

    Hint: none
    """
    moved = first + margin
    return ((moved > second).float() + (moved == second).float() / 2).mean().item()


def win_rate__is_close(first, second, margin=0.0):
    """Takes ties by isclose, with its own tolerances.

    Hint: none
    """
    ties = torch.isclose(first, second, atol=margin, rtol=0.1)
    wins = (first > second) & ~ties
    return (wins.float() + ties.float() / 2).mean().item()


def win_rate__tensor(first, second, margin=0.0):
    """Returns a tensor.

    Hint: any.form
    """
    apart = first - second
    return (apart > margin).float().mean() + (apart.abs() <= margin).float().mean() / 2


def win_rate__close(first, second, margin=0.0):
    """Takes rewards that lie near each other for ties.

    Hint: none
    """
    tie = torch.isclose(first, second, atol=margin)
    return torch.where(tie, 0.5, (first > second).float()).mean().item()


def win_rate__share_of_the_reward(first, second, margin=0.0):
    """Takes the margin for a share of the second reward.

    Hint: none
    """
    d = first - second
    return ((d > margin * second.abs()).double() + 0.5 * (d.abs() <= margin)).mean().item()
