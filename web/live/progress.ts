// The page "Your progress": the list of chapters and exercises that stands
// there for everybody, ticked from what this browser has kept.

import { button, download, h, plural } from "./elements.ts";
import { answers, cards, cardsOf, chapters, exercisesOf, questions } from "./live.ts";
import type { Chapters } from "./sidebar.ts";
import { sum, summary, type Tally, tally } from "./tally.ts";

const FILE = "rnncourse-progress.txt";

class Progress {
  #place: HTMLElement;
  #exercises: Chapters;
  #next = h("ul", { class: "progress-next" });
  #counts = h("ul", { class: "progress-counts" });
  #mistakes = h("div", { class: "progress-mistakes" });
  #unkept = h("p", { class: "live-note", hidden: true },
    "What you do is not kept: this browser's storage is full or switched off.");
  #name = h("input", { type: "text", autocomplete: "name", maxlength: "80" });
  #said = h("p", { class: "live-said", role: "status" });

  constructor(place: HTMLElement) {
    this.#place = place;
    const rows = [...place.querySelectorAll<HTMLElement>("[data-page]")];
    this.#exercises = Object.fromEntries(
      rows.map(({ dataset: { page } }) => [page!, exercisesOf[page!] ?? []]),
    ); // in the order of the book
    const save = () => {
      const day = new Date().toLocaleDateString("sv"); // 2026-11-29
      const text = summary(this.#tally, titleOf, this.#name.value.trim(), day);
      download(FILE, text, "text/plain");
      this.#said.textContent = `Written to ${FILE}.`;
    };
    for (const row of rows)
      row.querySelector(".progress-read")!.append(...this.#box(row.dataset.page!));
    place.querySelector(".progress-now")!.replaceChildren(
      h("h2", {}, "What to do next"), this.#next,
      h("h2", {}, "So far"), this.#counts, this.#unkept,
      h(
        "div", { class: "progress-hand-in" },
        h("label", {}, "Your name, for the summary alone: ", this.#name),
        h("div", { class: "live-buttons" },
          button("Save a summary", save, "is-main"),
          button("Print", () => print())),
        this.#said,
      ),
    );
    place.append(this.#mistakes);
    for (const kept of [answers, cards, chapters, questions]) {
      kept.addEventListener("change", () => this.#update());
      kept.addEventListener("kept", () => this.#update());
    }
    document.addEventListener("visibilitychange", () => this.#update());
    this.#update();
  }

  get #tally(): Tally {
    const kept = { answers, cards, chapters, questions };
    return tally(this.#exercises, cardsOf, kept, Date.now());
  }

  /** The box that says whether a chapter was read. */
  #box(page: string): HTMLElement[] {
    const box = h("input", { type: "checkbox" });
    box.addEventListener("change", () =>
      chapters.update(page, (reading) => ({ ...reading, said: box.checked })),
    );
    const words = h("span", { class: "progress-count" });
    return [h("label", {}, box, " I have read it"), words];
  }

  #update(): void {
    const now = this.#tally;
    this.#unkept.hidden = [answers, cards, chapters, questions].every((x) => x.kept);
    this.#next.replaceChildren(...this.#nextSteps(now));
    this.#counts.replaceChildren(...countsOf(now).map((x) => h("li", {}, x)));
    for (const chapter of now.chapters) {
      const row = this.#place.querySelector(`[data-page="${chapter.page}"]`);
      if (!row) continue;
      row.querySelector("input")!.checked = chapter.read;
      row.querySelector(".progress-count")!.textContent =
        `${chapter.solved} of ${plural(chapter.exercises, "exercise")} solved, ` +
        `${chapter.seen} of ${plural(chapter.cards, "card")} reviewed`;
    }
    for (const item of this.#place.querySelectorAll<HTMLElement>("[data-solves]")) {
      const solved = answers.get(item.dataset.solves!).solved === true;
      item.classList.toggle("is-solved", solved);
      item.querySelector(".live-unseen")?.remove();
      item.append(h("span", { class: "live-unseen" }, solved ? " (solved)" : " (open)"));
    }
    this.#mistakes.replaceChildren(...mistakesOf(now));
  }

  #nextSteps({ chapters, due, unsolved, unread }: Tally): HTMLElement[] {
    const steps = [];
    const review = linkTo("review.html", `Review ${plural(due, "card")}`);
    if (due) steps.push(h("li", {}, review, ", due today"));
    const chapter = unsolved && original(unsolved).closest<HTMLElement>("[data-page]");
    if (unsolved && chapter)
      steps.push(h("li", {}, "Solve ", copyOf(unsolved), ` in ${titleOf(chapter.dataset.page!)}`));
    if (unread) steps.push(h("li", {}, "Read ", copyOf(unread)));
    if (!sum(chapters, "seen")) steps.push(h("li", {}, "Begin to ", linkTo("review.html", "review")));
    if (!steps.length) steps.push(h("li", {}, "Nothing: all of it is done. ",
      linkTo("next.html", "Where to go next")));
    return steps;
  }
}

function countsOf({ chapters, mistakes, relearned, forgotten }: Tally): string[] {
  const read = chapters.filter((x) => x.read).length;
  const cured = mistakes.filter((x) => x.cured).length;
  return [
    `${read} of ${plural(chapters.length, "chapter")} read`,
    `${sum(chapters, "solved")} of ${plural(sum(chapters, "exercises"), "exercise")} solved` +
      (cured ? `, ${cured} of them after a mistake` : ""),
    `${sum(chapters, "seen")} of ${plural(sum(chapters, "cards"), "card")} reviewed` +
      (relearned ? `, ${relearned} forgotten and learned again` : "") +
      (forgotten ? `, ${forgotten} forgotten and not yet learned again` : ""),
  ];
}

function mistakesOf({ mistakes }: Tally): HTMLElement[] {
  if (!mistakes.length) return [];
  const items = mistakes.map(({ id, sentences, cured }) =>
    h(
      "li", {},
      copyOf(id), cured ? ", solved since" : ", still open",
      h("ul", {}, ...sentences.map((x) => h("li", {}, x))),
    ),
  );
  return [
    h("h2", {}, "What checks have said"),
    h("p", {}, "Each sentence once, of answers that were not right yet. What you " +
      "have tried without a check, this page does not know."),
    h("ul", {}, ...items),
  ];
}

/** The link to a chapter or an exercise, as it stands in the list. */
function original(id: string): HTMLAnchorElement {
  const place = id.includes("/") ? `[data-page="${id}"] h3 a` : `[data-solves="${id}"] a`;
  return document.querySelector<HTMLAnchorElement>(place)!;
}

const titleOf = (id: string) => original(id).textContent!;
const copyOf = (id: string) => original(id).cloneNode(true) as HTMLElement;
const linkTo = (href: string, words: string) => h("a", { href }, words);

const place = document.querySelector<HTMLElement>("[data-progress]");
if (place) new Progress(place);
