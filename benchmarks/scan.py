"""Time of a scan: the loop against two trees, over T and B.

    python -m benchmarks.scan [--rounds N] [--out FILE]

Methods take turns within every round, and what is kept are medians of the
ratios within rounds: a slow moment of the machine slows all. "doubling" is
the tree of Hillis & Steele (1986), half as deep and with log T times the
work: it is not in `rnncourse.scan`, because it lost here. NumPy does all of
this on one thread, and time is its processor time.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from benchmarks import engine
from rnncourse import bptt, linear, scan
from rnncourse.cells import MinGRU

STEPS = (16, 64, 256, 1024, 4096, 16384)
BATCHES = (1, 8, 64)
H = 32
TURN = 0.02  # seconds
OUT = Path(__file__).parents[1] / "book" / "results" / "scan_times.json"


def doubling(a, b):
    """Every state joins the one 1, 2, 4, … steps before it."""
    a, hs = a.copy(), b.copy()
    reach = 1
    while reach < len(b):
        hs[reach:] += a[reach:] * hs[:-reach]
        a[reach:] = a[reach:] * a[:-reach]
        reach *= 2
    return hs


METHODS = {  # without the checks of arguments, which cost all the same
    "loop": lambda a, b: scan._loop(a, b.copy(), np.multiply),
    "tree": lambda a, b: scan._tree(a, b, np.multiply),
    "doubling": doubling,
}


def case(T, B, dtype=np.float64):
    """Return a and b, drawn from a fixed seed."""
    rng = np.random.default_rng(0)
    a = rng.uniform(0.5, 1, (T, B, H)).astype(dtype)
    return a, rng.standard_normal((T, B, H)).astype(dtype)


def seconds(run, *arguments):
    """Return the processor time of one call, of many if it is short."""
    calls, start = 0, time.process_time()
    while True:
        run(*arguments)
        calls += 1
        spent = time.process_time() - start
        if spent > TURN:
            return spent / calls


def compare(T, B, rounds):
    """Return the medians of times and of ratios to the loop."""
    given = case(T, B)
    wanted = METHODS["loop"](*given)
    times = []
    for _ in range(rounds):
        times.append([seconds(run, *given) for run in METHODS.values()])
    for run in METHODS.values():
        np.testing.assert_allclose(run(*given), wanted, rtol=0, atol=1e-10)
    times = np.array(times)
    ratios = np.median(times[:, :1] / times, axis=0)
    return {
        "T": T,
        "B": B,
        "ms": named(1e3 * np.median(times, axis=0)),
        "faster": named(ratios),
    }


def report(rounds, B=64, T=1000, D=10, H=100):
    """Time minGRU forward beside torch's GRU, for sizes a user reported.

    https://github.com/lucidrains/minGRU-pytorch/issues/13
    """
    import torch

    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    params = MinGRU.init(rng, D, H, dtype=np.float32)
    xs = rng.standard_normal((T, B, D)).astype(np.float32)
    gru, its_xs = torch.nn.GRU(D, H), torch.tensor(xs)
    runs = {
        "torch's GRU": lambda: gru(its_xs),
        "minGRU, step by step": lambda: bptt.unroll(MinGRU, params, xs),
        "minGRU, scanned by the loop": lambda: linear.unroll(
            MinGRU, params, xs, method="loop"
        ),
        "minGRU, scanned by the tree": lambda: linear.unroll(
            MinGRU, params, xs, method="tree"
        ),
    }
    with torch.no_grad():
        times = [
            [seconds(run) for run in runs.values()] for _ in range(rounds)
        ]
    pairs = zip(runs, np.median(times, axis=0), strict=True)
    ms = {name: engine.signif(1e3 * x) for name, x in pairs}
    return {"B": B, "T": T, "D": D, "H": H, "ms": ms}


def named(numbers):
    """Return one number for each method, to three digits."""
    pairs = zip(METHODS, numbers, strict=True)
    return {name: engine.signif(x) for name, x in pairs}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    results = {
        "command": "python -m benchmarks.scan",
        "machine": engine.machine(),
        "rounds": options.rounds,
        "H": H,
        "report": report(options.rounds),
        "results": [],
    }
    print(results["report"]["ms"], flush=True)
    for B in BATCHES:
        for T in STEPS:
            result = compare(T, B, options.rounds)
            results["results"].append(result)
            print(T, B, result["ms"], result["faster"], flush=True)
            options.out.write_text(json.dumps(results, indent=1) + "\n")
    print(f"written: {options.out}")


if __name__ == "__main__":
    main()
