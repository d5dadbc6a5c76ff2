"""A block of attention and its positions, as networks and against torch."""

import numpy as np
import pytest
from network_cases import assert_same, draw, leaves, pick, replaced

from rnncourse import gradcheck, networks
from rnncourse.cells import LSTM
from rnncourse.networks import AttentionBlock, Positioned, attentive

T, B, D, H = 5, 3, 2, 4
LENGTHS = np.array([5, 1, 4])
NETWORKS = {
    "block": (AttentionBlock(2), H),
    "block that looks ahead": (AttentionBlock(causal=False, wide=2), H),
    "waves": (Positioned(), D),
    "learned": (Positioned("learned", 20), D),
    "none": (Positioned("none"), D),
    "attentive": (attentive(2, 2, wide=1), D),
    "both ways": (networks.Bidirectional(attentive(wide=1)), D),
    "above an LSTM": (networks.Stacked(LSTM, AttentionBlock(wide=1)), D),
}
every = pytest.mark.parametrize("name", NETWORKS)
padded = pytest.mark.parametrize("lengths", [None, LENGTHS])


class Case:
    """A network that has read something, inputs, and a loss of all."""

    def __init__(self, name, seed, lengths=None):
        rng = np.random.default_rng(seed)
        self.network, D = NETWORKS[name]
        self.lengths = lengths
        params = self.network.init(rng, D, H)
        earlier, xs = rng.normal(size=(2, T, B, D))
        _, state, _ = self.network.unroll(params, earlier, lengths=[3, 5, 2])
        self.arrays = {"params": params, "xs": xs}
        self.state = state
        hs, state_T, self.tape = self.unroll(self.arrays)
        self.dhs = draw(rng, hs)
        self.dstate_T = draw(rng, floats(state_T))

    def unroll(self, arrays):
        state = self.state
        for path, a in leaves(arrays.get("state", ())):
            state = replaced(state, path, lambda _, a=a: a)
        return self.network.unroll(
            arrays["params"], arrays["xs"], state, self.lengths
        )

    def loss(self, arrays):
        hs, state_T, _ = self.unroll(arrays)
        ends = dict(leaves(state_T))
        return np.sum(hs * self.dhs) + sum(
            np.sum(ends[path] * d) for path, d in leaves(self.dstate_T)
        )

    def grads(self):
        return self.network.unroll_backward(
            self.arrays["params"], self.tape, self.dhs, self.dstate_T
        )


def wrong(loss, arrays, grads):
    """Return what differences refute; a small step, for the relu's kinks."""
    report = gradcheck.check(loss, arrays, grads, step=1e-5)
    size = {
        "/".join(map(str, path)): np.abs(grad).max()
        for path, grad in leaves(grads)
    }
    return {
        name
        for name, error in report.errors.items()
        if error > 1e-6 and error * size[name] > 1e-8
    }


def floats(state):
    """Return what can have a gradient in the layout of a state."""
    if isinstance(state, dict):
        return {name: floats(part) for name, part in state.items()}
    if isinstance(state, tuple):
        return tuple(floats(part) for part in state)
    return state if state.dtype.kind == "f" else np.zeros(state.shape)


@every
@padded
def test_gradients_and_a_planted_error_in_each(name, lengths):
    case = Case(name, 0, lengths)
    dxs, dstate_0, grads = case.grads()
    claims = {"params": grads, "xs": dxs}
    assert not wrong(case.loss, case.arrays, claims)
    more = dict(leaves(claims))
    for path in more:
        claims = replaced(claims, path, lambda grad: 1.01 * grad)
    caught = wrong(case.loss, case.arrays, claims)
    assert caught == {"/".join(map(str, path)) for path in more}
    for path, array in leaves(case.state):
        claimed = dict(leaves(dstate_0))[path]
        assert claimed.shape == array.shape
        if array.dtype.kind != "f":
            assert not claimed.any()
            continue

        def loss(moved, path=path):
            state = replaced(case.state, path, lambda _: moved["it"])
            return case.loss(case.arrays | {"state": state})

        there = 1
        if array.ndim == 3:  # a cache: rows of shorter sequences are holes
            there = dict(leaves(case.state))[(*path[:-1], 2)][..., None]
        it = {"it": array}
        assert not wrong(loss, it, {"it": claimed * there}), path
        assert wrong(loss, it, {"it": 1.01 * claimed * there}), path


