"""What a student runs beside the notebooks: hand in, and see whether all is installed."""
