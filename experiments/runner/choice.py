"""Which runs are wanted next: seeds, and the best rate of a wide enough grid.

A plan looks at the runs there are and names those that are missing. It is
asked again when they are done: that is how a grid can grow.
"""

import json
from math import inf
from statistics import median

from .store import key, versions

WIDENED = 4  #: A grid grows by at most so many rates, either way.


class Runs(list):
    """Finished runs, to be asked for by what their settings say."""

    def __init__(self, records, rates):
        super().__init__(records)
        self.rates = rates

    def __call__(self, **where):
        """Return the results that fit, by seed, at the chosen rate."""
        return [r["result"] for r in self.records(**where)]

    def records(self, **where):
        """Return what fits with its setting and seed; see `__call__`."""
        found = [r for r in self if where.items() <= _items(r)]
        if "rate" not in where:
            found = [r for r in found if self._at_chosen_rate(r["setting"])]
        return sorted(found, key=lambda record: record["seed"])

    def _at_chosen_rate(self, setting):
        base = _base(setting)
        return base not in self.rates or self.rates[base] == setting["rate"]

    def rate(self, **where):
        """Return the rate that was chosen for the settings that fit."""
        (rate,) = {r["setting"]["rate"] for r in self.records(**where)}
        return rate

    def tried(self, **where):
        """Return all the rates there are runs of, for what fits."""
        fits = [r["setting"] for r in self if where.items() <= _items(r)]
        return sorted({setting["rate"] for setting in fits})


class Plan:
    """What an experiment wants, against what is there."""

    def __init__(self, module, records, seeds=None, quick=False):
        self.module, self.quick = module, quick
        self.seeds = 1 if quick else seeds
        settings = quick_settings(module) if quick else module.SETTINGS
        self.settings = [_without("seeds", s) for s in settings]
        self.own_seeds = [s.get("seeds", module.SEEDS) for s in settings]
        self.known = {key(r["setting"], r["seed"]): r for r in records}

    def missing(self):
        """Return pairs (setting, seed), none of which has been done."""
        wanted = [job for s in self.settings for job in self._jobs(s)]
        return [job for job in wanted if key(*job) not in self.known]

    def done(self):
        """Return the records that this plan is about."""
        wanted = [job for s in self.settings for job in self._jobs(s)]
        names = [key(*job) for job in wanted]
        return [self.known[name] for name in names if name in self.known]

    def runs(self):
        """Return the finished runs, for ``collect``."""
        chosen = [s for s in self.settings if self._is_chosen(s)]
        rates = {_base(s): self._best(s) for s in chosen}
        return Runs(self.done(), rates)

    def made(self):
        """Say how the results came to be, all seeds and rates with them."""
        records, compares = self.done(), self.module.COMPARES
        by = {json.dumps(r["by"], sort_keys=True): r["by"] for r in records}
        made = {
            "command": "python -m experiments run "
            + self.module.__name__.rpartition(".")[2]
            + (f" --seeds {self.seeds}" if self.seeds else ""),
            "compares": [compares] if isinstance(compares, str) else compares,
            "settings": [self._entry(s) for s in self.settings],
            "seconds": round(sum(r["seconds"] for r in records), 1),
            "code": records[0]["code"],
            "by": list(by.values()) or [versions()],
        }
        if hasattr(self.module, "RATES"):
            made["rate chosen by"] = (
                "the smallest median of the validation measure over the "
                f"first {self._choosing()} seeds"
            )
        if hasattr(self.module, "UNEQUAL"):
            made["unequal"] = self.module.UNEQUAL
        return made

    def _entry(self, setting):
        """One setting: what was tried and chosen, and what each seed gave."""
        rate, entry = self._best(setting), {"setting": setting}
        if rate is not None:
            entry["rate"] = rate
        if self._is_chosen(setting):
            entry["tried"] = {
                str(r): self._valid(setting, r) for r in self._grid(setting)
            }
        seeds = range(self._seeds(setting))
        records = [self.known[key(_at(setting, rate), s)] for s in seeds]
        entry["seeds"] = len(records)
        for name in ("valid", "test"):
            if all(name in r["result"] for r in records):
                entry[name] = [r["result"][name] for r in records]
        entry["seconds"] = [r["seconds"] for r in records]
        return entry

    def _is_chosen(self, setting):
        chosen = hasattr(self.module, "RATES") and "rate" not in setting
        return chosen and not self.quick

    def _choosing(self):
        return getattr(self.module, "CHOSEN_BY", 2)

    def _seeds(self, setting):
        return self.seeds or self.own_seeds[self.settings.index(setting)]

    def _valid(self, setting, rate):
        """What the choosing seeds got; None where a run blew up."""
        jobs = [(_at(setting, rate), s) for s in range(self._choosing())]
        return [self.known[key(*job)]["result"]["valid"] for job in jobs]

    def _best_of(self, setting, grid):
        """The rate with the smallest median; a run that blew up is worst."""
        return min(
            grid,
            key=lambda rate: median(
                inf if v is None else v for v in self._valid(setting, rate)
            ),
        )

    def _grid(self, setting):
        """The rates tried so far: widened while the best is at an edge."""
        grid = sorted(self.module.RATES)
        step = grid[1] / grid[0], grid[-1] / grid[-2]
        for _ in range(WIDENED):
            if not all(self._has(setting, rate) for rate in grid):
                break
            best = self._best_of(setting, grid)
            if best == grid[0]:
                grid = [_round(grid[0] / step[0]), *grid]
            elif best == grid[-1]:
                grid = [*grid, _round(grid[-1] * step[1])]
        return grid

    def _has(self, setting, rate):
        jobs = [(_at(setting, rate), s) for s in range(self._choosing())]
        return all(key(*job) in self.known for job in jobs)

    def _best(self, setting):
        """The chosen rate; None where there is none to choose, or not yet."""
        if not self._is_chosen(setting):
            return setting.get("rate")
        grid = self._grid(setting)
        if not all(self._has(setting, rate) for rate in grid):
            return None
        return self._best_of(setting, grid)

    def _jobs(self, setting):
        """Every run of one setting, as far as it is known by now."""
        jobs = []
        if self._is_chosen(setting):
            first = range(self._choosing())
            jobs += [
                (_at(setting, r), s)
                for r in self._grid(setting)
                for s in first
            ]
            if self._best(setting) is None:
                return jobs
        rate, seeds = self._best(setting), range(self._seeds(setting))
        return jobs + [
            job for s in seeds if (job := (_at(setting, rate), s)) not in jobs
        ]


def quick_settings(module):
    """The settings for two updates each, at the first rate."""
    settings, smaller = [], {"updates": 2} | getattr(module, "QUICK", {})
    for setting in module.SETTINGS:
        rate = {"rate": module.RATES[0]} if hasattr(module, "RATES") else {}
        short = rate | _without("seeds", setting) | _there(smaller, setting)
        settings += [short] if short not in settings else []
    return settings


def _there(smaller, setting):
    return {name: v for name, v in smaller.items() if name in setting}


def _at(setting, rate):
    return setting if rate is None else setting | {"rate": rate}


def _base(setting):
    """A setting without its rate, as a key."""
    return json.dumps(_without("rate", setting), sort_keys=True)


def _without(left_out, setting):
    return {name: v for name, v in setting.items() if name != left_out}


def _items(record):
    return {n: v for n, v in record["setting"].items() if v.__hash__}.items()


def _round(rate):
    """Two digits are enough for a learning rate."""
    return float(f"{rate:.2g}")
