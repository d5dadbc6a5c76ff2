"""The bridge to torch: the same weights in ``torch.nn``, and back.

The only module of the package that imports torch.
"""

import numpy as np
import torch

from rnncourse import _cell_arguments
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
        for a cell that torch.nn does not have, or layers that do not fit

    >>> params = RNN.init(np.random.default_rng(0), 2, 7)
    >>> to_torch(RNN, params)
    RNN(2, 7)
    """
    if cell not in _MODULES:
        raise ValueError(f"cell is {cell}; torch.nn has {list(_MODULES)}")
    layers = _layers(params)
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
            for way, part in zip(("", "_reverse"), directions, strict=False):
                _cell_arguments.params(cell, part)
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
    return module


def from_torch(module):
    """Return the weights of a ``torch.nn`` module as params.

    Parameters
    ----------
    module : torch.nn.RNN, LSTM or GRU, of any depth, of one or two
        directions; without biases, ours are zero

    Returns
    -------
    dict of one cell, or nested as `to_torch` describes; copies

    Raises
    ------
    ValueError
        for another module, or an LSTM with projections

    >>> params = from_torch(torch.nn.RNN(2, 7, num_layers=2))
    >>> params["layer1"]["W_xh"].shape
    (7, 7)
    """
    kinds = (torch.nn.RNN, torch.nn.LSTM, torch.nn.GRU)
    if not isinstance(module, kinds) or module.proj_size:
        raise ValueError(
            f"module is {module}; expected torch.nn.RNN, LSTM or GRU "
            "without projections"
        )
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
    if "layer0" in params:
        layers = [params[f"layer{k}"] for k in range(len(params))]
    return [
        [layer["forward"], layer["backward"]]
        if "forward" in layer
        else [layer]
        for layer in layers
    ]


def _part(module, suffix):
    part = {}
    for ours, theirs in _NAMES.items():
        weight = getattr(module, theirs + suffix, None)
        if weight is None:
            part[ours] = np.zeros_like(part["W_hh"][0])
        else:
            part[ours] = weight.detach().numpy().T.copy()
    return part
