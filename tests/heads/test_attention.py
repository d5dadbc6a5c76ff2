import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse import gradcheck
from rnncourse.heads import attention

U, T, B, H, E = 4, 5, 3, 7, 2
MASK = np.arange(T)[:, None] < [5, 1, 3]


def case(seed, U=U, T=T, B=B, H=H, E=E):
    rng = np.random.default_rng(seed)
    return {
        "params": attention.init(rng, H, E),
        "queries": rng.normal(size=(U, B, H)),
        "memory": rng.normal(size=(T, B, E)),
    }, rng.normal(size=(U, B, E))


def claims(arrays, dcontexts, mask):
    _, weights = attention.forward(**arrays, mask=mask)
    dqueries, dmemory, grads = attention.backward(
        **arrays, weights=weights, dcontexts=dcontexts
    )
    return {"params": grads, "queries": dqueries, "memory": dmemory}


def check(arrays, dcontexts, mask, grads):
    def loss(moved):
        contexts, _ = attention.forward(**moved, mask=mask)
        return np.sum(contexts * dcontexts)

    return gradcheck.check(loss, arrays, grads)


@pytest.mark.parametrize("mask", [None, MASK])
def test_gradients_and_a_planted_error_in_each(mask):
    arrays, dcontexts = case(0)
    grads = claims(arrays, dcontexts, mask)
    assert check(arrays, dcontexts, mask, grads)
    for planted in [
        {"queries": 1.01 * grads["queries"]},
        {"memory": 1.01 * grads["memory"]},
        {"params": {"W_qm": 1.01 * grads["params"]["W_qm"]}},
    ]:
        assert not check(arrays, dcontexts, mask, grads | planted)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.tuples(*[st.integers(1, 4)] * 5), st.integers(0, 99))
def test_gradients_at_drawn_sizes(sizes, seed):
    arrays, dcontexts = case(seed, *sizes)
    report = check(arrays, dcontexts, None, claims(arrays, dcontexts, None))
    # a memory of one row leaves the queries a gradient of exactly 0
    assert report or sizes[1] == 1, report


def test_equals_torch():
    torch = pytest.importorskip("torch")
    arrays, _ = case(1)
    W_qm = arrays["params"]["W_qm"]
    contexts, weights = attention.forward(**arrays, mask=MASK)
    memory = torch.tensor(arrays["memory"]).transpose(0, 1)
    theirs = torch.nn.functional.scaled_dot_product_attention(
        torch.tensor(arrays["queries"] @ W_qm).transpose(0, 1),
        memory,
        memory,
        attn_mask=torch.tensor(MASK.T[:, None]),
        scale=1.0,
    )
    np.testing.assert_allclose(contexts, theirs.transpose(0, 1), rtol=1e-10)
    np.testing.assert_allclose(weights.sum(axis=2), 1, rtol=1e-12)


def test_padded_equals_one_by_one_and_padding_is_never_read():
    arrays, dcontexts = case(2)
    arrays["memory"][~MASK] = 1e3
    contexts, weights = attention.forward(**arrays, mask=MASK)
    grads = claims(arrays, dcontexts, MASK)
    assert not grads["memory"][~MASK].any()
    assert not weights.transpose(2, 1, 0)[~MASK].any()
    for b, n in enumerate(MASK.sum(axis=0)):
        alone, _ = attention.forward(
            arrays["params"],
            arrays["queries"][:, b : b + 1],
            arrays["memory"][:n, b : b + 1],
        )
        np.testing.assert_allclose(contexts[:, b], alone[:, 0], rtol=1e-12)


def test_twice_the_same_and_inputs_kept():
    arrays, dcontexts = case(3)
    kept, _ = case(3)
    one, two = (claims(arrays, dcontexts, MASK) for _ in range(2))
    np.testing.assert_array_equal(one["queries"], two["queries"])
    np.testing.assert_array_equal(one["memory"], two["memory"])
    np.testing.assert_array_equal(arrays["memory"], kept["memory"])
    np.testing.assert_array_equal(arrays["queries"], kept["queries"])


def test_float32_stays():
    arrays, _ = case(4)
    arrays["params"] = attention.init(
        np.random.default_rng(0), H, E, np.float32
    )
    contexts, weights = attention.forward(
        arrays["params"],
        arrays["queries"].astype(np.float32),
        arrays["memory"].astype(np.float32),
        MASK,
    )
    assert contexts.dtype == weights.dtype == np.float32


def test_errors():
    arrays, dcontexts = case(5)
    blind = MASK.copy()
    blind[:, 1] = False
    for change, message in [
        ({"params": {"W": 0}}, "unknown name 'W'"),
        ({"queries": np.ones((U, B, E))}, r"queries .*expected \(U, B, 7\)"),
        ({"memory": np.ones((T, 2, E))}, r"memory .*expected \(T, 3, 2\)"),
        ({"mask": MASK.T}, r"mask has shape \(3, 5\)"),
        ({"mask": np.ma.masked_array(MASK, ~MASK)}, "^mask is a masked"),
        ({"mask": blind}, r"mask\[:, 1\] is all False"),
    ]:
        with pytest.raises(ValueError, match=message):
            attention.forward(**arrays | change)
    with pytest.raises(ValueError, match="dcontexts has shape"):
        _, weights = attention.forward(**arrays)
        attention.backward(**arrays, weights=weights, dcontexts=weights)