@every
def test_padded_equals_one_by_one_and_padding_is_never_read(name):
    case = Case(name, 1, LENGTHS)
    params, xs = case.arrays.values()
    inside = np.arange(T)[:, None] < LENGTHS
    case.dhs[~inside] = 1e6
    hs, state_T, _ = case.unroll(case.arrays)
    dxs, _, grads = case.grads()
    noise = np.where(inside[..., None], xs, 1e3)
    hs_2, state_2, _ = case.unroll(case.arrays | {"xs": noise})
    np.testing.assert_array_equal(hs, hs_2)
    assert_same(floats(state_T), floats(state_2), rtol=0)
    assert not dxs[~inside].any() and not hs[~inside].any()
    summed = {path: 0 for path, _ in leaves(grads)}
    for b, n in enumerate(LENGTHS):
        alone, end, tape = case.network.unroll(
            params, xs[:n, b : b + 1], pick(case.state, b)
        )
        np.testing.assert_allclose(hs[:n, b], alone[:, 0], atol=1e-12)
        dend = pick(case.dstate_T, b)
        for path, d in leaves(dend):
            rows = dict(leaves(end))[path].shape[1]
            dend = replaced(dend, path, lambda _, d=d, n=rows: d[:, :n])
        dalone, _, grads_b = case.network.unroll_backward(
            params, tape, case.dhs[:n, b : b + 1], dend
        )
        np.testing.assert_allclose(dxs[:n, b], dalone[:, 0], atol=1e-10)
        for path, grad in leaves(grads_b):
            summed[path] = summed[path] + grad
    for path, grad in leaves(grads):
        np.testing.assert_allclose(grad, summed[path], atol=1e-9)


@every
def test_step_by_step_equals_at_once_if_causal(name):
    case = Case(name, 2)
    params, xs = case.arrays.values()
    if not case.network.causal:
        return
    whole, end, _ = case.unroll(case.arrays)
    state = case.state
    for t in range(T):
        hs, state, _ = case.network.unroll(params, xs[t : t + 1], state)
        np.testing.assert_allclose(hs[0], whole[t], rtol=0, atol=1e-12)
    assert_same(state, end, rtol=0, atol=1e-12)


@every
def test_twice_the_same_layouts_and_float32(name):
    case = Case(name, 3, LENGTHS)
    assert_same(case.grads(), case.grads(), rtol=0)
    network, D = NETWORKS[name]
    params = network.init(np.random.default_rng(0), D, H, dtype=np.float32)
    hs, _, tape = network.unroll(params, np.zeros((T, B, D), np.float32))
    dxs, dstate_0, grads = network.unroll_backward(params, tape, hs)
    assert hs.shape == (T, B, network.width(H))
    kinds = {a.dtype for _, a in leaves((hs, dxs, dstate_0, grads))}
    assert kinds == {np.dtype(np.float32)}
    zeros = network.zero_state(B, H, dtype=np.float32)
    for given in (zeros, None):
        again, _, _ = network.unroll(
            params, np.zeros((T, B, D), np.float32), given
        )
        np.testing.assert_array_equal(hs, again)


