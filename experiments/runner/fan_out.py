"""Have runs done: one after the other, by joblib, or by a Dask cluster.

A cluster needs this checkout on every machine, and these three commands::

    dask scheduler
    dask worker tcp://SCHEDULER:8786 --nthreads 1       (in the checkout)
    python -m experiments run NAME --backend dask --scheduler tcp://...:8786

The second one as often as there are processors. Workers may come and go: a
run whose worker dies is given to another one. Only the process that was
started by the third command writes files.
"""

import os
import time
import traceback
from concurrent.futures import CancelledError
from functools import partial

from .store import Trouble, fingerprint, versions

#: Seconds to wait for a scheduler, or for any worker.
PATIENCE = int(os.environ.get("RNNCOURSE_PATIENCE", "30"))
AGAIN = "The runs that were kept are whole, and the same command goes on."


def work(name, setting, seed, reraise=False):
    """Do one run; return its record, which may tell of a failure."""
    from . import find

    module, start = find(name), time.perf_counter()
    record = {"setting": setting, "seed": seed}
    try:
        result = module.run(setting, seed)
    except Exception:
        if reraise:
            raise
        return record | {"failed": traceback.format_exc()}
    seconds = round(time.perf_counter() - start, 2)
    record |= {"result": result, "seconds": seconds}
    return record | {"code": fingerprint(module), "by": versions()}


def one_by_one(name, jobs):
    """Do the runs in this process."""
    for job in jobs:
        yield work(name, *job)


def processes(n):
    """Do the runs in n processes of this machine; n = -1: all processors."""
    return one_by_one if n == 1 else partial(_joblib, n)


def _joblib(n, name, jobs):
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor
    from joblib.externals.loky.process_executor import (
        BrokenProcessPool,
        TerminatedWorkerError,
    )

    calls = (delayed(work)(name, *job) for job in jobs)
    pool = Parallel(n, return_as="generator_unordered", batch_size=1)
    try:
        yield from pool(calls)
    except (TerminatedWorkerError, BrokenProcessPool):
        raise Trouble(
            "a worker process was killed; when memory runs short, the system "
            f"does that: try a smaller -j. {AGAIN}"
        ) from None
    except (KeyboardInterrupt, GeneratorExit):
        get_reusable_executor().shutdown(wait=False, kill_workers=True)
        raise


def cluster(address):
    """Do the runs on the workers of a Dask scheduler."""
    return partial(_dask, address)


def _dask(address, name, jobs):
    try:
        from distributed import Client
    except ImportError:
        raise Trouble(
            "--backend dask needs Dask: pip install 'dask[distributed]'"
        ) from None
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise Trouble(
            f"no scheduler answers at {address} ({error}). `dask scheduler` "
            f"starts one and prints its address. {AGAIN}"
        ) from None
    with client:
        waiting = {client.submit(work, name, *job, pure=False) for job in jobs}
        while waiting:
            done = _next(client, waiting, address)
            waiting -= done
            yield from (_result(future, address) for future in done)


def _next(client, waiting, address):
    """Wait for the next finished runs, as long as somebody works on them."""
    from distributed import wait

    alone = 0
    while alone < PATIENCE:
        try:
            done, _ = wait(waiting, 1, return_when="FIRST_COMPLETED")
        except TimeoutError:
            if client.status != "running":
                break
            there = client.scheduler_info(n_workers=-1)["workers"]
            alone = 0 if there else alone + 1
        except (OSError, CancelledError):
            break
        else:
            return done
    else:
        raise Trouble(
            f"the scheduler at {address} has had no worker for {PATIENCE} "
            f"seconds; `dask worker {address} --nthreads 1` starts one. "
            f"{AGAIN}"
        )
    raise Trouble(f"the scheduler at {address} has gone. {AGAIN}")


def _result(future, address):
    """Return a record; a future that has none tells of the cluster."""
    if future.status == "finished":
        return future.result()
    if future.status == "cancelled":
        raise Trouble(f"the scheduler at {address} has gone. {AGAIN}")
    error = future.exception()
    raise Trouble(
        f"the cluster could not do a run ({type(error).__name__}: {error}). "
        f"Have all workers been started in this checkout? {AGAIN}"
    )
