"""The process of one answer: runs it, and sends back what came of it.

    python -m rnncourse.exercises.isolation.inside FOLDER TRACE SECONDS

Started by `apart.Apart`. It reads one request a line and writes one reply a
line, both JSON. It never learns the right results, so there is no verdict
here to forge.
"""

import json
import os
import sys

import numpy as np

from rnncourse.exercises.isolation import limits, processes
from rnncourse.exercises.running import wire
from rnncourse.exercises.running.answer import Here, ready


def main(folder, trace, busy):
    """Answer requests until there are no more."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):  # what the answer itself reads and prints
        os.dup2(nothing, number)
    processes.die_together()
    me, answer = os.getpid(), Here()
    limits.set_limits(folder, trace, busy)
    for line in requests:
        request = json.loads(line)
        found = _defined if request["do"] == "define" else _called
        if request["do"] == "trial":
            found = _tried
        try:
            reply = found(answer, request)
        except KeyboardInterrupt:  # nobody presses it here
            reply = {"error": "Your code stops with KeyboardInterrupt."}
        if os.getpid() != me:  # a copy that the answer has made
            os._exit(0)
        reply |= {"token": request["token"], "printed": answer.printed}
        reply |= {"has_ended": answer.has_ended}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()
    os._exit(0)  # whatever the answer wanted to do at the end


def _defined(answer, request):
    """Execute the source; return what it defines."""
    example = wire.unpack(request["example"])
    example = dict(zip(request["arguments"], example, strict=True))
    package = sys.modules["rnncourse.exercises"]  # where notebooks get it
    package.example = lambda id: ready(example, {})["example"]()
    before = {}
    for name, source in request["before"].items():
        exec(compile(source, "<before>", "exec"), space := {"np": np})
        before[name] = space[name]
    name = request["name"]
    call = answer.execute(request["text"], name, ready(example, before))
    about = answer.about(request["arguments"])
    return {
        "error": call.error,
        "line": call.line,
        "about": [
            about.kind,
            about.is_callable,
            about.signature[:1000],
            about.binds,
        ],
    }


def _called(answer, request):
    """Call the function; return what it returned, or what stopped it."""
    return _packed(
        answer.call(wire.unpack(request["case"]), request["silent"])
    )


def _tried(answer, request):
    """Call a variant of the function."""
    return _packed(answer.trial(request["text"], wire.unpack(request["case"])))


def _packed(call):
    return {
        "value": wire.pack(call.value),
        "error": call.error,
        "line": call.line,
        "kind": call.kind[:1000],
        "after": wire.pack(call.after),
    }


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
