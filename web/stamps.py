"""Tell whether what was made is still what its sources say.

The one content hash of the build: the tools use it, too, so it needs nothing
but Python.
"""

import hashlib
from pathlib import Path


def digest(*parts):
    """Hash texts, bytes and the contents of files, in order."""
    content = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            part = part.read_bytes()
        content.update(part.encode() if isinstance(part, str) else part)
    return content.hexdigest()


def digest_tree(root, *patterns):
    """Hash the names and contents of all files below `root` that match.

    What is hidden does not count, nor what Python compiles beside them.
    """
    parts = []
    for path in sorted({p for glob in patterns for p in root.glob(glob)}):
        name = path.relative_to(root)
        hidden = any(x.startswith((".", "__pycache__")) for x in name.parts)
        if path.is_file() and not hidden:
            parts += [name.as_posix(), path]
    return digest(*parts)


def is_current(folder, stamp):
    """Tell whether `folder` was finished with this very `stamp`."""
    path = folder / ".stamp"
    return path.is_file() and path.read_text() == stamp


def set_current(folder, stamp):
    """Note that `folder` is finished."""
    (folder / ".stamp").write_text(stamp)
