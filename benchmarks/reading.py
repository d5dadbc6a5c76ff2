"""What a reader stumbles on in a notebook that stands open in JupyterLab.

`faults` asks the page itself: markup that nobody has turned into words, a
formula or a picture that is not one, an output that is wider than its place,
a warning, a folded cell that lies open.
"""

LOOK = r"""(folded) => {
  const found = [];
  const all = (selector, where = document) =>
    [...where.querySelectorAll(selector)];
  const raw = [
    /\{[\w:-]+\}/, /:::/, /\$\S/, /\\[a-zA-Z([]/, /\]\(/, /<\/?\w+>/, /&\w+;/,
    /^\([\w-]+\)=/m, /(?<![\w)])\*\*/, // 2**3 is a number
  ];
  for (const text of all(".jp-RenderedMarkdown, .jp-RenderedHTML")) {
    const words = text.cloneNode(true);
    const unread = "code, pre, mjx-container, noscript, script, style, svg";
    for (const part of all(unread, words)) part.remove();
    for (const markup of raw) {
      const at = words.textContent.search(markup);
      if (at >= 0) found.push("raw: " + words.textContent.slice(at, at + 60));
    }
    for (const formula of all("mjx-merror, [data-mjx-error]", text))
      found.push("no formula: " + formula.textContent.slice(0, 60));
    for (const image of all("img", text))
      if (!image.naturalWidth) found.push("no picture: " + image.alt);
  }
  for (const output of all(".jp-OutputArea-output, .jp-MarkdownOutput")) {
    const kind = output.dataset.mimeType || "";
    if (/stderr|error/.test(kind))
      found.push(output.textContent.trim().slice(-300));
    const scrolls = (part) =>
      part.scrollWidth > part.clientWidth + 2 &&
      getComputedStyle(part).overflowX !== "visible" &&
      part.clientWidth && !part.closest("mjx-container > *"); // stretched
    const wide = [output, ...all("*", output)].find(scrolls);
    if (wide)
      found.push(`wide: ${wide.scrollWidth} in ${wide.clientWidth} pixels, `
        + wide.textContent.trim().slice(0, 60));
  }
  const closed = all(".jp-CodeCell .jp-InputPlaceholder").length;
  if (closed !== folded)
    found.push(`${closed} cells are folded, not ${folded}`);
  return found;
}"""


def faults(page, folded):
    """Return what a reader stumbles on, a line each.

    Parameters
    ----------
    page : of Playwright, with a notebook whose cells are all drawn
    folded : how many code cells should be
    """
    return page.evaluate(LOOK, folded)
