// The page "Review": asks what is due, one card at a time. A card's words
// stand in the list below, where they are for those without scripts, too.

import { copies, titleOf } from "./cards_list.ts";
import { button, h, plural } from "./elements.ts";
import { cards, cardsOf, chapters } from "./live.ts";
import { endOfDay, type Memory } from "./memory.ts";
import { nextDue, plan, type Today } from "./queue.ts";
import { type Grade, GRADES, graded, inWords, waits } from "./schedule.ts";
import { readWishes, wishesFields, writeWishes } from "./wishes.ts";

const KEYS = "Space shows the answer, 1 to 4 grade it, U takes a grade back.";
const UNKEPT =
  "Your reviews are not kept: this browser's storage is full or switched off. " +
  "Export, beside the chapters, saves them before you leave.";

class Review {
  #ids = Object.values(cardsOf).flat();
  #wishes = readWishes();
  #id: string | null = null; // the card that is asked
  #last: { id: string; before: Memory | null; reviewed: number } | null = null;
  #done = 0;

  #status = h("p", { class: "review-status", role: "status", tabindex: "-1" });
  #unkept = h("p", { class: "live-note", hidden: true }, UNKEPT);
  #card = h("div", { class: "review-card", role: "group", tabindex: "-1", hidden: true });
  #answer = h("div", { class: "review-answer", role: "group", tabindex: "-1" });
  #buttons = h("div", { class: "live-buttons review-buttons" });
  #keys = h("p", { class: "review-keys", hidden: true }, KEYS);

