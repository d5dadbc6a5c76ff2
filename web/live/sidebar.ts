// Beside the chapters: how much is solved, what is due, and where all that is
// kept comes and goes.

import { overwritten } from "./answers.ts";
import {
  add, clear, contentsOf, type Contents, type Everything, isKept, restore,
  snapshot, strangers, toFile,
} from "./backup.ts";
import { ask, button, download, h, plural } from "./elements.ts";
import { dueToday } from "./memory.ts";

/** Ids of what each page has, by the page's name. */
export type Chapters = Record<string, string[]>;

const FILE = "rnncourse-answers.json";
const REVIEW = "book/review";
const PROGRESS = "book/progress";

/** Return which of the pages an address is, or undefined. */
export function pageOf(address: string, pages: string[]): string | undefined {
  const path = new URL(address).pathname.replace(/\.html$/, "");
  return pages.find((page) => path.endsWith(`/${page}`));
}

/** Return what is kept, counted: "2 answers and 1 card". */
export function counted(contents: Contents): string {
  const { answers, cards, chapters, questions } = contents;
  const others = cards.size + chapters.size + questions.size;
  const parts = [
    answers.size || !others ? plural(answers.size, "answer") : "",
    questions.size ? plural(questions.size, "answered question") : "",
    cards.size ? plural(cards.size, "reviewed card") : "",
    chapters.size ? plural(chapters.size, "chapter") + " read" : "",
  ].filter(Boolean);
  const last = parts.pop()!;
  return parts.length ? `${parts.join(", ")} and ${last}` : last;
}

/** Put marks into the chapter list, and the box of answers under it. */
export function addSidebar(
  everything: Everything,
  exercises: Chapters,
  cards: Chapters,
): void {
  const { answers } = everything;
  const list = document.querySelector("nav.bd-links");
  const links = new Map<string, HTMLAnchorElement>();
  const pages = [...Object.keys(exercises), REVIEW, PROGRESS];
  for (const link of list?.querySelectorAll<HTMLAnchorElement>("a[href]") ?? []) {
    const page = pageOf(link.href, pages);
    if (page && !links.has(page)) links.set(page, link);
  }
  const marked = marks(links, exercises);
  if (!list || !marked.size) return;
  const known = [...marked.values()].flat();
  const isSolved = (id: string) => answers.get(id).solved === true;
  const allCards = Object.values(cards).flat();

  const count = h("p", { class: "live-count" });
  const due = h("p", { class: "live-due" });
  const status = h("p", { class: "live-said", role: "status" });
  const file = h("input", {
    type: "file",
    accept: ".json,application/json",
    "aria-label": "File of answers to import",
    tabindex: "-1",
    hidden: true,
  });
  const say = (words: string, before?: Contents) => {
    status.replaceChildren(words);
    if (!before) return;
    const undo = button("Undo", () => {
      buttons[0].focus(); // this one goes
      restore(everything, before);
      say("Undone: your answers are as they were.");
    });
    status.append(" ", undo);
  };

  const update = () => {
    for (const [mark, ids] of marked) {
      const done = ids.filter(isSolved).length;
      mark.classList.toggle("is-complete", done === ids.length);
      mark.replaceChildren(
        h("span", { "aria-hidden": "true" }, `${done}/${ids.length}`),
        h(
          "span",
          { class: "live-unseen" },
          ` (${done} of ${plural(ids.length, "exercise")} solved)`,
        ),
      );
    }
    const done = known.filter(isSolved).length;
    count.textContent =
      `${done} of ${plural(known.length, "exercise")} solved. Your answers ` +
      (isKept(everything)
        ? "are kept in this browser and go nowhere else."
        : "are not kept in this browser: its storage is full or switched off.");
    const today = dueToday(allCards, everything.cards, Date.now()).length;
    due.replaceChildren(
      ...leads(links, REVIEW, `Review: ${plural(today, "card")} due today`),
      ...leads(links, PROGRESS, "Your progress"),
    );
  };

  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    file.value = "";
    if (!chosen) return;
    try {
      const read = contentsOf(await chosen.text());
      const unknown = strangers(read, known);
      const lost = overwritten(answers, read.answers);
      const question = `The file replaces ${plural(lost, "answer")} of yours. Import it?`;
      if (lost && !(await ask(question, "Import"))) return;
      const before = snapshot(everything);
      add(everything, read);
      const left = unknown.length
        ? ` Left out, since this book has no such exercise: ${unknown.join(", ")}.`
        : "";
      say(`Imported ${counted(read)}.${left}`, before);
    } catch (error) {
      say((error as Error).message);
    }
  });

  const buttons = [
    button("Export", () => {
      download(FILE, toFile(everything), "application/json");
      say(`${counted(snapshot(everything))} written to ${FILE}.`);
    }),
    button("Import", () => file.click()),
    button("Clear", async () => {
      const before = snapshot(everything);
      if (!Object.values(before).some((x) => x.size))
        return say("There are no answers to clear.");
      const question = `Clear ${counted(before)}: code, marks and dates?`;
      if (!(await ask(question, "Clear"))) return;
      clear(everything);
      say("Cleared.", before);
    }),
  ];
  list.after(
    h(
      "section",
      { class: "live-answers", "aria-label": "Your answers" },
      h("p", { class: "live-caption" }, "Your answers"),
      count,
      due,
      h("div", { class: "live-buttons" }, ...buttons, file),
      status,
    ),
  );
  for (const kept of Object.values(everything)) {
    kept.addEventListener("change", update);
    kept.addEventListener("kept", update);
  }
  // a page that was left open over night
  document.addEventListener("visibilitychange", update);
  update();
}

/** Give each chapter that has exercises a mark; return them with the ids. */
function marks(
  links: Map<string, HTMLAnchorElement>,
  exercises: Chapters,
): Map<HTMLElement, string[]> {
  const made = new Map<HTMLElement, string[]>();
  for (const [page, ids] of Object.entries(exercises)) {
    const link = links.get(page);
    if (!link) continue;
    const mark = h("span", { class: "live-mark" });
    link.append(" ", mark);
    made.set(mark, ids);
  }
  return made;
}

/** A link to one of the reader's own pages, if the book has it. */
function leads(
  links: Map<string, HTMLAnchorElement>,
  page: string,
  words: string,
): HTMLElement[] {
  const link = links.get(page);
  return link ? [h("a", { href: link.getAttribute("href")! }, words)] : [];
}
