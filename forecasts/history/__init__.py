"""Inquiry log → clean inquiries → counts and handling times.

``log`` reads the file, ``tail`` cuts a history that dries up, ``counts`` makes the table the models
learn from, ``handling`` measures how long an inquiry takes, ``patience`` how long callers wait before they
hang up, ``span_totals`` what weeks and months tell of which no day is counted.
"""
