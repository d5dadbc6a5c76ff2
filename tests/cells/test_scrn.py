"""The slow units forget at their rate, whatever the fast ones do."""

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import SCRN, SCRNCell

B, D, H, S = 3, 2, 7, 4


def test_slow_units_decay_by_alpha():
    params = SCRN.init(np.random.default_rng(0), D, H, S)
    state = SCRN.zero_state(B, H, S)
    state[0][:, H:] = 1
    hs, _, _ = bptt.unroll(SCRN, params, np.zeros((10, B, D)), state)
    s = hs[..., H:]
    expected = 0.95 ** np.arange(1, 11)
    np.testing.assert_allclose(
        s, np.broadcast_to(expected[:, None, None], s.shape)
    )


def test_slow_units_average_the_inputs():
    params = SCRN.init(np.random.default_rng(0), D, H, S)
    x = np.random.default_rng(1).standard_normal((1, B, D))
    hs, _, _ = bptt.unroll(SCRN, params, np.repeat(x, 600, axis=0))
    np.testing.assert_allclose(hs[-1, :, H:], x[0] @ params["W_xs"])


@pytest.mark.parametrize("alpha", [0, 1, -0.5, 2])
def test_refuses(alpha):
    with pytest.raises(ValueError, match="^alpha is .*between 0 and 1"):
        SCRNCell(alpha)
