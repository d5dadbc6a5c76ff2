"""Time and memory of the engine: one command, one process, one thread.

    python -m benchmarks.engine [--rounds N] [--quick] [--out FILE]

Implementations take turns within every round, and what is reported are
medians of the ratios within rounds: a slow moment of the machine slows both.
Time is processor time; on one thread it is that of the clock on the wall,
less what other programs took.
"""

import argparse
import json
import os
import platform
import time
import tracemalloc
from pathlib import Path

for library in ("OPENBLAS", "OMP", "MKL"):  # before NumPy is imported
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402
from threadpoolctl import threadpool_info, threadpool_limits  # noqa: E402

from benchmarks import layout, textbook  # noqa: E402
from rnncourse import bptt, cells  # noqa: E402

GRID = [(1, 50, 64, 64), (16, 50, 64, 128), (32, 100, 128, 256)]
GRID += [(64, 200, 28, 128)]  # (B, T, D, H)
CELLS = {
    "RNN": cells.RNN,
    "GRU": cells.GRU,
    "LSTM": cells.LSTM,
    "PeepholeLSTM": cells.PeepholeLSTM,
    "Clockwork": cells.Clockwork,
}
TURN = 0.03  # seconds
OUT = Path(__file__).parents[1] / "book" / "results" / "performance.json"


def case(cell, B, T, D, H, dtype):
    """Return (params, xs, dhs), drawn from a fixed seed."""
    rng = np.random.default_rng(0)
    params = cell.init(rng, D, H, dtype=dtype)
    xs = rng.standard_normal((T, B, D)).astype(dtype)
    return params, xs, rng.standard_normal((T, B, H)).astype(dtype)


def ours(cell, params, xs, dhs):
    def run():
        hs, _, tape = bptt.unroll(cell, params, xs)
        dxs, _, grads = bptt.unroll_backward(cell, params, tape, dhs)
        return hs, dxs, grads

    return run


def in_torch(cell, params, xs, dhs):
    import torch

    from rnncourse import torch_ref

    torch.set_num_threads(1)
    module = torch_ref.to_torch(cell, params)
    xs = torch.tensor(xs, requires_grad=True)
    dhs = torch.tensor(dhs)

    def run():
        module.zero_grad()
        xs.grad = None
        hs, _ = module(xs)
        hs.backward(dhs)
        grads = {
            ours: getattr(module, f"{theirs}_l0").grad.numpy()
            for ours, theirs in torch_ref._NAMES.items()
        }
        return (
            hs.detach().numpy(),
            xs.grad.numpy(),
            {name: np.transpose(g) for name, g in grads.items()},
        )

    return run


def products_alone(cell, params, xs, dhs):
    """Every matrix product of forward and backward, and nothing else."""
    T, B, D = xs.shape
    W_xh, W_hh = params["W_xh"], params["W_hh"]
    x, h, hs = xs.reshape(T * B, D), dhs[0], dhs.reshape(T * B, -1)
    das = np.ones((T * B, W_hh.shape[1]), xs.dtype)
    da = das[:B].copy()

    def run():
        x @ W_xh
        for _ in range(T):
            h @ W_hh
        for _ in range(T):
            da @ W_hh.T
        x.T @ das, hs.T @ das, das @ W_xh.T

    return run


def operations(B, T, D, H, k):
    """Multiplications of all products: three with W_xh, three with W_hh."""
    return 3 * T * B * k * H * (D + H)


def alternate(runs, rounds):
    """Return seconds, one row a round, the runs in turn within each.

    A turn repeats what is quick for a while: with warm caches, as in use.
    """
    repeats = [max(1, int(TURN / once(run))) for run in runs]
    rows = []
    for _ in range(rounds):
        row = []
        for run, n in zip(runs, repeats, strict=True):
            start = time.process_time()
            for _ in range(n):
                run()
            row.append((time.process_time() - start) / n)
        rows.append(row)
    return np.array(rows)


def once(run):
    """Seconds of the second run."""
    run()
    start = time.process_time()
    run()
    return max(1e-6, time.process_time() - start)


def compare(rounds):
    """Every cell, dtype and shape against what else there is."""
    results = []
    for name, cell in CELLS.items():
        for dtype in (np.float32, np.float64):
            for shape in GRID:
                given = cell, *case(cell, *shape, dtype)
                runs = {"ours": ours(*given)}
                if name in textbook.GATES:
                    runs["torch"] = in_torch(*given)
                    runs["textbook"] = lambda g=given, n=name: (
                        textbook.forward_backward(n, *g[1:])
                    )
                    check_equal(runs, dtype)
                runs["products"] = products_alone(*given)
                seconds = alternate(list(runs.values()), rounds)
                result = {"cell": name, "dtype": np.dtype(dtype).name}
                result |= dict(zip("BTDH", shape, strict=True))
                result |= {"ms": {}, "ratio": {}}
                for column, other in enumerate(runs):
                    spent = seconds[:, column]
                    result["ms"][other] = signif(1e3 * np.median(spent))
                    if other != "ours":
                        low, middle, high = np.quantile(
                            seconds[:, 0] / spent, [0.25, 0.5, 0.75]
                        )
                        result["ratio"][other] = signif(middle)
                        result[f"quartiles_{other}"] = [
                            signif(low),
                            signif(high),
                        ]
                results.append(result)
                show(result)
    return results


