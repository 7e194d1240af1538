"""Wrong answers to `beam_step` in other words, with the hint due."""

import torch


def beam_step__best_of_each_beam(ids, scores, log_probs, count):
    """Takes the best token of each beam only.

    Hint: each_beam_its_share
    """
    best, token = log_probs.max(dim=-1)
    longer = torch.cat([ids, token[..., None]], dim=-1)
    total, order = (scores + best).sort(dim=1, descending=True)
    rows = torch.arange(len(ids))[:, None]
    return total[:, :count], longer[rows, order[:, :count]]


def beam_step__scores_forgotten(ids, scores, log_probs, count):
    """Goes by the last token alone.

    Hint: forgets_the_scores
    """
    text, beam, vocab = log_probs.shape
    total, index = log_probs.reshape(text, -1).topk(count)
    parent, token = index // vocab, index % vocab
    kept = ids.gather(1, parent[..., None].expand(-1, -1, ids.shape[-1]))
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__own_beam(ids, scores, log_probs, count):
    """Leaves the tokens with the wrong beams.

    Hint: keeps_its_place
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten(1).topk(count)
    token = index.remainder(vocab)
    kept = ids[:, torch.arange(count) % beam]
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__divided_by_beams(ids, scores, log_probs, count):
    """Divides by the number of beams instead of tokens.

    Hint: none
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten(1).topk(count)
    parent, token = (index // beam) % beam, index % vocab
    kept = ids.gather(1, parent[..., None].expand(-1, -1, ids.shape[-1]))
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__multiplied(ids, scores, log_probs, count):
    """Multiplies log probabilities.

    Hint: multiplies
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] * log_probs).flatten(1).topk(count)
    parent, token = index // vocab, index % vocab
    kept = ids.gather(1, parent[..., None].expand(-1, -1, ids.shape[-1]))
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__texts_mixed(ids, scores, log_probs, count):
    """Lets all texts compete.

    Hint: across_texts
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten().topk(count * text)
    parent, token = index // vocab, index % vocab
    kept = ids.flatten(0, 1)[parent]
    longer = torch.cat([kept, token[:, None]], -1)
    return total.view(text, count), longer.view(text, count, -1)


def beam_step__not_sorted(ids, scores, log_probs, count):
    """Does not sort what is returned.

    Hint: none
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten(1).topk(count)
    index = index.sort(dim=1).values
    total = (scores[..., None] + log_probs).flatten(1).gather(1, index)
    parent, token = index // vocab, index % vocab
    kept = ids.gather(1, parent[..., None].expand(-1, -1, ids.shape[-1]))
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__tokens_only(ids, scores, log_probs, count):
    """Returns the new tokens without the ids before.

    Hint: only_the_tokens
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten(1).topk(count)
    return total, (index % vocab)[..., None]
