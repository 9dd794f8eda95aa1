"""Accuracy and speed against peers; results are kept by date (README.md beside this file)."""

import os

# Every way in passes here before numpy is imported: with threads, small fits take ten times as long.
os.environ.setdefault("OMP_NUM_THREADS", "1")
