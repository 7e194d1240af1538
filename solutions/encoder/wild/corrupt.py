"""Wrong answers to `corrupt` in other words, with the hint due."""

import torch


def corrupt__eighty_is_all(ids, chosen, dice, random_ids, mask_id):
    """Masks all that was chosen.

    Hint: always_mask
    """
    inputs = ids.clone()
    inputs[chosen] = mask_id
    labels = torch.full_like(ids, -100)
    labels[chosen] = ids[chosen]
    return inputs, labels


def corrupt__no_third_way(ids, chosen, dice, random_ids, mask_id):
    """Swaps all that is not masked.

    Hint: never_stays
    """
    changed = torch.where(dice < 0.8, torch.full_like(ids, mask_id), random_ids)
    return torch.where(chosen, changed, ids), torch.where(chosen, ids, -100)


def corrupt__only_masks_are_asked(ids, chosen, dice, random_ids, mask_id):
    """Gives a label where the mask stands.

    Hint: labels_only_for_masks
    """
    inputs = ids.clone()
    inputs[chosen & (dice < 0.8)] = mask_id
    swap = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs[swap] = random_ids[swap]
    labels = torch.where(inputs == mask_id, ids, -100)
    return inputs, labels


def corrupt__changed_are_asked(ids, chosen, dice, random_ids, mask_id):
    """Gives a label where something has changed.

    Hint: no_label_where_it_stays
    """
    inputs = ids.clone()
    inputs[chosen & (dice < 0.8)] = mask_id
    swap = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs[swap] = random_ids[swap]
    labels = ids.clone()
    labels[inputs == ids] = -100
    return inputs, labels


def corrupt__everything_is_asked(ids, chosen, dice, random_ids, mask_id):
    """Has a label for each token.

    Hint: labels_everywhere
    """
    inputs = torch.where(chosen & (dice < 0.8), mask_id, ids)
    inputs = torch.where(chosen & (dice >= 0.8) & (dice < 0.9), random_ids, inputs)
    return inputs, ids


def corrupt__ninety_ten(ids, chosen, dice, random_ids, mask_id):
    """Masks nine in ten and swaps the rest.

    Hint: never_swapped
    """
    inputs = torch.where(chosen & (dice < 0.9), mask_id, ids)
    inputs = torch.where(chosen & (dice >= 0.9), random_ids, inputs)
    return inputs, torch.where(chosen, ids, -100)


def corrupt__written_into_the_text(ids, chosen, dice, random_ids, mask_id):
    """Writes the masks into the ids that it was handed.

    Hint: changes_the_ids
    """
    labels = torch.where(chosen, ids, -100)
    for row in range(ids.shape[0]):
        for place in range(ids.shape[1]):
            if chosen[row, place] and dice[row, place] < 0.8:
                ids[row, place] = mask_id
            elif chosen[row, place] and dice[row, place] < 0.9:
                ids[row, place] = random_ids[row, place]
    return ids, labels


def corrupt__labels_where_a_mask_stands(ids, chosen, dice, random_ids, mask_id):
    """Gives a label to every mask, also to one that was there before.

    Hint: none
    """
    inputs = torch.where(chosen & (dice < 0.8), mask_id, ids)
    inputs = torch.where(chosen & (dice >= 0.8) & (dice < 0.9), random_ids, inputs)
    return inputs, torch.where(chosen | (inputs == mask_id), ids, -100)
