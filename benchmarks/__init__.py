"""Accuracy and speed against peers; results are kept by date (README.md beside this file)."""
