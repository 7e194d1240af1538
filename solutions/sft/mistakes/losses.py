"""Section 10.4: known wrong answers, each with its hint below it."""

from torch import Tensor, nn

from gradelib.author.edits import Edit

sft_loss__not_shifted = Edit(
    "targets = labels[:, 1:]", "targets = labels", "logits[:, :-1]", "logits"
)
"""The logits at a place are about the *next* token, and you compare them with the one that stands
there: that is no prediction."""

sft_loss__shifted_back = Edit(
    "targets = labels[:, 1:]", "targets = labels[:, :-1]", "logits[:, :-1]", "logits[:, 1:]"
)
"""You compare logits with the token *before* them. They are about the next one."""

sft_loss__by_all_tokens = Edit("(targets != -100).sum().clamp(min=1)", "max(1, targets.numel())")
"""You divide by the number of all tokens, questions and padding too. A short answer to a long question
then hardly counts. Divide by the number of those that are learned."""

sft_loss__by_all_labels = Edit("(targets != -100).sum()", "(labels != -100).sum()")
"""The first token is predicted by no logits, so it does not count, even if it has a label."""

sft_loss__by_the_batch = Edit("(targets != -100).sum().clamp(min=1)", "len(labels)")
"""You divide by the number of conversations. Divide by the number of tokens that are learned."""

sft_loss__sum = Edit(" / (targets != -100).sum().clamp(min=1)", "")
"""You return a sum. A mean over the learned tokens is asked for."""

sft_loss__nothing = Edit(".clamp(min=1)", "")
"""Where nothing is learned you divide 0 by 0. The loss is 0 there."""

sft_loss__everything_learned = Edit(
    "targets = labels[:, 1:]", "targets = labels[:, 1:].clamp(min=0)"
)
"""Your loss learns what has the label -100 too. These tokens add nothing."""

sft_loss__gradient_lost = Edit("return lost", "return lost.detach()")
"""Nothing can be learned from your loss: its graph is cut."""


def sft_loss__mean_of_answers(logits: Tensor, labels: Tensor) -> Tensor:
    """You take the mean of each conversation, and then of these means. So a token of a short answer weighs
    more than one of a long answer. All learned tokens count the same."""
    targets = labels[:, 1:]
    lost = nn.functional.cross_entropy(
        logits[:, :-1].transpose(1, 2), targets, ignore_index=-100, reduction="none"
    )
    count = (targets != -100).sum(1)
    means = lost.sum(1)[count > 0] / count[count > 0]
    return means.sum() / max(1, len(means))


def sft_loss__of_probabilities(logits: Tensor, labels: Tensor) -> Tensor:
    """`cross_entropy` takes logits and makes the softmax itself. You hand it probabilities."""
    targets = labels[:, 1:]
    lost = nn.functional.cross_entropy(
        logits[:, :-1].softmax(-1).transpose(1, 2), targets, ignore_index=-100, reduction="sum"
    )
    return lost / (targets != -100).sum().clamp(min=1)


sft_loss__everything_learned__by_the_learned = Edit(
    "transpose(1, 2), targets,", "transpose(1, 2), targets.clamp(min=0),"
)
