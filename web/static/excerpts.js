// The search shows lines of a page's text: formulas in them as one would type
// them in a hurry, W_xh for \(W_{xh}\), and nothing of scripts and buttons.
(() => {
  const plain = (formula) =>
    formula
      .replace(/\\(?:begin|end)\{\w+\*?\}/g, " ")
      .replace(/\\(?:[()[\],;:! \\]|quad|left|right|[bB]igg?[lr]?)(?![a-z])|&/g, " ")
      .replace(/\\(?:text|mathrm|operatorname|mathbf)\b/g, "")
      .replace(/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, "$1/$2")
      .replace(/[{}\\]/g, "")
      .replace(/\s+/g, " ")
      .trim();
  const whole = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    // formulas as MathML and more, for those without scripts: it stands twice
    for (const element of page.querySelectorAll("noscript")) element.remove();
    for (const element of page.querySelectorAll(".math"))
      element.textContent = plain(element.textContent);
    return whole(page.documentElement.outerHTML, anchor);
  };
})();
