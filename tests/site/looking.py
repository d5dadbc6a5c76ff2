"""Look at a page in a browser and say what is wrong with it."""

from serving import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

# Ready once formulas stand, fonts are there and all that folds is open.
READY = """async () => {
  await window.MathJax?.startup?.promise;
  await document.fonts.ready;
  for (const folded of document.querySelectorAll("details"))
    folded.open = true;
}"""

# What a reader would have to scroll sideways for. An element may be wider
# than the window only inside something that scrolls by itself.
_OVERFLOW = """() => {
  const wide = [], page = document.documentElement;
  if (page.scrollWidth > innerWidth)
    wide.push(`the page is ${page.scrollWidth} px wide`);
  const scrolls = e => ["auto", "scroll"].includes(
    getComputedStyle(e).overflowX);
  const contained = e => {
    for (let up = e.parentElement; up && up !== document.body;
         up = up.parentElement)
      if (scrolls(up) || up.matches("svg, mjx-assistive-mml")) return true;
    return false;
  };
  for (const e of document.body.querySelectorAll("*")) {
    const box = e.getBoundingClientRect();
    const seen = e.checkVisibility({
      visibilityProperty: true, opacityProperty: true });
    if (!seen || !box.width || !box.height) continue;
    if ((box.right > innerWidth + 1 || box.left < -1) && !contained(e))
      wide.push(`${e.tagName.toLowerCase()}.${e.className?.baseVal
        ?? e.className} from ${box.left | 0} to ${box.right | 0} px`);
  }
  return wide;
}"""

_NAMELESS = """() => {
  const named = e => (e.getAttribute("alt") || e.getAttribute("aria-label")
    || "").trim();
  const pictures = document.querySelectorAll(
    "main img, main svg, main canvas, main object");
  const faults = [...pictures]
    .filter(e => !e.closest("[aria-hidden=true], mjx-container, button"))
    .filter(e => !named(e))
    .map(e => "a picture without words: " + e.outerHTML.slice(0, 80));
  for (const figure of document.querySelectorAll("main figure"))
    if (!figure.querySelector("img, svg, canvas"))
      faults.push("a figure without a picture");
  return faults;
}"""

_SAME_IDS = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
}"""

_AXE = """async within => (await axe.run(within ?? document, {
  resultTypes: ["violations"],
})).violations.map(v => `${v.id}: ` + v.nodes.slice(0, 3).map(
  n => n.target.join(" ") + " " + (n.any[0]?.message ?? "")).join("; "))"""


def pages(site):
    """Paths of all pages of the built site but the one that leads on."""
    paths = [path.relative_to(site) for path in site.rglob("*.html")]
    paths = {x.as_posix() for x in paths if x.parts[0] != "_static"}
    return sorted(paths - {"index.html"})


# A script hears of each violation of the page's policy, and where it was.
_FORBIDDEN = """addEventListener("securitypolicyviolation", e =>
  console.error(`policy: ${e.violatedDirective} forbids ${e.blockedURI}`
    + ` in ${e.sourceFile} ${e.lineNumber}`))"""


class Watch:
    """Note what a browser page complains about and asks other hosts for."""

    def __init__(self, page, base):
        self.faults = []
        host = base.split("/")[2]
        page.add_init_script(_FORBIDDEN)
        page.on("console", self._console)
        page.on("pageerror", lambda e: self.faults.append(f"script: {e}"))
        page.on("request", lambda request: self._request(request, host))
        page.on("response", self._response)
        page.on(
            "requestfailed",
            lambda request: self.faults.append(f"failed: {request.url}"),
        )

    def _console(self, message):
        if message.text.startswith("Service Worker registration blocked"):
            return  # by the test itself
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request, host):
        scheme, _, rest = request.url.partition(":")
        if scheme in ("data", "blob"):
            return
        if rest.split("/")[2] != host:
            self.faults.append(f"another host: {request.url}")

    def _response(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")


def overflow(page):
    """Return what of the page a reader would have to scroll sideways for."""
    return page.evaluate(_OVERFLOW)


def settle(page):
    """Wait until nothing on the page is on its way."""
    page.evaluate("""() => Promise.allSettled(document.getAnimations()
      .filter(a => a.effect.getComputedTiming().endTime < Infinity)
      .map(a => a.finished))""")


def examine(page, within=None):
    """Return what is wrong with the page as it stands in the browser.

    Parameters
    ----------
    page : of a browser
    within : selector of the parts that axe looks at; None for all of it
    """
    faults = [f"overflow: {x}" for x in overflow(page)]
    faults += page.evaluate(_NAMELESS)
    faults += [f"id twice: {x}" for x in page.evaluate(_SAME_IDS)]
    page.evaluate(AXE.read_text())
    return faults + [f"axe {x}" for x in page.evaluate(_AXE, within)]


def look(context, base, path):
    """Return all that is wrong with the page at `path`, as sentences."""
    page = context.new_page()
    try:
        watch = Watch(page, base)
        page.goto(base + path, wait_until="load")
        page.evaluate(READY)
        page.wait_for_timeout(50)  # what a script adds once it is ready
        return watch.faults + examine(page)
    finally:
        page.close()
