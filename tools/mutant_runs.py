"""Run the tests against one mutant after another, each in a process forked
from one that has NumPy, PyTorch and pytest loaded already.

The first run has no mutant. It must pass, and learns which test runs which
line, and how long it takes; so a mutant meets only the tests that run its
line, the quick ones first, until one fails.
"""

import ast
import importlib.util
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from mutant_watch import ROOT, covered, tried
from stamps import digest, digest_tree

KNOWN = ROOT / "_build" / "mutants-baseline.json"
LONGEST = 10  # seconds of a test that is worth its time here


def fork(work, *arguments):
    """Start `work` in a child; return its process id and answer's file."""
    handle, answer = tempfile.mkstemp()
    os.close(handle)
    if child := os.fork():
        return child, Path(answer)
    try:
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(silent, stream)
        Path(answer).write_text(json.dumps(work(*arguments)))
    except BaseException as error:  # a child says why it ends, and ends
        Path(answer).write_text(json.dumps({"failed": repr(error)}))
    finally:
        os._exit(0)


def each(work, jobs, many):
    """Run `work` in children, some at once; yield (arguments, answer)."""
    waiting, running = iter(jobs), {}
    while True:
        while len(running) < many and (job := next(waiting, None)):
            child, answer = fork(work, *job)
            running[child] = job, answer
        if not running:
            return
        child, status = os.wait()
        job, answer = running.pop(child)
        text = answer.read_text()
        answer.unlink()
        yield job, json.loads(text) if text else {"failed": f"died: {status}"}


def baseline(paths, many):
    """Return what the tests run and take, from the cache if they are in it."""
    code = digest_tree(ROOT, "rnncourse/**/*.py", "tests/**/*_cases.py")
    known = json.loads(KNOWN.read_text()) if KNOWN.exists() else {}
    if known.get("code") != code:
        known = {"code": code, "files": {}}
    stamps = {
        path.relative_to(ROOT).as_posix(): digest(path) for path in paths
    }
    files = {k: v for k, v in known["files"].items() if k in stamps}
    new = [x for x in stamps if files.get(x, {}).get("stamp") != stamps[x]]
    for ([file],), found in each(covered, [([x],) for x in new], many):
        if "failed" in found:
            sys.exit(f"mutants: without a mutant, {file}: {found['failed']}")
        files[file] = {"stamp": stamps[file], **found}
        KNOWN.parent.mkdir(exist_ok=True)
        KNOWN.write_text(json.dumps({"code": code, "files": files}))
        print(f"  {file}: {sum(found['seconds'].values()):.1f} s", flush=True)
    return list(files.values())


def statement(path, line):
    """Return the first and last line of the smallest statement around one.

    None for a statement that runs when the module is imported.
    """
    best, inside = None, False
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if not isinstance(node, ast.stmt):
            continue
        if not node.lineno <= line <= node.end_lineno:
            continue
        if isinstance(node, ast.FunctionDef):
            inside |= line >= node.body[0].lineno
        size = node.end_lineno - node.lineno
        if best is None or size <= best.end_lineno - best.lineno:
            best = node
    if best is None or not inside:
        return None
    body = getattr(best, "body", None)
    return best.lineno, body[0].lineno - 1 if body else best.end_lineno


def tests_of(mutant, known):
    """Return {test: seconds} of those that run the line, quick ones first.

    What runs when the module is imported belongs to all tests of the files
    that import it: coverage saw it in the test that happened to come first.
    """
    lines = statement(mutant["path"], mutant["line"])
    within, anywhere = {}, {}
    for file in known:
        quick = {t: s for t, s in file["seconds"].items() if s < LONGEST}
        ran = file["lines"].get(mutant["path"], {})
        if ran and lines is None:
            anywhere |= quick
        for line, tests in ran.items():
            run = {t: quick[t] for t in tests if t in quick}
            anywhere |= run
            if lines and lines[0] <= int(line) <= lines[1]:
                within |= run
    found = within or anywhere
    return dict(sorted(found.items(), key=lambda x: x[1]))


def judge(mutants, tests, many, minutes):
    """Let files of tests give every mutant its status, while there is time.

    The minutes count from when the tests have passed without a mutant.
    """
    os.environ.setdefault("KERAS_BACKEND", "torch")
    once_for_all = ("numpy", "hypothesis", "torch", "keras", "onnx")
    for name in once_for_all:
        if importlib.util.find_spec(name):
            __import__(name)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    known = baseline(tests, many)
    for mutant in mutants:
        mutant.update(status="not run", tests=0)

    def jobs():
        for number, mutant in enumerate(mutants):
            if time.monotonic() < start + 60 * minutes:
                yield {**mutant, "number": number}, tests_of(mutant, known)

    start = time.monotonic()
    for done, (job, found) in enumerate(each(tried, jobs(), many), start=1):
        mutant = mutants[job[0]["number"]]
        if "failed" in found:
            found = {"status": "killed", "by": "", "why": found["failed"]}
        mutant.update(found, tests=len(job[1]))
        print(
            f"  {done}/{len(mutants)} {time.monotonic() - start:.0f} s "
            f"{mutant['status']} {mutant['path']}:{mutant['line']}",
            flush=True,
        )
    check({x["by"] for x in mutants if x.get("by")}, known)


def check(killers, known):
    """Run every test that killed once more, without a mutant."""
    times = {t: s for file in known for t, s in file["seconds"].items()}
    killers = {t: times[t] for t in sorted(killers) if t in times}
    empty = {"path": "none.py", "code": ""}
    for _, found in each(tried, [(empty, killers)] if killers else [], 1):
        if found.get("status") != "survived":
            sys.exit(f"mutants: a test fails without a mutant: {found}")
