"""Wrong answers to `minhash` in other words, with the hint due."""

import zlib

import torch

from gradelib.topics.pretraining.words import PRIME


def minhash__built_in_hash(shingles, a, b):
    """Takes Python's own hash.

    Hint: none
    """
    x = torch.tensor([hash(s) % PRIME for s in shingles])
    return ((x[:, None] * a + b) % PRIME).min(dim=0).values


def minhash__which(shingles, a, b):
    """Returns where the smallest stands.

    Hint: which_one
    """
    x = torch.tensor([zlib.crc32(s.encode("utf-8")) for s in sorted(shingles)])
    return torch.argmin((a.unsqueeze(1) * x + b.unsqueeze(1)) % PRIME, dim=1)


def minhash__largest(shingles, a, b):
    """Takes the largest.

    Hint: the_largest
    """
    x = torch.tensor([zlib.crc32(s.encode("utf-8")) for s in shingles])
    return torch.max((a.unsqueeze(1) * x + b.unsqueeze(1)) % PRIME, dim=1)[0]


def minhash__per_shingle(shingles, a, b):
    """Takes the smallest over the functions, one for each shingle.

    Hint: of_a_shingle
    """
    x = torch.tensor([zlib.crc32(s.encode("utf-8")) for s in sorted(shingles)])
    values = (a[:, None] * x[None, :] + b[:, None]) % PRIME
    return values.min(0)[0]


def minhash__smallest_first(shingles, a, b):
    """Hashes the smallest number, not all of them.

    Hint: of_the_numbers
    """
    smallest = min(zlib.crc32(s.encode("utf-8")) for s in shingles)
    return (a * smallest + b) % PRIME


def minhash__modulo_last(shingles, a, b):
    """Takes the smallest first, and the rest afterwards.

    Hint: of_the_numbers
    """
    x = torch.tensor([zlib.crc32(s.encode("utf-8")) for s in shingles])
    return (a[:, None] * x + b[:, None]).amin(1) % PRIME


def minhash__no_modulo(shingles, a, b):
    """Takes no rest at the end.

    Hint: no_prime
    """
    x = torch.tensor([zlib.crc32(s.encode("utf-8")) for s in shingles])
    return (a[:, None] * x + b[:, None]).amin(1)


def minhash__no_b(shingles, a, b):
    """Forgets to add b.

    Hint: no_shift
    """
    out = []
    for k in range(len(a)):
        out.append(min(int(a[k]) * zlib.crc32(s.encode()) % PRIME for s in shingles))
    return torch.tensor(out)


def minhash__swapped(shingles, a, b):
    """Multiplies by b and adds a.

    Hint: none
    """
    x = torch.tensor([zlib.crc32(s.encode("utf-8")) for s in shingles])
    return ((b[:, None] * x + a[:, None]) % PRIME).amin(1)


def minhash__brackets(shingles, a, b):
    """Takes the rest of the product, and then adds.

    Hint: none
    """
    x = torch.tensor([zlib.crc32(s.encode("utf-8")) for s in shingles])
    return (a[:, None] * x % PRIME + b[:, None]).amin(1)


def minhash__floats(shingles, a, b):
    """Computes with floats, which have too few digits.

    Hint: none
    """
    x = torch.tensor([zlib.crc32(s.encode("utf-8")) for s in shingles]).double()
    values = (a.double()[:, None] * x + b.double()[:, None]) % PRIME
    return values.amin(1).long()


def minhash__first_in_the_alphabet(shingles, a, b):
    """Hashes the shingle that is first in the alphabet.

    Hint: none
    """
    x = zlib.crc32(min(shingles).encode("utf-8"))
    return (a * x + b) % PRIME


def minhash__not_utf8(shingles, a, b):
    """Encodes by Latin-1, and leaves out what it does not have.

    Hint: none
    """
    x = torch.tensor([zlib.crc32(s.encode("latin-1", "ignore")) for s in shingles])
    return ((a[:, None] * x + b[:, None]) % PRIME).amin(1)


def minhash__list(shingles, a, b):
    """Returns a list.

    Hint: any.form
    """
    numbers = [zlib.crc32(s.encode("utf-8")) for s in shingles]
    return [min((i * x + j) % PRIME for x in numbers) for i, j in zip(a.tolist(), b.tolist())]


def minhash__keeps_axis(shingles, a, b):
    """Keeps the axis.

    Hint: any.axis_of_one
    """
    x = torch.tensor([zlib.crc32(s.encode("utf-8")) for s in shingles])
    return ((a[:, None] * x + b[:, None]) % PRIME).amin(1, keepdim=True)


def minhash__small_letters(shingles, a, b):
    """Makes small letters of what it gets.

    Hint: none
    """
    x = torch.tensor([zlib.crc32(s.lower().encode()) for s in shingles])
    return ((a[:, None] * x + b[:, None]) % PRIME).amin(1)
