"""Recurrent neural networks, from scratch, in NumPy.

The package behind the course *rnncourse*. Import the module you need::

    from rnncourse import bptt
    from rnncourse.cells import LSTM

Importing the package itself loads nothing beyond NumPy.
"""

__version__ = "0.1.0"