  constructor(place: HTMLElement) {
    place.replaceChildren(
      h(
        "section",
        { class: "review", "aria-label": "What is due" },
        this.#status, this.#unkept, this.#card, this.#buttons, this.#keys,
        wishesFields(this.#wishes, Object.keys(cardsOf), () => this.#wished()),
      ),
    );
    // what comes to have the focus is read out
    this.#card.setAttribute("aria-labelledby", "review-question");
    this.#answer.setAttribute("aria-labelledby", "review-answer");
    place.addEventListener("keydown", (event) => this.#key(event));
    cards.addEventListener("change", () => this.#changedElsewhere());
    cards.addEventListener("kept", () => this.#count());
    chapters.addEventListener("change", () => this.#count());
    document.addEventListener("visibilitychange", () => this.#count());
    this.#rest();
  }

  /** Other wishes: count again, and keep the card that is asked. */
  #wished(): void {
    writeWishes(this.#wishes);
    if (this.#id) this.#count();
    else this.#rest();
  }

  get #today(): Today {
    const { newADay, from } = this.#wishes;
    const read = Object.keys(cardsOf).filter((page) => chapters.isRead(page));
    const every = Object.keys(cardsOf);
    const some = from === "read" ? (read.length ? read : every) : [from];
    const pages = from === "all" ? every : some;
    const wanted = pages.flatMap((page) => cardsOf[page] ?? []);
    return plan(this.#ids, wanted, cards, newADay, Date.now());
  }

  /** Say how many cards there are; nothing is asked. */
  #count(): Today {
    const today = this.#today;
    this.#unkept.hidden = cards.kept;
    const left = `${plural(today.due.length, "card")} due today, ${today.fresh.length} new.`;
    this.#status.textContent =
      today.due.length || today.fresh.length ? left : this.#nothing();
    return today;
  }

  #nothing(): string {
    const begun = this.#done ? `Done for today: ${plural(this.#done, "answer")}.` : "Nothing is due today.";
    const due = nextDue(this.#ids, cards);
    if (due === null) return `${begun} Choose below where new cards come from.`;
    const days = Math.round((endOfDay(due) - endOfDay(Date.now())) / 86_400_000);
    return `${begun} The next card is due ${days === 1 ? "tomorrow" : `in ${days} days`}.`;
  }

  /** Offer to begin, or to go on. */
  #rest(): void {
    const today = this.#count();
    this.#id = null;
    this.#card.hidden = this.#keys.hidden = true;
    const start = button("Start", () => this.#ask(), "is-main");
    this.#buttons.replaceChildren(...(today.next ? [start] : []), ...this.#undo());
  }

  /** Ask the next card. */
  #ask(): void {
    const { next } = this.#count();
    const before = this.#id;
    if (!next) {
      this.#rest();
      (this.#buttons.querySelector("button") ?? this.#status).focus();
      return;
    }
    this.#id = next;
    const name = titleOf(`book/${next.split(".")[0]}`);
    const times = cards.of(next)?.reviews;
    const seen = times ? `seen ${times === 1 ? "once" : `${times} times`}` : "new";
    this.#card.replaceChildren(
      h("p", { class: "review-from" }, `${name} · ${seen}`),
      ...copies(next, "question"),
    );
    this.#card.hidden = this.#keys.hidden = false;
    const show = button("Show answer", () => this.#show(), "is-main");
    this.#buttons.replaceChildren(show, ...this.#undo());
    this.#card.focus({ preventScroll: before !== null });
  }

  /** Copy the card again: its formulas have been set. */
  redraw(): void {
    if (!this.#id) return;
    const from = this.#card.firstElementChild!;
    const answered = this.#answer.isConnected;
    if (answered) this.#answer.replaceChildren(...copies(this.#id, "answer"));
    const after = answered ? [this.#answer] : [];
    const focused = document.activeElement;
    this.#card.replaceChildren(from, ...copies(this.#id, "question"), ...after);
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }

  #show(): void {
    if (!this.#id || this.#answer.isConnected) return;
    this.#answer.replaceChildren(...copies(this.#id, "answer"));
    this.#card.append(this.#answer);
    const wait = waits(cards.of(this.#id), Date.now());
    const grades = [1, 2, 3, 4] as Grade[];
    this.#buttons.replaceChildren(
      ...grades.map((grade) => {
        const made = button("", () => this.#grade(grade));
        made.setAttribute("aria-keyshortcuts", String(grade));
        made.append(
          h("kbd", { "aria-hidden": "true" }, String(grade)),
          ` ${GRADES[grade]} `,
          h("small", {}, inWords(wait[grade])),
        );
        return made;
      }),
    );
    this.#answer.focus({ preventScroll: true });
    this.#buttons.scrollIntoView({ block: "nearest" });
  }

  #grade(grade: Grade): void {
    const id = this.#id;
    if (!id || !this.#answer.isConnected) return;
    this.#id = null; // the change is ours
    cards.update(id, (given) => {
      const before = given.reviewed === undefined ? null : (given as Memory);
      const after = graded(before, grade, Date.now());
      this.#last = { id, before, reviewed: after.reviewed };
      return after;
    });
    this.#done++;
    this.#id = id;
    this.#ask();
  }

  #undo(): HTMLElement[] {
    return this.#last ? [button("Undo", () => this.#takeBack())] : [];
  }

  /** Take the last grade back, if no other tab has graded the card since. */
  #takeBack(): void {
    const last = this.#last;
    if (!last) return;
    this.#last = null;
    this.#id = null;
    if (cards.of(last.id)?.reviewed === last.reviewed) {
      cards.set(last.id, last.before);
      this.#done--;
    }
    this.#ask();
  }

  /** Another tab has graded a card, or a file was imported. */
  #changedElsewhere(): void {
    if (this.#id === null) return this.#card.hidden ? this.#rest() : undefined;
    const due = cards.of(this.#id)?.due ?? 0;
    if (due > Date.now() && this.#today.next !== this.#id) this.#ask();
    else this.#count();
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.closest("select, input")) return;
    const pressed = target.closest("button, a") !== null;
    if (event.key === " " && !pressed && this.#id && !this.#answer.isConnected)
      this.#show();
    else if (/^[1-4]$/.test(event.key)) this.#grade(Number(event.key) as Grade);
    else if (event.key.toLowerCase() === "u" && this.#last) this.#takeBack();
    else if (event.key !== " " || pressed) return;
    event.preventDefault();
  }
}

const place = document.querySelector<HTMLElement>("[data-review]");
if (place) {
  const review = new Review(place);
  addEventListener("load", async () => {
    await (window as { MathJax?: { startup?: { promise?: Promise<void> } } })
      .MathJax?.startup?.promise;
    review.redraw();
  });
}
