"""Wrong answers to `pack_conversations` in other words, with the hint due."""


def _fill(block, row, mask):
    number = block["conversation"][-1] + 1 if block["conversation"] else 0
    block["ids"].extend(row)
    block["mask"].extend(mask)
    block["conversation"].extend([number] * len(row))


def _empty():
    return {"ids": [], "mask": [], "conversation": []}


def pack_conversations__last_block(rows, masks, size):
    """Looks at the last block alone (next fit).

    Hint: last_block_only
    """
    blocks = []
    for r, m in zip(rows, masks):
        if not blocks or len(blocks[-1]["ids"]) + len(r) > size:
            blocks.append(_empty())
        _fill(blocks[-1], r, m)
    return blocks


def pack_conversations__last_with_room(rows, masks, size):
    """Takes the last block that has room.

    Hint: last_fit
    """
    blocks = []
    for r, m in zip(rows, masks):
        for b in reversed(blocks):
            if len(b["ids"]) + len(r) <= size:
                break
        else:
            b = _empty()
            blocks.append(b)
        _fill(b, r, m)
    return blocks


def pack_conversations__best_fit(rows, masks, size):
    """Takes the fullest block that has room.

    Hint: best_fit
    """
    blocks = []
    for r, m in zip(rows, masks):
        fits = [b for b in blocks if len(b["ids"]) + len(r) <= size]
        if fits:
            b = max(fits, key=lambda x: len(x["ids"]))
        else:
            b = _empty()
            blocks.append(b)
        _fill(b, r, m)
    return blocks


def pack_conversations__emptiest(rows, masks, size):
    """Takes the block with most room.

    Hint: none
    """
    blocks = []
    for r, m in zip(rows, masks):
        fits = [b for b in blocks if len(b["ids"]) + len(r) <= size]
        if fits:
            b = min(fits, key=lambda x: len(x["ids"]))
        else:
            b = _empty()
            blocks.append(b)
        _fill(b, r, m)
    return blocks


def pack_conversations__longest_first(rows, masks, size):
    """Sorts by length first, which packs better.

    Hint: longest_first
    """
    blocks = []
    for r, m in sorted(zip(rows, masks), key=lambda x: -len(x[0])):
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                _fill(b, r, m)
                break
        else:
            blocks.append(_empty())
            _fill(blocks[-1], r, m)
    return blocks


def pack_conversations__never_full(rows, masks, size):
    """Needs one place to spare.

    Hint: never_full
    """
    blocks = []
    for r, m in zip(rows, masks):
        for b in blocks:
            if len(b["ids"]) + len(r) < size:
                _fill(b, r, m)
                break
        else:
            blocks.append(_empty())
            _fill(blocks[-1], r, m)
    return blocks


def pack_conversations__room_for_one_more_token(rows, masks, size):
    """Asks only whether the block is full already.

    Hint: too_full
    """
    blocks = []
    for r, m in zip(rows, masks):
        for b in blocks:
            if len(b["ids"]) < size:
                _fill(b, r, m)
                break
        else:
            blocks.append(_empty())
            _fill(blocks[-1], r, m)
    return blocks


def pack_conversations__one_stream(rows, masks, size):
    """Strings all together and cuts every `size` tokens.

    Hint: cut
    """
    ids = [t for r in rows for t in r]
    mask = [y for m in masks for y in m]
    who = [i for i, r in enumerate(rows) for _ in r]
    blocks = []
    for a in range(0, len(ids), size):
        w = who[a : a + size]
        w = [x - w[0] for x in w]
        blocks.append({"ids": ids[a : a + size], "mask": mask[a : a + size], "conversation": w})
    return blocks


def pack_conversations__one_each(rows, masks, size):
    """A block for each conversation.

    Hint: one_each
    """
    return [
        {"ids": list(r), "mask": list(m), "conversation": [0] * len(r)} for r, m in zip(rows, masks)
    ]


def pack_conversations__counted_through(rows, masks, size):
    """Counts the conversations through all the blocks.

    Hint: counted_on
    """
    blocks = []
    for i, (r, m) in enumerate(zip(rows, masks)):
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                break
        else:
            b = _empty()
            blocks.append(b)
        b["ids"] += r
        b["mask"] += m
        b["conversation"] += [i] * len(r)
    return blocks


