"""The page's side of a session: asked in JSON, answered in JSON.

The page asks for a slice of training at a time, so that it can pause between
two of them, and a question never waits for long.
"""

import base64
import json
import time

from rnncourse.data import series
from rnncourse.workbench import _exports, _looking
from rnncourse.workbench._numbers import NumbersSession
from rnncourse.workbench._read_table import Table, read_table
from rnncourse.workbench._read_text import built_in
from rnncourse.workbench._settings import Settings
from rnncourse.workbench._text import TextSession
from rnncourse.workbench._toys import ToysSession
from rnncourse.workbench._verdict import verdict
from rnncourse.workbench.interval import QUANTILES

KINDS = {"text": TextSession, "numbers": NumbersSession, "toys": ToysSession}
SLICE = 0.1  #: Seconds of training after which there is an answer.

_tables = {}  # what was recognised last, by place
_desk = {}  # the sessions that are open, by the name of their place


def answer(question):
    """Do what the page asks.

    Parameters
    ----------
    question : str, JSON: ``do``, one of the functions here, ``at``, whose
        session it is about, and what the function takes

    Returns
    -------
    str, JSON: ``ok`` with the answer, or ``error`` with a sentence

    >>> answer('{"do": "text", "at": "a", "text": ""}')
    '{"error": "The text is empty. Paste one, or open a file."}'
    """
    asked = json.loads(question)
    place, do = asked.pop("at"), asked.pop("do")
    try:
        return json.dumps({"ok": DO[do](place, **asked)})
    except (ValueError, FloatingPointError) as error:
        return json.dumps({"error": str(error)})


def _opened(place, session):
    _desk[place] = {"session": session, "going": None, "writing": None}
    return {
        "kind": session.kind,
        "name": session.name,
        "settings": vars(session.settings),
        "parameters": session.size,
        "updates": session.updates,
        "seconds": session.seconds,
        "curve": session.curve,
        **session.about(),
    }


def _session(place):
    if place not in _desk:
        raise ValueError(
            "Python was started anew, and nothing is open: press Continue, or "
            "Start again."
        )
    return _desk[place]["session"]


def _text(place, text=None, file=None, name="text", settings=None):
    """Put a text onto the desk; what was there stays if it is refused."""
    given = base64.b64decode(file) if file is not None else text
    if given is None:
        given, name = built_in(), "prose of this course"
    session = TextSession(given, Settings.of(settings or {}), name)
    return _opened(place, session)


def _open(place, file):
    session = KINDS[place].load(base64.b64decode(file))
    if place != "numbers":
        return _opened(place, session)
    column = {session.name: session.values}
    _tables[place] = Table("", ".", True, None, column, [])
    return _opened(place, session) | {"table": _recognised(place)}


def _toys(place, task, distance, networks):
    networks = [Settings.of(given) for given in networks]
    return _opened(place, ToysSession(task, distance, networks))


def _table(place, text=None, file=None):
    """Recognise a table; it waits until its columns are asked for."""
    if text is None and file is None:
        sunspots = series.read("sunspots").column("sunspots")
        text = "sunspots\n" + "\n".join(map(str, sunspots))
    _tables[place] = read_table(
        text if file is None else base64.b64decode(file)
    )
    return _recognised(place)


def _recognised(place):
    """What the page says of a table before it is used."""
    found = _tables[place]
    first = {k: v[:5].tolist() for k, v in found.columns.items()}
    first = {k: [None if x != x else x for x in v] for k, v in first.items()}
    return {"about": found.about(), "columns": first}


def _numbers(place, column, horizon, season, settings):
    known = _tables[place].columns if place in _tables else {}
    if column not in known:
        raise ValueError("There is no such column. Use the numbers again.")
    values = known[column]
    settings = Settings.of(settings)
    session = NumbersSession(values, horizon, season, settings, column)
    return _opened(place, session)


def _forecast(place):
    """The first step of the forecasts of the test, and what came."""
    session = _session(place)
    _, params = session.best or (None, None)
    said = session.forecasts("test", params)[:, 0]
    return {
        "at": session.origins("test").tolist(),
        "came": session.targets("test")[:, 0].tolist(),
        "quantiles": list(QUANTILES),
        "said": said.T.tolist(),
    }


def _train(place, until=None):
    """Train for a slice of time, to so many updates; return what happened.

    To 0 updates: look at the held-out part before anything is learned.
    """
    session, desk = _session(place), _desk[place]

    def finished():
        enough = until is not None and session.updates >= until
        return enough and not session.is_due()

    if desk["going"] is None:
        desk["going"] = session.run()
    end, last, looks = time.perf_counter() + SLICE, None, []
    try:
        while time.perf_counter() < end and not finished():
            news = next(desk["going"])
            if news["kind"] == "update":
                last = news
            elif news["kind"] == "look":
                looks.append(news)
    except BaseException:
        desk["going"] = None
        raise
    return {"update": last, "looks": looks, "done": finished()}


def _write(place, beginning="", length=120, temperature=1.0, seed=0):
    """Begin to write; `_more` goes on."""
    _desk[place]["writing"] = _looking.write(
        _session(place), beginning, length, temperature, seed
    )
    return _more(place)


def _more(place):
    """Write on for a slice of time."""
    _session(place)
    end, written = time.perf_counter() + SLICE, ""
    for character in _desk[place]["writing"] or "":  # of a new session
        written += character
        if time.perf_counter() > end:
            return {"written": written, "done": False}
    return {"written": written, "done": True}


def _file(content):
    if isinstance(content, str):
        content = content.encode()
    return base64.b64encode(content).decode()


DO = {
    "text": _text,
    "open": _open,
    "table": _table,
    "numbers": _numbers,
    "toys": _toys,
    "race": lambda at: _session(at).verdict(),
    "beyond": lambda at: _session(at).beyond(),
    "rivals": lambda at: _session(at).rivals(),
    "grade": lambda at, rivals: _session(at).verdict(rivals),
    "forecast": _forecast,
    "train": _train,
    "second": lambda at: _session(at).time_an_update(),
    "write": _write,
    "more": _more,
    "yardsticks": lambda at: _session(at).yardsticks(),
    "verdict": lambda at, yardsticks: verdict(_session(at).curve, yardsticks),
    "likeliest": lambda at, text: _looking.likeliest(_session(at), text),
    "colours": lambda at, text, **which: _looking.colours(
        _session(at), text, **which
    ),
    "reach": lambda at: _looking.reach(_session(at)),
    "save": lambda at: _file(_session(at).save()),
    "weights": lambda at: _file(_session(at).weights()),
    "script": lambda at: _file(_exports.script(_session(at))),
    "notebook": lambda at: _file(_exports.notebook(_session(at))),
    "source": lambda at: _file(_session(at).source()),
}  #: What the page may ask for.
