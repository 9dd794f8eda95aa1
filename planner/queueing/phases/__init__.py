"""The same day with handling times that vary more or less than exponential ones."""
