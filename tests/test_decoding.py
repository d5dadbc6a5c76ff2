import itertools
from typing import NamedTuple

import numpy as np
import pytest

from rnncourse import decoding, ops

K, H, STOP, LONGEST = 4, 7, 0, 4


def decoder(seed):
    """A small recurrent decoder and the state it starts from."""
    rng = np.random.default_rng(seed)
    E, W, V = (rng.normal(size=s) for s in [(K, H), (H, H), (H, K)])

    def step(tokens, state):
        h = np.tanh(state["cell"][0] @ W + E[tokens])
        return ops.log_softmax(h @ V), {"cell": (h,)}

    return step, {"cell": (rng.normal(size=(1, H)),)}


def score(step, state, tokens):
    """Return the summed log-probability of these tokens, one by one."""
    total, previous = 0.0, 1
    for token in tokens:
        log_p, state = step(np.array([previous]), state)
        total, previous = total + log_p[0, token], token
    return total


def all_hypotheses(step, state):
    """Score every token sequence up to the longest."""
    others = [k for k in range(K) if k != STOP]
    for n in range(LONGEST + 1):
        for tokens in itertools.product(others, repeat=n):
            if n < LONGEST:
                yield list(tokens), score(step, state, (*tokens, STOP)), True
            else:
                yield list(tokens), score(step, state, tokens), False


