"""Frames for a slider: a gradient walking back through time."""

import numpy as np

from rnncourse import arguments
from rnncourse.pictures.diagrams._canvas import SMALL, Canvas
from rnncourse.pictures.plots._style import VERMILLION

BACK = VERMILLION  # what runs against time


def gradient_walk(norms, t, architecture="rnn"):
    """The loss of the last step has sent its gradient back to step `t`.

    Parameters
    ----------
    norms : (T,) floats ≥ 0, ‖∂L_T/∂h_s‖ for every step s; T up to 7
    t : 0 … T−1, the step the gradient has reached
    architecture : name in `plots.STYLE`, gives the colour of the states

    Returns
    -------
    Picture; the wider the orange arrow, the larger the gradient it carries

    Raises
    ------
    ValueError
        If `norms` is not a row of finite numbers or `t` is none of them.
    """
    norms = arguments.array("norms", np.asarray(norms, float), ("T",))
    T = len(norms)
    t = int(arguments.integers("t", t, (), 0, T))
    step = 66
    canvas = Canvas(16 + step * T, 258)
    largest = norms.max() or 1.0
    after = None
    for s in range(T - 1, -1, -1):
        at = 40 + step * s
        state = canvas.state(
            at,
            112,
            f"h_{s + 1}",
            architecture,
            r=19,
            fill=0.4 if s == t else 0.16,
        )
        x = canvas.datum(at, 184, f"x_{s + 1}", size=32)
        canvas.arrow(x.top, state.bottom)
        if after:
            canvas.arrow(
                (state.right[0], 105),
                (after.left[0], 105),
                colour=architecture,
                opacity=0.5,
            )
            if s >= t:
                width = 1 + 4 * norms[s] / largest
                canvas.arrow(
                    (after.left[0] - 1, 121),
                    (state.right[0] + 1, 121),
                    colour=BACK,
                    width=width,
                )
        if s >= t:
            # beside the arrow of L, which points at the last state
            aside = (at, "middle") if after else (at - 12, "end")
            canvas.text(aside[0], 80, f"{norms[s]:.2g}", SMALL, aside[1])
        after = state
    last = 40 + step * (T - 1)
    loss = canvas.datum(last, 30, f"L_{T}")
    canvas.arrow(loss.bottom, (last, 112 - 23), colour=BACK, width=5)
    canvas.text(8, 222, "size of the gradient at each state", SMALL, "start")
    canvas.time(8, 8 + step * T, 246)
    reached = ", ".join(f"{norm:.2g}" for norm in norms[t:][::-1])
    return canvas.picture(
        f"The loss of step {T} has sent its gradient back to step {t + 1}",
        f"Its size from h_{T} back to h_{t + 1}: {reached}.",
    )
