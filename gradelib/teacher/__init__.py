"""The teacher's week: release, collect, grade, give feedback, export. nbgrader is the frame."""
