"""Wrong answers to `RewardModel` in other words, with the hint due."""

import torch

from solutions.rlhf.reference import (
    RewardModel as OurRewardModel,
)


class RewardModel__minus_one(OurRewardModel):
    """Takes the last column.

    Hint: last_place
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        return self.head(h)[:, -1, 0]


class RewardModel__cls(OurRewardModel):
    """Does as with an encoder.

    Hint: first_token
    """

    def forward(self, ids, attention_mask):
        return self.head(self.body(ids, attention_mask)[:, 0]).squeeze(1)


class RewardModel__two_axes(OurRewardModel):
    """Leaves the axis of the head.

    Hint: a_column
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        end = attention_mask.long().sum(1) - 1
        return self.head(h[torch.arange(h.size(0)), end])


class RewardModel__pooled(OurRewardModel):
    """Averages real tokens.

    Hint: mean
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        m = attention_mask.unsqueeze(-1).float()
        return self.head((h * m).sum(1) / m.sum(1))[:, 0]


class RewardModel__finds_zero(OurRewardModel):
    """Looks for the first padding by its id.

    Hint: none
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        ends = []
        for row in ids:
            zero = (row == 0).nonzero()
            ends.append(int(zero[0]) - 1 if len(zero) else len(row) - 1)
        return self.head(h[torch.arange(len(ids)), torch.tensor(ends)]).squeeze(-1)


class RewardModel__everyone(OurRewardModel):
    """Ignores the mask in the body.

    Hint: all_tokens_real
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, torch.full(ids.shape, True))
        end = attention_mask.sum(1) - 1
        return self.head(h[torch.arange(len(h)), end]).flatten()


class RewardModel__sigmoid(OurRewardModel):
    """Makes a probability.

    Hint: squashed
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        end = attention_mask.sum(1) - 1
        return torch.sigmoid(self.head(h[torch.arange(len(h)), end]).flatten())


class RewardModel__body_at_rest(OurRewardModel):
    """Reads without gradients, and rates with them.

    Hint: body_does_not_learn
    """

    def forward(self, ids, attention_mask):
        with torch.no_grad():
            h = self.body(ids, attention_mask)
        last = attention_mask.long().sum(-1) - 1
        return self.head(h[torch.arange(len(h)), last]).flatten()
