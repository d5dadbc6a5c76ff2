import numpy as np
import pytest

from rnncourse import gradcheck
from rnncourse.heads import dot_product, masks

U, T, B, H, V = 4, 5, 3, 6, 4
LENGTHS = [5, 1, 3]
MASKS = {
    "none": None,
    "causal": masks.causal(U, T),
    "padding": masks.padding(LENGTHS, T),
    "both": masks.causal(U, T) & masks.padding(LENGTHS, T),
}
each_mask = pytest.mark.parametrize("mask", MASKS)
several = pytest.mark.parametrize("heads", [1, 2])


def case(seed=0):
    rng = np.random.default_rng(seed)
    sizes = {"queries": (U, B, H), "keys": (T, B, H), "values": (T, B, V)}
    arrays = {name: rng.normal(size=size) for name, size in sizes.items()}
    return arrays, rng.normal(size=(U, B, V))


def claims(arrays, dcontexts, mask, heads):
    _, weights = dot_product.forward(**arrays, mask=mask, heads=heads)
    return dict(
        zip(
            arrays,
            dot_product.backward(
                **arrays, weights=weights, dcontexts=dcontexts
            ),
            strict=True,
        )
    )


@each_mask
@several
def test_gradients_and_a_planted_error_in_each(mask, heads):
    arrays, dcontexts = case()
    grads = claims(arrays, dcontexts, MASKS[mask], heads)

    def loss(moved):
        contexts, _ = dot_product.forward(
            **moved, mask=MASKS[mask], heads=heads
        )
        return np.sum(contexts * dcontexts)

    assert gradcheck.check(loss, arrays, grads)
    for name in grads:
        planted = grads | {name: 1.01 * grads[name]}
        assert not gradcheck.check(loss, arrays, planted)


@each_mask
@several
def test_equals_torch(mask, heads):
    torch = pytest.importorskip("torch")
    arrays, dcontexts = case(1)
    theirs = {
        name: torch.tensor(a, requires_grad=True) for name, a in arrays.items()
    }
    seen = MASKS[mask]
    if seen is not None:
        seen = torch.tensor(np.broadcast_to(seen, (U, B, T)).copy())
        seen = seen.transpose(0, 1)[:, None]
    contexts = torch.nn.functional.scaled_dot_product_attention(
        *(
            a.reshape(len(a), B, heads, -1).permute(1, 2, 0, 3)
            for a in theirs.values()
        ),
        attn_mask=seen,
    )
    contexts = contexts.permute(2, 0, 1, 3).reshape(U, B, V)
    ours, _ = dot_product.forward(**arrays, mask=MASKS[mask], heads=heads)
    np.testing.assert_allclose(ours, contexts.detach(), rtol=0, atol=1e-12)
    contexts.backward(torch.tensor(dcontexts))
    grads = claims(arrays, dcontexts, MASKS[mask], heads)
    for name, a in theirs.items():
        np.testing.assert_allclose(grads[name], a.grad, rtol=0, atol=1e-12)


def test_heads_are_attentions_side_by_side():
    arrays, _ = case(2)
    both, _ = dot_product.forward(**arrays, heads=2)
    halves = [
        dot_product.forward(*(np.split(a, 2, axis=2)[n] for a in parts))[0]
        for n, parts in enumerate([tuple(arrays.values())] * 2)
    ]
    np.testing.assert_allclose(both, np.concatenate(halves, axis=2))


def test_what_is_masked_is_never_read():
    arrays, dcontexts = case(3)
    hidden = ~np.asarray(MASKS["padding"][0]).T  # (T, B)
    one, _ = dot_product.forward(**arrays, mask=MASKS["padding"])
    arrays["keys"][hidden], arrays["values"][hidden] = 1e3, -1e3
    two, _ = dot_product.forward(**arrays, mask=MASKS["padding"])
    np.testing.assert_array_equal(one, two)
    grads = claims(arrays, dcontexts, MASKS["padding"], 1)
    assert not grads["keys"][hidden].any()
    assert not grads["values"][hidden].any()


def test_scores_that_would_overflow_do_not():
    arrays, dcontexts = case(4)
    arrays["queries"] *= 1e6
    contexts, weights = dot_product.forward(**arrays)
    assert np.isfinite(contexts).all()
    np.testing.assert_allclose(weights.sum(axis=3), 1)


def test_twice_the_same_inputs_kept_and_float32_stays():
    arrays, dcontexts = case(5)
    kept, _ = case(5)
    one, two = (claims(arrays, dcontexts, MASKS["both"], 2) for _ in "ab")
    for name in arrays:
        np.testing.assert_array_equal(one[name], two[name])
        np.testing.assert_array_equal(arrays[name], kept[name])
    small = {name: a.astype(np.float32) for name, a in arrays.items()}
    contexts, weights = dot_product.forward(**small, heads=2)
    grads = claims(small, contexts, None, 2)
    assert {a.dtype for a in (contexts, weights, *grads.values())} == {
        np.dtype(np.float32)
    }


def test_errors():
    arrays, dcontexts = case(6)
    blind = np.ones((U, B, T), bool)
    blind[2, 1] = False
    nan = np.full((T, B, H), np.nan)
    for change, message in [
        ({"keys": np.ones((T, 2, H))}, r"keys .*expected \(T, 3, 6\)"),
        ({"keys": nan}, "keys contains NaN"),
        ({"values": np.ones((2, B, V))}, r"values .*expected \(5, 3, V\)"),
        ({"heads": 4}, "heads is 4; expected a divisor of 6"),
        ({"heads": 3}, "heads is 3; expected a divisor of 4"),
        ({"heads": 0}, "heads is 0"),
        ({"mask": blind}, r"mask\[2, 1\] is all False"),
        ({"mask": blind[:2]}, r"mask has shape \(2, 3, 5\)"),
        ({"mask": blind.astype(int)}, "mask .* dtype int"),
    ]:
        with pytest.raises(ValueError, match=message):
            dot_product.forward(**arrays | change)
    _, weights = dot_product.forward(**arrays)
    with pytest.raises(ValueError, match="dcontexts has shape"):
        dot_product.backward(**arrays, weights=weights, dcontexts=weights)
    with pytest.raises(ValueError, match="weights has shape"):
        dot_product.backward(**arrays, weights=weights[0], dcontexts=dcontexts)
    with pytest.raises(ValueError, match="T is 3; expected .* at least 4"):
        masks.causal(4, 3)
    with pytest.raises(ValueError, match="lengths contains 6"):
        masks.padding([6], 5)
