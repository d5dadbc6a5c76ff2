// Excerpts of pages that were found, without what stands there for those who
// have no JavaScript, and without the signs around formulas.
{
  const plain = Search.htmlToText;
  Search.htmlToText = (html, anchor) =>
    plain(html.replace(/<noscript>.*?<\/noscript>/gs, ""), anchor)
      .replace(/\\[([](.*?)\\[)\]]/gs, "$1");
}
