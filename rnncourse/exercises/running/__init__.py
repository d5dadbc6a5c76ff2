"""A reader's code: its source, how it is run, and what has stopped it."""
