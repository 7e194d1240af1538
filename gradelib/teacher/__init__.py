"""The teacher's week: release, collect, grade, give feedback, export. It stands on nbgrader."""
