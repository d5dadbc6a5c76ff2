"""The long trainings behind the chapters, one plain module a question.

    python -m experiments list
    python -m experiments run adding_rnn -j 2
    python -m experiments show adding_rnn

What a module declares:

- ``SETTINGS``: a list of dicts of plain values, one for each thing to train;
  each says how many "updates" it gets, and may have "seeds" of its own.
- ``QUICK``: what is smaller than usual, beside the updates, for ``--quick``.
- ``COMPARES``: the key, or keys, of a setting whose values compete.
- ``SEEDS``: how many; seed n is the n-th for every setting.
- ``RATES``: a grid of learning rates, if one is to be chosen for each
  setting. Every rate is run with the first ``CHOSEN_BY`` seeds, the grid is
  widened until the best lies inside, and the best serves all seeds.
- ``run(setting, seed)``: trains once and returns a dict. Its "valid" is what
  the rate is chosen by, smaller is better, None if the run blew up; its
  "test" is what ``show`` shows.
- ``collect(runs)``: lays the finished runs out for the chapter that reads
  them. ``runs(cell="lstm")`` are the results that fit, by seed, at the chosen
  rate; ``runs.rate(cell="lstm")`` is that rate.

`experiments.runner` does the rest.
"""

import os

# A run is a process with one thread: so it gives the same numbers however
# many of them there are, and they do not get in each other's way.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
