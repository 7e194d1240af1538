"""Wrong answers to `EncoderLayer` in other words, with the hint due."""

import math

import torch
import torch.nn.functional as F
from solutions.encoder.reference import (
    EncoderLayer as OurLayer,
)


class EncoderLayer__as_in_gpt2(OurLayer):
    """Norms before each part.

    Hint: pre_norm
    """

    def forward(self, x, attention_mask):
        x = x + self.attention(self.norm_1(x), attention_mask)
        y = self.down(F.gelu(self.up(self.norm_2(x))))
        return x + y


class EncoderLayer__replaced(OurLayer):
    """Takes what attention says in place of x.

    Hint: no_bypass
    """

    def forward(self, x, attention_mask):
        collected = self.norm_1(self.attention(x, attention_mask))
        return self.norm_2(collected + self.down(F.gelu(self.up(collected))))


class EncoderLayer__mlp_replaced(OurLayer):
    """Takes what the MLP says in place of what it read.

    Hint: no_bypass_of_the_mlp
    """

    def forward(self, x, attention_mask):
        x = self.norm_1(self.attention(x, attention_mask) + x)
        x = self.up(x)
        x = self.down(F.gelu(x))
        return self.norm_2(x)


class EncoderLayer__gelu_of_gpt2(OurLayer):
    """Writes the formula of notebook 3.

    Hint: tanh_gelu
    """

    def forward(self, x, attention_mask):
        x = self.norm_1(x + self.attention(x, attention_mask))
        z = self.up(x)
        bent = z / 2 * (1 + torch.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
        return self.norm_2(x + self.down(bent))


class EncoderLayer__cut_at_zero(OurLayer):
    """Cuts off what is below zero.

    Hint: relu
    """

    def forward(self, x, attention_mask):
        x = self.norm_1(x + self.attention(x, attention_mask))
        return self.norm_2(x + self.down(self.up(x).clamp(min=0)))


class EncoderLayer__ends_with_a_sum(OurLayer):
    """Forgets the second norm.

    Hint: last_norm_missing
    """

    def forward(self, x, attention_mask):
        h = self.norm_1(self.attention(x, attention_mask) + x)
        return self.down(F.gelu(self.up(h))) + h


class EncoderLayer__no_mlp(OurLayer):
    """Forgets the MLP.

    Hint: no_mlp
    """

    def forward(self, x, attention_mask):
        return self.norm_2(self.norm_1(x + self.attention(x, attention_mask)))


class EncoderLayer__eps_of_pytorch(OurLayer):
    """Norms by the function, without the `eps` of the modules.

    Hint: none
    """

    def forward(self, x, attention_mask):
        size = x.shape[-1:]
        x = x + self.attention(x, attention_mask)
        x = F.layer_norm(x, size, self.norm_1.weight, self.norm_1.bias)
        x = x + self.down(F.gelu(self.up(x)))
        return F.layer_norm(x, size, self.norm_2.weight, self.norm_2.bias)


class EncoderLayer__dropout(OurLayer):
    """Drops something out in training, as BERT does.

    Hint: none
    """

    def forward(self, x, attention_mask):
        said = F.dropout(self.attention(x, attention_mask), 0.1, self.training)
        x = self.norm_1(x + said)
        return self.norm_2(x + F.dropout(self.down(F.gelu(self.up(x))), 0.1, self.training))


class EncoderLayer__first_mask_for_ever(OurLayer):
    """Keeps the mask of the first batch.

    Hint: none
    """

    def forward(self, x, attention_mask):
        if not hasattr(self, "mask"):
            self.mask = attention_mask
        x = self.norm_1(x + self.attention(x, self.mask))
        return self.norm_2(x + self.down(F.gelu(self.up(x))))
