"""What comes next? A character LSTM in PyTorch, on this Python's own text.

    python language_model.py --updates 500
    python language_model.py --updates 2000 --checkpoint text.pt

The same command again goes on from where Ctrl-C has stopped it. The text is
read in columns; the state goes from one window to the next, and its past is
let go. Bits per character are of a part that was not trained on.
"""

import argparse
from contextlib import suppress
from pathlib import Path

import numpy as np
import torch
from torch import nn
from tqdm import tqdm

from rnncourse.data import text


class Model(nn.Module):
    """Characters to scores of the next one."""

    def __init__(self, V, H):
        super().__init__()
        self.letters = nn.Embedding(V, 32)
        self.lstm = nn.LSTM(32, H)
        self.scores = nn.Linear(H, V)
        with torch.no_grad():  # the forget gate's two biases are added
            self.lstm.bias_ih_l0[H : 2 * H] = 1.0
            self.lstm.bias_hh_l0[H : 2 * H] = 0.0

    def forward(self, ids, state=None):
        """ids (T, B) to scores (T, B, V), and the state after them."""
        hs, state = self.lstm(self.letters(ids), state)
        return self.scores(hs), state


def columns(ids, B):
    """Cut one long text into B columns: (N,) to (T, B)."""
    T = len(ids) // B
    return ids[: T * B].reshape(B, T).T.contiguous()


def nats(scores, targets):
    """The mean cost of a character: the classes go to the last axis's end."""
    return nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten())


@torch.no_grad()
def bits(net, ids, window, device):
    """Bits per character over one long read; the state is carried along."""
    net.eval()
    state, total, ids = None, 0.0, ids[:, None].to(device)
    for start in range(0, len(ids) - 1, window):
        seen, asked = ids[start:-1][:window], ids[start + 1 :][:window]
        scores, state = net(seen, state)
        total += nats(scores, asked).item() * len(asked)  # not a mean of means
    net.train()
    return total / (len(ids) - 1) / np.log(2)


def main(words=None):
    """Train, report, and keep the state of everything."""
    ask = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    ask.add_argument("--updates", type=int, default=500, help="in all")
    ask.add_argument("--units", type=int, default=128)
    ask.add_argument("--rate", type=float, default=5e-3)
    ask.add_argument("--batch", type=int, default=32)
    ask.add_argument("--window", type=int, default=64)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--device", default="cpu", help="cpu, cuda, mps")
    ask.add_argument("--checkpoint", type=Path, help="a file to go on from")
    asked = ask.parse_args(words)

    torch.manual_seed(asked.seed)
    letters = text.vocabulary(text.read("train"))
    train, valid = (
        torch.as_tensor(text.encode(text.read(part), letters))
        for part in ("train", "valid")
    )
    train = columns(train, asked.batch).to(asked.device)
    net = Model(len(letters), asked.units).to(asked.device)
    adam = torch.optim.Adam(net.parameters(), asked.rate)
    done, state, row = 0, None, 0
    if asked.checkpoint and asked.checkpoint.exists():
        kept = torch.load(asked.checkpoint, asked.device, weights_only=True)
        net.load_state_dict(kept["net"])
        adam.load_state_dict(kept["adam"])
        done, state, row = kept["updates"], kept["state"], kept["row"]
    left = tqdm(range(done, asked.updates), initial=done, total=asked.updates)
    with suppress(KeyboardInterrupt):
        for _ in left:
            if row + 1 >= len(train):  # a new pass begins with a clean state
                row, state = 0, None
            window = train[row : row + asked.window + 1]
            scores, after = net(window[:-1], state)
            loss = nats(scores, window[1:])
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            state = tuple(s.detach() for s in after)
            row, done = row + asked.window, done + 1
            left.set_postfix(bits=f"{loss.item() / np.log(2):.2f}")
    if asked.checkpoint:
        kept = {"net": net.state_dict(), "adam": adam.state_dict()}
        kept |= {"updates": done, "state": state, "row": row}
        torch.save(kept, asked.checkpoint)
    held = bits(net, valid[:20_000], asked.window, asked.device)
    print(f"held out: {held:.2f} bits per character")


if __name__ == "__main__":
    main()
