import numpy as np
import pytest

from rnncourse import gradcheck
from rnncourse.heads import cache as caches
from rnncourse.heads import self_attention

T, S, B, H, HEADS = 5, 4, 3, 6, 2
LENGTHS = np.array([5, 1, 3])


def case(seed=0, dtype=np.float64):
    """Parameters, inputs, and a cache in which one sequence is shorter."""
    rng = np.random.default_rng(seed)
    params = self_attention.init(rng, H, dtype)
    earlier, xs = (rng.normal(size=(n, B, H)).astype(dtype) for n in (S, T))
    _, cache, _ = self_attention.forward(params, earlier, 1, True, [4, 2, 3])
    return params, xs, cache


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("lengths", [None, LENGTHS])
@pytest.mark.parametrize("cached", [True, False])
def test_gradients_and_a_planted_error_in_each(causal, lengths, cached):
    params, xs, cache = case()
    cache = cache if cached else caches.empty(B, H)
    arrays = {"params": params, "xs": xs}
    if cached:
        arrays |= {"keys": cache[0], "values": cache[1]}
    rng = np.random.default_rng(1)
    dhs = rng.normal(size=(T, B, H))
    if lengths is not None:
        dhs[np.arange(T)[:, None] >= lengths] = 0
    dcache = rng.normal(size=(2, B, len(cache[0][0]) + T, H))

    def forward(moved):
        old = moved.get("keys", cache[0]), moved.get("values", cache[1])
        return self_attention.forward(
            moved["params"], moved["xs"], HEADS, causal, lengths,
            (*old, cache[2]),
        )  # fmt: skip

    def loss(moved):
        hs, after, _ = forward(moved)
        return (
            np.sum(hs * dhs)
            + np.sum(after[0] * dcache[0])
            + np.sum(after[1] * dcache[1])
        )

    dxs, dold, grads = self_attention.backward(
        params, forward(arrays)[2], dhs, dcache
    )
    grads = {"params": grads, "xs": dxs}
    if cached:
        # where a shorter sequence has no step, rows pass through as zeros
        there = cache[2][..., None]
        grads |= {"keys": dold[0] * there, "values": dold[1] * there}
    report = gradcheck.check(loss, arrays, grads)
    assert report, report
    planted = gradcheck.check(loss, arrays, _more(grads))
    assert min(planted.errors.values()) > 1e-3, planted


def _more(grads):
    """Return every gradient with one per cent too much."""
    if isinstance(grads, dict):
        return {name: _more(part) for name, part in grads.items()}
    return 1.01 * grads


@pytest.mark.parametrize("causal", [True, False])
def test_equals_torch(causal):
    torch = pytest.importorskip("torch")
    params, xs, _ = case(1)
    rng = np.random.default_rng(2)
    b_k, b_v = rng.normal(size=(2, H))  # what we leave out changes nothing
    module = torch.nn.MultiheadAttention(H, HEADS, dtype=torch.float64)
    maps = [params[name].T for name in ("W_xq", "W_xk", "W_xv")]
    with torch.no_grad():
        module.in_proj_weight.copy_(torch.tensor(np.concatenate(maps)))
        biases = np.concatenate([params["b_q"], b_k, b_v])
        module.in_proj_bias.copy_(torch.tensor(biases))
        module.out_proj.weight.copy_(torch.tensor(params["W_ch"].T))
        bias = params["b_h"] - b_v @ params["W_ch"]
        module.out_proj.bias.copy_(torch.tensor(bias))
    theirs = torch.tensor(xs, requires_grad=True)
    hidden = np.arange(T) >= LENGTHS[:, None]
    look_ahead = torch.ones(T, T, dtype=torch.bool).triu(1)
    out, _ = module(
        theirs, theirs, theirs,
        attn_mask=look_ahead if causal else None,
        key_padding_mask=torch.tensor(hidden),
    )  # fmt: skip
    hs, _, kept = self_attention.forward(params, xs, HEADS, causal, LENGTHS)
    inside = ~hidden.T  # (T, B)
    np.testing.assert_allclose(
        hs[inside], out.detach().numpy()[inside], rtol=0, atol=1e-10
    )
    dhs = rng.normal(size=(T, B, H)) * inside[..., None]
    out.backward(torch.tensor(dhs))
    dxs, _, grads = self_attention.backward(params, kept, dhs)
    dmaps = np.concatenate([grads[n].T for n in ("W_xq", "W_xk", "W_xv")])
    for mine, other in [
        (dxs, theirs.grad),
        (grads["b_q"], module.in_proj_bias.grad[:H]),
        (grads["b_h"], module.out_proj.bias.grad),
        (dmaps[: 2 * H], module.in_proj_weight.grad[: 2 * H]),
        (dmaps[2 * H :], module.in_proj_weight.grad[2 * H :]),
    ]:
        np.testing.assert_allclose(mine, other, rtol=0, atol=1e-10)
    # their contexts hold b_v as well, so their map's gradient does
    np.testing.assert_allclose(
        grads["W_ch"].T + np.outer(grads["b_h"], b_v),
        module.out_proj.weight.grad,
        rtol=0,
        atol=1e-10,
    )


