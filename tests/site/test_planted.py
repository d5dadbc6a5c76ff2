"""The checks notice what they are for: plant a fault, expect its name."""

import policy
import pytest
from looking import look
from serve import Server

pytestmark = [pytest.mark.site, pytest.mark.planted]

SOUND = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>A page</h1>{}</main></body></html>"""

FAULTS = {
    "another host": '<script src="https://cdn.example/x.js"></script>',
    "console: ": "<script>console.error('broken')</script>",
    "script: ": "<script>nonsense()</script>",
    "404: ": '<img src="gone.png" alt="A picture that is gone">',
    "the page is": '<p style="width:150vw">wide</p>',
    "overflow: p": '<div style="overflow:hidden"><p style="width:150vw">'
    "wide</p></div>",
    "a picture without words": "<svg viewBox='0 0 9 9'></svg>",
    "id twice: a": "<p id='a'>a</p><p id='a'>b</p>",
    "axe color-contrast": '<p style="color:#bbb;background:#fff">faint</p>',
}


# in a page that has the site's policy
FORBIDDEN = {
    "script-src-elem forbids inline": "<script>1</script>",
    "script-src-attr forbids inline": '<img src="data:," alt="" onerror="1">',
    "script-src forbids eval": '<script src="eval.js"></script>',
    "worker-src forbids blob": '<script src="worker.js"></script>',
    "img-src forbids https://": '<img src="https://a.example/b" alt="b">',
    "base-uri forbids": '<base href="/elsewhere/">',
}
SCRIPTS = {
    "eval.js": "Function('1')()",
    "worker.js": "new Worker(URL.createObjectURL(new Blob(['1'])))",
}


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    # nobody answers at another host, with or without a network
    context.route("https://**", lambda route: route.abort())
    yield context
    context.close()


def test_a_sound_page_has_no_fault(context, tmp_path):
    (tmp_path / "page.html").write_text(SOUND.format("<p>Hello.</p>"))
    (tmp_path / "favicon.ico").touch()
    with Server(tmp_path) as server:
        assert look(context, server.url, "page.html") == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_named(context, tmp_path, name):
    (tmp_path / "page.html").write_text(SOUND.format(FAULTS[name]))
    (tmp_path / "favicon.ico").touch()
    with Server(tmp_path) as server:
        faults = look(context, server.url, "page.html")
    assert any(name in fault for fault in faults), faults


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_the_policy_forbids_is_named(context, tmp_path, name):
    sound = policy.with_policy(SOUND.format("{}"))
    (tmp_path / "page.html").write_text(sound.format(FORBIDDEN[name]))
    (tmp_path / "favicon.ico").touch()
    for script, text in SCRIPTS.items():
        (tmp_path / script).write_text(text)
    with Server(tmp_path) as server:
        faults = look(context, server.url, "page.html")
    named = [x for x in faults if x.startswith("console: policy: ")]
    assert any(name in fault for fault in named), faults


def test_a_cdn_in_a_page_of_the_site_is_named(context, site, tmp_path):
    """The same page that passes, with one address changed."""
    (tmp_path / "_static").symlink_to(site / "_static")
    (tmp_path / "book").mkdir()
    text = (site / "book" / "notation.html").read_text()
    local = '"../_static/mathjax/'
    assert local in text
    planted = text.replace(local, '"https://cdn.example/mathjax/')
    (tmp_path / "book" / "notation.html").write_text(planted)
    with Server(tmp_path) as server:
        faults = look(context, server.url, "book/notation.html")
    assert any("another host: https://cdn.ex" in x for x in faults), faults
