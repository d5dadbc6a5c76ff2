"""The check: from a reader's code to an Outcome."""
