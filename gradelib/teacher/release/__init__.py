"""Make a week's notebooks for students, and the bundle to hand out."""
