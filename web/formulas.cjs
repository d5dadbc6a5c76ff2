// Formulas of pages as MathML, for readers without JavaScript:
//
//     node formulas.cjs MATHJAX IN OUT
//
// IN holds a list of [TeX, stands alone], OUT the MathML of each.

const { readFileSync, writeFileSync } = require("node:fs");
const [mathjax, from, to] = process.argv.slice(2);

// what only MathJax reads, and what goes without saying
const SPARE = / xmlns="[^"]*"| data-mjx-\w+="[^"]*"|(?<=>)\n\s*/g;

const settings = { loader: { load: ["input/tex"] }, startup: { typeset: false } };
require(mathjax).init(settings).then((MathJax) => {
  const formulas = JSON.parse(readFileSync(from, "utf-8"));
  const made = formulas.map(([tex, display]) =>
    MathJax.tex2mml(tex, { display }).replace(SPARE, ""),
  );
  writeFileSync(to, JSON.stringify(made));
});
