"""Copy memory: every symbol comes back after the delay, in its order."""

import numpy as np
import pytest

from rnncourse.data import copying


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("delay, B, items, K", [(1, 1, 1, 1), (20, 3, 5, 4)])
def test_layout(delay, B, items, K):
    ids, targets = copying.batch(rng(), delay, B, items, K)
    T = items + delay + items
    assert ids.shape == targets.shape == (T, B)
    for b in range(B):
        symbols = list(ids[:items, b])
        assert all(1 <= symbol <= K for symbol in symbols)
        blanks = [0] * (delay - 1)
        assert list(ids[items:, b]) == [*blanks, K + 1, *[0] * items]
        assert list(targets[:, b]) == [0] * (items + delay) + symbols


def test_defaults_are_those_of_the_papers():
    ids, targets = copying.batch(rng(), 1000, 2)
    assert ids.shape == (1020, 2)
    assert set(np.unique(targets)) <= set(range(9))
    assert ids.max() == 9


def test_same_seed_same_batch_and_all_symbols_equally_likely():
    first, again = (copying.batch(rng(1), 5, 4000)[0] for _ in range(2))
    np.testing.assert_array_equal(first, again)
    counts = np.bincount(first[:10].ravel(), minlength=9)[1:]
    np.testing.assert_allclose(counts / 40000, 1 / 8, atol=0.01)


def test_recall_accuracy_counts_symbols_only():
    ids, targets = copying.batch(rng(), 6, 50, items=4, K=8)
    assert copying.recall_accuracy(targets, targets) == 1.0
    blanks = np.zeros_like(targets)
    assert copying.recall_accuracy(blanks, targets) == 0.0
    wrong = targets.copy()
    wrong[:10] = 9  # steps at which nothing is asked
    wrong[-1] = 0  # one symbol of four
    assert copying.recall_accuracy(wrong, targets) == 0.75
    guess = rng(1).integers(1, 9, size=targets.shape)
    assert 0.05 < copying.recall_accuracy(guess, targets) < 0.2


def test_memoryless_loss_is_what_an_even_guess_costs():
    _, targets = copying.batch(rng(), 30, 7)
    p = np.where(targets == 0, 1.0, 1 / 8)  # of the right answer
    loss = -np.log(p).mean()
    np.testing.assert_allclose(copying.memoryless_loss(30), loss)


def test_nonsense_arguments_are_named():
    for arguments, said in [
        ((1, 5, 3), "rng is 1"),
        ((rng(), 0, 3), "delay is 0"),
        ((rng(), 5, 0), "B is 0"),
        ((rng(), 5, 3, 0), "items is 0"),
        ((rng(), 5, 3, 1, 1.5), "K is 1.5"),
    ]:
        with pytest.raises(ValueError, match=said):
            copying.batch(*arguments)
    with pytest.raises(ValueError, match=r"answers has shape \(1, 1\)"):
        copying.recall_accuracy([[1]], [[0], [1]])
    with pytest.raises(ValueError, match="blanks alone"):
        copying.recall_accuracy([[1]], [[0]])
