"""The archive holds every file of the site, and the same bytes each time."""

import zipfile

import archive


def test_unpacking_gives_the_site_back(tmp_path):
    site, target = tmp_path / "a site", tmp_path / "site.zip"
    files = {"index.html": b"x" * 999, ".nojekyll": b"", "_static/ü.js": b"1"}
    for name, content in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    assert archive.write(site, target) == len(files)
    first = target.read_bytes()
    archive.write(site, target)
    assert target.read_bytes() == first
    with zipfile.ZipFile(target) as packed:
        packed.extractall(tmp_path / "any where")
    for name, content in files.items():
        path = tmp_path / "any where" / archive.FOLDER / name
        assert path.read_bytes() == content
