"""The lamp: what is said follows from what was switched last."""

import numpy as np
import pytest

from rnncourse.data import lamp


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("asked", [False, True])
def test_targets_follow_the_last_switch(asked):
    ids, targets = lamp.batch(rng(), 40, 30, asked)
    assert ids.shape == targets.shape == (40, 30)
    for b in range(30):
        state = None
        for t in range(40):
            state = {lamp.ON: "lit", lamp.OFF: "dark"}.get(ids[t, b], state)
            silent = asked and ids[t, b] != lamp.ASK
            expected = "nothing" if silent else state
            assert lamp.OUTPUTS[targets[t, b]] == expected


def test_first_input_switches_and_nobody_asks_twice_in_a_row():
    ids, _ = lamp.batch(rng(), 200, 50, asked=True)
    assert np.isin(ids[0], [lamp.ON, lamp.OFF]).all()
    asks = ids == lamp.ASK
    assert asks.any() and not (asks[1:] & asks[:-1]).any()


def test_both_tasks_share_their_inputs_and_a_seed_fixes_them():
    always, asked = (lamp.batch(rng(3), 12, 5, a)[0] for a in (False, True))
    np.testing.assert_array_equal(always, asked)
    assert (lamp.batch(rng(4), 12, 5, True)[0] != asked).any()


def test_mirror_is_a_valid_batch_and_its_own_inverse():
    ids, targets = lamp.batch(rng(), 30, 20, asked=True)
    flipped, answers = lamp.mirror(ids, targets)
    asks = ids == lamp.ASK
    assert (flipped[~asks] != ids[~asks]).any()
    assert (answers[asks] != targets[asks]).all()
    assert (answers[~asks] == lamp.NOTHING).all()
    back = lamp.mirror(flipped, answers)
    np.testing.assert_array_equal(back[0], ids)
    np.testing.assert_array_equal(back[1], targets)


@pytest.mark.parametrize("T, B, name", [(0, 3, "T"), (5, 0, "B")])
def test_nonsense_sizes_are_named(T, B, name):
    with pytest.raises(ValueError, match=f"{name} is 0"):
        lamp.batch(rng(), T, B, asked=True)
