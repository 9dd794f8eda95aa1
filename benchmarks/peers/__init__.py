"""The others, made to answer our questions: a file for each package, imported only where it is installed."""
