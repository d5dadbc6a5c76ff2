"""One zip of the built site, for any folder of any static server.

    python tools/archive.py

writes `_build/rnncourse-site.zip` from `_build/html`. All links of the site
are relative, so it may be unpacked anywhere. The same site makes the same
bytes: names are sorted, and times are left out.
"""

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "rnncourse"  # what unpacking makes
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name


def write(site, target):
    """Write the archive of a site; return the number of files in it."""
    paths = sorted(path for path in site.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            name = f"{FOLDER}/{path.relative_to(site).as_posix()}"
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return len(paths)


def main():
    """Archive the site that `make book` built."""
    site, target = ROOT / "_build/html", ROOT / "_build/rnncourse-site.zip"
    if not (site / "index.html").exists():
        sys.exit("archive: no site in _build/html; `make book` builds it")
    number = write(site, target)
    size = target.stat().st_size / 1e6
    name = target.relative_to(ROOT)
    print(f"archive: {name}, {number} files, {size:.0f} MB")


if __name__ == "__main__":
    main()
