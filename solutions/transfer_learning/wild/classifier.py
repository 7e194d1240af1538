"""Wrong answers to `Classifier` in other words, with the hint due."""

import torch
import torch.nn.functional as F
from solutions.transfer_learning.reference import (
    Classifier as OurClassifier,
)
from solutions.transfer_learning.reference import (
    pool,
)


class Classifier__softmaxed(OurClassifier):
    """Makes probabilities of the logits.

    Hint: probabilities
    """

    def forward(self, ids, attention_mask):
        return F.softmax(super().forward(ids, attention_mask), dim=-1)


class Classifier__cls_only(OurClassifier):
    """Always reads the first token.

    Hint: always_cls
    """

    def forward(self, ids, attention_mask):
        return self.head(self.body(ids, attention_mask)[:, 0])


class Classifier__every_token(OurClassifier):
    """Forgets to pool.

    Hint: no_pooling
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        return self.head(h)


class Classifier__features(OurClassifier):
    """Returns the pooled vector.

    Hint: no_head
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        return pool(h, attention_mask, self.how)


class Classifier__under_no_grad(OurClassifier):
    """Takes the gradients away from everything.

    Hint: frozen
    """

    @torch.no_grad()
    def forward(self, ids, attention_mask):
        return self.head(pool(self.body(ids, attention_mask), attention_mask, self.how))


class Classifier__relu(OurClassifier):
    """Bends the logits.

    Hint: none
    """

    def forward(self, ids, attention_mask):
        return torch.relu(self.head(pool(self.body(ids, attention_mask), attention_mask, self.how)))


class Classifier__reads_as_for_features(OurClassifier):
    """Reads with the body as `cache_features` does.

    Hint: body_cut_off
    """

    def forward(self, ids, attention_mask):
        with torch.no_grad():
            hidden = self.body(ids, attention_mask)
        return self.head(pool(hidden, attention_mask, self.how))


class Classifier__no_gradients_while_it_trains(OurClassifier):
    """Keeps gradients in evaluation mode alone.

    Hint: none
    """

    def forward(self, ids, attention_mask):
        with torch.set_grad_enabled(not self.training):
            hidden = self.body(ids, attention_mask)
        return self.head(pool(hidden, attention_mask, self.how))


class Classifier__evaluation_and_back(OurClassifier):
    """Lets the body read in evaluation mode, and puts it back afterwards.

    Hint: none
    """

    def forward(self, ids, attention_mask):
        mode = self.body.training
        self.body.eval()
        hidden = self.body(ids, attention_mask)
        self.body.train(mode)
        return self.head(pool(hidden, attention_mask, self.how))


class Classifier__body_in_its_own_mode(OurClassifier):
    """Puts the body into the mode of the whole.

    Hint: none
    """

    def forward(self, ids, attention_mask):
        self.body.train(self.training)
        return self.head(pool(self.body(ids, attention_mask), attention_mask, self.how))


class Classifier__evaluation_with_the_whole(OurClassifier):
    """Puts the body into evaluation mode where the whole is in it.

    Hint: none
    """

    def forward(self, ids, attention_mask):
        if not self.training:
            self.body.eval()
        return self.head(pool(self.body(ids, attention_mask), attention_mask, self.how))


class Classifier__dropout(OurClassifier):
    """Drops something out in front of the head.

    Hint: none
    """

    def forward(self, ids, attention_mask):
        hidden = pool(self.body(ids, attention_mask), attention_mask, self.how)
        return self.head(torch.nn.functional.dropout(hidden, 0.1, self.training))
