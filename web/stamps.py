"""Tell whether what was made is still what its sources say."""

import hashlib


def digest(*paths):
    """Hash the contents of files, in order."""
    content = hashlib.sha256()
    for path in paths:
        content.update(path.read_bytes())
    return content.hexdigest()


def is_current(folder, stamp):
    """Tell whether `folder` was finished with this very `stamp`."""
    path = folder / ".stamp"
    return path.is_file() and path.read_text() == stamp


def set_current(folder, stamp):
    """Note that `folder` is finished."""
    (folder / ".stamp").write_text(stamp)
