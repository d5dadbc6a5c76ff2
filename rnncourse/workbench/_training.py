"""What all sessions share: one update, counted, and when to look up."""

import math
import time
from contextlib import contextmanager

from rnncourse import optim
from rnncourse import params as parameters
from rnncourse.workbench import _keeping

CLIP = 1.0  #: The largest norm of a gradient.
LOOK = 50  #: Updates from one look at the held-out part to the next.
#: The tab of the page in which each kind of session is opened.
TABS = {"text": "Text", "numbers": "Numbers", "toys": "Toys"}


@contextmanager
def finite(whose="The numbers have"):
    """Turn the refusal of a number that is not finite into a sentence.

    Parameters
    ----------
    whose : str, how the sentence begins

    Yields
    ------
    None

    Raises
    ------
    FloatingPointError
        with a sentence for the reader
    """
    try:
        yield
    except ValueError as error:
        if "finite" not in str(error):
            raise
        raise FloatingPointError(
            f"{whose} blown up. Start again with a rate that is smaller."
        ) from None


def clipped(model, params, batch, whose="The numbers have"):
    """Return the loss of a batch, its gradient, clipped, and the norm before.

    Parameters
    ----------
    model : has ``loss_and_grads(params, batch)``
    params : nested dict of arrays
    batch : what the model takes
    whose : str, how the sentence begins if they blow up

    Returns
    -------
    loss : float
    grads : nested as params
    norm : float

    Raises
    ------
    FloatingPointError
        with a sentence for the reader, if a number is no longer finite
    """
    with finite(whose):
        loss, grads = model.loss_and_grads(params, batch)
        grads, norm = optim.clip_by_norm(grads, CLIP)
        if not (math.isfinite(loss) and math.isfinite(norm)):
            raise ValueError("loss or norm is not finite")
    return float(loss), grads, norm


class Session:
    """Something in training: it yields news and can be left at any point.

    A subclass sets `settings`, `model`, `params`, `rng` and calls ``_begin``;
    it has ``_batch()``, the generator ``_look()``, and, for its file,
    ``_given()`` and ``_again()``.
    """

    def _begin(self):
        self.optimiser = _keeping.KeptAdam(self.settings.rate)
        self.updates, self.seconds, self.curve = 0, 0.0, []

    @property
    def size(self):
        """How many numbers are learned."""
        return parameters.count(self.params)

    def run(self, updates=None):
        """Train, and tell of it; leave it whenever you like, and call again.

        Parameters
        ----------
        updates : int, how many more; None: without an end

        Yields
        ------
        dict: ``kind``: "update", with ``updates``, ``loss``, ``norm`` before
        clipping and ``seconds`` in training; "part", where a look at the
        held-out part is not finished; or a "look" with what it found

        Raises
        ------
        FloatingPointError
            with a sentence for the reader, if the numbers blow up
        """
        end = math.inf if updates is None else self.updates + updates
        while self.updates < end or self.is_due():
            if self.is_due():
                yield from self._looks()
                continue
            start = time.perf_counter()
            loss, grads, norm = self._gradients()
            self.optimiser.update(self.params, grads)
            self.updates += 1
            self.seconds += time.perf_counter() - start
            yield {
                "kind": "update",
                "updates": self.updates,
                "loss": loss,
                "norm": norm,
                "seconds": self.seconds,
            }

    def _gradients(self):
        return clipped(self.model, self.params, self._batch())

    def is_due(self):
        """Tell whether a look at the held-out part comes next.

        Returns
        -------
        bool
        """
        done = bool(self.curve) and self.curve[-1]["updates"] == self.updates
        return self.updates % LOOK == 0 and not done

    def _looks(self):
        """Look at the held-out part, in pieces."""
        look = self._look()
        while True:
            with finite():
                found = next(look, "done")
            if found == "done":
                return
            if found is None:
                yield {"kind": "part"}
                continue
            point = {
                "updates": self.updates, "seconds": self.seconds, **found
            }  # fmt: skip
            self.curve.append(point)
            yield {"kind": "look", **point}

    def time_an_update(self):
        """Return the seconds that one update takes here; nothing is learned.

        Returns
        -------
        float
        """
        state = self.rng.bit_generator.state
        seconds = []
        for _ in range(2):  # the first one also wakes things up
            start = time.perf_counter()
            self._gradients()
            seconds.append(time.perf_counter() - start)
        self.rng.bit_generator.state = state
        return min(seconds)

    def weights(self):
        """Return the weights, as `rnncourse.params.load` reads them.

        Returns
        -------
        bytes of an `.npz` file
        """
        return _keeping.weights_file(self.params)

    def save(self):
        """Return the whole session, as the bytes of a file.

        Returns
        -------
        bytes, which `load` reads
        """
        header = {
            "kind": self.kind,
            "updates": self.updates,
            "seconds": self.seconds,
            "curve": self.curve,
            **self._given(),
        }
        return _keeping.pack(header, self._kept(), self.optimiser, self.rng)

    def _kept(self):
        """The arrays that go into the file, nested."""
        return self.params

    @classmethod
    def load(cls, content):
        """Open what `save` made; training goes on as if it had not stopped.

        Parameters
        ----------
        content : bytes

        Returns
        -------
        a session of this class

        Raises
        ------
        ValueError
            with a sentence for the reader, for any other file
        """
        header, arrays, recall, rng = _keeping.unpack(content)
        kind = header.get("kind")
        if kind != cls.kind and kind in TABS:
            raise ValueError(
                f"This file holds a session of the tab {TABS[kind]}. Open it "
                "there."
            )
        try:
            session = cls._again(header)
            session._take(header, arrays)
            recall(session.optimiser)
            session.rng = rng
            for name in ("updates", "seconds", "curve"):
                setattr(session, name, header[name])
        except (KeyError, TypeError, AttributeError, IndexError):
            raise ValueError(_keeping.REFUSAL) from None
        return session

    def _take(self, header, arrays):
        """Put the arrays of a file in the place of the fresh ones."""
        self.params = _keeping.alike(arrays, self.params)
