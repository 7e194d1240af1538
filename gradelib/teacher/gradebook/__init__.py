"""nbgrader as the frame: its settings, its gradebook, its pages."""
