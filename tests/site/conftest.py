"""The built site, served on this machine."""

import os

import pytest
from serve import Server
from serving import ROOT


@pytest.fixture(scope="session")
def site():
    """Folder of the built site."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        reason = "the site is not built: `make book`"
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="module")
def base(site):
    """Address of the built site."""
    with Server(site) as server:
        yield server.url
