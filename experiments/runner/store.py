"""Finished runs, one small file each: kept at once, and never done again."""

import ast
import functools
import hashlib
import inspect
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

import rnncourse
from rnncourse import results

ROOT = Path(__file__).resolve().parents[2]
RUNS = ROOT / ".runs"

#: What a module may change and keep its runs: what is planned, and the layout.
PLANNED = {"SETTINGS", "SEEDS", "RATES", "CHOSEN_BY", "COMPARES", "UNEQUAL"}
PLANNED |= {"QUICK"}
LAID_OUT = {"collect"}


class Trouble(Exception):
    """Something the user can mend; its text says what, and how."""


def key(setting, seed):
    """Name a run: the same setting and seed have the same name."""
    text = json.dumps([setting, seed], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


@functools.cache  # what was imported counts, whatever is edited meanwhile
def fingerprint(module):
    """Return a hash of what a module's runs depend on: its code.

    Comments, docstrings, the plan and ``collect`` do not count. The package
    does not either: its commit stands on every run, see `versions`.
    """
    tree = ast.parse(inspect.getsource(module))
    tree.body = [node for node in tree.body if not _may_change(node)]
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_text(body[0]):
            del body[0]
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:12]


def _may_change(node):
    if isinstance(node, ast.Assign):
        return {n.id for n in _names(node.targets)} <= PLANNED
    return getattr(node, "name", "") in LAID_OUT


def _names(targets):
    """Return the names that an assignment gives, one by one or several."""
    found = [n for target in targets for n in ast.walk(target)]
    return [n for n in found if isinstance(n, ast.Name)]


def _is_text(node):
    constant = isinstance(node, ast.Expr) and node.value
    return isinstance(getattr(constant, "value", None), str)


@functools.cache
def versions():
    """Say what a run was made with: our code, Python, NumPy, its kernels."""
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=10"]
    try:
        commit = subprocess.run(
            asked, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        commit = "unknown"
    return {
        "rnncourse": rnncourse.__version__,
        "commit": commit,
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": np.__version__,
        "blas": _kernels(),
    }


def _kernels():
    """Return the name of the matrix kernels that are in use, if told."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "unknown"
    found = {str(i.get("architecture")) for i in threadpool_info()}
    return ", ".join(sorted(found - {"None"})) or "unknown"


def write(path, data):
    """Write a file, whole or not at all; say clearly why it was not."""
    try:
        results.write(path, data)
    except (ValueError, TypeError) as error:
        told = str({k: data.get(k) for k in ("setting", "seed")})
        raise Trouble(
            f"JSON cannot hold what was returned for {told}: {error}"
        ) from None
    except OSError as error:
        raise Trouble(
            f"cannot write {path}: {error.strerror}. The runs that were "
            "kept before are whole; once this is mended, the same command "
            "goes on"
        ) from None


class Store:
    """The finished runs of one experiment, in a folder of their own."""

    def __init__(self, module, folder=RUNS):
        self.folder = Path(folder) / module.__name__.rpartition(".")[2]
        self.code = fingerprint(module)

    def records(self, tell=print):
        """Return what is kept of this code; set aside what is damaged."""
        found = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                record = results.read(path)
                same = record["code"] == self.code
                assert path.stem == self._name(record)
            except (ValueError, KeyError, TypeError, AssertionError):
                path.rename(path.with_suffix(".damaged"))
                tell(f"{path} is damaged: set aside, and its run done again")
                continue
            found += [record] if same else []
        return found

    def keep(self, record):
        """Write one finished run, whole or not at all."""
        if record["code"] != self.code:
            raise Trouble(
                "a worker has another version of this experiment; give all "
                "of them the same checkout, and start again"
            )
        write(self.folder / f"{self._name(record)}.json", record)

    def _name(self, record):
        named = key(record["setting"], record["seed"])
        return f"{named}-{record['code']}"
