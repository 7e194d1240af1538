"""Wrong answers to `pool` in other words, with the hint due."""

import torch


def pool__plain_mean(hidden, attention_mask, how):
    """A mean over all places.

    Hint: over_padding
    """
    if how == "cls":
        return hidden[:, 0]
    if how == "each":
        return hidden
    if how == "mean":
        return torch.mean(hidden, 1)
    raise ValueError(how)


def pool__mask_times(hidden, attention_mask, how):
    """Multiplies by the mask.

    Hint: times_the_mask
    """
    if how == "cls":
        return hidden[:, 0]
    if how == "each":
        return hidden
    if how == "mean":
        m = attention_mask.unsqueeze(-1).float()
        return (hidden * m).sum(1) / m.sum(1)
    raise ValueError(how)


def pool__wrong_count(hidden, attention_mask, how):
    """Leaves padding out of the sum and divides by the length of the batch.

    Hint: divided_by_all
    """
    if how == "cls":
        return hidden[:, 0]
    if how == "each":
        return hidden
    if how == "mean":
        clean = torch.where(attention_mask[:, :, None], hidden, 0.0)
        return clean.mean(dim=1)
    raise ValueError(how)


def pool__no_error(hidden, attention_mask, how):
    """Takes the mean whenever it does not know the word.

    Hint: mean_for_all_else
    """
    if how == "each":
        return hidden
    if how == "cls":
        return hidden[:, 0]
    return torch.stack([h[m].mean(0) for h, m in zip(hidden, attention_mask)])


def pool__none_for_others(hidden, attention_mask, how):
    """Gives None for a word that it does not know.

    Hint: mean_for_all_else
    """
    if how == "each":
        return hidden
    if how == "cls":
        return hidden[:, 0]
    if how == "mean":
        return torch.stack([h[m].mean(0) for h, m in zip(hidden, attention_mask)])


def pool__first_row(hidden, attention_mask, how):
    """Takes the first text for the first token.

    Hint: first_text
    """
    if how == "cls":
        return hidden[0]
    if how == "each":
        return hidden
    if how != "mean":
        raise ValueError
    return torch.stack([h[m].mean(0) for h, m in zip(hidden, attention_mask)])


def pool__kept_axis(hidden, attention_mask, how):
    """Keeps an axis for the token.

    Hint: any.axis_of_one
    """
    if how == "each":
        return hidden
    if how == "cls":
        return hidden[:, :1]
    if how != "mean":
        raise ValueError
    return torch.stack([h[m].mean(0) for h, m in zip(hidden, attention_mask)])


def _chosen(hidden, attention_mask, how):
    if how == "cls":
        return hidden[:, 0]
    if how == "each":
        return hidden
    if how != "mean":
        raise ValueError
    return torch.stack([h[m].mean(0) for h, m in zip(hidden, attention_mask)])


def pool__counts_what_is_not_zero(hidden, attention_mask, how):
    """Counts the vectors that are not all zeros.

    Hint: none
    """
    if how != "mean":
        return _chosen(hidden, attention_mask, how)
    kept = hidden.masked_fill(~attention_mask[..., None], 0)
    return kept.sum(1) / (kept != 0).any(-1).sum(1, keepdim=True)


def pool__only_nan_goes(hidden, attention_mask, how):
    """Takes NaN away and leaves infinity, which times 0 is NaN.

    Hint: none
    """
    if how != "mean":
        return _chosen(hidden, attention_mask, how)
    m = attention_mask[..., None]
    return (hidden.masked_fill(hidden.isnan(), 0) * m).sum(1) / m.sum(1)


def pool__nan_to_num(hidden, attention_mask, how):
    """Takes NaN and infinity away first, for "each" too.

    Hint: none
    """
    return _chosen(hidden.nan_to_num(), attention_mask, how)


def pool__lower_case(hidden, attention_mask, how):
    """Reads the word in lower case.

    Hint: none
    """
    return _chosen(hidden, attention_mask, how.lower())


def pool__first_letter(hidden, attention_mask, how):
    """Goes by the first letter.

    Hint: none
    """
    words = {word[0]: word for word in ("cls", "mean", "each")}
    return _chosen(hidden, attention_mask, words.get(how[0], how))


def pool__part_of_a_word(hidden, attention_mask, how):
    """Asks whether the word is in another one.

    Hint: none
    """
    words = [word for word in ("cls", "mean", "each") if how in word]
    return _chosen(hidden, attention_mask, words[0] if words else how)


def pool__without_gradients(hidden, attention_mask, how):
    """Chooses without gradients.

    Hint: no_learning
    """
    with torch.no_grad():
        return _chosen(hidden.clone(), attention_mask, how)


def pool__mean_detached(hidden, attention_mask, how):
    """Detaches the mean.

    Hint: none
    """
    found = _chosen(hidden, attention_mask, how)
    return found.detach() if how == "mean" else found


def pool__first_token_detached(hidden, attention_mask, how):
    """Detaches the vector of the first token.

    Hint: none
    """
    found = _chosen(hidden, attention_mask, how)
    return found.detach() if how == "cls" else found


def pool__all_detached(hidden, attention_mask, how):
    """Detaches the vectors when all are asked for.

    Hint: none
    """
    found = _chosen(hidden, attention_mask, how)
    return found.data if how == "each" else found
