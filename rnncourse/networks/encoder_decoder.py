"""Sequence to sequence: one network reads, another writes."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.heads import attention, readout
from rnncourse.networks._network import (
    Network,
    NetworkTape,
    check_inputs,
    check_part,
    check_tape,
    inside,
    naming,
)


@dataclass(frozen=True)
class EncoderDecoder:
    """An encoder whose last state starts a decoder (Sutskever et al. 2014).

    The decoder reads one token and scores the next. Tokens are ints from 0
    to K - 1; the token ``end`` both starts and ends a sequence::

        memory, state = encoder(xs)
        hs = decoder(one_hot(tokens), state)
        logits[u] = readout(hs[u])                   without attention
        logits[u] = readout([hs[u], contexts[u]])    with attention

    where ``contexts[u]`` is what hs[u] reads from the memory, see
    `rnncourse.heads.attention`. `rnncourse.networks.seq2seq` trains the
    model and lets it write.

    Parameters
    ----------
    encoder : a cell or a network
    decoder : a cell or a network that does not read ahead
    attention : bool
    hand_over : bool; if False the decoder starts from zeros and all it
        learns of the input comes through attention, as it must where the
        states differ in layout
    end : int

    Raises
    ------
    ValueError
        for parts that are neither cell nor network, a decoder that reads
        ahead, states that cannot be handed over, or a decoder with neither
        state nor attention

    >>> from rnncourse.cells import RNN
    >>> model = EncoderDecoder(RNN, RNN)
    >>> params = model.init(np.random.default_rng(0), D=2, H=7, K=4)
    >>> list(params)
    ['encoder', 'decoder', 'readout']
    """

    encoder: Network
    decoder: Network
    attention: bool = False
    hand_over: bool = True
    end: int = 0

    def __post_init__(self):
        check_part("encoder", self.encoder)
        check_part("decoder", self.decoder)
        if not self.decoder.causal:
            raise ValueError(
                f"decoder {self.decoder} reads ahead; expected one that "
                "scores a token before it reads it"
            )
        if not (self.hand_over or self.attention):
            raise ValueError("hand_over=False; expected attention=True then")
        if self.hand_over and _widths(self.encoder) != _widths(self.decoder):
            raise ValueError(
                f"the encoder's state {_widths(self.encoder)} does not fit "
                f"the decoder's {_widths(self.decoder)}; expected one layout, "
                "or hand_over=False"
            )

    def init(self, rng, D, H, K, *, dtype=np.float64):
        """Draw parameters.

        Parameters
        ----------
        rng : np.random.Generator
        D, H, K : sizes of the input, of the hidden layers, and the number of
            tokens, ``end`` included
        dtype : float64 or float32

        Returns
        -------
        dict: "encoder", "decoder", "readout", and "attention" if there is

        Raises
        ------
        ValueError
            for a size below 1, a seed in the place of the generator, or an
            ``end`` that is not one of the K tokens
        """
        arguments.integers("end", self.end, (), 0, arguments.size("K", K))
        params = {
            "encoder": self.encoder.init(rng, D, H, dtype=dtype),
            "decoder": self.decoder.init(rng, K, H, dtype=dtype),
        }
        width, E = self.decoder.width(H), self.encoder.width(H)
        if self.attention:
            params["attention"] = attention.init(rng, width, E, dtype=dtype)
            width += E
        return params | {"readout": readout.init(rng, width, K, dtype=dtype)}

    def count_tokens(self, params):
        """Return K, the number of tokens that the parameters are for.

        Parameters
        ----------
        params : from `init`

        Returns
        -------
        int

        Raises
        ------
        ValueError
            for a missing or unknown part
        """
        names = ("encoder", "decoder", "readout")
        if self.attention:
            names = (*names, "attention")
        arguments.names("params", params, names)
        arguments.names("readout", params["readout"], ("W_hy", "b_y"))
        return np.size(params["readout"]["b_y"])

    def encode(self, params, xs, state=None, lengths=None, rng=None):
        """Read xs: the encoder's part of `unroll`.

        Parameters
        ----------
        params, xs, state, lengths, rng : as in `unroll`

        Returns
        -------
        memory : the encoder's outputs, (T', B, E)
        mask : (T', B), booleans, False past each sequence's end
        last : the encoder's last state
        tape : the encoder's

        Raises
        ------
        ValueError
            as `unroll`
        """
        self.count_tokens(params)
        xs, lengths = check_inputs(xs, lengths)
        with naming("encoder"):
            memory, last, tape = self.encoder.unroll(
                params["encoder"], xs, state, lengths, rng
            )
        T, B, _ = memory.shape
        ends = self.encoder.output_lengths(lengths)
        mask = np.ones((T, B), bool) if ends is None else inside(T, ends)
        return memory, mask, last, tape

    def decode(
        self, params, tokens, memory, mask, state, token_lengths=None, rng=None
    ):
        """Read tokens, score the next: the decoder's part of `unroll`.

        Parameters
        ----------
        params, tokens, token_lengths, rng : as in `unroll`
        memory, mask : from `encode`
        state : the decoder's before its first step; zeros if None

        Returns
        -------
        logits : (U, B, K)
        after : the decoder's last state
        kept : features (U, B, ·), what the readout read; weights; the tape

        Raises
        ------
        ValueError
            as `unroll`
        """
        K, shape = self.count_tokens(params), ("U", memory.shape[1])
        tokens = arguments.integers("tokens", tokens, shape, 0, K)
        one_hot = np.eye(K, dtype=memory.dtype)[tokens]
        with naming("decoder"):
            features, after, tape = self.decoder.unroll(
                params["decoder"], one_hot, state, token_lengths, rng
            )
        weights = None
        if self.attention:
            contexts, weights = attention.forward(
                params["attention"], features, memory, mask
            )
            features = np.concatenate([features, contexts], axis=2)
        logits = readout.forward(params["readout"], features)
        return logits, after, (features, weights, tape)

    def unroll(
        self,
        params,
        xs,
        tokens,
        state=None,
        lengths=None,
        token_lengths=None,
        rng=None,
    ):
        """Read xs, then score what follows each token.

        Parameters
        ----------
        params : from `init`
        xs : (T, B, D)
        tokens : (U, B), ints from 0 to K - 1, what the decoder reads
        state : the encoder's before its first step; zeros if None
        lengths, token_lengths : (B,) ints from 1 to T, and to U; None means
            all of them
        rng : np.random.Generator for dropout, or None: no dropout

        Returns
        -------
        logits : (U, B, K)
        weights : (U, B, T'), what each step attends to, or None
        tape : for `unroll_backward`

        Raises
        ------
        ValueError
            naming the part, the argument, its shape and the expected one
        """
        memory, mask, last, encoder_tape = self.encode(
            params, xs, state, lengths, rng
        )
        first = last if self.hand_over else None
        logits, _, (features, weights, decoder_tape) = self.decode(
            params, tokens, memory, mask, first, token_lengths, rng
        )
        parts = {"encoder": encoder_tape, "decoder": decoder_tape}
        kept = {"memory": memory, "features": features, "weights": weights}
        return logits, weights, NetworkTape(self, parts, kept)

    def unroll_backward(self, params, tape, dlogits):
        """Walk back through the decoder, then through the encoder.

        Parameters
        ----------
        params, tape : as given to and returned by `unroll`
        dlogits : (U, B, K), zero where nothing counts

        Returns
        -------
        dxs : (T, B, D)
        dstate_0 : the gradient of the encoder's state before its first step
        grads : nested as params

        Raises
        ------
        ValueError
            for another shape, or the tape of another network
        """
        check_tape(self, tape)
        memory, features, weights = tape.kept.values()
        shape = (*features.shape[:2], self.count_tokens(params))
        dlogits = arguments.array("dlogits", dlogits, shape)
        grads = dict.fromkeys(params)
        dhs, grads["readout"] = readout.backward(
            params["readout"], features, dlogits
        )
        dmemory = np.zeros_like(memory)
        if self.attention:
            width = features.shape[2] - memory.shape[2]  # contexts follow hs
            dqueries, dmemory, grads["attention"] = attention.backward(
                params["attention"],
                features[..., :width],
                memory,
                weights,
                dhs[..., width:],
            )
            dhs = dhs[..., :width] + dqueries
        _, dfirst, grads["decoder"] = self.decoder.unroll_backward(
            params["decoder"], tape.parts["decoder"], dhs
        )
        dlast = dfirst if self.hand_over else None
        dxs, dstate_0, grads["encoder"] = self.encoder.unroll_backward(
            params["encoder"], tape.parts["encoder"], dmemory, dlast
        )
        return dxs, dstate_0, grads


def _widths(network):
    """Return the widths of a network's state, nested, for H = 1."""

    def widths(state):
        if isinstance(state, dict):
            return {name: widths(part) for name, part in state.items()}
        return tuple(array.shape[1] for array in state)

    return widths(network.zero_state(1, 1))
