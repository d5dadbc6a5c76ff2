"""One scale for all parts, measured in the first."""

from dataclasses import dataclass

import numpy as np

from rnncourse.data.series._prepare import checked


@dataclass(frozen=True, eq=False)
class Scaler:
    """Mean 0 and standard deviation 1, as measured in the training part.

    ``apply(values) = (values - mean) / std``, and `undo` is the way back.

    Parameters
    ----------
    mean, std : floats, or (D,), one a column

    >>> scaler = Scaler.of([2.0, 4.0])
    >>> scaler.apply(np.array([2.0, 6.0])), scaler.undo(np.array([3.0]))
    (array([-1.,  3.]), array([6.]))
    """

    mean: np.ndarray
    std: np.ndarray

    @classmethod
    def of(cls, train):
        """Measure the training part; no other part has a say.

        Parameters
        ----------
        train : (N,) or (N, D), floats without gaps

        Returns
        -------
        Scaler

        Raises
        ------
        ValueError
            for a gap, or a column that is constant
        """
        train = checked(train, "train")
        constant = np.ptp(train, axis=0) == 0
        if constant.any():
            column = f"column {int(np.argmax(constant))} of " * (
                train.ndim == 2
            )
            raise ValueError(
                f"{column}train is constant; expected at least two "
                "different numbers"
            )
        return cls(train.mean(axis=0), train.std(axis=0))

    def apply(self, values):
        """Scale.

        Parameters
        ----------
        values : (..., D), or of any shape if there is one column

        Returns
        -------
        array of the same shape
        """
        return (values - self.mean) / self.std

    def undo(self, values):
        """Return to the series' own unit.

        Parameters
        ----------
        values : (..., D), or of any shape if there is one column

        Returns
        -------
        array of the same shape
        """
        return values * self.std + self.mean
