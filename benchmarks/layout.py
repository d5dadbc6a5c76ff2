"""Rows or columns? The product of every step, for one BLAS kernel.

    OPENBLAS_CORETYPE=Haswell python -m benchmarks.layout

OpenBLAS has one kernel for each kind of processor and picks its own; the
variable makes it take another. `benchmarks.engine` runs this once for each
kernel and stores what is printed.
"""

import json
import os
import subprocess
import sys
import time

for library in ("OPENBLAS", "OMP", "MKL"):  # before NumPy is imported
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402
from threadpoolctl import threadpool_info  # noqa: E402

KERNELS = (None, "Haswell", "SkylakeX", "Zen")  # None: the processor's own
SHAPES = [(1, 64), (16, 128), (32, 256), (64, 128)]  # (B, H)
TURN = 0.02  # seconds


def kernel():
    """Return the name of the kernel that products use here."""
    pools = [p for p in threadpool_info() if p["user_api"] == "blas"]
    return pools[0].get("architecture") if pools else None


def seconds(run):
    """Return the processor seconds of one call, repeated for a while."""
    run()
    start = time.process_time()
    run()
    n = max(3, int(TURN / max(1e-7, time.process_time() - start)))
    start = time.process_time()
    for _ in range(n):
        run()
    return (time.process_time() - start) / n


def measure(rounds):
    """Return time by columns / time by rows of ``h @ W_hh``, an LSTM's."""
    rng, rows = np.random.default_rng(0), []
    for dtype in (np.float32, np.float64):
        for B, H in SHAPES:
            h = rng.standard_normal((B, H)).astype(dtype)
            W_hh = rng.standard_normal((H, 4 * H)).astype(dtype)
            by_columns = np.asfortranarray(W_hh)
            ratios = [
                seconds(lambda h=h, W=by_columns: h @ W)
                / seconds(lambda h=h, W=W_hh: h @ W)
                for _ in range(rounds)
            ]
            rows.append(
                {
                    "dtype": np.dtype(dtype).name,
                    "B": B,
                    "H": H,
                    "ratio": float(f"{np.median(ratios):.3g}"),
                }
            )
    return {"kernel": kernel(), "products": rows}


def every_kernel(rounds):
    """Measure in a process for each kernel; leave out what cannot run."""
    found = []
    for name in KERNELS:
        given = {"OPENBLAS_CORETYPE": name} if name else {}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.layout", str(rounds)],
            env=os.environ | given,
            capture_output=True,
            text=True,
        )
        if done.returncode:  # an instruction that this processor lacks
            print(f"kernel {name}: not on this processor")
            continue
        result = {"asked": name} | json.loads(done.stdout)
        ratios = [row["ratio"] for row in result["products"]]
        print(
            f"kernel {result['kernel']}: by columns "
            f"{min(ratios):.2f} to {max(ratios):.2f} of the time by rows"
        )
        found.append(result)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if sys.argv[1:] else 9)))
