"""Train an `EncoderDecoder` by teacher forcing, and let it write."""

import numpy as np

from rnncourse import arguments, ops
from rnncourse.heads import cross_entropy
from rnncourse.networks._network import inside


def loss_and_grads(
    model, params, xs, targets, lengths=None, target_lengths=None, rng=None
):
    """Teacher forcing: the decoder reads the right token, not its own.

    With ``tokens = [end, *targets]`` the model is to say
    ``wanted = [*targets, end]``; the loss is the mean of ``-log p(wanted)``
    over all tokens of all sequences (Sutskever et al. 2014).

    Parameters
    ----------
    model : EncoderDecoder
    params : from ``model.init``
    xs : (T, B, D)
    targets : (L, B), ints from 0 to K - 1, without the model's `end`
    lengths, target_lengths : (B,) ints, 1 to T and 0 to L; None means all
        of them
    rng : np.random.Generator for dropout, or None: no dropout

    Returns
    -------
    loss : float, in nats a token
    grads : nested as params

    Raises
    ------
    ValueError
        naming the part, the argument, its shape and the expected one, or
        for an `end` among the targets

    >>> from rnncourse.cells import RNN
    >>> from rnncourse.networks import EncoderDecoder
    >>> model = EncoderDecoder(RNN, RNN)
    >>> params = model.init(np.random.default_rng(0), D=2, H=7, K=4)
    >>> loss, grads = loss_and_grads(
    ...     model, params, np.zeros((5, 1, 2)), np.array([[1], [2]]))
    >>> list(grads)
    ['encoder', 'decoder', 'readout']
    """
    shape = ("L", xs.shape[1] if np.ndim(xs) == 3 else "B")
    K = model.count_tokens(params)
    L, B = arguments.shaped("targets", targets, shape).shape
    if target_lengths is None:
        target_lengths = np.full(B, L)
    target_lengths = arguments.integers(
        "target_lengths", target_lengths, (B,), 0, L + 1
    )
    counted = inside(L, target_lengths)
    targets = arguments.integers("targets", targets, (L, B), 0, K, counted)
    if (targets[counted] == model.end).any():
        raise ValueError(f"targets contains {model.end}, the model's end")
    labels = np.where(counted, targets, model.end)
    end = np.full((1, B), model.end)
    tokens, wanted = np.vstack([end, labels]), np.vstack([labels, end])
    steps = target_lengths + 1
    logits, _, tape = model.unroll(
        params, xs, tokens, None, lengths, steps, rng
    )
    loss, dlogits = cross_entropy.loss_and_grad(
        logits, wanted, inside(L + 1, steps)
    )
    _, _, grads = model.unroll_backward(params, tape, dlogits)
    return loss, grads


def start(model, params, xs, lengths=None):
    """Read xs and return what `rnncourse.decoding` needs to write.

    Parameters
    ----------
    model, params, xs, lengths : as in `loss_and_grads`

    Returns
    -------
    step, state : the decoder as a function, and its first state

    >>> from rnncourse import decoding
    >>> from rnncourse.cells import RNN
    >>> from rnncourse.networks import EncoderDecoder
    >>> model = EncoderDecoder(RNN, RNN)
    >>> params = model.init(np.random.default_rng(0), D=2, H=7, K=4)
    >>> step, state = start(model, params, np.zeros((5, 1, 2)))
    >>> best, *_ = decoding.beam(
    ...     step, state, model.end, model.end, width=3, max_length=9)
    """
    memory, mask, last, _ = model.encode(params, xs, lengths=lengths)

    def step(tokens, state):
        logits, after, _ = model.decode(
            params,
            tokens[None],
            state["memory"].swapaxes(0, 1),
            state["mask"].T,
            state["decoder"],
        )
        return ops.log_softmax(logits[0]), state | {"decoder": after}

    return step, {
        "decoder": last if model.hand_over else None,
        "memory": memory.swapaxes(0, 1),  # batch first, as a beam picks rows
        "mask": mask.T,
    }
