"""Wrong answers to `fill_mask` in other words, with the hint due."""

import torch


def fill_mask__raw(logits, ids, mask_id, k):
    """Returns logits.

    Hint: logits
    """
    found = []
    for place in (ids == mask_id).nonzero().flatten().tolist():
        best = logits[place].topk(k)
        found.append(list(zip(best.indices.tolist(), best.values.tolist())))
    return found


def fill_mask__only_one(logits, ids, mask_id, k):
    """Looks for the first mask alone.

    Hint: first_mask_only
    """
    if mask_id not in ids.tolist():
        return []
    place = ids.tolist().index(mask_id)
    best = logits[place].softmax(0).topk(k)
    return [list(zip(best.indices.tolist(), best.values.tolist()))]


def fill_mask__every_place(logits, ids, mask_id, k):
    """Answers for each token.

    Hint: all_places
    """
    best = torch.softmax(logits, dim=1).topk(k, dim=1)
    return [
        list(zip(tokens, chances))
        for tokens, chances in zip(best.indices.tolist(), best.values.tolist())
    ]


def fill_mask__among_themselves(logits, ids, mask_id, k):
    """Lets the best share the whole probability.

    Hint: probability_among_the_best
    """
    found = []
    for place, token in enumerate(ids.tolist()):
        if token == mask_id:
            values, which = logits[place].topk(k)
            found.append(list(zip(which.tolist(), values.softmax(0).tolist())))
    return found


def fill_mask__unlikely_first(logits, ids, mask_id, k):
    """Sorts the wrong way.

    Hint: least_likely
    """
    found = []
    for place, token in enumerate(ids.tolist()):
        if token == mask_id:
            p = logits[place].softmax(0)
            order = p.argsort()[:k].tolist()
            found.append([(number, p[number].item()) for number in order])
    return found


def fill_mask__exponentials(logits, ids, mask_id, k):
    """Divides exponentials by their sum, as the formula says.

    Hint: none
    """
    found = logits[ids == mask_id].exp()
    best = (found / found.sum(-1, keepdim=True)).topk(k)
    rows = zip(best.indices.tolist(), best.values.tolist(), strict=True)
    return [list(zip(*row, strict=True)) for row in rows]


def fill_mask__a_list_for_nothing(logits, ids, mask_id, k):
    """Returns one empty list where there is no mask.

    Hint: a_list_for_nothing
    """
    found = []
    for place in (ids == mask_id).nonzero().flatten().tolist():
        best = logits[place].softmax(0).topk(k)
        found.append(list(zip(best.indices.tolist(), best.values.tolist(), strict=True)))
    return found or [[]]
