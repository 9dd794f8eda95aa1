"""Accuracy and speed against peers; results are kept by date."""
