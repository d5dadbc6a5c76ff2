"""Those that reset before the product: papers, haiku, d2l, makemore, N4."""

import numpy as np

from rnncourse.cells import GRUCho
from rnncourse.gru_conventions._convention import (
    Convention,
    Gate,
    cut,
    side_by_side,
)


def _haiku_pack(gates):
    return {
        "w_i": side_by_side("zrn", gates, "W_x"),
        "w_h": side_by_side("zrn", gates, "W_h"),
        "b": side_by_side("zrn", gates, "b"),
    }


def _haiku_unpack(w):
    return cut("zrn", w["w_i"], w["w_h"], w["b"], np.zeros_like(w["b"]))


HAIKU = Convention(
    "haiku", GRUCho, "zrn", False, "one", _haiku_pack, _haiku_unpack
)
"""``haiku.GRU``: z first, and z near one takes the new."""


def _separate(x, h, b, names, joined=False, rows=False):
    """Make pack and unpack for one array a gate.

    `names` are the gates' in the order r, z, n; `joined` puts the arrays for
    x and h one above the other; `rows` turns them over.
    """

    def pack(gates):
        weights = {}
        for name, gate in zip(names, (gates[g] for g in "rzn"), strict=True):
            arrays = {x.format(name): gate.W_x, h.format(name): gate.W_h}
            if joined:
                arrays = {x.format(name): np.concatenate(gate[:2])}
            weights |= {n: a.T if rows else a for n, a in arrays.items()}
            weights[b.format(name)] = gate.b
        return {n: a.copy() for n, a in weights.items()}

    def unpack(w):
        gates = {}
        for g, name in zip("rzn", names, strict=True):
            W, bias = w[x.format(name)], w[b.format(name)]
            W = W.T if rows else W
            if joined:
                W_x, W_h = np.split(W, [len(W) - len(bias)])
            else:
                W_x, W_h = W, w[h.format(name)]
                W_h = W_h.T if rows else W_h
            gates[g] = Gate(W_x, W_h, bias, np.zeros_like(bias))
        return gates

    return pack, unpack


CHO = Convention(
    "Cho et al. (2014)", GRUCho, "rzn", True, "none",
    *_separate("W{}", "U{}", "b{}", ("_r", "_z", ""), rows=True),
)  # fmt: skip
"""Cho et al. (2014): column vectors; the paper leaves biases out."""
CHUNG = Convention(
    "Chung et al. (2014)", GRUCho, "rzn", False, "none",
    *_separate("W{}", "U{}", "b{}", ("_r", "_z", ""), rows=True),
)  # fmt: skip
"""Chung et al. (2014): as Cho et al. with z the other way round."""
D2L = Convention(
    "d2l", GRUCho, "rzn", True, "one",
    *_separate("W_x{}", "W_h{}", "b_{}", ("r", "z", "h")),
)  # fmt: skip
"""Dive into Deep Learning: W_xh and W_hh are the candidate's alone."""
MAKEMORE = Convention(
    "makemore", GRUCho, "rzn", False, "one",
    *_separate(
        "xh_to_{}.weight", "", "xh_to_{}.bias", ("r", "z", "hbar"),
        joined=True, rows=True,
    ),
)  # fmt: skip
"""Karpathy's makemore: one linear layer a gate on x and h joined."""
N4 = Convention(
    "note N4", GRUCho, "rzn", False, "none",
    *_separate("W{}", "", "b{}", ("^r", "^z", ""), joined=True, rows=True),
)  # fmt: skip
"""The notes' own formulas: x and h joined, z near one takes the new."""
