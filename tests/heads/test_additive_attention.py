import numpy as np
import pytest

from rnncourse import gradcheck
from rnncourse.heads import additive_attention

U, T, B, H, E, A = 4, 5, 3, 7, 2, 6
MASK = np.arange(T)[:, None] < [5, 1, 3]


def case(seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    return {
        "params": additive_attention.init(rng, H, E, A, dtype),
        "queries": rng.normal(size=(U, B, H)).astype(dtype),
        "memory": rng.normal(size=(T, B, E)).astype(dtype),
    }, rng.normal(size=(U, B, E)).astype(dtype)


def claims(arrays, dcontexts, mask=None):
    _, weights = additive_attention.forward(**arrays, mask=mask)
    dqueries, dmemory, grads = additive_attention.backward(
        **arrays, weights=weights, dcontexts=dcontexts
    )
    return {"params": grads, "queries": dqueries, "memory": dmemory}


@pytest.mark.parametrize("mask", [None, MASK])
def test_gradients_and_a_planted_error_in_each(mask):
    arrays, dcontexts = case()
    grads = claims(arrays, dcontexts, mask)

    def right(grads):
        def loss(moved):
            contexts, _ = additive_attention.forward(**moved, mask=mask)
            return np.sum(contexts * dcontexts)

        return gradcheck.check(loss, arrays, grads)

    assert right(grads)
    for name in ("queries", "memory"):
        assert not right(grads | {name: 1.01 * grads[name]})
    for name, grad in grads["params"].items():
        planted = grads["params"] | {name: 1.01 * grad}
        assert not right(grads | {"params": planted})


def test_equals_torch_autograd():
    torch = pytest.importorskip("torch")
    arrays, dcontexts = case(1)
    ours, _ = additive_attention.forward(**arrays, mask=MASK)
    leaves = {
        name: torch.tensor(a, requires_grad=True)
        for name, a in (arrays | arrays["params"]).items()
        if name != "params"
    }
    meet = torch.tanh(
        (leaves["queries"] @ leaves["W_qa"])[:, None]
        + (leaves["memory"] @ leaves["W_ma"])[None]
    )  # (U, T, B, A)
    scores = (meet @ leaves["v_a"]).masked_fill(
        ~torch.tensor(MASK)[None], -torch.inf
    )
    contexts = torch.einsum(
        "utb,tbe->ube", scores.softmax(dim=1), leaves["memory"]
    )
    np.testing.assert_allclose(ours, contexts.detach(), rtol=0, atol=1e-12)
    contexts.backward(torch.tensor(dcontexts))
    grads = claims(arrays, dcontexts, MASK)
    grads |= grads.pop("params")
    for name, leaf in leaves.items():
        np.testing.assert_allclose(grads[name], leaf.grad, rtol=0, atol=1e-12)


def test_padding_is_never_read_and_calls_repeat():
    arrays, dcontexts = case(2)
    one, _ = additive_attention.forward(**arrays, mask=MASK)
    arrays["memory"][~MASK] = 1e3
    two, _ = additive_attention.forward(**arrays, mask=MASK)
    np.testing.assert_array_equal(one, two)
    first, second = (claims(arrays, dcontexts, MASK) for _ in range(2))
    assert not first["memory"][~MASK].any()
    np.testing.assert_array_equal(first["memory"], second["memory"])
    np.testing.assert_array_equal(
        first["params"]["v_a"], second["params"]["v_a"]
    )


def test_float32_stays():
    arrays, dcontexts = case(3, np.float32)
    grads = claims(arrays, dcontexts, MASK)
    kinds = {a.dtype for a in (grads | grads.pop("params")).values()}
    assert kinds == {np.dtype(np.float32)}


def test_errors():
    arrays, _ = case(4)
    blind = MASK.copy()
    blind[:, 2] = False
    for change, message in [
        ({"params": {"W": 0}}, "unknown name 'W'"),
        ({"queries": np.ones((U, B, E))}, r"queries .*expected \(U, B, 7\)"),
        ({"memory": np.ones((T, 2, E))}, r"memory .*expected \(T, 3, 2\)"),
        ({"memory": np.full((T, B, E), np.inf)}, "memory contains inf"),
        ({"mask": blind}, r"mask\[:, 2\] is all False"),
    ]:
        with pytest.raises(ValueError, match=message):
            additive_attention.forward(**arrays | change)
    with pytest.raises(ValueError, match="A is 0"):
        additive_attention.init(np.random.default_rng(0), H, E, 0)


def test_weights_start_within_one_over_the_root_of_what_they_read():
    params = additive_attention.init(np.random.default_rng(0), 16, 25, 100)
    for name, bound in ("W_qa", 0.25), ("W_ma", 0.2), ("v_a", 0.1):
        assert 0.9 * bound < np.abs(params[name]).max() <= bound