@pytest.mark.parametrize("seed", range(5))
def test_a_wide_beam_is_exhaustive_search(seed):
    step, state = decoder(seed)
    expected = sorted(all_hypotheses(step, state), key=lambda h: -h[1])
    for _ in range(2):
        found = decoding.beam(step, state, 1, STOP, 10**4, LONGEST)
        assert len(found) == len(expected)
        for ours, theirs in zip(found, expected, strict=True):
            assert ours.tokens == theirs[0]
            assert ours.finished == theirs[2]
            np.testing.assert_allclose(ours.log_p, theirs[1], rtol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_a_beam_of_one_is_greedy(seed):
    step, state = decoder(seed)
    (found,) = decoding.beam(step, state, 1, STOP, 1, LONGEST)
    assert [found.tokens] == decoding.greedy(
        step, state, np.array([1]), STOP, LONGEST
    )
    ending = [STOP] if found.finished else []
    np.testing.assert_allclose(
        found.log_p, score(step, state, found.tokens + ending), rtol=1e-12
    )


def test_a_wider_beam_finds_what_greedy_misses():
    p = [[1, 0, 0, 0], [0, 0, 0.6, 0.4], [0.4, 0, 0.3, 0.3], [0.9, 0.1, 0, 0]]
    with np.errstate(divide="ignore"):
        table = np.log(p)  # row: the token before; column: the token

    def step(tokens, state):
        return table[tokens], state

    assert decoding.greedy(step, (), np.array([1]), STOP, 5) == [[2]]
    (narrow,) = decoding.beam(step, (), 1, STOP, 1, 5)
    wide, other = decoding.beam(step, (), 1, STOP, 2, 5)
    assert (narrow.tokens, wide.tokens, other.tokens) == ([2], [3], [2])
    np.testing.assert_allclose(np.exp(wide.log_p), 0.36)
    np.testing.assert_allclose(np.exp(narrow.log_p), 0.24)


def test_greedy_decodes_a_batch_as_one_by_one():
    step, state = decoder(2)
    h = np.random.default_rng(0).normal(size=(6, H))
    batch = decoding.greedy(step, {"cell": (h,)}, np.full(6, 1), STOP, 9)
    for b in range(6):
        alone = decoding.greedy(
            step, {"cell": (h[b : b + 1],)}, np.array([1]), STOP, 9
        )
        assert alone == [batch[b]]
        assert STOP not in batch[b]
    assert len({len(tokens) for tokens in batch}) > 1


def test_a_start_of_few_bits():
    def count(tokens, state):  # after k comes k + 100
        log_p = np.full((len(tokens), 400), -9.0)
        log_p[np.arange(len(tokens)), (tokens + 100) % 400] = 0
        return log_p, state

    start, stop = np.array([200], np.uint8), np.uint16(399)
    found = decoding.greedy(count, (), start, stop, 2)
    assert found == [[300, 0]]
    best, *_ = decoding.beam(count, (), start[0], stop, 2, 2)
    assert best.tokens == [300, 0]


@pytest.mark.parametrize(
    "log_p, message",
    [
        ([0.0, np.nan, 0.0], r"log_p contains nan at \[0, 1\]"),
        ([0.0, 0.0, np.inf], r"log_p contains inf at \[0, 2\]"),
        ([-np.inf] * 3, r"log_p\[0\] is all -inf; expected one token"),
        ([1, 0, 2], "log_p has dtype int64; expected floats"),
        (["a", "b", "c"], "log_p has dtype <U1; expected floats"),
        ([[0.0, 0.0, 0.0]], r"log_p has shape \(1, 1, 3\)"),
    ],
)
def test_scores_that_are_none(log_p, message):
    def step(tokens, state):
        return [log_p], state

    for call in (
        lambda: decoding.greedy(step, (), np.array([1]), 2, 3),
        lambda: decoding.beam(step, (), 1, 2, 2, 3),
    ):
        with pytest.raises(ValueError, match=message):
            call()


def test_scores_that_turn_nan_later():
    def step(tokens, state):
        return np.where(state > 1, np.nan, np.log([[0.4, 0.6]])), state + 1

    for call in (
        lambda n: decoding.greedy(step, np.zeros((1, 1)), np.array([1]), 0, n),
        lambda n: decoding.beam(step, np.zeros((1, 1)), 1, 0, 1, n)[0].tokens,
    ):
        assert np.ravel(call(2)).tolist() == [1, 1]
        with pytest.raises(ValueError, match=r"log_p contains nan at \[0, 0"):
            call(3)


@pytest.mark.parametrize("stop", [K, 99, -1, "1", None, 1.0, [1]])
def test_a_stop_that_is_no_token(stop):
    step, state = decoder(0)
    for call in (
        lambda: decoding.greedy(step, state, np.array([1]), stop, 3),
        lambda: decoding.beam(step, state, 1, stop, 2, 3),
    ):
        with pytest.raises(ValueError, match="^stop (contains|has) .*; expec"):
            call()


def test_a_beam_gives_each_hypothesis_its_own_row():
    class State(NamedTuple):
        seen: np.ndarray

    def step(tokens, state):  # never twice the same token
        seen = state.seen.copy()
        seen[np.arange(len(tokens)), tokens] = True
        log_p = np.log([[0.1, 0.4, 0.3, 0.2]] * len(tokens))
        return np.where(seen, -np.inf, log_p), State(seen)

    start = State(np.zeros((1, 4), bool))
    found = decoding.beam(step, start, 3, 0, 4, 2)
    assert [h.tokens for h in found] == [[1, 2], [2, 1], [], [1]]
    memory = np.ones((5, 1, 2))  # one for all: that is not a row each
    for wrong in (memory, {"memory": memory}, (memory,), 1.0, np.ones((0, 2))):
        with pytest.raises(ValueError, match="state holds an array of shape"):
            decoding.beam(
                lambda tokens, state: (np.zeros((len(tokens), 4)), state),
                wrong, 1, 0, 2, 3,
            )  # fmt: skip


def test_errors():
    step, state = decoder(0)
    one = np.array([1])
    for call, message in [
        (lambda: decoding.greedy(step, state, 1, STOP, 3), "start has shape"),
        (lambda: decoding.greedy(step, state, one, STOP, 0), "max_length is"),
        (lambda: decoding.beam(step, state, 1, STOP, 0, 3), "width is 0"),
        (lambda: decoding.beam(step, state, one, STOP, 2, 3), "start has"),
        (
            lambda: decoding.greedy(lambda k, s: (k, s), state, one, STOP, 3),
            r"log_p has shape \(1,\); expected \(1, K\)",
        ),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
