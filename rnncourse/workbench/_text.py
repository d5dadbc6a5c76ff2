"""A text in training: the next character, from those before it."""

from dataclasses import asdict

import numpy as np

from rnncourse import ops
from rnncourse.data import streams, text
from rnncourse.heads import readout
from rnncourse.networks import Labelled
from rnncourse.workbench._looking import watched
from rnncourse.workbench._read_text import characters, read_text
from rnncourse.workbench._settings import Settings
from rnncourse.workbench._training import Session
from rnncourse.workbench._yardsticks import yardsticks

HELD = 10  #: One character in so many, the last ones, is held out.
COLUMNS = 8  #: Columns in which the held-out part is read, side by side.
SCORED = 4096  #: Of a longer held-out part, the beginning is scored.
PIECE = 64  #: Steps that are read in one go; then there is news.


class TextSession(Session):
    """A network that learns a text, character after character.

    The last tenth of the text is held out. Windows are drawn at random from
    the rest, with ``streams.batch``; the loss is ``Labelled``'s, the
    optimiser Adam, the gradient clipped at norm 1.

    Parameters
    ----------
    given : str, or bytes in UTF-8
    settings : Settings, by default the usual ones
    name : str, what the text is called

    Raises
    ------
    ValueError
        with a sentence for the reader: see `read_text`; or for a window
        longer than the text

    >>> session = TextSession("ab" * 200, Settings("tanh", H=7, T=10, B=2))
    >>> news = list(session.run(updates=1))
    >>> [n["updates"] for n in news if n["kind"] == "update"]
    [1]
    """

    kind = "text"

    def __init__(self, given, settings=None, name="text"):
        self.text, self.name = read_text(given), name
        self.settings = settings = settings or Settings()
        cut = len(self.text) - max(len(self.text) // HELD, 2 * COLUMNS)
        self.read, self.held = self.text[:cut], self.text[cut:]
        if settings.T >= len(self.read):
            raise ValueError(
                f"The window of {settings.T} characters is longer than the "
                f"{len(self.read)} that are learned from; make it shorter."
            )
        self.vocabulary = characters(self.read)
        self.ids = text.encode(self.read, self.vocabulary)
        self.held_ids = text.encode(self.held, self.vocabulary)
        self.model = Labelled(settings.network)
        self.rng = np.random.default_rng(settings.seed)
        V = len(self.vocabulary)
        self.params = self.model.init(
            self.rng, V, settings.H, V, dtype=np.float32
        )
        self._begin()

    def _batch(self):
        xs, targets = streams.batch(
            self.rng, self.ids, self.settings.T, self.settings.B
        )
        return self.one_hot(xs), targets

    def one_hot(self, ids):
        """Return ids (...) as rows with a single 1, (..., V).

        Parameters
        ----------
        ids : (...), ints

        Returns
        -------
        (..., V), float32
        """
        rows = np.zeros((*ids.shape, len(self.vocabulary)), np.float32)
        np.put_along_axis(rows, ids[..., None], 1, axis=-1)
        return rows

    def steps(self, ids, state=None):
        """Read ids, and say what the network expects after each.

        Parameters
        ----------
        ids : (T, B), ints
        state : a state of the network, or None

        Returns
        -------
        log_p : (T, B, V)
        state : after the last id
        """
        network = self.model.network
        hs, state, _ = network.unroll(
            self.params["network"], self.one_hot(ids), state
        )
        ys = readout.forward(self.params["readout"], hs)
        return ops.log_softmax(ys), state

    def _rows(self):
        """The part that is scored, side by side: (steps, COLUMNS)."""
        return streams.columns(self.held_ids[:SCORED], COLUMNS)

    def _look(self):
        """Bits per character of the held-out part, a piece at a time."""
        rows, state, nats = self._rows(), None, []
        for start in range(0, len(rows) - 1, PIECE):
            came = rows[start + 1 : start + 1 + PIECE]
            log_p, state = self.steps(rows[start : start + len(came)], state)
            nats.append(-np.take_along_axis(log_p, came[..., None], -1))
            yield None
        bits = np.concatenate(nats).mean(dtype=np.float64) / np.log(2)
        yield {"bits": float(bits)}

    def yardsticks(self):
        """Return what the rivals need for the very characters scored.

        Returns
        -------
        list of dicts: ``name``, ``bits`` per character
        """
        rows = self._rows()
        scored = np.ones(rows.shape, bool)
        scored[0] = False  # no network has read what comes before
        scored = scored.T.ravel()
        n = len(scored)
        return yardsticks(
            self.read,
            self.held[:n],
            (self.ids, self.held_ids[:n]),
            scored,
            len(self.vocabulary),
        )

    def about(self):
        """Return what a page says about the text before training.

        Returns
        -------
        dict: ``characters`` learned from, ``held`` out, ``scored`` of these;
        ``distinct`` ones; ``watched``, what a unit can be coloured by; and
        an ``excerpt`` of the held-out part
        """
        return {
            "characters": len(self.read),
            "held": len(self.held),
            "scored": min(len(self.held), SCORED),
            "distinct": len(self.vocabulary) - 1,
            "watched": watched(self),
            "excerpt": self.held[:400],
        }

    def source(self):
        """Return the text, for its script to read.

        Returns
        -------
        str
        """
        return self.text

    def _given(self):
        return {
            "name": self.name,
            "text": self.text,
            "settings": asdict(self.settings),
        }

    @classmethod
    def _again(cls, header):
        settings = Settings.of(header["settings"])
        return cls(header["text"], settings, header["name"])
