"""Do parameters, inputs and states fit the cell, and each other?"""

import numpy as np

from rnncourse import arguments


def params(cell, params):
    """Return (params as arrays, their sizes, their dtype).

    Raises
    ------
    ValueError
        for a missing or unknown name, a shape that does not fit the others,
        mixed or wrong dtypes, NaN or inf
    """
    names = tuple(cell.shapes(*(1 for _ in cell.sizes)))
    arguments.names("params", params, names)
    arrays = {name: arguments.array(name, params[name]) for name in names}
    for name, _ in cell.sizes.values():
        arguments.fits(name, arrays[name], ("rows", "columns"))
    sizes = [arrays[n].shape[axis] for n, axis in cell.sizes.values()]
    dtype = arrays[names[0]].dtype
    for name, shape in cell.shapes(*sizes).items():
        arguments.fits(name, arrays[name], shape)
        if arrays[name].dtype != dtype:
            raise ValueError(
                f"{name} has dtype {arrays[name].dtype}; "
                f"expected {dtype} like {names[0]}"
            )
    return arrays, sizes, dtype


def state(name, cell, state, B, sizes, dtype):
    """Return the state, or its gradient, as a tuple of new arrays (B, ·).

    Raises
    ------
    ValueError
        for something else than a tuple of arrays of the cell's widths
    """
    widths = [width(*sizes) for width in cell.states.values()]
    if not isinstance(state, (tuple, list)) or len(state) != len(widths):
        names = ", ".join(cell.states)
        raise ValueError(f"{name} is not a tuple ({names},) for {cell}")
    return tuple(
        arguments.array(f"{name}[{k}]", s, (B, n), dtype).copy()
        for k, (s, n) in enumerate(zip(state, widths, strict=True))
    )


def inputs(cell, given, xs, first, lengths):
    """Return (params, xs, first state, done): all that `unroll` is given.

    `done` is true where a sequence is past its end, (T, B, 1), or None.
    """
    arrays, sizes, dtype = params(cell, given)
    xs = arguments.array("xs", xs, ("T", "B", sizes[0]), dtype)
    T, B, _ = xs.shape
    if first is None:
        first = cell.zero_state(B, *sizes[1:], dtype=dtype)
    first = state("state", cell, first, B, sizes, dtype)
    if lengths is None:
        return arrays, xs, first, None
    lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
    done = np.arange(T)[:, None, None] >= lengths[:, None]
    return arrays, xs, first, done


def gradients(cell, given, tape, dhs, dstate_T):
    """Return (params, dhs, dstate_T): all that `unroll_backward` is given."""
    arrays, sizes, dtype = params(cell, given)
    T, B, D = tape.xs.shape
    zeros = tuple(np.zeros_like(s) for s in tape.first)
    widths = [width(*sizes) for width in cell.states.values()]
    if [D, *(z.shape[1] for z in zeros)] != [sizes[0], *widths]:
        raise ValueError("params are not of the sizes that made the tape")
    dhs = arguments.array("dhs", dhs, (T, B, widths[0]), dtype)
    dstate = zeros if dstate_T is None else dstate_T
    return arrays, dhs, state("dstate_T", cell, dstate, B, sizes, dtype)
