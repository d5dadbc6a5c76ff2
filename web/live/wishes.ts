// How a reader wants to review: how many new cards a day, and from where.

import { titleOf } from "./cards_list.ts";
import { h } from "./elements.ts";
import { select } from "./fields.ts";
import { openStorage } from "./kept.ts";

export interface Wishes {
  newADay: number;
  /** "read", "all", or a page */
  from: string;
}

const KEY = "rnncourse/review";
const USUAL: Wishes = { newADay: 10, from: "read" };
const NUMBERS = {
  0: "0", 5: "5", 10: "10", 20: "20", 50: "50", 1000: "as many as there are",
};

/** Return what was wished for last time, or the usual. */
export function readWishes(): Wishes {
  try {
    const kept = JSON.parse(openStorage()?.getItem(KEY) ?? "null");
    const { newADay, from } = { ...USUAL, ...kept } as Wishes;
    const fits = Number.isInteger(newADay) && newADay >= 0 && typeof from === "string";
    return fits ? { newADay, from } : { ...USUAL };
  } catch {
    return { ...USUAL };
  }
}

export function writeWishes(wishes: Wishes): void {
  try {
    openStorage()?.setItem(KEY, JSON.stringify(wishes));
  } catch {
    // then they hold for this visit
  }
}

/** Return the fields to wish with; they change `wishes` in place. */
export function wishesFields(
  wishes: Wishes,
  pages: string[],
  changed: () => void,
): HTMLElement {
  const some = select(NUMBERS, String(wishes.newADay));
  const chapters = Object.fromEntries(pages.map((page) => [page, titleOf(page)]));
  const usual = { read: "the chapters I have read", all: "all chapters" };
  const from = select({ ...usual, ...chapters }, wishes.from);
  // what was kept may be from another edition
  some.value ||= String(USUAL.newADay);
  from.value ||= USUAL.from;
  const take = () => {
    wishes.newADay = Number(some.value);
    wishes.from = from.value;
  };
  take();
  for (const field of [some, from])
    field.addEventListener("change", () => {
      take();
      changed();
    });
  return h(
    "p",
    { class: "review-wishes" },
    h("label", {}, "New cards a day: ", some),
    h("label", {}, "From: ", from),
  );
}
