// What scrolls sideways can be scrolled from the keyboard, and fades where more
// of it follows; nothing else is a tab stop. (The theme makes code one; this
// adds tables and formulas.)
// A page that was opened from a disk says what it lacks there.
// (What moves a slider stands beside it: rnncourse/pictures/slider.py.)
(() => {
  const sideways = ".pst-scrollable-table-container, .cell_output .text_html, mjx-container";
  const fades = `${sideways}, main .highlight pre, .cm-scroller`;
  const measured = (element) => {
    const { scrollLeft, scrollWidth, clientWidth } = element;
    const rest = scrollWidth - clientWidth;
    return [element, rest > 1 && scrollLeft > 1, scrollLeft < rest - 1];
  };
  const fade = ([element, before, after]) => {
    element.classList.toggle("more-before", before);
    element.classList.toggle("more-after", after);
  };
  const update = () => {
    for (const element of document.querySelectorAll(sideways)) {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
      else element.removeAttribute("tabindex");
    }
    // all is measured before anything changes
    [...document.querySelectorAll(fades)].map(measured).forEach(fade);
  };
  addEventListener("scroll", ({ target }) => {
    if (target.matches?.(fades)) fade(measured(target));
  }, { capture: true, passive: true });
  addEventListener("load", () => {
    if (location.protocol === "file:")
      for (const words of document.querySelectorAll("[data-on-disk]"))
        words.hidden = false;
    update();
    window.MathJax?.startup?.promise?.then(update);
  });
  addEventListener("resize", update);
  // what was folded could not be measured
  addEventListener("toggle", ({ target }) => {
    update();
    for (const code of target.querySelectorAll("pre"))
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  }, true);
})();
