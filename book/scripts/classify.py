"""Which intent is it? A bidirectional LSTM in PyTorch, from data to report.

    python classify.py --updates 300
    python classify.py --updates 600 --checkpoint intents.pt

The same command again goes on from where Ctrl-C has stopped it. The requests
are drawn by `rnncourse.data.intents`: 7 intents, and a test part that has no
bag of words in common with training.
"""

import argparse
from contextlib import suppress
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence
from tqdm import tqdm

from rnncourse.data import intents


class Classifier(nn.Module):
    """Words to vectors, both ends of a bidirectional LSTM, then scores."""

    def __init__(self, V, K, H=48):
        super().__init__()
        self.words = nn.Embedding(V, 32, padding_idx=0)
        self.lstm = nn.LSTM(32, H, bidirectional=True)
        self.dropout = nn.Dropout(0.3)
        self.scores = nn.Linear(2 * H, K)

    def forward(self, ids, lengths):
        """ids (T, B) and lengths (B,), on the CPU, to scores (B, K)."""
        packed = pack_padded_sequence(
            self.words(ids), lengths, enforce_sorted=False
        )
        _, (h_n, _) = self.lstm(packed)
        ends = torch.cat([h_n[-2], h_n[-1]], dim=-1)  # not output[-1]
        return self.scores(self.dropout(ends))


def draw(part, n, seed):
    """Return n requests as ids (T, n), lengths and labels."""
    words, labels = intents.sentences(np.random.default_rng(seed), n, part)
    ids, lengths = intents.encode(words)
    return tuple(torch.as_tensor(array) for array in (ids, lengths, labels))


def batches(data, size, rng, pool=10):
    """Yield batches without end, of sentences that are alike in length."""
    ids, lengths, labels = data
    while True:
        for chosen in torch.randperm(len(labels), generator=rng).split(
            pool * size
        ):
            near = chosen[lengths[chosen].argsort()]
            for some in near.split(size):
                T = lengths[some].max()
                yield ids[:T, some], lengths[some], labels[some]


@torch.no_grad()
def accuracy(net, data, device):
    """The share of sentences whose highest score is the right one."""
    net.eval()
    ids, lengths, labels = data
    said = net(ids.to(device), lengths).argmax(dim=1).cpu()
    net.train()
    return (said == labels).float().mean().item()


def main(words=None):
    """Train, report, and keep the state of everything."""
    ask = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    ask.add_argument("--updates", type=int, default=300, help="in all")
    ask.add_argument("--rate", type=float, default=3e-3)
    ask.add_argument("--batch", type=int, default=32)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--device", default="cpu", help="cpu, cuda, mps")
    ask.add_argument("--checkpoint", type=Path, help="a file to go on from")
    asked = ask.parse_args(words)

    torch.manual_seed(asked.seed)
    train, test = draw("train", 3200, asked.seed), draw("test", 1000, 10**6)
    net = Classifier(len(intents.VOCABULARY), len(intents.INTENTS))
    net.to(asked.device)
    adam = torch.optim.Adam(net.parameters(), asked.rate)
    done = 0
    if asked.checkpoint and asked.checkpoint.exists():
        kept = torch.load(asked.checkpoint, asked.device, weights_only=True)
        net.load_state_dict(kept["net"])
        adam.load_state_dict(kept["adam"])
        done = kept["updates"]
    rng = torch.Generator().manual_seed(asked.seed + done)
    left = tqdm(range(done, asked.updates), initial=done, total=asked.updates)
    fresh = batches(train, asked.batch, rng)
    with suppress(KeyboardInterrupt):
        for _, (ids, lengths, labels) in zip(left, fresh, strict=False):
            scores = net(ids.to(asked.device), lengths)
            loss = nn.functional.cross_entropy(scores, labels.to(asked.device))
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            done += 1
            left.set_postfix(nats=f"{loss.item():.3f}")
    if asked.checkpoint:
        kept = {"net": net.state_dict(), "adam": adam.state_dict()}
        torch.save({**kept, "updates": done}, asked.checkpoint)
    print(f"test: {accuracy(net, test, asked.device):.1%} right")


if __name__ == "__main__":
    main()
