"""Section 4.6: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor, nn

from gradelib.author.edits import Edit

soft_loss__no_square = Edit("T**2 * divergence", "divergence")
"""How large is the gradient when T grows? A factor brings it back to size."""

soft_loss__times_T = Edit("T**2 *", "T *")
"""The gradient shrinks twice: once with each of the two divisions. Which factor makes up for
both?"""

soft_loss__cross_entropy = Edit("(target - guess)", "(-guess)")
"""What is your loss where student and teacher agree? The divergence is zero there."""

soft_loss__turned_round = Edit(
    "(target.exp() * (target - guess))", "(guess.exp() * (guess - target))"
)
"""From whose point of view is the divergence? The teacher's probabilities are the weights."""

soft_loss__mean_of_everything = Edit(".sum(dim=-1)", ".mean(dim=-1)")
"""Over the choices of a row one sums, and over the rows one takes the mean. PyTorch's `kl_div` has
the same trap: its "mean" is a mean over everything."""

soft_loss__sum_over_rows = Edit("divergence.mean()", "divergence.sum()")
"""Does your loss grow with the number of rows?"""

soft_loss__rows_of_the_first_axis = Edit("divergence.mean()", "divergence.sum() / len(divergence)")
"""In a batch of texts every place is a row. By how many do you divide?"""

soft_loss__only_the_teacher_is_soft = Edit("(student / T)", "student")
"""Whose logits are divided by the temperature? Your student's are not."""

soft_loss__only_the_student_is_soft = Edit("(teacher.detach() / T)", "teacher.detach()")
"""Whose logits are divided by the temperature? Your teacher's are not."""

soft_loss__teacher_learns = Edit("teacher.detach()", "teacher")
"""Whom does the loss change? A gradient goes to the teacher, who is only listened to."""

soft_loss__log_of_softmax = Edit(
    "(student / T).log_softmax(dim=-1)", "(student / T).softmax(dim=-1).log()"
)
"""What is the logarithm of a probability so small that floating point makes it 0? There is a
function that does both at once."""


def soft_loss__guess_without_logarithm(student: Tensor, teacher: Tensor, T: float) -> Tensor:
    """The divergence compares logarithms. PyTorch's `kl_div` wants the *logarithm* of the
    student's probabilities first, and then the teacher's probabilities."""
    guess = (student / T).softmax(dim=-1)
    target = (teacher.detach() / T).softmax(dim=-1)
    return T**2 * nn.functional.kl_div(guess, target, reduction="none").sum(dim=-1).mean()


soft_loss__divided_by_T_squared = Edit("T**2 * divergence.mean()", "divergence.mean() / T**2")
"""Does the factor make the loss larger or smaller at a high temperature?"""

distillation_loss__turned_round = Edit(
    "alpha * soft + (1 - alpha) * hard", "alpha * hard + (1 - alpha) * soft"
)
"""Which of the two does `alpha` weigh: what the teacher says, or the label?"""

distillation_loss__label_for_the_teacher = Edit(
    "cross_entropy(student[known]", "cross_entropy(teacher[known]"
)
"""Who is to be surprised by the label: the student, or its teacher?"""

distillation_loss__sum = Edit("alpha * soft + (1 - alpha) * hard", "soft + hard")
"""How are the two mixed? With alpha = 1 the label does not count."""

distillation_loss__hard_is_soft_too = Edit(
    "cross_entropy(student[known]", "cross_entropy(student[known] / T"
)
"""At which temperature is the label predicted?"""

distillation_loss__only_labelled_rows_are_soft = Edit(
    "    soft = soft_loss(student, teacher, T)\n    known = labels != -100\n",
    "    known = labels != -100\n"
    "    soft = soft_loss(student[known], teacher[known], T) if known.any() else student.sum() * 0\n",
)
"""A row without a label has a teacher all the same. Does it count for the soft loss?"""

distillation_loss__missing_labels_are_zero = Edit(
    "cross_entropy(student[known], labels[known])", "cross_entropy(student, labels.clamp(min=0))"
)
"""What does your loss make of a label of -100? This row has none."""

distillation_loss__nan_without_labels = Edit("    if known.any():\n        hard", "    hard")
"""What is a mean over no rows at all? In one case no row has a label."""

distillation_loss__divided_by_all_rows = Edit(
    "cross_entropy(student[known], labels[known])",
    "cross_entropy(student[known], labels[known]) * known.float().mean()",
)
"""Over how many rows is the mean of the hard loss? Rows without a label do not count."""

every_other__odd_layers = Edit("% 2 == 0", "% 2 == 1")
"""Which layer is the first that stays: 0 or 1?"""

every_other__not_renamed = Edit("layers.{int(number) // 2}.", "layers.{number}.")
"""How many layers does the student have, and how are they called? The layers that stay get new
numbers."""

every_other__first_half = Edit(
    "int(number) % 2 == 0",
    "int(number) < (1 + max([int(n.split('.')[1]) for n in weights"
    " if n.startswith('layers.')])) / 2",
    "int(number) // 2",
    "int(number)",
)
"""You keep the lower half of the layers. Which ones are asked for?"""

every_other__every_number = Edit(
    'f"layers.{int(number) // 2}.{rest}"', "name.replace(number, str(int(number) // 2))"
)
"""A name may have the same digit at another place too, as `norm_2` in layer 2. Which number are you
to change?"""

every_other__every_number__between_points = Edit(
    'f"layers.{int(number) // 2}.{rest}"',
    'name.replace(f".{number}.", f".{int(number) // 2}.")',
)

every_other__only_layers = Edit("            kept[name] = weight\n", "")
"""What becomes of the embeddings, and of all that belongs to no layer?"""

every_other__first_digit = Edit(
    '_, number, rest = name.split(".", 2)', 'number, rest = name[7], name.split(".", 2)[2]'
)
"""What is the number of layer 10? It has two digits."""

every_other__layers_anywhere = Edit(
    'if not name.startswith("layers."):',
    'if "layers." not in name:',
    '_, number, rest = name.split(".", 2)',
    'number, rest = name.partition("layers.")[2].split(".", 1)',
)
"""What about a name that has "layers." in the middle? Only those that begin with it are layers."""
