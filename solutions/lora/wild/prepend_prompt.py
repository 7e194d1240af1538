"""Wrong answers to `prepend_prompt` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def prepend_prompt__appended(prompt, vectors, attention_mask):
    """Puts the prompt at the end.

    Hint: behind
    """
    b = vectors.size(0)
    p = prompt.unsqueeze(0).repeat(b, 1, 1)
    ones = torch.ones(b, prompt.size(0), dtype=torch.bool)
    return torch.cat((vectors, p), 1), torch.cat((attention_mask, ones), 1)


def prepend_prompt__same_mask(prompt, vectors, attention_mask):
    """Returns the mask as it came.

    Hint: mask_as_it_was
    """
    p = prompt[None].repeat(len(vectors), 1, 1)
    return torch.cat((p, vectors), 1), attention_mask


def prepend_prompt__false(prompt, vectors, attention_mask):
    """False for the prompt.

    Hint: prompt_is_padding
    """
    p = prompt[None].repeat(len(vectors), 1, 1)
    return torch.cat((p, vectors), 1), F.pad(attention_mask, (len(prompt), 0), value=False)


def prepend_prompt__data(prompt, vectors, attention_mask):
    """Uses .data.

    Hint: cannot_learn
    """
    p = prompt.data.unsqueeze(0).repeat(len(vectors), 1, 1)
    return torch.cat((p, vectors), 1), F.pad(attention_mask, (len(prompt), 0), value=True)


def prepend_prompt__padded_right(prompt, vectors, attention_mask):
    """Lengthens the mask on the wrong side.

    Hint: mask_at_the_end
    """
    p = prompt[None].repeat(len(vectors), 1, 1)
    return torch.cat((p, vectors), 1), F.pad(attention_mask, (0, len(prompt)), value=True)


def prepend_prompt__int_mask(prompt, vectors, attention_mask):
    """Ones as numbers.

    Hint: none
    """
    p = prompt[None].repeat(len(vectors), 1, 1)
    ones = torch.ones(len(vectors), len(prompt), dtype=torch.long)
    return torch.cat((p, vectors), 1), torch.cat((ones, attention_mask.long()), 1)


def prepend_prompt__first_text_teaches(prompt, vectors, attention_mask):
    """A gradient from the first text alone.

    Hint: one_text_teaches
    """
    b = len(vectors)
    each = torch.stack([prompt if i == 0 else prompt.detach() for i in range(b)])
    real = attention_mask.new_ones(b, len(prompt))
    return torch.cat([each, vectors], 1), torch.cat([real, attention_mask], 1)