def test_one_step_at_a_time_equals_all_at_once():
    params, xs, cache = case(3)
    whole, after, _ = self_attention.forward(params, xs, HEADS, cache=cache)
    for t in range(T):
        hs, cache, _ = self_attention.forward(
            params, xs[t : t + 1], HEADS, cache=cache
        )
        np.testing.assert_allclose(hs[0], whole[t], rtol=0, atol=1e-12)
    for one, other in zip(cache, after, strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-12)


def test_a_short_sequence_in_a_cache_goes_on_as_if_alone():
    params, xs, _ = case(4)
    _, cache, _ = self_attention.forward(params, xs, HEADS, True, LENGTHS)
    hs, _, _ = self_attention.forward(params, xs[:2], HEADS, cache=cache)
    for b, n in enumerate(LENGTHS):
        both = np.concatenate([xs[:n, b : b + 1], xs[:2, b : b + 1]])
        alone, _, _ = self_attention.forward(params, both, HEADS)
        np.testing.assert_allclose(hs[:, b], alone[n:, 0], atol=1e-12)


def test_the_order_of_what_is_seen_does_not_matter():
    params, xs, _ = case(5)
    order = np.random.default_rng(0).permutation(T)
    one, _, _ = self_attention.forward(params, xs, HEADS, causal=False)
    two, _, _ = self_attention.forward(params, xs[order], HEADS, False)
    np.testing.assert_allclose(one[order], two, rtol=0, atol=1e-12)


def test_float32_stays():
    params, xs, cache = case(6, np.float32)
    hs, cache, kept = self_attention.forward(params, xs, HEADS, cache=cache)
    dxs, dcache, grads = self_attention.backward(params, kept, hs)
    arrays = (hs, *cache[:2], dxs, *dcache, *grads.values())
    assert {a.dtype for a in arrays} == {np.dtype(np.float32)}


def test_errors():
    params, xs, cache = case(7)
    keys, values, there = cache
    for change, message in [
        ({"cache": (keys[:2], values[:2], there[:2])}, r"cache .*\(3, 4, 6\)"),
        ({"cache": (keys, values[:, :2], there)}, "cache has values of shape"),
        ({"cache": (keys * np.nan, values, there)}, "cache contains NaN"),
        ({"cache": (keys, values, there[:, :1])}, r"cache .*expected \(3, 4"),
        ({"cache": (keys, values)}, "cache is no tuple of keys, values"),
        ({"lengths": [5, 6, 1]}, "lengths contains 6"),
        ({"lengths": [5]}, "lengths has shape"),
        ({"heads": 4}, "heads is 4"),
        ({"xs": xs[..., :4]}, "W_xq has shape"),
        ({"xs": xs * np.inf}, "xs contains"),
        ({"params": {}}, "params lacks 'W_xq'"),
    ]:
        with pytest.raises(ValueError, match=message):
            self_attention.forward(**{"params": params, "xs": xs} | change)
    _, _, kept = self_attention.forward(params, xs)
    with pytest.raises(ValueError, match="dhs has shape"):
        self_attention.backward(params, kept, xs[:2])
    with pytest.raises(ValueError, match="dcache has shape"):
        self_attention.backward(params, kept, xs, (keys, values))