def check_equal(runs, dtype):
    """What is compared computes the same, gradients included."""
    tolerance = 1e-9 if dtype == np.float64 else 1e-3
    first, *others = (run() for run in runs.values())
    for other in others:
        pairs = [(first[0], other[0]), (first[1], other[1])]
        pairs += [(first[2][n], other[2][n]) for n in first[2]]
        for a, b in pairs:
            assert np.abs(a - b).max() <= tolerance * np.abs(a).max()


def growth(rounds, cell=cells.LSTM, k=4):
    """One size doubles at a time, beside the count of multiplications."""
    base = {"B": 16, "T": 50, "D": 64, "H": 64}
    results = []
    for size, values in {
        "T": (25, 50, 100, 200, 400),
        "B": (1, 2, 4, 8, 16, 32, 64),
        "H": (16, 32, 64, 128, 256),
    }.items():
        for value in values:
            shape = {**base, size: value}
            run = ours(cell, *case(cell, **shape, dtype=np.float64))
            seconds = alternate([run], rounds)
            results.append(
                {
                    "grows": size,
                    **shape,
                    "ms": signif(1e3 * np.median(seconds)),
                    "operations": operations(**shape, k=k),
                }
            )
            print(f"growth {size} = {value}: {results[-1]['ms']} ms")
    return results


def memory(cell=cells.LSTM, B=16, D=64, H=64):
    """Peak bytes of forward and backward, and what theory says of an LSTM.

    A step keeps the gates (4H), c, h and tanh(c) (H each), its input (D), and
    on the way back da (4H) and dx (D). With checkpoints only a window's steps
    are kept; for all T remain the inputs, hs, the larger of dxs and a copy of
    hs, and a state for each window.
    """
    results, number = [], 8 * B
    for T in (25, 100, 400, 1600):
        given = case(cell, B, T, D, H, np.float64)
        every = int(np.sqrt(T))
        windows = number * (T // every) * 2 * H
        theory = {
            "unroll": number * T * (11 * H + 2 * D),
            "checkpointed": number * T * (D + H + max(H, D))
            + windows
            + number * every * (11 * H + D),
        }
        for run in (bptt.unroll, bptt.checkpointed):
            params, xs, dhs = given
            tracemalloc.start()
            hs, _, tape = run(cell, params, xs)
            bptt.unroll_backward(cell, params, tape, dhs)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            del hs, tape
            name = run.__name__
            results.append(
                {
                    "run": name,
                    "T": T,
                    "bytes": peak,
                    "theory": theory[name],
                }
            )
            print(
                f"memory {name} T = {T}: {peak / 2**20:.2f} MB, "
                f"theory {theory[name] / 2**20:.2f} MB"
            )
    return results


def machine():
    """What the numbers depend on."""
    blas = [
        {
            key: pool.get(key)
            for key in (
                "internal_api",
                "version",
                "architecture",
                "num_threads",
            )
        }
        for pool in threadpool_info()
        if pool["user_api"] == "blas"
    ]
    import torch

    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "torch": torch.__version__,
        "processor": processor(),
        "blas": blas,
        "torch_threads": torch.get_num_threads(),
    }


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(
            n.split(":")[1].strip() for n in lines if "model name" in n
        )
    except (OSError, StopIteration):
        return platform.processor()


def signif(number):
    return float(f"{number:.3g}")


def show(result):
    shape = tuple(result[size] for size in "BTDH")
    ratios = ", ".join(f"{k} {v:.2f}" for k, v in result["ratio"].items())
    print(
        f"{result['cell']:<13}{result['dtype']} {shape}: "
        f"{result['ms']['ours']} ms, relative to {ratios}",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--quick", action="store_true", help="few rounds")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rounds = 3 if options.quick else options.rounds
    threadpool_limits(1)
    about = machine()
    print(json.dumps(about, indent=2))
    results = {
        "command": "python -m benchmarks.engine",
        "machine": about,
        "rounds": rounds,
        "comparison": compare(rounds),
        "growth": growth(rounds),
        "memory": memory(),
        "layout": layout.every_kernel(rounds),
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, indent=1) + "\n")
    print(f"written: {options.out}")


if __name__ == "__main__":
    main()
