"""The grader where a university already has one: on Gradescope, and the visible checks on GitHub."""
