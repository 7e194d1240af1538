"""nbgrader's settings for a course, its gradebook, and the pages it writes."""
