"""Connectionist temporal classification: labels without their times.

A path names one class a frame; it spells the labels that are left once
repeats are merged and blanks dropped. CTC sums over all paths that spell
the target (Graves et al. 2006). Arrays:

- logits (T, B, K), one of the K classes being the blank;
- targets (L, B), ints from 0 to K - 1, not the blank;
- lengths (B,), frames, 1 to T, and target_lengths (B,), labels, 0 to L;
  None means all T and all L. What lies past them does not count.
"""

import numpy as np

from rnncourse import arguments, ops


def loss_and_grad(logits, targets, lengths=None, target_lengths=None, blank=0):
    """The mean over the batch of ``-log p(target)``, and its gradient.

    ``p(target) = sum over paths that spell it of prod_t softmax(logits[t])``
    ``dlogits[t] = (softmax(logits[t]) - share[t]) / B``, where share[t, k]
    is the part of p(target) whose paths are in class k at frame t.

    Parameters
    ----------
    logits, targets, lengths, target_lengths : see the head of this module
    blank : int, the class that stands for no label

    Returns
    -------
    loss : float, in nats a sequence
    dlogits : (T, B, K), zero past each length

    Raises
    ------
    ValueError
        for shapes, lengths or labels out of range, a blank among the
        labels, or a target with too few frames: it needs one a label and
        one more between equal neighbours

    >>> logits = np.zeros((2, 1, 2))  # of four equal paths three spell "1"
    >>> loss, _ = loss_and_grad(logits, np.array([[1]]))
    >>> round(float(np.exp(-loss)), 4)
    0.75
    """
    logits = arguments.array("logits", logits, ("T", "B", "K"))
    T, B, K = logits.shape
    targets, lengths, target_lengths = _checked(
        logits.shape, targets, lengths, target_lengths, blank
    )
    # float32 would round a log-probability of -1000 by 1e-4
    log_p = ops.log_softmax(logits.astype(np.float64))
    alpha, beta = alpha_beta(log_p, targets, lengths, target_lengths, blank)
    log_target = ops.logsumexp(alpha[0] + beta[0])  # (B,)
    shares = np.exp(alpha + beta - log_target[:, None])  # (T, B, S)
    one_hot = np.eye(K)[with_blanks(targets, blank)]  # (B, S, K)
    share = np.einsum("tbs,bsk->tbk", shares, one_hot, optimize=True)
    inside = np.arange(T)[:, None] < lengths  # (T, B)
    dlogits = np.where(inside[..., None], np.exp(log_p) - share, 0) / B
    return float(-log_target.mean()), dlogits.astype(logits.dtype)


