"""Positions: what tells attention which step comes first.

A vector for each place in the sequence, added to what stands there: waves of
many lengths, or a table that is learned (Vaswani et al. 2017).
"""

import numpy as np

from rnncourse import arguments, initialisers


def sinusoidal(places, H, dtype=np.float64):
    """Waves: H / 2 frequencies, a sine and a cosine of each.

    ``waves[2 i] = sin(place / 10000**(2 i / H))``, and ``waves[2 i + 1]`` is
    its cosine. A step of k places turns every such pair by the same angle,
    wherever it starts.

    Parameters
    ----------
    places : ints from 0, any shape
    H : int, the size of a vector
    dtype : float64 or float32

    Returns
    -------
    array, the shape of places and H

    Raises
    ------
    ValueError
        for a place below 0, a size below 1 or another dtype

    >>> sinusoidal([0, 1], 4).round(2)
    array([[0.  , 1.  , 0.  , 1.  ],
           [0.84, 0.54, 0.01, 1.  ]])
    """
    H, dtype = arguments.size("H", H), arguments.dtype("dtype", dtype)
    places = arguments.integers("places", places, np.shape(places), 0)
    even = np.arange(0, H, 2)
    angles = places[..., None] / 10_000 ** (even / H)
    waves = np.empty((*places.shape, H), dtype)
    waves[..., 0::2] = np.sin(angles)
    waves[..., 1::2] = np.cos(angles[..., : H // 2])
    return waves


def init(rng, longest, H, dtype=np.float64):
    """Draw a table of positions to be learned, uniform within ±1/sqrt(H).

    Parameters
    ----------
    rng : np.random.Generator
    longest : int, how many places the table has
    H : int, the size of a vector
    dtype : float64 or float32

    Returns
    -------
    dict: table (longest, H)

    Raises
    ------
    ValueError
        for a size below 1 or a seed in the place of the generator
    """
    shape = arguments.size("longest", longest), arguments.size("H", H)
    return {"table": initialisers.uniform(rng, shape, shape[1] ** -0.5, dtype)}


def forward(params, places):
    """Look places up in a learned table: ``table[places]``.

    Parameters
    ----------
    params : dict from `init`
    places : ints from 0, any shape

    Returns
    -------
    array, the shape of places and H

    Raises
    ------
    ValueError
        for a place beyond the table: nothing was learned there

    >>> forward({"table": np.array([[0.5], [0.7]])}, [2])
    Traceback (most recent call last):
        ...
    ValueError: places contains 2 at [0]; expected integers from 0 to 1
    """
    table, places = _checked(params, places)
    return table[places]


def backward(params, places, dvectors):
    """The backward pass of `forward`: a place's row sums what came from it.

    Parameters
    ----------
    params, places : as given to `forward`
    dvectors : the loss's gradient, the shape of places and H

    Returns
    -------
    grads : dict, named as params

    Raises
    ------
    ValueError
        as `forward`
    """
    table, places = _checked(params, places)
    shape = (*places.shape, table.shape[1])
    dvectors = arguments.array("dvectors", dvectors, shape)
    dtable = np.zeros_like(table)
    np.add.at(dtable, places, dvectors)
    return {"table": dtable}


def _checked(params, places):
    arguments.names("params", params, ("table",))
    table = arguments.array("table", params["table"], ("longest", "H"))
    shape = np.shape(places)
    return table, arguments.integers("places", places, shape, 0, len(table))
