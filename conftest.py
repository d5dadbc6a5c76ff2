"""What every pytest run of the course starts with."""

import importlib.util
import os

# Before NumPy loads: two BLAS threads lose to one at teaching sizes, and
# pytest-xdist already fills the cores.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("MPLBACKEND", "Agg")

# torch is optional (see "PyTorch" in the README). Without it, its module
# cannot be imported for doctests; the tests that need it skip themselves.
collect_ignore = []
if importlib.util.find_spec("torch") is None:
    collect_ignore.append("rnncourse/torch_ref.py")
