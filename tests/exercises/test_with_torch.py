"""The exercise that needs PyTorch knows its mistakes."""

import sys

import pytest

from rnncourse.exercises import with_torch


def right(net, windows):
    state = None
    for window in windows:
        output, state = net(window, state)
        output.sum().backward()
        state = tuple(s.detach() for s in state)
    return state


def with_its_graph(net, windows):
    state = None
    for window in windows:
        output, state = net(window, state)
        output.sum().backward()
    return state


def only_h_lets_go(net, windows):
    state = None
    for window in windows:
        output, (h, c) = net(window, state)
        output.sum().backward()
        state = h.detach(), c
    return state


def graph_kept(net, windows):
    state = None
    for window in windows:
        output, state = net(window, state)
        output.sum().backward(retain_graph=True)
    return tuple(s.detach() for s in state)


def returned_with_its_graph(net, windows):
    state = None
    for window in windows:
        state = state and tuple(s.detach() for s in state)
        output, state = net(window, state)
        output.sum().backward()
    return state


def from_zeros(net, windows):
    for window in windows:
        output, state = net(window)
        output.sum().backward()
    return tuple(s.detach() for s in state)


def without_backward(net, windows):
    state = None
    for window in windows:
        _, state = net(window, state)
        state = tuple(s.detach() for s in state)
    return state


def zeroed_between(net, windows):
    state = None
    for window in windows:
        net.zero_grad()
        output, state = net(window, state)
        output.sum().backward()
        state = tuple(s.detach() for s in state)
    return state


def a_mean(net, windows):
    state = None
    for window in windows:
        output, state = net(window, state)
        output.mean().backward()
        state = tuple(s.detach() for s in state)
    return state


def h_alone(net, windows):
    return right(net, windows)[0]


def first_alone(net, windows):
    return right(net, windows[:1])


def with_a_step(net, windows):
    state = right(net, windows)
    for p in net.parameters():
        p.data -= 0.1 * p.grad
    return state


def stops(net, windows):
    return windows["first"]


MISTAKES = [
    (with_its_graph, "handed on with its graph"),
    (only_h_lets_go, "Both h and c"),
    (graph_kept, "through all windows"),
    (returned_with_its_graph, "still has its graph"),
    (from_zeros, "starts from zeros"),
    (without_backward, "No gradient has arrived"),
    (zeroed_between, "last window alone"),
    (a_mean, "not the sum"),
    (h_alone, "the tuple (h, c)"),
    (first_alone, "after the first window"),
    (with_a_step, "weights have changed"),
    (stops, "TypeError"),
]


def test_the_solution_passes_and_the_starter_is_not_attempted():
    pytest.importorskip("torch")
    assert with_torch.check_read_on(right).status == "correct"
    empty = with_torch.check_read_on(lambda net, windows: None)
    assert empty.status == "not attempted"


@pytest.mark.parametrize("answer, words", MISTAKES)
def test_each_mistake_gets_its_own_sentence(answer, words):
    pytest.importorskip("torch")
    outcome = with_torch.check_read_on(answer)
    assert outcome.status == "not yet"
    assert words in outcome.message


def test_without_pytorch_it_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    outcome = with_torch.check_read_on(right)
    assert outcome.status == "not attempted"
    assert "needs PyTorch" in outcome.message
