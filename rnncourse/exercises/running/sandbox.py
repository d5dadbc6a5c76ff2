"""What stands around a reader's code while it runs."""

import contextlib
import io

PRINTED = 20_000  # characters kept


class Output(io.StringIO):
    """Keeps the first part of what is printed, or passes it on."""

    def __init__(self, write):
        super().__init__()
        self.pass_on, self.count = write, 0

    def write(self, text):
        before = self.count
        self.count += len(text)
        piece = text[: max(0, PRINTED - before)]
        if before <= PRINTED < self.count:
            piece += "\n… (more was printed than is shown)\n"
        if self.pass_on is None:
            super().write(piece)
        elif piece:
            self.pass_on(piece)
        return len(text)


@contextlib.contextmanager
def kept(module):
    """Give a module its own functions back if the reader's code took one."""
    before = dict(vars(module))
    try:
        yield
    finally:
        for name, value in before.items():
            if vars(module).get(name) is not value:
                setattr(module, name, value)


_depth = 0


@contextlib.contextmanager
def checking():
    global _depth
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1


def is_running():
    """Tell whether a reader's code is running, so that it checks nothing."""
    return _depth > 0
