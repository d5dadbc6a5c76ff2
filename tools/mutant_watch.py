"""What happens in one process: the tests run against one mutant, or none.

Time is processor time here: a busy machine kills no mutant.
"""

import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "rnncourse"
SLOW = "far slower than without the mutant"


class Watch:
    """A pytest plugin: what each test runs and takes, and who fails."""

    def __init__(self, order=None, coverage=None):
        self.order, self.coverage = order, coverage
        self.seconds, self.killer, self.why = {}, None, ""
        self.slow = False

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        if self.order is not None:
            rank = {name: i for i, name in enumerate(self.order)}
            kept = [x for x in items if x.nodeid in rank]
            items[:] = sorted(kept, key=lambda x: rank[x.nodeid])

    def pytest_runtest_logstart(self, nodeid):
        self.start = time.process_time()
        if self.coverage:
            self.coverage.switch_context(nodeid)
        if self.order is not None:
            limit = 2 + 5 * self.order[nodeid]
            signal.setitimer(signal.ITIMER_PROF, limit, limit)

    def pytest_runtest_logfinish(self, nodeid):
        signal.setitimer(signal.ITIMER_PROF, 0)
        self.seconds[nodeid] = time.process_time() - self.start

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.note(report)

    def pytest_collectreport(self, report):
        if report.failed:
            self.note(report)

    def note(self, report):
        words = [x for x in str(report.longrepr).splitlines() if x[:2] == "E "]
        self.slow |= SLOW in str(report.longrepr)
        self.killer = self.killer or report.nodeid
        self.why = self.why or (words or [""])[0][2:].strip()


class Mutated(importlib.machinery.SourceFileLoader):
    """Loads other code than the file holds, and finds itself."""

    def __init__(self, path, code):
        name = ".".join(Path(path).with_suffix("").parts)
        super().__init__(name.removesuffix(".__init__"), str(ROOT / path))
        self.mutant = code

    def get_code(self, fullname):
        return compile(self.mutant, self.path, "exec", dont_inherit=True)

    def find_spec(self, name, path=None, target=None):
        if name == self.name:
            return importlib.util.spec_from_file_location(
                name, self.path, loader=self
            )


def too_slow(*_):
    raise TimeoutError(SLOW)


def run_pytest(paths, watch, *options):
    """Run tests in this process."""
    signal.signal(signal.SIGPROF, too_slow)
    # loading all plugins takes ten times as long as most tests here
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # a file that is named, as for its doctests, would be rewritten, and so
    # be read from the disk, without its fault
    quiet = ["-q", "-p", "no:cacheprovider", "--assert=plain", *options]
    return int(pytest.main([*quiet, *paths], plugins=[watch]))


def tried(mutant, tests):
    """Try one mutant in this process; return what became of it."""
    sys.meta_path.insert(0, Mutated(mutant["path"], mutant["code"]))
    watch = Watch(tests)
    files = list(dict.fromkeys(x.partition("::")[0] for x in tests))
    limit = 20 + 3 * int(sum(tests.values()))  # should the timer not help
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    run_pytest(files, watch, "-x")
    if watch.killer is None:
        return {"status": "survived"}
    status = "timeout" if watch.slow else "killed"
    return {"status": status, "by": watch.killer, "why": watch.why}


def covered(paths):
    """Run tests as they are; return {test: seconds}, {file: {line: tests}}."""
    import coverage

    measured = coverage.Coverage(data_file=None, source=[str(PACKAGE)])
    measured.start()
    watch = Watch(coverage=measured)
    code = run_pytest(paths, watch)
    measured.stop()
    if code:
        return {"failed": f"{watch.killer}: {watch.why}"}
    data, lines = measured.get_data(), {}
    for path in data.measured_files():
        name = Path(path).relative_to(ROOT).as_posix()
        lines[name] = data.contexts_by_lineno(path)
    return {"seconds": watch.seconds, "lines": lines}
