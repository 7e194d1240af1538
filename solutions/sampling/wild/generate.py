"""Wrong answers to `generate` in other words, with the hint due."""

import torch


def generate__stops_at_the_first(next_logits, ids, choose, max_new, end):
    """Stops as soon as one row has finished.

    Hint: stops_with_the_first
    """
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        ids = torch.cat([ids, new.unsqueeze(1)], dim=1)
        if (new == end).any():
            break
    return ids


def generate__never_stops(next_logits, ids, choose, max_new, end):
    """Always takes all rounds.

    Hint: never_stops_early
    """
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        new = torch.where(finished, end, new)
        finished = finished | (new == end)
        ids = torch.cat([ids, new[:, None]], 1)
    return ids


def generate__finished_rows_go_on(next_logits, ids, choose, max_new, end):
    """Lets finished rows go on writing.

    Hint: talks_on
    """
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        finished |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if finished.all():
            return ids
    return ids


def generate__prompt_counts(next_logits, ids, choose, max_new, end):
    """Takes an end in the prompt for one that was written.

    Hint: ends_in_the_prompt
    """
    finished = (ids == end).any(dim=1)
    for _ in range(max_new):
        if finished.all():
            break
        new = choose(next_logits(ids), ids)
        new[finished] = end
        finished = finished | (new == end)
        ids = torch.cat([ids, new[:, None]], 1)
    return ids


def generate__new_only(next_logits, ids, choose, max_new, end):
    """Returns the new ids alone.

    Hint: only_the_new
    """
    start = ids.shape[1]
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), ids).masked_fill(finished, end)
        finished |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if finished.all():
            break
    return ids[:, start:]


def generate__all_in_one_round(next_logits, ids, choose, max_new, end):
    """Stops only if all rows choose the end in the same round.

    Hint: forgets_who_has_ended
    """
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        ids = torch.cat([ids, new[:, None]], 1)
        if (new == end).all():
            break
    return ids


def generate__prompt_for_choose(next_logits, ids, choose, max_new, end):
    """Hands the first ids to choose in each round, not those so far.

    Hint: chooses_by_the_prompt
    """
    start = ids
    done = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), start).masked_fill(done, end)
        done |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if done.all():
            break
    return ids


def generate__probabilities(next_logits, ids, choose, max_new, end):
    """Hands probabilities to choose.

    Hint: none
    """
    done = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids).softmax(-1), ids).masked_fill(done, end)
        done |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if done.all():
            break
    return ids


def generate__filled_with_zero(next_logits, ids, choose, max_new, end):
    """Fills finished rows with 0.

    Hint: none
    """
    done = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        new = torch.where(done, torch.zeros_like(new), new)
        done |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if done.all():
            break
    return ids


def generate__notices_a_round_later(next_logits, ids, choose, max_new, end):
    """Sees that all have ended only when the next tokens are chosen.

    Hint: asks_once_more
    """
    done = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = torch.where(done, end, choose(next_logits(ids), ids))
        if done.all():
            break
        ids = torch.cat([ids, new[:, None]], 1)
        done |= new == end
    return ids
