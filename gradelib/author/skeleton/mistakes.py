"""Known wrong answers to notebook 00. What stands below each is the hint that it earns."""

from torch import Tensor

from gradelib.author.edits import Edit

centred__one_mean_for_all = Edit("mean(dim=1, keepdim=True)", "mean()")
"""Each row has a mean of its own. Over what do you take yours?"""

centred__means_of_columns = Edit("dim=1", "dim=0")
"""Along which axis do you take the mean? Look at the sum of each row."""

centred__added = Edit("numbers - mean", "numbers + mean")
"""In which direction do your numbers go? The mean of each row should become 0."""

centred__only_the_means = Edit("numbers - mean", "mean.expand_as(numbers)")
"""These are the means. What is to be done with them?"""


def centred__by_the_median(numbers: Tensor) -> Tensor:
    """Half of your numbers lie above 0, and half below. Which middle does the task ask for?"""
    middle, _ = numbers.sort(dim=1)
    return numbers - middle[:, (numbers.shape[1] - 1) // 2, None]
