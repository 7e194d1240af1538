"""Wrong answers to `translate` in other words, with the hint due."""

import torch


def translate__encodes_inside(model, source_ids, start, end, max_new):
    """Encodes in the loop.

    Hint: encodes_in_each_round
    """
    target = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(target), dtype=torch.bool)
    for _ in range(max_new):
        logits = model.decode(target, model.encode(source_ids), source_ids)[:, -1]
        best = torch.where(over, model.pad, logits.argmax(-1))
        target = torch.cat((target, best[:, None]), 1)
        over |= best == end
        if over.all():
            break
    return target[:, 1:]


def translate__start_is_kept(model, source_ids, start, end, max_new):
    """Returns the start token as well.

    Hint: with_the_start
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), 1, dtype=torch.bool)
    while rows.shape[1] <= max_new and not over.all():
        best = model.decode(rows, memory, source_ids)[:, -1:].argmax(-1)
        best[over] = model.pad
        over = over | (best == end)
        rows = torch.cat((rows, best), 1)
    return rows


def translate__never_pads(model, source_ids, start, end, max_new):
    """Lets ended rows go on.

    Hint: goes_on_after_the_end
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        rows = torch.cat((rows, best[:, None]), 1)
        over |= best == end
        if over.all():
            break
    return rows[:, 1:]


def translate__ends_too_early(model, source_ids, start, end, max_new):
    """Stops as soon as one row has ended.

    Hint: stops_at_the_first_end
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        rows = torch.cat((rows, best[:, None]), 1)
        if (best == end).any():
            break
    return rows[:, 1:]


def translate__all_rounds(model, source_ids, start, end, max_new):
    """Runs to the last round in any case.

    Hint: never_stops_early
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        best = torch.where(over, torch.tensor(model.pad), best)
        rows = torch.cat((rows, best[:, None]), 1)
        over = over | (best == end)
    return rows[:, 1:]


def translate__asks_again(model, source_ids, start, end, max_new):
    """Reads only the newest token.

    Hint: only_the_last_token
    """
    memory, written = model.encode(source_ids), []
    best = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(best), 1, dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(best, memory, source_ids).argmax(-1)
        best = torch.where(over, torch.full_like(best, model.pad), best)
        written.append(best)
        over = over | (best == end)
        if over.all():
            break
    return torch.cat(written, 1)


def translate__ends_are_pads(model, source_ids, start, end, max_new):
    """Replaces the end itself by padding.

    Hint: the_end_is_lost
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        over = over | (best == end)
        best = torch.where(over, torch.tensor(model.pad), best)
        rows = torch.cat((rows, best[:, None]), 1)
        if over.all():
            break
    return rows[:, 1:]


def translate__samples(model, source_ids, start, end, max_new):
    """Takes the second likeliest.

    Hint: none
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].topk(2).indices[:, 1]
        best = torch.where(over, torch.tensor(model.pad), best)
        rows = torch.cat((rows, best[:, None]), 1)
        over = over | (best == end)
        if over.all():
            break
    return rows[:, 1:]


def translate__padding_ends(model, source_ids, start, end, max_new):
    """Takes a row that says padding for finished.

    Hint: none
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        best = torch.where(over, torch.tensor(model.pad), best)
        rows = torch.cat((rows, best[:, None]), 1)
        over = over | (best == end) | (best == model.pad)
        if over.all():
            break
    return rows[:, 1:]


def translate__never_says_padding(model, source_ids, start, end, max_new):
    """Does not let a row say padding.

    Hint: none
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        logits = model.decode(rows, memory, source_ids)[:, -1].clone()
        logits[:, model.pad] = -torch.inf
        best = torch.where(over, torch.tensor(model.pad), logits.argmax(-1))
        rows = torch.cat((rows, best[:, None]), 1)
        over = over | (best == end)
        if over.all():
            break
    return rows[:, 1:]


def translate__start_may_be_the_end(model, source_ids, start, end, max_new):
    """Looks for the end in the start, too.

    Hint: none
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    for _ in range(max_new):
        over = (rows == end).any(1)
        if over.all():
            break
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        rows = torch.cat((rows, torch.where(over, model.pad, best)[:, None]), 1)
    return rows[:, 1:]
