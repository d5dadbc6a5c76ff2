"""Run, list and show the experiments.

    python -m experiments list
    python -m experiments run NAME... [--seeds N] [-j N] [--quick]
    python -m experiments run NAME... --backend dask --scheduler ADDRESS
    python -m experiments show NAME

A run is one setting with one seed. It is kept in ``.runs`` as soon as it is
finished and never repeated, until the code of its experiment changes. So a
command that was stopped, by Ctrl-C or worse, loses only what was in hand;
given again, it goes on. `experiments.runner.fan_out` tells how to start a
cluster.
"""

import argparse
import sys
from pathlib import Path

from rnncourse import results

from . import runner
from .runner import choice, fan_out
from .runner.store import RUNS, Store

HERE = Path(__file__).parent
NAMES = sorted(p.stem for p in HERE.glob("[!_]*.py"))


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m experiments", description=__doc__.partition("\n")[0]
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="name them, and how far each is")
    show = commands.add_parser("show", help="how a result came to be")
    show.add_argument("name", metavar="NAME")
    run = commands.add_parser("run", help="do the runs that are missing")
    run.add_argument("names", metavar="NAME", nargs="+")
    run.add_argument("--seeds", type=_positive, metavar="N")
    run.add_argument("-j", type=int, default=1, metavar="N",
                     help="processes; -1 takes all processors")  # fmt: skip
    run.add_argument("--quick", action="store_true",
                     help="two updates each; nothing is kept")  # fmt: skip
    run.add_argument("--backend", choices=["joblib", "dask"], default="joblib")
    run.add_argument("--scheduler", metavar="ADDRESS")
    for command in (run, show, commands.choices["list"]):
        command.add_argument("--runs", type=Path, default=RUNS,
                             help="folder of finished runs")  # fmt: skip
        command.add_argument("--into", type=Path, default=results.FOLDERS[0],
                             help="folder of the result files")  # fmt: skip
    options = parser.parse_args(arguments)
    if options.command == "run":
        if (options.backend == "dask") != (options.scheduler is not None):
            parser.error("--backend dask and --scheduler ADDRESS go together")
        if options.j == 0 or options.j < -1:
            parser.error("-j is a number of processes, or -1 for all")
    return options


def _positive(text):
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("expected at least 1")
    return number


def told(setting):
    """A setting in a few words."""
    return " ".join(f"{name}={value}" for name, value in setting.items())


class Progress:
    """A bar with the time left; where there is no terminal, a line a run."""

    def __init__(self, name):
        self.name, self.bar = name, None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(desc=name, unit="run", smoothing=0.1)

    def __call__(self, record, done, planned):
        what = f"{told(record['setting'])} seed={record['seed']}"
        if self.bar is not None:
            self.bar.initial = self.bar.initial or done - 1
            self.bar.total, self.bar.n = planned, done
            self.bar.set_postfix_str(what[:60])
        elif "failed" not in record:
            seconds = record["seconds"]
            print(f"{self.name} {done}/{planned} {what}: {seconds} s",
                  flush=True)  # fmt: skip
        if "failed" in record:
            print(f"{what} failed:\n{record['failed']}", file=sys.stderr)


def run(options):
    """Do what is missing of each experiment."""
    doers = fan_out.processes(options.j)
    if options.scheduler:
        doers = fan_out.cluster(options.scheduler)
    for name in options.names:
        module = runner.find(name)
        if options.quick:
            runner.quick(module)
            print(f"{name}: every setting took two updates")
            continue
        path = runner.carry_out(
            module, doers, options.runs, options.into, options.seeds,
            Progress(name),
        )  # fmt: skip
        print(f"{name}: {path}", flush=True)


def list_all(options):
    """One line each: what it asks, and how far it is."""
    for name in NAMES:
        module = runner.find(name)
        plan = choice.Plan(module, Store(module, options.runs).records())
        there = (options.into / f"{name}.json").is_file()
        missing = len(plan.missing())
        state = f"{missing} runs to do" if missing else "all runs done"
        state = ("stored; " if there else "") + state
        print(f"{name:16} {module.__doc__.partition(chr(10))[0]} ({state})")


def show(options):
    """Print how a result came to be: settings, choices, every seed."""
    module = runner.find(options.name)
    print(module.__doc__.partition("\n")[0])
    path = options.into / f"{options.name.rpartition('.')[2]}.json"
    if not path.is_file():
        raise runner.Trouble(f"not run yet: `... run {options.name}`")
    made = results.read(path).get("made")
    if made is None:
        raise runner.Trouble(f"{path} is older than these rules: run it again")
    for entry in made["settings"]:
        print(told(entry["setting"]))
        for name in ("tried", "rate", "valid", "test", "seconds"):
            if name in entry:
                print(f"    {name}: {entry[name]}")
    for name in made.keys() - {"settings"}:
        print(f"{name}: {made[name]}")


def main(arguments=None):
    """Return 0, or 1 after a sentence that says what is wrong."""
    options = parse(arguments)
    act = {"run": run, "list": list_all, "show": show}[options.command]
    try:
        act(options)
    except (runner.Trouble, ValueError, OSError) as error:
        print(f"experiments: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"experiments: stopped. {fan_out.AGAIN}", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
