"""Wrong answers to `KVCache` in other words, with the hint due."""

import torch


class KVCache__only_the_new(object):
    """Returns the new keys and values alone.

    Hint: returns_the_new_ones
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return 0 if self.keys is None else self.keys.size(-2)

    def extend(self, keys, values):
        if self.keys is None:
            self.keys, self.values = keys, values
        else:
            self.keys = torch.cat([self.keys, keys], -2)
            self.values = torch.cat([self.values, values], -2)
        return keys, values


class KVCache__overwritten(object):
    """Keeps the last ones only.

    Hint: overwrites
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return self.keys.shape[2] if self.keys is not None else 0

    def extend(self, keys, values):
        self.keys = keys
        self.values = values
        return self.keys, self.values


class KVCache__new_in_front(object):
    """Puts the new ones before the old ones.

    Hint: new_ones_first
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return self.keys.shape[2] if self.keys is not None else 0

    def extend(self, keys, values):
        if self.keys is not None:
            keys = torch.cat((keys, self.keys), dim=2)
            values = torch.cat((values, self.values), dim=2)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__calls_counted(object):
    """Counts how often it was extended.

    Hint: calls_counted
    """

    def __init__(self):
        self.keys = None
        self.values = None
        self.times = 0

    @property
    def length(self):
        return self.times

    def extend(self, keys, values):
        self.times += 1
        if self.keys is not None:
            keys = torch.cat((self.keys, keys), dim=2)
            values = torch.cat((self.values, values), dim=2)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__along_the_heads(object):
    """Joins along the axis of the heads.

    Hint: more_heads_not_more_tokens
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return 0 if self.keys is None else self.keys.shape[1]

    def extend(self, keys, values):
        if self.keys is not None:
            keys = torch.cat((self.keys, keys), dim=1)
            values = torch.cat((self.values, values), dim=1)
        self.keys, self.values = keys, values
        return self.keys, self.values


class KVCache__values_first(object):
    """Returns the values before the keys.

    Hint: swapped
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys, values):
        if self.keys is not None:
            keys = torch.cat((self.keys, keys), dim=2)
            values = torch.cat((self.values, values), dim=2)
        self.keys, self.values = keys, values
        return self.values, self.keys


class KVCache__length_of_nothing(object):
    """Asks None how long it is.

    Hint: none
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return self.keys.shape[2]

    def extend(self, keys, values):
        if self.keys is not None:
            keys = torch.cat((self.keys, keys), dim=2)
            values = torch.cat((self.values, values), dim=2)
        self.keys, self.values = keys, values
        return self.keys, self.values
