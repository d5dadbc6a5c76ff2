"""Clockwork RNN: which word was it? The beginning tells, endings are shared.

After the second experiment of Koutník et al. (2014), small and synthetic.
There 25 spoken words came in five families with a common ending (making,
walking, cooking, ...). Here a word is one of five orders of three sounds,
then one of five endings; a sound lasts a few noisy frames. After the last
frame the network says which of the 25 it was. All cells have about as many
parameters, and each its own rate. The sceptic's rival sees how long each
sound was heard, and not when. For the chapter `memories`, about four minutes.
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import GRU, LSTM, RNN, ClockworkCell
from rnncourse.heads import cross_entropy, readout
from rnncourse.networks import Labelled

SEEDS, UPDATES, B, CLIP, NOISE = 5, 800, 32, 1.0, 0.5
F = np.float32
BEGINNINGS = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1)]
ENDINGS = [(3, 4, 5), (4, 5, 6), (5, 6, 7), (6, 7, 3), (7, 3, 4)]
SOUNDS, WORDS, HOLD = 8, 25, (4, 8)  # a sound lasts 4 to 8 frames
#: Cell, and units for about 3,000 parameters without the readout.
CELLS = {
    "clockwork": (ClockworkCell((1, 2, 4, 8, 16)), 63),
    "rnn": (RNN, 50),
    "lstm": (LSTM, 23),
    "gru": (GRU, 27),
}
COMPARES = "cell"
SETTINGS = [{"cell": n, "updates": UPDATES} for n in (*CELLS, "bag_of_frames")]
RATES, CHOSEN_BY = (5e-3, 1.5e-2, 5e-2), 5


def draw(rng, B):
    """Words (T, B, SOUNDS), padded in front, and which they are (B,)."""
    words = rng.integers(WORDS, size=B)
    spoken = [
        np.repeat(
            BEGINNINGS[w % 5] + ENDINGS[w // 5],
            rng.integers(HOLD[0], HOLD[1] + 1, size=6),
        )
        for w in words
    ]
    xs = NOISE * rng.standard_normal((6 * HOLD[1], B, SOUNDS))
    for b, sounds in enumerate(spoken):
        xs[np.arange(-len(sounds), 0), b, sounds] += 1
    return xs.astype(F), words


def network(name, seed):
    """Fresh weights; the bag has a readout alone."""
    rng = np.random.default_rng([seed, 1])
    if name == "bag_of_frames":
        return {"readout": readout.init(rng, SOUNDS, WORDS, dtype=F)}
    cell, H = CELLS[name]
    inner = cell.init(rng, SOUNDS, H, dtype=F)
    return {"network": inner, "readout": readout.init(rng, H, WORDS, dtype=F)}


def free(name):
    """Count the parameters below the readout that do something."""
    if name == "bag_of_frames":
        return 0
    cell, H = CELLS[name]
    ones = {n: np.ones(s) for n, s in cell.shapes(SOUNDS, H).items()}
    if name == "clockwork":
        ones = cell.prepare(ones)
    del ones["b_h"]  # one of the two biases would do
    return int(sum(a.sum() for a in ones.values()))


def says(name, params, xs):
    """The scores of the 25 words after the last frame, (B, WORDS)."""
    if name == "bag_of_frames":
        return readout.forward(params["readout"], xs.sum(axis=0))
    return Labelled(CELLS[name][0], reads="last").outputs(params, xs)


def loss_and_grads(name, params, batch):
    """Cross-entropy of the word, and its gradients."""
    if name != "bag_of_frames":
        model = Labelled(CELLS[name][0], reads="last")
        return model.loss_and_grads(params, batch)
    xs, words = batch
    loss, dys = cross_entropy.loss_and_grad(says(name, params, xs), words)
    _, grads = readout.backward(params["readout"], xs.sum(axis=0), dys)
    return loss, {"readout": grads}


def run(setting, seed):
    """Train once; the share of words named rightly, and the endings."""
    name, updates = setting["cell"], setting["updates"]
    rng = np.random.default_rng([seed, 2])
    params, _ = train.fit(
        lambda params, batch: loss_and_grads(name, params, batch),
        network(name, seed),
        (draw(rng, B) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        progress=False,
    )
    valid, (xs, words) = (
        draw(np.random.default_rng(10**6 + n), 1000) for n in (1, 0)
    )
    said = says(name, params, xs).argmax(axis=-1)
    return {
        "valid": round(float(loss_and_grads(name, params, valid)[0]), 5),
        "test": round(float((said == words).mean()), 4),
        "endings": round(float((said // 5 == words // 5).mean()), 4),
    }


def collect(runs):
    """By cell: its rate, words and endings that were right, its size."""
    about = {"updates": UPDATES, "B": B, "noise": NOISE, "hold": HOLD}
    about["cells"] = {}
    for setting in SETTINGS:
        name = setting["cell"]
        found = runs(cell=name)
        about["cells"][name] = {
            "rate": runs.rate(cell=name),
            "parameters": free(name),
            "words": [r["test"] for r in found],
            "endings": [r["endings"] for r in found],
        }
    return about
