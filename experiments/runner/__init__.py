"""From a module that declares its runs to a file that a chapter reads.

`choice` says which runs are wanted next, `fan_out` has them done here or on
a cluster, `store` keeps each as it comes. All runs done, `carry_out` writes
the file.
"""

import importlib

from . import choice, fan_out
from .store import Store, Trouble, write

__all__ = ["Trouble", "carry_out", "find", "quick"]


def find(name):
    """Import an experiment: ``adding_rnn``, or a module by its full name."""
    full = name if "." in name else f"experiments.{name}"
    try:
        return importlib.import_module(full)
    except ModuleNotFoundError as error:
        if error.name != full:
            raise
        raise Trouble(
            f"there is no experiment named {name!r}; "
            "`python -m experiments list` names them"
        ) from None


def carry_out(module, doers, runs, into, seeds=None, report=print):
    """Do the runs that are missing, then write the result file.

    Parameters
    ----------
    module : an experiment
    doers : function of (name of the module, jobs) that yields records
    runs : folder of the finished runs
    into : folder of the result file
    seeds : None, or how many instead of the experiment's own
    report : called with (record, number done, number planned)

    Returns
    -------
    pathlib.Path of the result file
    """
    store, failed = Store(module, runs), 0
    while True:
        plan = choice.Plan(module, store.records(), seeds)
        wanted = plan.missing()
        if not wanted:
            break
        done = len(plan.done())
        for record in doers(module.__name__, wanted):
            if "failed" in record:
                failed += 1
            else:
                store.keep(record)
            done += 1
            report(record, done, done + len(wanted) - 1)
            wanted = wanted[1:]
        if failed:
            raise Trouble(
                f"{failed} of the runs failed, as told above; the others "
                "are kept, and no result file was written"
            )
    path = into / f"{store.folder.name}.json"
    write(path, module.collect(plan.runs()) | {"made": plan.made()})
    return path


def quick(module):
    """Try an experiment: each setting for two updates; nothing is kept."""
    records = [
        fan_out.work(module.__name__, setting, 0, reraise=True)
        for setting in choice.quick_settings(module)
    ]
    plan = choice.Plan(module, records, quick=True)
    return module.collect(plan.runs()) | {"made": plan.made()}
