"""The others, made to answer our questions: a file for each package, imported only where it is installed."""

import logging

# Prophet tells while it is imported that a plotting package is missing, and its engine tells of every fit.
for _talker in ("prophet.plot", "cmdstanpy"):
    logging.getLogger(_talker).disabled = True
