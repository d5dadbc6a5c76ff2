"""Do parameters, inputs and states fit the cell, and each other?

What `rnncourse.bptt` is given becomes arrays of its own here, so that what
the caller changes later changes nothing: only parameters stay the caller's.
"""

import numpy as np

from rnncourse import arguments


def cell(given):
    """Refuse what is no cell, and say what to call in its place.

    Raises
    ------
    ValueError
        for a network, a class in the place of its value, or anything else
    """
    name = getattr(given, "__name__", repr(given))
    if isinstance(given, type):
        raise ValueError(f"cell is the class {name}; expected {name}(...)")
    if hasattr(given, "step") and hasattr(given, "shapes"):
        return
    if hasattr(given, "unroll"):
        raise ValueError(
            f"cell is {name}, a network; call its own methods: "
            "network.unroll(params, xs) and network.unroll_backward(...)"
        )
    raise ValueError(f"cell is {name}; expected a cell such as LSTM")


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
        arguments.shaped(name, arrays[name], ("rows", "columns"))
    sizes = [arrays[n].shape[axis] for n, axis in cell.sizes.values()]
    dtype = arrays[names[0]].dtype
    for name, shape in cell.shapes(*sizes).items():
        arguments.shaped(name, arrays[name], shape)
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
    widths = cell.widths(*sizes)
    if not isinstance(state, (tuple, list)) or len(state) != len(widths):
        names = ", ".join(cell.states)
        raise ValueError(f"{name} is not a tuple ({names},) for {cell}")
    return tuple(
        arguments.array(f"{name}[{k}]", s, (B, n), dtype).copy()
        for k, (s, n) in enumerate(zip(state, widths, strict=True))
    )


def inputs(cell_, given, xs, first, lengths):
    """Return (params, xs, first state, done): all that `unroll` is given.

    `done` is true where a sequence is past its end, (T, B, 1), or None.
    """
    cell(cell_)
    arrays, sizes, dtype = params(cell_, given)
    xs = arguments.array("xs", xs, ("T", "B", sizes[0]), dtype).copy()
    T, B, _ = xs.shape
    if first is None:
        first = cell_.zero_state(B, *sizes[1:], dtype=dtype)
    first = state("state", cell_, first, B, sizes, dtype)
    if lengths is None:
        return arrays, xs, first, None
    lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
    done = np.arange(T)[:, None, None] >= lengths[:, None]
    return arrays, xs, first, done


def gradients(cell_, given, tape, dhs, dstate_T):
    """Return (params, dhs, dstate_T): all that `unroll_backward` is given."""
    arrays, sizes, dtype = params(cell_, given)
    T, B, D = tape.xs.shape
    zeros = tuple(np.zeros_like(s) for s in tape.first)
    widths = cell_.widths(*sizes)
    if [D, *(z.shape[1] for z in zeros)] != [sizes[0], *widths]:
        raise ValueError("params are not of the sizes that made the tape")
    dhs = arguments.array("dhs", dhs, (T, B, widths[0]), dtype)
    dstate = zeros if dstate_T is None else dstate_T
    return arrays, dhs, state("dstate_T", cell_, dstate, B, sizes, dtype)
