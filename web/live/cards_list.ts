// The list of cards that stands in the page "Review", for everybody.

const PARTS = {
  question: ".card-question, .card-choices",
  answer: ".card-right, .card-feedback, .card-place",
};

/** Copy a part of a card; its first line gets a name. */
export function copies(id: string, part: keyof typeof PARTS): Element[] {
  const card = document.querySelector(`[data-card="${id}"]`)!;
  const made = [...card.querySelectorAll(PARTS[part])].map((element) => {
    const copy = element.cloneNode(true) as Element;
    for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
    return copy;
  });
  made[0].id = `review-${part}`;
  return made;
}

/** Return the title of a chapter, by its page. */
export function titleOf(page: string): string {
  const section = document.getElementById(`cards-${page.split("/")[1]}`);
  return section?.querySelector("h3")?.firstChild?.textContent ?? page;
}
