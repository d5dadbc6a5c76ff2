"""Mutants: would the tests notice a wrong engine?

    python tools/mutants.py [--count N] [--seed S] [--minutes M] [--again]

makes small faults in the engine's code, one at a time, and lets the tests
that run the changed lines look for it. cosmic-ray knows where a fault can be
made and makes it; the sample is drawn by place, then one fault a place. The
tests run first without a fault. What no test notices is printed as a diff:
either a test is missing, or the fault changes nothing, which is then said,
with the reason, in tools/mutants-equivalent.txt. `--again` tries only what
survived last time.
"""

import argparse
import importlib.util
import json
import sys
from pathlib import Path

import mutant_runs

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "rnncourse"
REPORT = ROOT / "_build" / "mutants.json"
EQUIVALENT = ROOT / "tools" / "mutants-equivalent.txt"
PARTS = ["cells", "heads", "networks", "bptt.py", "tape.py", "optim.py"]
PARTS += ["decoding.py", "params.py", "_npz.py", "gradcheck.py"]
TESTS = ["cells", "heads", "networks"]
TESTS += ["arguments", "bptt", "decoding", "gradcheck", "gru_conventions"]
TESTS += ["linear", "optim", "params", "tape", "torch_ref", "train"]


def modules():
    """Return the files that get faults."""
    found = [sorted((PACKAGE / part).glob("*.py")) for part in PARTS]
    return sum(found, []) + [PACKAGE / x for x in PARTS if x.endswith(".py")]


def tests():
    """Return the files of tests that look for them: doctests, too."""
    folders = [(ROOT / "tests" / name).glob("test_*.py") for name in TESTS]
    files = [ROOT / "tests" / f"test_{name}.py" for name in TESTS]
    found = [*sum(map(sorted, folders), []), *filter(Path.exists, files)]
    return found + [x for x in modules() if ">>>" in x.read_text()]


def name_of(mutant):
    """Return how the list of equivalents names a mutant."""
    return "\n".join([f"{mutant['path']} {mutant['within']}", *mutant["diff"]])


def equivalents():
    """Return {name: why it changes nothing}, as the list has them."""
    found = {}
    for entry in EQUIVALENT.read_text().split("\n\n"):
        lines = [x for x in entry.splitlines() if not x.startswith("#")]
        if lines:
            name, _, why = "\n".join(lines).partition("\nbecause: ")
            found[name] = why
    return found


def summarise(mutants, known):
    """Print the figure and the survivors; return the exit code."""
    for mutant in mutants:
        if mutant["status"] == "survived" and name_of(mutant) in known:
            mutant["status"] = "equivalent"
    kinds = ["killed", "timeout", "survived", "equivalent", "not run"]
    numbers = {k: sum(x["status"] == k for x in mutants) for k in kinds}
    for mutant in mutants:
        if mutant["status"] == "survived":
            print(f"\nsurvived {mutant['tests']} tests, ", end="")
            print(f"line {mutant['line']}:")
            print(name_of(mutant))
    print("\n" + ", ".join(f"{n} {kind}" for kind, n in numbers.items()))
    dead = numbers["killed"] + numbers["timeout"]
    share = dead / max(1, dead + numbers["survived"])
    print(f"mutants: {share:.1%} noticed, equivalents apart")
    return int(numbers["survived"] > 0)


def main():
    """Draw, run, report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    if importlib.util.find_spec("cosmic_ray") is None:
        sys.exit("mutants: `.venv/bin/pip install -e '.[mutants]'` first")
    import mutant_places

    if asked.again:
        old = json.loads(REPORT.read_text())
        old = [x["made"] for x in old if x["status"] == "survived"]
        mutants = [x for x in [mutant_places.make(*m) for m in old] if x]
    else:
        mutants, many = mutant_places.sample(
            modules(), asked.count, asked.seed
        )
        print(f"mutants: {len(mutants)} of {many} places, seed {asked.seed}")
    mutant_runs.judge(mutants, tests(), asked.jobs, asked.minutes)
    for mutant in mutants:
        del mutant["code"]
    code = summarise(mutants, equivalents())
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(mutants, indent=1))
    sys.exit(code)


if __name__ == "__main__":
    main()
