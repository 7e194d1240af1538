"""Wrong answers to `Translator` in other words, with the hint due."""

import torch
import torch.nn.functional as F
from solutions.encoder_decoder.reference import (
    Translator as OurTranslator,
)


def _back(count):
    return torch.ones(count, count).tril().bool()[None, None]


class Translator__norms_forgotten(OurTranslator):
    """Leaves out the encoder's norm.

    Hint: no_read_norm
    """

    def encode(self, source_ids):
        real = source_ids.ne(self.pad)[:, None, None, :]
        x = self.embed(source_ids)
        for layer in self.readers:
            x = layer(x, real)
        return x


class Translator__logits_without_norm(OurTranslator):
    """Leaves out the decoder's norm.

    Hint: no_write_norm
    """

    def decode(self, target_ids, source, source_ids):
        x = self.embed(target_ids)
        real = (source_ids != self.pad)[:, None, None]
        for layer in self.writers:
            x = layer(x, source, _back(target_ids.shape[1]), real)
        return F.linear(x, self.tokens.weight)


class Translator__no_triangle(OurTranslator):
    """Hands out a mask of ones for the target.

    Hint: writes_both_ways
    """

    def decode(self, target_ids, source, source_ids):
        x, n = self.embed(target_ids), target_ids.shape[1]
        real = (source_ids != self.pad)[:, None, None]
        for layer in self.writers:
            x = layer(x, source, torch.full((1, 1, n, n), True), real)
        return self.write_norm(x) @ self.tokens.weight.mT


class Translator__everything_of_the_source(OurTranslator):
    """Hides nothing while the source is read.

    Hint: source_sees_padding
    """

    def encode(self, source_ids):
        x, n = self.embed(source_ids), source_ids.shape[1]
        for layer in self.readers:
            x = layer(x, torch.ones(1, 1, n, n, dtype=torch.bool))
        return self.read_norm(x)


class Translator__everything_across(OurTranslator):
    """Hides nothing where the target looks across.

    Hint: target_sees_padding
    """

    def decode(self, target_ids, source, source_ids):
        x, n = self.embed(target_ids), target_ids.shape[1]
        every = torch.ones(1, 1, n, source.shape[1], dtype=torch.bool)
        for layer in self.writers:
            x = layer(x, source, _back(n), every)
        return self.write_norm(x) @ self.tokens.weight.T


class Translator__encoder_looks_back(OurTranslator):
    """Reads the source behind a triangle.

    Hint: reads_from_left_to_right
    """

    def encode(self, source_ids):
        mask = _back(source_ids.shape[1]) & source_ids.ne(self.pad)[:, None, None]
        x = self.embed(source_ids)
        for layer in self.readers:
            x = layer(x, mask)
        return self.read_norm(x)


class Translator__reads_it_twice(OurTranslator):
    """Ignores what the encoder has made.

    Hint: encodes_again
    """

    def decode(self, target_ids, source, source_ids):
        memory, x = self.encode(source_ids), self.embed(target_ids)
        for layer in self.writers:
            x = layer(x, memory, _back(x.shape[1]), (source_ids != self.pad)[:, None, None])
        return self.write_norm(x) @ self.tokens.weight.T


class Translator__stops_after_one(OurTranslator):
    """Returns from inside the loop.

    Hint: one_layer
    """

    def decode(self, target_ids, source, source_ids):
        x = self.embed(target_ids)
        for layer in self.writers:
            x = layer(x, source, _back(x.shape[1]), (source_ids != self.pad)[:, None, None])
            return self.write_norm(x) @ self.tokens.weight.T


class Translator__words_without_places(OurTranslator):
    """Looks up the vectors of the tokens by hand.

    Hint: no_positions
    """

    def encode(self, source_ids):
        x = F.embedding(source_ids, self.tokens.weight)
        for layer in self.readers:
            x = layer(x, source_ids.ne(self.pad)[:, None, None])
        return self.read_norm(x)