def pack_conversations__counted_from_one(rows, masks, size):
    """Counts the conversations from 1.

    Hint: from_one
    """
    blocks = []
    for r, m in zip(rows, masks):
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                break
        else:
            b = _empty()
            blocks.append(b)
        b["ids"] += r
        b["mask"] += m
        b["conversation"] += [max(b["conversation"], default=0) + 1] * len(r)
    return blocks


def pack_conversations__number_of_the_block(rows, masks, size):
    """Writes the block's number to each token.

    Hint: all_one
    """
    blocks = []
    for r, m in zip(rows, masks):
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                break
        else:
            b = _empty()
            blocks.append(b)
        _fill(b, r, m)
    for i, b in enumerate(blocks):
        b["conversation"] = [i] * len(b["ids"])
    return blocks


def pack_conversations__one_number_each(rows, masks, size):
    """Notes one number for a conversation, not one for a token.

    Hint: none
    """
    blocks = []
    for r, m in zip(rows, masks):
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                break
        else:
            b = _empty()
            blocks.append(b)
        b["ids"] += r
        b["mask"] += m
        b["conversation"].append(len(b["conversation"]))
    return blocks


def pack_conversations__padded(rows, masks, size):
    """Fills each block up to its size.

    Hint: none
    """
    blocks = []
    for r, m in zip(rows, masks):
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                break
        else:
            b = _empty()
            blocks.append(b)
        _fill(b, r, m)
    for b in blocks:
        rest = size - len(b["ids"])
        b["ids"] += [0] * rest
        b["mask"] += [False] * rest
        b["conversation"] += [-1] * rest
    return blocks


def pack_conversations__last_one_forgotten(rows, masks, size):
    """Stores a block only when the next begins, and loses the last.

    Hint: none
    """
    blocks, b = [], _empty()
    for r, m in zip(rows, masks):
        if len(b["ids"]) + len(r) > size:
            blocks.append(b)
            b = _empty()
        _fill(b, r, m)
    return blocks


def pack_conversations__the_callers_rows(rows, masks, size):
    """Begins a block with the caller's own row, and lengthens this.

    Hint: none
    """
    blocks = []
    for r, m in zip(rows, masks):
        n = len(r)
        for b in blocks:
            if len(b["ids"]) + n <= size:
                b["ids"] += r
                b["mask"] += m
                b["conversation"] += [b["conversation"][-1] + 1] * n
                break
        else:
            blocks.append({"ids": r, "mask": m, "conversation": [0] * n})
    return blocks


def pack_conversations__goes_into_all(rows, masks, size):
    """Forgets `break`: goes into each block that has room.

    Hint: in_each_that_has_room
    """
    blocks = []
    for r, m in zip(rows, masks):
        placed = False
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                _fill(b, r, m)
                placed = True
        if not placed:
            blocks.append(_empty())
            _fill(blocks[-1], r, m)
    return blocks


def pack_conversations__new_in_front(rows, masks, size):
    """Puts a new block before the others.

    Hint: none
    """
    blocks = []
    for r, m in zip(rows, masks):
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                break
        else:
            b = _empty()
            blocks.insert(0, b)
        _fill(b, r, m)
    return blocks


def pack_conversations__one_begin_for_all(rows, masks, size):
    """Drops the first token of what comes second in a block, as one beginning will do.

    Hint: none
    """
    blocks = []
    for r, m in zip(rows, masks):
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                _fill(b, r[1:], m[1:])
                break
        else:
            blocks.append(_empty())
            _fill(blocks[-1], r, m)
    return blocks


def pack_conversations__learned_by_conversation(rows, masks, size):
    """Learns each token of a packed conversation.

    Hint: mask_lost
    """
    blocks = []
    for r in rows:
        for b in blocks:
            if len(b["ids"]) + len(r) <= size:
                break
        else:
            b = _empty()
            blocks.append(b)
        _fill(b, r, [True] * len(r))
    return blocks


def pack_conversations__closes_full_ones(rows, masks, size):
    """Lays full blocks aside, and returns them before the others.

    Hint: any.order
    """
    done, still = [], []
    for row, mask in zip(rows, masks, strict=True):
        b = next((b for b in still if len(b["ids"]) + len(row) <= size), None)
        if b is None:
            b = {"ids": [], "mask": [], "conversation": []}
            still.append(b)
        n = b["conversation"][-1] + 1 if b["ids"] else 0
        b["ids"] += row
        b["mask"] += mask
        b["conversation"] += [n] * len(row)
        if len(b["ids"]) == size:
            still.remove(b)
            done.append(b)
    return done + still
