"""torch, equinox, flax, Keras and ONNX; the last two know both resets."""

import numpy as np

from rnncourse.cells import GRU, GRUCho
from rnncourse.gru_conventions._convention import (
    Convention,
    Gate,
    cut,
    side_by_side,
)


def _torch_pack(gates):
    arrays = {"weight_ih": "W_x", "weight_hh": "W_h"}
    arrays |= {"bias_ih": "b_x", "bias_hh": "b_h"}
    return {n: side_by_side("rzn", gates, f).T for n, f in arrays.items()}


def _torch_unpack(w):
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return cut("rzn", *(w[n].T for n in names))


TORCH = Convention(
    "torch", GRU, "rzn", True, "two", _torch_pack, _torch_unpack
)
"""``torch.nn.GRU``: three times H rows, two biases."""


def _equinox_pack(gates):
    """Only n keeps its two biases apart: r and z just add theirs."""
    bias = [gates["r"].b, gates["z"].b, gates["n"].b_x]
    return {
        "weight_ih": side_by_side("rzn", gates, "W_x").T,
        "weight_hh": side_by_side("rzn", gates, "W_h").T,
        "bias": np.concatenate(bias),
        "bias_n": gates["n"].b_h.copy(),
    }


def _equinox_unpack(w):
    none = np.zeros(2 * len(w["bias_n"]), w["bias_n"].dtype)
    b_h = np.concatenate([none, w["bias_n"]])
    return cut("rzn", w["weight_ih"].T, w["weight_hh"].T, w["bias"], b_h)


EQUINOX = Convention(
    "equinox", GRU, "rzn", True, "one, n two", _equinox_pack, _equinox_unpack
)
"""``equinox.nn.GRUCell``: as torch, with a second bias for n alone."""


def _flax_pack(gates):
    weights = {}
    for g, (W_x, W_h, b_x, b_h) in gates.items():
        last = g == "n"
        bias = b_x if last else b_x + b_h
        weights[f"i{g}"] = {"kernel": W_x.copy(), "bias": bias.copy()}
        weights[f"h{g}"] = {"kernel": W_h.copy()}
        if last:
            weights["hn"]["bias"] = b_h.copy()
    return weights


def _flax_unpack(w):
    none = np.zeros_like(w["hn"]["bias"])
    return {
        g: Gate(
            w[f"i{g}"]["kernel"],
            w[f"h{g}"]["kernel"],
            w[f"i{g}"]["bias"],
            w[f"h{g}"].get("bias", none),
        )
        for g in "rzn"
    }


FLAX = Convention(
    "flax", GRU, "rzn", True, "one, n two", _flax_pack, _flax_unpack
)
"""``flax.linen.GRUCell``: one dense layer a gate and side."""


def _keras(after):
    def pack(gates):
        both = [side_by_side("zrn", gates, f) for f in ("b_x", "b_h")]
        return {
            "kernel": side_by_side("zrn", gates, "W_x"),
            "recurrent_kernel": side_by_side("zrn", gates, "W_h"),
            "bias": np.stack(both) if after else sum(both),
        }

    def unpack(w):
        b = w["bias"]
        b_x, b_h = b if after else (b, np.zeros_like(b))
        return cut("zrn", w["kernel"], w["recurrent_kernel"], b_x, b_h)

    return pack, unpack


KERAS = Convention("Keras", GRU, "zrn", True, "two", *_keras(True))
"""``keras.layers.GRU`` as it comes: z first, two biases."""
KERAS_BEFORE = Convention(
    "Keras, reset_after=False", GRUCho, "zrn", True, "one", *_keras(False)
)
"""``keras.layers.GRU(reset_after=False)``: z first, one bias."""


def _onnx_pack(gates):
    both = [side_by_side("zrn", gates, f) for f in ("b_x", "b_h")]
    return {
        "W": side_by_side("zrn", gates, "W_x").T[None],  # one direction
        "R": side_by_side("zrn", gates, "W_h").T[None],
        "B": np.concatenate(both)[None],
    }


def _onnx_unpack(w):
    return cut("zrn", w["W"][0].T, w["R"][0].T, *np.split(w["B"][0], 2))


ONNX = Convention(
    "ONNX, linear_before_reset=1",
    GRU, "zrn", True, "two", _onnx_pack, _onnx_unpack,
)  # fmt: skip
"""The operator GRU with ``linear_before_reset=1``."""
ONNX_BEFORE = Convention(
    "ONNX", GRUCho, "zrn", True, "two", _onnx_pack, _onnx_unpack
)
"""The operator GRU as it comes: reset before, and two biases."""