class Translator__returns_vectors(OurTranslator):
    """Returns vectors in place of logits.

    Hint: none
    """

    def decode(self, target_ids, source, source_ids):
        x = self.embed(target_ids)
        for layer in self.writers:
            x = layer(x, source, _back(x.shape[1]), (source_ids != self.pad)[:, None, None])
        return self.write_norm(x)


class Translator__reads_without_gradients(OurTranslator):
    """Takes reading for something that need not be learned.

    Hint: cut_off
    """

    @torch.no_grad()
    def encode(self, source_ids):
        return super().encode(source_ids)


class _Parted(OurTranslator):
    """The reference in pieces, for the wrong answers below."""

    def begin(self, ids):
        return self.embed(ids)

    def hidden(self, source_ids):
        return (source_ids != self.pad)[:, None, None]

    def across(self, source_ids):
        return self.hidden(source_ids)

    def look(self, target_ids):
        return _back(target_ids.shape[1])

    def table(self):
        return self.tokens.weight

    def encode(self, source_ids):
        x, mask = self.begin(source_ids), self.hidden(source_ids)
        for layer in self.readers:
            x = layer(x, mask)
        return self.read_norm(x)

    def decode(self, target_ids, source, source_ids):
        x = self.begin(target_ids)
        for layer in self.writers:
            x = layer(x, source, self.look(target_ids), self.across(source_ids))
        return self.write_norm(x) @ self.table().T


class Translator__vectors_cut_off(_Parted):
    """Cuts the vectors of tokens and places off.

    Hint: none
    """

    def begin(self, ids):
        return self.embed(ids).detach()


class Translator__places_cut_off(_Parted):
    """Cuts the vectors of the places off.

    Hint: none
    """

    def begin(self, ids):
        return self.tokens(ids) + self.positions.weight[: ids.shape[1]].detach()


class Translator__head_cut_off(_Parted):
    """Cuts the table off where it makes the logits.

    Hint: none
    """

    def table(self):
        return self.tokens.weight.detach()


class Translator__first_norm_cut_off(_Parted):
    """Lets no gradient through to the norm at the end of the encoder.

    Hint: none
    """

    def encode(self, source_ids):
        x, norm = self.begin(source_ids), self.read_norm
        for layer in self.readers:
            x = layer(x, self.hidden(source_ids))
        return F.layer_norm(x, x.shape[-1:], norm.weight.detach(), norm.bias.detach())


class Translator__mask_of_what_was_read_last(_Parted):
    """Keeps the mask of `encode` for `decode`.

    Hint: none
    """

    def hidden(self, source_ids):
        self.mask = super().hidden(source_ids)
        return self.mask

    def across(self, source_ids):
        return self.mask if hasattr(self, "mask") else self.hidden(source_ids)


class Translator__first_triangle_for_ever(_Parted):
    """Makes the triangle once.

    Hint: none
    """

    def look(self, target_ids):
        if not hasattr(self, "triangle"):
            self.triangle = super().look(target_ids)
        return self.triangle


class Translator__reads_once(_Parted):
    """Gives back what it has read first.

    Hint: none
    """

    def encode(self, source_ids):
        if not hasattr(self, "read"):
            self.read = super().encode(source_ids).detach()
        return self.read


class Translator__first_places_are_real(_Parted):
    """Counts the real tokens, and takes the first ones for these.

    Hint: none
    """

    def hidden(self, source_ids):
        count = (source_ids != self.pad).sum(1)
        return (torch.arange(source_ids.shape[1]) < count[:, None])[:, None, None]


class Translator__first_places_are_looked_at(_Parted):
    """Counts the real tokens, and lets the target look at the first ones.

    Hint: none
    """

    def across(self, source_ids):
        count = (source_ids != self.pad).sum(1)
        return (torch.arange(source_ids.shape[1]) < count[:, None])[:, None, None]
