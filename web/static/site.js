// What scrolls sideways can be scrolled from the keyboard; nothing else is a
// tab stop. (The theme does this for code; this adds tables and formulas.)
// A page that was opened from a disk says what it lacks there.
(() => {
  const sideways = ".pst-scrollable-table-container, .cell_output .text_html, mjx-container";
  const update = () => {
    for (const element of document.querySelectorAll(sideways)) {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
      else element.removeAttribute("tabindex");
    }
  };
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
