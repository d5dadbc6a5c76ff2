"""What a reader may choose, and what each choice may be."""

from dataclasses import dataclass, fields

from rnncourse.cells import GRU, LSTM, RNN, MinGRU
from rnncourse.networks import Stacked

CELLS = {"tanh": RNN, "lstm": LSTM, "gru": GRU, "mingru": MinGRU}
"""The cells by the names that a reader chooses from."""

CODE = {"tanh": "RNN", "lstm": "LSTM", "gru": "GRU", "mingru": "MinGRU"}
"""The same cells by their names in `rnncourse.cells`."""

RANGES = {
    "H": ("units", 1, 512),
    "layers": ("layers", 1, 4),
    "T": ("window", 2, 400),
    "B": ("batch", 1, 128),
    "seed": ("seed", 0, 2**31),
}
"""What each whole number is called, and its least and largest value."""


@dataclass(frozen=True)
class Settings:
    """What is trained, and how.

    Parameters
    ----------
    cell : a name in `CELLS`
    H, layers : ints, units a layer and layers
    T, B : ints, steps of a window and windows of a batch
    rate : float, the learning rate of Adam
    seed : int

    Raises
    ------
    ValueError
        with a sentence for the reader, for a choice out of its range

    >>> Settings(cell="gru", H=32)
    Settings(cell='gru', H=32, layers=1, T=50, B=16, rate=0.005, seed=0)
    """

    cell: str = "lstm"
    H: int = 64
    layers: int = 1
    T: int = 50
    B: int = 16
    rate: float = 0.005
    seed: int = 0

    def __post_init__(self):
        if self.cell not in CELLS:
            raise ValueError(
                f"There is no cell {self.cell!r}; choose one of "
                f"{', '.join(CELLS)}."
            )
        for name, (word, low, high) in RANGES.items():
            n = getattr(self, name)
            whole = isinstance(n, int) and not isinstance(n, bool)
            if not whole or not low <= n <= high:
                raise ValueError(
                    f"The {word} must be a whole number from {low} to "
                    f"{high:,}; this is {n}."
                )
        if not isinstance(self.rate, (int, float)) or not (
            1e-6 <= self.rate <= 1
        ):
            raise ValueError(
                f"The rate must be a number from 0.000001 to 1; this is "
                f"{self.rate}."
            )

    @property
    def network(self):
        """The network that these settings describe."""
        cell = CELLS[self.cell]
        return cell if self.layers == 1 else Stacked(*[cell] * self.layers)

    @property
    def named(self):
        """What a sentence calls it: "LSTM, 64 units"."""
        word = {"tanh": "tanh", "mingru": "minGRU"}.get(
            self.cell, self.cell.upper()
        )
        layers = f" in {self.layers} layers" if self.layers > 1 else ""
        units = "unit" if self.H == 1 else "units"
        return f"{word}, {self.H} {units}{layers}"

    @property
    def code(self):
        """The same network as an expression."""
        name = CODE[self.cell]
        if self.layers == 1:
            return name
        return f"Stacked({', '.join([name] * self.layers)})"

    @classmethod
    def of(cls, given):
        """Make settings of a dict; names it does not know are left out.

        Parameters
        ----------
        given : dict, such as a page sends

        Returns
        -------
        Settings

        Raises
        ------
        ValueError
            as `Settings`
        """
        known = {field.name for field in fields(cls)}
        return cls(**{k: v for k, v in given.items() if k in known})
