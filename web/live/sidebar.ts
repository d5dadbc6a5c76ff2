// Beside the chapters: how much is solved, and where answers come and go.

import { type Answers, answersOf } from "./answers.ts";
import { ask, button, h } from "./elements.ts";

/** Ids of the exercises of each page, by the page's name. */
export type Chapters = Record<string, string[]>;

const FILE = "rnncourse-answers.json";

const plural = (n: number, one: string) => `${n} ${n === 1 ? one : one + "s"}`;

/** Put marks into the chapter list, and the box of answers under it. */
export function addSidebar(answers: Answers, chapters: Chapters): void {
  const list = document.querySelector("nav.bd-links");
  const marked = list ? marks(list, chapters) : new Map<HTMLElement, string[]>();
  if (!list || !marked.size) return;
  const known = [...marked.values()].flat();
  const isSolved = (id: string) => answers.get(id).solved === true;

  const count = h("p", { class: "live-count" });
  const status = h("p", { class: "live-said", role: "status" });
  const file = h("input", {
    type: "file",
    accept: ".json,application/json",
    "aria-label": "File of answers to import",
    tabindex: "-1",
    hidden: true,
  });
  const say = (words: string, before?: ReturnType<Answers["snapshot"]>) => {
    status.replaceChildren(words);
    if (!before) return;
    const undo = button("Undo", () => {
      buttons[0].focus(); // this one goes
      answers.restore(before);
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
      (answers.kept
        ? "are kept in this browser and go nowhere else."
        : "are not kept in this browser: its storage is full or switched off.");
  };

  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    file.value = "";
    if (!chosen) return;
    try {
      const text = await chosen.text();
      const lost = overwritten(answers, text);
      const question = `The file replaces ${plural(lost, "answer")} of yours. Import it?`;
      if (lost && !(await ask(question, "Import"))) return;
      const before = answers.snapshot();
      const read = answers.addFile(text).length;
      say(`Imported ${plural(read, "answer")}.`, before);
    } catch (error) {
      say((error as Error).message);
    }
  });

  const buttons = [
    button("Export", () => {
      download(answers.toFile());
      say(`${plural(answers.ids().length, "answer")} written to ${FILE}.`);
    }),
    button("Import", () => file.click()),
    button("Clear", async () => {
      const size = answers.ids().length;
      if (!size) return say("There are no answers to clear.");
      const question = `Clear ${plural(size, "answer")}: code and marks?`;
      if (!(await ask(question, "Clear"))) return;
      const before = answers.snapshot();
      answers.clear();
      say("Cleared.", before);
    }),
  ];
  list.after(
    h(
      "section",
      { class: "live-answers", "aria-label": "Your answers" },
      h("p", { class: "live-caption" }, "Your answers"),
      count,
      h("div", { class: "live-buttons" }, ...buttons, file),
      status,
    ),
  );
  answers.addEventListener("change", update);
  answers.addEventListener("kept", update);
  update();
}

/** Give each chapter that has exercises a mark; return them with the ids. */
function marks(list: Element, chapters: Chapters): Map<HTMLElement, string[]> {
  const made = new Map<HTMLElement, string[]>();
  for (const link of list.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    const path = new URL(link.href).pathname.replace(/\.html$/, "");
    const name = Object.keys(chapters).find((x) => path.endsWith(`/${x}`));
    if (!name) continue;
    const mark = h("span", { class: "live-mark" });
    link.append(" ", mark);
    made.set(mark, chapters[name]);
  }
  return made;
}

/** Count the answers with other code than those in the file of this text. */
function overwritten(answers: Answers, text: string): number {
  return [...answersOf(text)].filter(([id, { code }]) => {
    const mine = answers.get(id).code;
    return mine !== undefined && mine !== code;
  }).length;
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: url, download: FILE }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
