"""A session as one file: what is saved, and opened again, is all of it."""

import io
import json
import tempfile
import zipfile
import zlib
from pathlib import Path

import numpy as np

from rnncourse import optim
from rnncourse import params as parameters

FORMAT = "rnncourse.workbench"  #: The name of the format of a session.
REFUSAL = "This file is no session of the workbench, or it is damaged."


class KeptAdam(optim.Adam):
    """Adam that can be saved between two updates, and goes on as if not.

    Parameters
    ----------
    learning_rate : float above 0

    Raises
    ------
    ValueError
        for a learning rate that is no number above 0
    """

    def memory(self):
        """Return all that it remembers.

        Returns
        -------
        updates : int
        arrays : dict from names to arrays
        """
        arrays = {}
        for name, (m, v) in self._memory.items():
            arrays[f"m/{name}"], arrays[f"v/{name}"] = m, v
        return self._updates, arrays

    def recall(self, updates, arrays):
        """Take over what another one remembered.

        Parameters
        ----------
        updates : int
        arrays : dict from names to arrays, both from `memory`
        """
        self._updates = updates
        self._memory = {
            name[2:]: (arrays[name].copy(), arrays["v" + name[1:]].copy())
            for name in arrays
            if name.startswith("m/")
        }


def pack(header, params, optimiser, rng):
    """Put a session into the bytes of an `.npz` file.

    Parameters
    ----------
    header : dict that JSON can hold
    params : dict of arrays, or of such dicts
    optimiser : KeptAdam, or what has its ``memory``
    rng : np.random.Generator

    Returns
    -------
    bytes
    """
    updates, memory = optimiser.memory()
    header = {
        **header,
        "format": FORMAT,
        "optimiser": updates,
        "rng": rng.bit_generator.state,
    }
    flat = parameters.flatten(params)
    arrays = {f"params/{name}": a for name, a in flat.items()} | memory
    buffer = io.BytesIO()
    header = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez_compressed(buffer, header=header, **arrays)
    return buffer.getvalue()


def unpack(content):
    """Take a session out of what `pack` made.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    header : dict
    params : nested dict of arrays
    recall : function that gives a fresh optimiser what the saved one knew
    rng : np.random.Generator

    Raises
    ------
    ValueError
        with a sentence for the reader, if the bytes are no such file
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        header = json.loads(arrays.pop("header").tobytes())
        if header["format"] != FORMAT:
            raise ValueError(REFUSAL)
        rng = np.random.default_rng()
        rng.bit_generator.state = header["rng"]
        updates = header["optimiser"]
    except (
        ValueError, KeyError, TypeError, EOFError, OSError,
        zipfile.BadZipFile, zlib.error, NotImplementedError,
    ):  # fmt: skip
        raise ValueError(REFUSAL) from None
    params = parameters.unflatten(
        {k[7:]: a for k, a in arrays.items() if k.startswith("params/")}
    )
    memory = {k: a for k, a in arrays.items() if k[:2] in ("m/", "v/")}

    def recall(optimiser):
        optimiser.recall(updates, memory)

    return header, params, recall, rng


def alike(arrays, fresh):
    """Return arrays that came from a file, if they are what was expected.

    Parameters
    ----------
    arrays, fresh : dicts of arrays, or of such dicts

    Returns
    -------
    nested dict of arrays

    Raises
    ------
    ValueError
        with a sentence for the reader, if a name, a shape or a kind is
        another, or a number is not finite
    """
    came, expected = parameters.flatten(arrays), parameters.flatten(fresh)
    same = came.keys() == expected.keys() and all(
        a.shape == expected[k].shape
        and a.dtype == expected[k].dtype
        and np.isfinite(a).all()
        for k, a in came.items()
    )
    if not same:
        raise ValueError(REFUSAL)
    return arrays


def weights_file(params):
    """Return the bytes of the file that `rnncourse.params.load` reads.

    Parameters
    ----------
    params : dict of arrays, or of such dicts

    Returns
    -------
    bytes
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.npz"
        parameters.save(path, params)
        return path.read_bytes()
