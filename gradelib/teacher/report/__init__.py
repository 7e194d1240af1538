"""What the class got wrong, and how it is doing: pages for the teacher, and the same as data."""