@pytest.mark.parametrize("lengths", [None, LENGTHS])
def test_equals_torch(lengths):
    torch = pytest.importorskip("torch")
    case = Case("block", 4, lengths)
    p, xs = case.arrays.values()
    layer = torch.nn.TransformerEncoderLayer(
        H, 2, 4 * H, dropout=0, norm_first=True, dtype=torch.float64
    )
    look = p["look"]
    maps = [look[name].T for name in ("W_xq", "W_xk", "W_xv")]
    zero = np.zeros(H)
    ours = {
        layer.self_attn.in_proj_weight: np.concatenate(maps),
        layer.self_attn.in_proj_bias: np.r_[look["b_q"], zero, zero],
        layer.self_attn.out_proj.weight: look["W_ch"].T,
        layer.self_attn.out_proj.bias: look["b_h"],
        layer.norm1.weight: p["look_norm"]["gain"],
        layer.norm1.bias: p["look_norm"]["shift"],
        layer.norm2.weight: p["think_norm"]["gain"],
        layer.norm2.bias: p["think_norm"]["shift"],
        layer.linear1.weight: p["into"]["W_hy"].T,
        layer.linear1.bias: p["into"]["b_y"],
        layer.linear2.weight: p["out_of"]["W_hy"].T,
        layer.linear2.bias: p["out_of"]["b_y"],
    }
    with torch.no_grad():
        for theirs, mine in ours.items():
            theirs.copy_(torch.tensor(mine))
    ends = np.full(B, T) if lengths is None else lengths
    inside = np.arange(T)[:, None] < ends
    inputs = torch.tensor(xs, requires_grad=True)
    look_ahead = torch.ones(T, T, dtype=torch.bool).triu(1)
    out = layer(
        inputs, look_ahead, src_key_padding_mask=torch.tensor(~inside.T)
    )
    hs, _, tape = case.network.unroll(p, xs, None, lengths)
    np.testing.assert_allclose(
        hs[inside], out.detach().numpy()[inside], rtol=0, atol=1e-10
    )
    out.backward(torch.tensor(case.dhs * inside[..., None]))
    dxs, _, grads = case.network.unroll_backward(p, tape, case.dhs)
    np.testing.assert_allclose(dxs, inputs.grad, rtol=0, atol=1e-10)
    found = {
        layer.self_attn.out_proj.weight: grads["look"]["W_ch"].T,
        layer.norm1.weight: grads["look_norm"]["gain"],
        layer.norm2.bias: grads["think_norm"]["shift"],
        layer.linear1.weight: grads["into"]["W_hy"].T,
        layer.linear2.bias: grads["out_of"]["b_y"],
        layer.self_attn.in_proj_weight: np.concatenate(
            [grads["look"][name].T for name in ("W_xq", "W_xk", "W_xv")]
        ),
    }
    for theirs, mine in found.items():
        np.testing.assert_allclose(mine, theirs.grad, rtol=0, atol=1e-10)


def test_a_decoder_of_blocks_writes_what_it_scores():
    model = networks.EncoderDecoder(
        LSTM, attentive(1, 2), attention=True, hand_over=False
    )
    rng = np.random.default_rng(0)
    params = model.init(rng, D, H, 3)
    xs, tokens = rng.normal(size=(T, B, D)), rng.integers(3, size=(4, B))
    logits, _, _ = model.unroll(params, xs, tokens)
    step, state = networks.seq2seq.start(model, params, xs)
    for u, row in enumerate(tokens):
        log_p, state = step(row, state)
        gap = log_p - logits[u]
        np.testing.assert_allclose(gap, gap[:, :1] * np.ones(3), atol=1e-12)


def test_errors():
    rng = np.random.default_rng(0)
    block = AttentionBlock(2)
    params, xs = block.init(rng, H, H), np.ones((T, B, H))
    hs, cache, tape = block.unroll(params, xs)
    learned = Positioned("learned", 4)
    table = learned.init(rng, D, H)
    other = AttentionBlock(1)
    for call, message in [
        (lambda: AttentionBlock(0), "heads is 0"),
        (lambda: Positioned("sines"), "kind is 'sines'; expected one of"),
        (lambda: block.init(rng, D, H), "D is 2; expected H, 4"),
        (lambda: AttentionBlock(3).init(rng, H, H), "heads is 3"),
        (lambda: block.init(0, H, H), "rng is 0"),
        (lambda: block.unroll(params, xs[0]), "xs has shape"),
        (lambda: block.unroll(params, xs[..., :2]), "gain|xs has shape"),
        (lambda: block.unroll(params, xs * np.nan), "xs contains NaN"),
        (lambda: block.unroll(params, xs, ()), "state is no tuple of keys"),
        (
            lambda: block.unroll(params, xs[:, :2], cache),
            r"state has keys of shape \(3, 5, 4\); expected \(2, 5, 4\)",
        ),
        (lambda: block.unroll({"W": 0}, xs), "params has an unknown name 'W'"),
        (lambda: block.unroll_backward(params, None, hs), "tape is not from"),
        (lambda: other.unroll_backward(params, tape, hs), "tape is not from"),
        (lambda: block.unroll_backward(params, tape, hs[:2]), "dhs has shape"),
        (
            lambda: learned.unroll(table, xs[..., :D]),
            "xs reaches place 4; expected at most 3, the last of the table",
        ),
        (
            lambda: learned.unroll(
                table, xs[:1, :, :D], (np.full((B, 1), -1),)
            ),
            "state contains -1",
        ),
        (
            lambda: learned.unroll(table, xs[:1, :, :D], ()),
            "state is no tuple",
        ),
        (lambda: attentive(0), "blocks is 0"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
