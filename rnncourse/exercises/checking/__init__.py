"""How an answer is run, judged and answered: from code to an Outcome."""