def alpha_beta(log_p, targets, lengths=None, target_lengths=None, blank=0):
    """The two tables of CTC, in nats: paths up to a frame, and from it on.

    State s of S = 2 L + 1 is a label if s is odd, else the blank around it
    (`with_blanks`). With ``a = alpha[t - 1]``, ``e = beta[t + 1] + log_p`` of
    the next frame, and ⊕ for the sum of probabilities::

        alpha[t, s] = (a[s] ⊕ a[s-1] ⊕ a[s-2] if s may be skipped to)
                      + log_p[t, label of s]
        beta[t, s]  =  e[s] ⊕ e[s+1] ⊕ e[s+2] if it may be skipped to

    A label may be skipped to from the label before it, if that differs. A
    beta leaves its own frame out, so at every frame within the length
    ``logsumexp(alpha[t] + beta[t])`` is log p(target).

    Parameters
    ----------
    log_p : (T, B, K), log-probabilities, as from `rnncourse.ops.log_softmax`
    targets, lengths, target_lengths, blank : as in `loss_and_grad`

    Returns
    -------
    alpha, beta : (T, B, S), -inf where no path passes

    Raises
    ------
    ValueError
        as `loss_and_grad`

    >>> log_p = np.log(np.full((2, 1, 2), 0.5))
    >>> alpha, beta = alpha_beta(log_p, np.array([[1]]))
    >>> np.exp(alpha[:, 0]), np.exp(beta[:, 0])
    (array([[0.5 , 0.5 , 0.  ], [0.25, 0.5 , 0.25]]),
     array([[0.5, 1. , 0.5], [0. , 1. , 1. ]]))
    """
    log_p = arguments.array("log_p", log_p, ("T", "B", "K"))
    T, B, K = log_p.shape
    targets, lengths, target_lengths = _checked(
        log_p.shape, targets, lengths, target_lengths, blank
    )
    states = with_blanks(targets, blank)  # (B, S)
    s = np.arange(states.shape[1])
    last = 2 * target_lengths[:, None]  # each sequence's last state
    skip = np.zeros(states.shape, bool)
    skip[:, 2:] = (states[:, 2:] != blank) & (states[:, 2:] != states[:, :-2])
    emit = np.take_along_axis(log_p, states[None], axis=2)  # (T, B, S)
    emit[np.broadcast_to(s > last, emit.shape)] = -np.inf

    alpha = np.full_like(emit, -np.inf)
    alpha[0, :, :2] = emit[0, :, :2]
    for t in range(1, T):
        a = alpha[t - 1]
        paths = np.logaddexp(a, _moved(a, 1))
        paths = np.logaddexp(paths, np.where(skip, _moved(a, 2), -np.inf))
        alpha[t] = np.where((t < lengths)[:, None], paths + emit[t], -np.inf)

    end = np.where((s == last) | (s == last - 1), 0, -np.inf)
    beta = np.full_like(emit, -np.inf)
    beta[lengths - 1, np.arange(B)] = end
    for t in reversed(range(T - 1)):
        e = beta[t + 1] + emit[t + 1]
        paths = np.logaddexp(e, _moved(e, -1))
        e = np.where(skip, e, -np.inf)
        paths = np.logaddexp(paths, _moved(e, -2))
        beta[t] = np.where((t < lengths - 1)[:, None], paths, beta[t])
    return alpha, beta


def with_blanks(targets, blank=0):
    """Put a blank before, between and after the labels.

    Parameters
    ----------
    targets : (L, B), ints
    blank : int

    Returns
    -------
    (B, 2 L + 1), the class of every state

    Raises
    ------
    ValueError
        for targets that are no (L, B) of ints from 0, or no such blank

    >>> with_blanks(np.array([[5], [7]]))
    array([[0, 5, 0, 7, 0]])
    """
    targets = arguments.integers("targets", targets, ("L", "B"), 0)
    blank = int(arguments.integers("blank", blank, (), 0))
    L, B = targets.shape
    states = np.full((B, 2 * L + 1), blank)
    states[:, 1::2] = targets.T
    return states


def _moved(a, by):
    """Return `a` moved along its last axis, -inf where nothing came from."""
    moved = np.full_like(a, -np.inf)
    if by > 0:
        moved[..., by:] = a[..., :-by]
    else:
        moved[..., :by] = a[..., -by:]
    return moved


def _checked(shape, targets, lengths, target_lengths, blank):
    """Return targets (blank past their lengths) and both lengths."""
    T, B, K = shape
    arguments.integers("blank", blank, (), 0, K)
    L = len(arguments.shaped("targets", targets, ("L", B)))
    if lengths is None:
        lengths = np.full(B, T)
    if target_lengths is None:
        target_lengths = np.full(B, L)
    lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
    target_lengths = arguments.integers(
        "target_lengths", target_lengths, (B,), 0, L + 1
    )
    inside = np.arange(L)[:, None] < target_lengths
    labels = arguments.integers("targets", targets, (L, B), 0, K, inside)
    labels = np.where(inside, labels, blank)
    if (labels[inside] == blank).any():
        raise ValueError(f"targets contains {blank}, which is the blank")
    repeats = ((labels[1:] == labels[:-1]) & inside[1:]).sum(axis=0)
    short = np.flatnonzero(lengths < target_lengths + repeats)
    if short.size:
        b = short[0]
        raise ValueError(
            f"lengths[{b}] is {lengths[b]}; expected at least "
            f"{target_lengths[b] + repeats[b]} frames for {target_lengths[b]}"
            f" labels and {repeats[b]} blanks between equal neighbours"
        )
    return labels, lengths, target_lengths
