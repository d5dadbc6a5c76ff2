"""What all sessions share: one update, counted, and when to look up."""

import math
import time

from rnncourse import optim
from rnncourse import params as parameters
from rnncourse.workbench._keeping import KeptAdam, weights_file

CLIP = 1.0  #: The largest norm of a gradient.
LOOK = 50  #: Updates from one look at the held-out part to the next.


class Session:
    """Something in training: it yields news and can be left at any point.

    A subclass sets `settings`, `model`, `params`, `rng` and calls `_begin`;
    it has ``_batch()`` and the generator ``_look()``.
    """

    def _begin(self):
        self.optimiser = KeptAdam(self.settings.rate)
        self.updates, self.seconds, self.curve = 0, 0.0, []

    @property
    def size(self):
        """How many numbers are learned."""
        flat = parameters.flatten(self.params)
        return sum(array.size for array in flat.values())

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
            loss, grads = self.model.loss_and_grads(self.params, self._batch())
            grads, norm = optim.clip_by_norm(grads, CLIP)
            if not (math.isfinite(loss) and math.isfinite(norm)):
                raise FloatingPointError(
                    "The numbers have blown up. Start again with a rate "
                    "that is smaller."
                )
            self.optimiser.update(self.params, grads)
            self.updates += 1
            self.seconds += time.perf_counter() - start
            yield {
                "kind": "update",
                "updates": self.updates,
                "loss": float(loss),
                "norm": norm,
                "seconds": self.seconds,
            }

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
        for found in self._look():
            if found is None:
                yield {"kind": "part"}
            else:
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
            self.model.loss_and_grads(self.params, self._batch())
            seconds.append(time.perf_counter() - start)
        self.rng.bit_generator.state = state
        return min(seconds)

    def weights(self):
        """Return the weights, as `rnncourse.params.load` reads them.

        Returns
        -------
        bytes of an `.npz` file
        """
        return weights_file(self.params)
