"""Every page says what it may load and run: a content security policy.

A host of static pages sends no headers of ours, so the policy is the first
element of each page's head. It names inline scripts by their hashes. Handlers
in attributes, which sliders and questions need where a notebook is all there
is, have no place in it: on the page they move into one script at its end.

Works on the finished files, so what a theme, an extension or a notebook's
output brings along is met as it stands. A page that has its policy is left
alone; Sphinx writes the others anew.
"""

import base64
import hashlib
import json
from html import escape

from markup import CLASSIC, Markup, edited

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; "
    "worker-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'"
)
META = '<meta http-equiv="Content-Security-Policy" content="{}">'
ASCII_BY = 1024  # bytes, in which a browser looks for the page's encoding
# ipywidgets compile the schemas of their state, where a page holds any
WIDGETS, EVAL = "application/vnd.jupyter.widget-state+json", "'unsafe-eval'"
SCRIPTS = (*CLASSIC, "module")

# As a browser does it: `this` is the element, false prevents the default.
HANDLERS = """\
<script>
(() => {{
  const handlers = {{
{functions}
  }};
  for (const element of document.querySelectorAll("[data-on]"))
    for (const name of element.dataset.on.split(" "))
      element.addEventListener(name.split("-")[0], (event) => {{
        if (handlers[name].call(element, event) === false)
          event.preventDefault();
      }});
}})();
</script>
"""


def written(tag, attributes):
    """Return a start tag."""
    words = [x if y is None else f'{x}="{escape(y)}"' for x, y in attributes]
    return f"<{' '.join([tag, *words])}>"


def moved(handlers):
    """Return the script that does what the handlers did."""
    functions = [
        f"    {json.dumps(name)}: function (event) {{ {code}\n    }},"
        for (_, code), name in handlers.items()
    ]
    return HANDLERS.format(functions="\n".join(functions))


def source(script):
    """Return how a policy names an inline script."""
    code = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(code).decode()}'"


def with_policy(text):
    """Return a page with its policy; as it is, if it has one or no head."""
    page = Markup(text)
    head = next((tag for tag in page.tags if tag.name == "head"), None)
    if head is None or "Content-Security-Policy" in text[: head.end + 99]:
        return text
    inline = [x for x in page.tags if x.name == "script" and not x.get("src")]
    scripts = [tag.words for tag in inline if tag.kind in SCRIPTS]
    allowed = [EVAL] if any(tag.kind == WIDGETS for tag in inline) else []
    handlers, edits = found_handlers(page.tags)
    if handlers:
        script = moved(handlers)
        edits.append((page.body_end, page.body_end, script))
        scripts.append(script[script.index(">") + 1 : script.rindex("<")])
    allowed += dict.fromkeys(source(script) for script in scripts)
    policy = POLICY.format(hashes="".join(f" {x}" for x in allowed))
    meta = "\n" + META.format(policy)
    place = head.end
    charset = next((tag for tag in page.tags if tag.get("charset")), head)
    if charset.end + len(meta) > ASCII_BY:
        place = charset.end  # what is not ASCII must be told in time
    return edited(text, [*edits, (place, place, meta)])


def found_handlers(tags):
    """Return handlers by (event, code), each with a name, and the edits."""
    handlers, edits = {}, []
    for tag in tags:
        ours = [x for x in tag.attributes if x[0].startswith("on")]
        if ours:
            names = []
            for attribute, code in ours:
                event = attribute.removeprefix("on")
                name = f"{event}-{len(handlers)}"
                names.append(handlers.setdefault((event, code), name))
            kept = [x for x in tag.attributes if x not in ours]
            kept.append(("data-on", " ".join(names)))
            edits.append((tag.start, tag.end, written(tag.name, kept)))
    return handlers, edits


def add_policies(app, error):
    """Give each page of the finished site its policy."""
    if error or app.builder.format != "html":
        return
    for path in sorted(app.outdir.rglob("*.html")):
        if "_static" not in path.relative_to(app.outdir).parts:
            path.write_text(with_policy(path.read_text("utf-8")), "utf-8")


def setup(app):
    # when all others have done what they do to the files
    app.connect("build-finished", add_policies, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
