"""The bridge to torch: the same weights in ``torch.nn``, and back.

The only module of the package that imports torch.
"""

import warnings
import weakref

import numpy as np
import torch

from rnncourse import _cell_arguments, arguments
from rnncourse.cells import GRU, LSTM, RNN, RNN_RELU

_MODULES = {
    RNN: (torch.nn.RNN, {"nonlinearity": "tanh"}),
    RNN_RELU: (torch.nn.RNN, {"nonlinearity": "relu"}),
    LSTM: (torch.nn.LSTM, {}),
    GRU: (torch.nn.GRU, {}),
}
_NAMES = {
    "W_xh": "weight_ih",
    "W_hh": "weight_hh",
    "b_x": "bias_ih",
    "b_h": "bias_hh",
}
_made = weakref.WeakSet()  # by `to_torch`, whose caller has named the cell


def to_torch(cell, params):
    """Build the ``torch.nn`` module that has these weights.

    Parameters
    ----------
    cell : RNN, RNN_RELU, LSTM or GRU
    params : dict of one cell; or ``{"forward": ..., "backward": ...}``; or a
        stack ``{"layer0": ..., "layer1": ...}`` of either

    Returns
    -------
    torch.nn.RNN, LSTM or GRU, time first, with the dtype of params; it
    shares no memory with them

    Raises
    ------
    ValueError
        for a cell that torch.nn does not have, or params that are not of
        it, or of layers that do not fit each other

    >>> params = RNN.init(np.random.default_rng(0), 2, 7)
    >>> to_torch(RNN, params)
    RNN(2, 7)
    """
    if not any(cell is known or cell == known for known in _MODULES):
        raise ValueError(f"cell is {cell}; torch.nn has {list(_MODULES)}")
    layers = [
        [_cell_arguments.params(cell, part)[0] for part in directions]
        for directions in _layers(params)
    ]
    first = layers[0][0]
    D, H = len(first["W_xh"]), len(first["W_hh"])
    make, options = _MODULES[cell]
    module = make(
        D,
        H,
        num_layers=len(layers),
        bidirectional=len(layers[0]) == 2,
        dtype=torch.from_numpy(first["W_hh"][:0]).dtype,
        **options,
    )
    with torch.no_grad():
        for layer, directions in enumerate(layers):
            ways = ("", "_reverse")[: len(layers[0])]
            for way, part in zip(ways, directions, strict=True):
                for ours, theirs in _NAMES.items():
                    weight = getattr(module, f"{theirs}_l{layer}{way}")
                    value = torch.tensor(part[ours].T)
                    if weight.shape != value.shape:
                        raise ValueError(
                            f"{ours} of layer {layer} has shape "
                            f"{part[ours].shape}; "
                            f"expected {tuple(weight.shape)[::-1]}"
                        )
                    weight.copy_(value)
    _made.add(module)
    return module


def cell_of(module):
    """Return the cell that computes what a ``torch.nn`` module does.

    Parameters
    ----------
    module : torch.nn.RNN, LSTM or GRU

    Returns
    -------
    RNN, RNN_RELU, LSTM or GRU

    Raises
    ------
    ValueError
        for another module, or an LSTM with projections

    >>> cell_of(torch.nn.RNN(2, 7, nonlinearity="relu")) == RNN_RELU
    True
    """
    for cell, (kind, options) in _MODULES.items():
        if isinstance(module, kind) and not module.proj_size:
            if all(getattr(module, k) == v for k, v in options.items()):
                return cell
    raise ValueError(
        f"module is {module}; expected torch.nn.RNN, LSTM or GRU "
        "without projections"
    )


def from_torch(module, cell=None):
    """Return the weights of a ``torch.nn`` module as params.

    Weights do not tell what they are for: those of ``torch.nn.RNN`` have the
    same names and shapes whether its units are tanh or relu. So name the
    cell they are to be used with, and it is compared with `cell_of` the
    module. Nor do they tell `batch_first` or `dropout`, which say how a
    module is called: params are always used time first.

    Parameters
    ----------
    module : torch.nn.RNN, LSTM or GRU, of any depth, of one or two
        directions; without biases, ours are zero
    cell : the cell that the params are for, or None; then a relu module that
        `to_torch` did not make gives a warning

    Returns
    -------
    dict of one cell, or nested as `to_torch` describes; copies

    Raises
    ------
    ValueError
        for another module, an LSTM with projections, the weights of another
        cell, or such as are neither float32 nor float64, or not there

    >>> params = from_torch(torch.nn.RNN(2, 7, num_layers=2))
    >>> params["layer1"]["W_xh"].shape
    (7, 7)
    """
    its = cell_of(module)
    if cell is None and its is RNN_RELU and module not in _made:
        warnings.warn(
            "module has relu units: its weights are for RNN_RELU, not RNN; "
            "from_torch(module, RNN_RELU) says so",
            stacklevel=2,
        )
    if cell is not None and cell != its:
        raise ValueError(f"module has the weights of {its}; expected {cell}")
    layers = {}
    for layer in range(module.num_layers):
        forward = _part(module, f"_l{layer}")
        if module.bidirectional:
            backward = _part(module, f"_l{layer}_reverse")
            forward = {"forward": forward, "backward": backward}
        layers[f"layer{layer}"] = forward
    return layers if module.num_layers > 1 else layers["layer0"]


def _layers(params):
    """Return a list of layers, each a list of one or two directions."""
    layers = [params]
    if isinstance(params, dict) and "layer0" in params:
        names = tuple(f"layer{k}" for k in range(len(params)))
        arguments.names("params", params, names)
        layers = [params[name] for name in names]
    return [_directions(layer) for layer in layers]


def _directions(layer):
    """Return the parts of a layer, as many as it has directions."""
    names = "forward", "backward"
    if not isinstance(layer, dict) or not set(names) & layer.keys():
        return [layer]
    arguments.names("params of a layer", layer, names)
    return [layer[name] for name in names]


def _part(module, suffix):
    """Return the params of one cell."""
    part = {}
    for ours, theirs in _NAMES.items():
        weight = getattr(module, theirs + suffix, None)
        if weight is None:
            part[ours] = np.zeros_like(part["W_hh"][0])
        else:
            part[ours] = _numbers(theirs + suffix, weight).T.copy()
    return part


def _numbers(name, weight):
    """Return a tensor as an array; torch's own refusals name nothing."""
    if weight.dtype not in (torch.float32, torch.float64):
        raise ValueError(
            f"{name} has dtype {weight.dtype}; "
            "expected torch.float32 or torch.float64"
        )
    if weight.is_meta:
        raise ValueError(f"{name} is on the device meta; expected numbers")
    return weight.detach().cpu().numpy()
