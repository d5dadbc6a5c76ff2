"""The exercise that needs PyTorch: it checks itself in the notebook alone.

All others need NumPy and run in the page. This one is about what NumPy does
not have, a state that drags its graph along, so its chapter says that it is
to be opened in Binder or Colab.
"""

from rnncourse.exercises.checking.check import UNTOUCHED
from rnncourse.exercises.checking.outcome import NotYet, Outcome

ID = "pytorch.read_on"
T, B, D, H, WINDOWS = 4, 3, 2, 5, 3
CLOSE = {"rtol": 1e-4, "atol": 1e-6}


def check_read_on(answer):
    """Check `read_on(net, windows)` of the chapter on PyTorch.

    Parameters
    ----------
    answer : the reader's function; it is given an ``nn.LSTM`` and a list of
        windows (T, B, D), and returns the last state, (h, c)

    Returns
    -------
    Outcome: correct, not yet (and why), or not attempted; never raises for
    what the reader wrote
    """
    try:
        import torch
    except ImportError:
        return Outcome(ID, "not attempted", "This one needs PyTorch.")
    torch.manual_seed(0)
    net = torch.nn.LSTM(D, H)
    windows = list(torch.randn(WINDOWS, T, B, D))
    before = [p.detach().clone() for p in net.parameters()]
    try:
        state = answer(net, [window.clone() for window in windows])
        if state is None:
            return Outcome(ID, "not attempted", UNTOUCHED)
        _judge_state(torch, net, before, windows, state)
        _judge_gradients(torch, net, windows)
    except NotYet as reason:
        return Outcome(ID, "not yet", reason.more["message"])
    except Exception as error:
        return Outcome(ID, "not yet", _stopped(error))
    return Outcome(ID, "correct", "The numbers go on, the past does not.")


def _stopped(error):
    """Say what an exception means."""
    if "second time" in str(error):
        return (
            "A backward pass has come to a window that was walked through "
            "before: the state was handed on with its graph. Both h and c "
            "have to let go."
        )
    first = str(error).partition("\n")[0]
    return f"Your code stopped with {type(error).__name__}: {first}"


def _judge_state(torch, net, before, windows, state):
    """Refuse a state that is not the last one, or has a past."""
    pair = isinstance(state, tuple) and len(state) == 2
    if not pair or not all(torch.is_tensor(s) for s in state):
        raise NotYet("An LSTM has two states: return the tuple (h, c).")
    if [tuple(s.shape) for s in state] != [(1, B, H)] * 2:
        raise NotYet(f"h and c should both have the shape (1, {B}, {H}).")
    for now, was in zip(net.parameters(), before, strict=True):
        if not torch.equal(now, was):
            raise NotYet("The weights have changed. Take no step here.")
    if any(s.requires_grad for s in state):
        raise NotYet(
            "The numbers may be right, but the state that you return still "
            "has its graph: whoever goes on from it drags your past along."
        )
    with torch.no_grad():
        ends = {
            "whole": net(torch.cat(windows))[1],
            "alone": net(windows[-1])[1],
            "first": net(windows[0])[1],
        }
    same = {name: _alike(torch, state, end) for name, end in ends.items()}
    if same["alone"]:
        raise NotYet("Every window starts from zeros: no state is carried.")
    if same["first"]:
        raise NotYet("That is the state after the first window.")
    if not same["whole"]:
        raise NotYet("That is not the state after the last window.")


def _judge_gradients(torch, net, windows):
    """Refuse gradients that are missing, of one window, or of all time."""
    if any(p.grad is None for p in net.parameters()):
        raise NotYet("No gradient has arrived: call backward on each loss.")
    found = [p.grad.clone() for p in net.parameters()]
    by_window, state = [], None
    for window in windows:
        net.zero_grad()
        output, state = net(window, state)
        output.sum().backward()
        by_window.append([p.grad.clone() for p in net.parameters()])
        state = tuple(s.detach() for s in state)
    net.zero_grad()
    net(torch.cat(windows))[0].sum().backward()
    through = [p.grad.clone() for p in net.parameters()]
    if _alike(torch, found, by_window[-1]):
        raise NotYet(
            "These are the gradients of the last window alone. Those of all "
            "windows should add up: no zero_grad in between, and a backward "
            "for each window."
        )
    if _alike(torch, found, through):
        raise NotYet(
            "These gradients went back through all windows to the first: "
            "the graph was kept. Let go of it after each window."
        )
    total = [sum(grads) for grads in zip(*by_window, strict=True)]
    if not _alike(torch, found, total):
        raise NotYet("The gradients are not the sum of the windows' own.")


def _alike(torch, some, others):
    """Tell whether two rows of tensors are the same but for rounding."""
    pairs = zip(some, others, strict=True)
    return all(torch.allclose(a, b, **CLOSE) for a, b in pairs)
