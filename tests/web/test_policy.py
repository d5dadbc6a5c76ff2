"""Pages get their policy; what it would forbid finds another place."""

import base64
import hashlib
import re

import policy
import pytest

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Ä</title>{head}
</head>
<body>{body}</body>
</html>
"""


def page(body="", head=""):
    return policy.with_policy(PAGE.format(body=body, head=head))


def policy_of(text):
    found = re.findall(r'http-equiv="Content-Security-Policy" (.*)>', text)
    (content,) = found
    return content.removeprefix('content="').removesuffix('"')


def test_a_page_without_scripts_has_exactly_this_policy():
    assert policy_of(page()) == (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
        "worker-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'"
    )
    assert '<head>\n<meta http-equiv="Content-Security-Policy"' in page()


def test_inline_scripts_are_named_by_hash_each_once():
    script = "\n  let Ä = 1 < 2;\n"
    code = hashlib.sha256(script.encode()).digest()
    expected = f"'sha256-{base64.b64encode(code).decode()}'"
    text = page(f"<script>{script}</script><p>a</p><script>{script}</script>")
    assert policy_of(text).count("sha256-") == 1
    assert f"'wasm-unsafe-eval' {expected}; worker-src" in policy_of(text)
    assert text.count(f"<script>{script}</script>") == 2


@pytest.mark.parametrize(
    "body",
    [
        '<script type="application/json">{"a": "<b onclick=x>"}</script>',
        '<script src="a.js"></script>',
        "<p>onclick=&quot;a&quot; &lt;b onclick='a'&gt;</p>",
        '<p title="a onclick=b">a</p>',
        "<!-- <b onclick='a'> <script>a</script> -->",
        '<script type="module" src="a.js"></script>',
    ],
)
def test_what_runs_nothing_inline_stays_as_it_is(body):
    text = page(body)
    assert f"<body>{body}</body>" in text
    assert "sha256-" not in policy_of(text)


def test_handlers_move_into_one_script_with_a_hash():
    button = '<button type="button" onclick="a(&#x27;b&#x27;, 1 &lt; 2)">'
    text = page(f'{button}A</button>{button}B</button><b onkeyup="c">C</b>')
    assert "onclick=" not in text and "onkeyup=" not in text
    assert text.count('<button type="button" data-on="click-0">') == 2
    assert '<b data-on="keyup-1">C</b>' in text
    assert text.count("a('b', 1 < 2)") == 1
    assert policy_of(text).count("sha256-") == 1


def test_handlers_do_what_they_did(browser):
    text = page(
        "<form onsubmit='said(\"submit\"); return false'>"
        "<input onkeydown=\"said(event.key); if (event.key === 'Enter')"
        ' this.form.requestSubmit()">'
        '<button type="button" onclick="said(this.textContent)"'
        ' onfocus="said(`focus`)">A</button></form>',
        "<script>var all = [], said = (x) => all.push(x);</script>",
    )
    opened = browser.new_page()
    faults = []
    opened.on("console", lambda message: faults.append(message.text))
    opened.set_content(text)
    opened.locator("input").press("x")
    opened.locator("input").press("Enter")
    opened.locator("button").click()
    said = opened.evaluate("all")
    opened.close()
    # Enter submits by itself, too
    assert said == ["x", "Enter", "submit", "submit", "focus", "A"]
    assert faults == []


def test_a_page_keeps_the_policy_that_it_has():
    text = page("<script>a</script>")
    assert policy.with_policy(text) == text
    assert policy.with_policy("<p>no page</p>") == "<p>no page</p>"


def test_the_encoding_is_told_within_its_bytes_however_much_is_inline():
    scripts = "".join(f"<script>a({n})</script>" for n in range(40))
    for body in ("", scripts):
        text = page(body)
        assert text.encode().index(b'charset="utf-8"') < 1000
        before = text[: text.index("<script")] if body else text
        assert "Content-Security-Policy" in before


def test_only_widgets_of_jupyter_may_compile():
    state = '<script type="application/vnd.jupyter.widget-state+json">'
    assert "'unsafe-eval'" in policy_of(page(f"{state}{{}}</script>"))
    assert "'unsafe-eval'" not in policy_of(page("<script>a</script>"))
