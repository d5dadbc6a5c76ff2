"""A page asks for one style sheet and one script, not for two dozen.

Sphinx, the theme and each extension bring files of their own, a request
each. In the finished pages their links are one: the files in their order, in
one with its hash in its name, `_static/page-<hash>.css` and `.js`. What is
large and only some pages need stays apart: MathJax, widgets, search, editor.

Then what is in `_static` and nothing names is not served at all.
"""

import re
from posixpath import dirname, join, normpath

from build_live import MODULES, run_node
from markup import CLASSIC, Markup, edited
from stamps import digest

SEARCH = ("searchtools.js", "language_data.js", "excerpts.js")
APART = ("mathjax/", "widgets/", "require.js", "live/", *SEARCH)
# named by what runs in a page, from pieces
DYNAMIC = ("mathjax/", "live/")
# sphinx-design's, which most pages have no part of
DESIGN = ("sphinx-design.min.css", "design-tabs.js")
DESIGNED = re.compile(r'class="(?:[^"]* )?sd-')
# set by the theme for a list of versions, which no page has
PAGENAME = "DOCUMENTATION_OPTIONS.pagename ="
URL = re.compile(r"""url\(\s*["']?(?!data:|#|https?:|/)([^"')]+)["']?\s*\)""")
IMPORT = re.compile(r'@import\s+"([^":]+\.css)";')
NAME = re.compile(r"[\w.-]+\.\w+")
TEXTS = (".css", ".js", ".html")


class Bundles:
    """The bundles of a site, each made once.

    Parameters
    ----------
    static : folder of the files that pages name
    """

    def __init__(self, static):
        self.static = static
        self._made = {}

    def name(self, parts, ending):
        """Return the name of the file that holds all parts, made smaller.

        Parameters
        ----------
        parts : tuple of paths below `static`, or of scripts' words
        ending : "css" or "js"
        """
        if parts not in self._made:
            between = "\n;\n" if ending == "js" else "\n"
            text = between.join(self._read(part) for part in parts)
            name = f"page-{digest(text)[:12]}.{ending}"
            path = self.static / name
            if not path.exists():
                # .cjs: in a module, which a .js may be, `this` is undefined
                whole = self.static / f"whole.c{ending}"
                whole.write_text(text, "utf-8")
                smaller = ["--minify", "--target=es2022", "--log-level=error"]
                smaller += ["--legal-comments=eof", "--loader:.ccss=css"]
                out = f"--outfile={path}"
                run_node(MODULES / "esbuild/bin/esbuild", whole, *smaller, out)
                whole.unlink()
            self._made[parts] = name
        return self._made[parts]

    def _read(self, part):
        if not part.endswith((".css", ".js")):
            return part  # words
        text = (self.static / part).read_text("utf-8")
        if part.endswith(".js"):
            return text

        def below_static(found):
            return normpath(join(dirname(part), found[1]))

        text = URL.sub(lambda x: f'url("{below_static(x)}")', text)
        return IMPORT.sub(lambda x: self._read(below_static(x)), text)


def bundled(text, bundles):
    """Return a page with one style sheet and one script in place of many."""
    root = re.search(r'<html[^>]* data-content_root="([^"]*)"', text)
    if not root or "_static/page-" in text:
        return text
    below = root[1].removeprefix("./") + "_static/"
    tags = Markup(text).tags
    head_end = next(tag.start for tag in tags if tag.name == "body")

    def file(tag, attribute):
        path = tag.get(attribute).partition("?")[0]
        inside = path.startswith(below)
        return path.removeprefix(below) if inside else f"../{path}"

    styles, scripts, edits = [], [], []
    spare = () if DESIGNED.search(text) else DESIGN
    # after require.js, libraries would not be what they are without
    files = {file(tag, "src") for tag in tags if tag.get("src")}
    when = "" if "require.js" in files else "defer "
    for tag in tags:
        if tag.name == "link" and tag.get("rel") == "stylesheet":
            path = file(tag, "href")
            if not path.startswith("../") and not tag.get("media"):
                styles.append((tag, path))
        elif tag.name == "script" and tag.kind in CLASSIC:
            if tag.get("src"):
                path = file(tag, "src")
                if path.startswith(("../searchindex.js", *SEARCH)):
                    after = tag.start + len("<script")  # the bundle
                    edits.append((after, after, " defer"))
                elif not path.startswith(("../", *APART)):
                    scripts.append((tag, path))
            elif PAGENAME in tag.words:
                edits.append((tag.start, tag.end, ""))
            # settings of the files before them; the first of all runs at once
            elif scripts and tag.end < head_end and "MathJax" not in tag.words:
                scripts.append((tag, tag.words))
    edits += [(x.start, x.end, "") for x, path in styles + scripts]
    for found, ending, link in (
        (styles, "css", '<link rel="stylesheet" href="{}" />'),
        (scripts, "js", f'<script {when}src="{{}}"></script>'),
    ):
        if found:
            parts = tuple(part for _, part in found if part not in spare)
            name = bundles.name(parts, ending)
            place = found[0][0].start
            edits.append((place, place, link.format(below + name)))
    return edited(text, edits)


def unnamed(site):
    """Return the files of `_static` that no page names, nor what one names.

    A name is enough, wherever it stands: too much may be kept, not too little.
    """
    static = site / "_static"
    files = [path for path in static.rglob("*") if path.is_file()]
    waiting = [x for x in site.rglob("*.html") if static not in x.parents]
    left = set()
    for path in files:
        below = path.relative_to(static).as_posix()
        if "LICENSE" in path.name:
            continue  # lies beside what it is about
        (waiting.append if below.startswith(DYNAMIC) else left.add)(path)
    while waiting and left:
        path = waiting.pop()
        if path.suffix in TEXTS:
            names = set(NAME.findall(path.read_text("utf-8")))
            found = {other for other in left if other.name in names}
            left -= found
            waiting += found
    return left


def bundle(app, error):
    """Bundle what the pages of a finished site name, drop what none does."""
    if error or app.builder.format != "html":
        return
    static = app.outdir / "_static"
    bundles = Bundles(static)
    for path in sorted(app.outdir.rglob("*.html")):
        if static not in path.parents:
            text = path.read_text("utf-8")
            path.write_text(bundled(text, bundles), "utf-8")
    for path in unnamed(app.outdir):
        path.unlink()
    for folder in sorted(static.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def setup(app):
    # before the policy, which names inline scripts as they stand
    app.connect("build-finished", bundle, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
