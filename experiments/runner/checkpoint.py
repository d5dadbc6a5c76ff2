"""Keep the weights that validation likes best, not the last ones.

For ``evaluate`` of `rnncourse.train.fit`::

    best = Checkpoint(lambda params: bits(params, valid))
    train.fit(..., evaluate=best, evaluate_every=200)
    bits(best.params, test)
"""

from math import inf

from rnncourse import params as parameters


class Checkpoint:
    """Call it with params now and then; it keeps a copy of the best ones.

    Attributes
    ----------
    mark, params : the smallest mark so far, and whose it was
    kept : which of the marks that is, counted from 1
    marks : all of them
    """

    def __init__(self, judge):
        self.judge = judge
        self.mark, self.params, self.kept, self.marks = inf, None, 0, []

    def __call__(self, params):
        """Return the mark: smaller is better; NaN never is."""
        mark = float(self.judge(params))
        self.marks.append(round(mark, 5))
        if self.params is None or mark < self.mark:
            self.mark, self.params = mark, parameters.copy(params)
            self.kept = len(self.marks)
        return mark
