"""A cell of one's own: the tape keeps what it made, and no one's memory."""

from dataclasses import dataclass

import numpy as np

from rnncourse import bptt, gradcheck
from rnncourse.cells import Cell

T, B, H = 5, 3, 2


@dataclass(frozen=True, repr=False)
class Adder(Cell):
    """``h = h + w * x``; keeps a view of its input, turned around."""

    sizes = {"D": ("w", 1), "H": ("w", 1)}

    def shapes(self, D, H):
        return {"w": (1, H)}

    def project(self, params, xs):
        return xs

    def step(self, params, ax, state):
        return (state[0] + params["w"] * ax,), {"x": ax, "xt": ax[:, ::-1]}

    def step_backward(self, params, before, after, kept, dstate):
        return {"dh": dstate[0]}, dstate

    def collect(self, params, xs, before, after, kept, deltas):
        dw = (deltas["dh"] * kept["x"]).sum(axis=(0, 1))[None]
        return deltas["dh"] * params["w"], {"w": dw}


def test_the_callers_inputs_stay_the_callers():
    xs = np.random.default_rng(0).normal(size=(T, B, H))
    given = xs.copy()
    _, _, tape = bptt.unroll(Adder(), {"w": np.ones((1, H))}, xs)
    assert xs.flags.writeable
    xs[:] = 9
    np.testing.assert_array_equal(tape.kept["x"], given)
    np.testing.assert_array_equal(tape.kept["xt"], given[:, :, ::-1])
    np.testing.assert_array_equal(tape.xs, given)


def test_its_gradients_are_right():
    rng = np.random.default_rng(0)
    arrays = {"w": rng.normal(size=(1, H)), "xs": rng.normal(size=(T, B, H))}

    def unrolled(a):
        return bptt.unroll(Adder(), {"w": a["w"]}, a["xs"])

    hs, _, tape = unrolled(arrays)
    dhs = rng.normal(size=hs.shape)
    dxs, _, grads = bptt.unroll_backward(
        Adder(), {"w": arrays["w"]}, tape, dhs
    )
    report = gradcheck.check(
        lambda a: (unrolled(a)[0] * dhs).sum(),
        arrays,
        {"w": grads["w"], "xs": dxs},
    )
    assert report, report
