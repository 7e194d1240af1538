"""The grader where a university already has one: on Gradescope, and visible checks on GitHub."""
