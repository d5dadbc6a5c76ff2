// How a reader wants to review: how many new cards a day, and from where.

import { openStorage } from "./kept.ts";

export interface Wishes {
  newADay: number;
  /** "read", "all", or a page */
  from: string;
}

const KEY = "rnncourse/review";
const USUAL: Wishes = { newADay: 10, from: "read" };

/** Return what was wished for last time, or the usual. */
export function readWishes(): Wishes {
  try {
    const kept = JSON.parse(openStorage()?.getItem(KEY) ?? "null");
    const { newADay, from } = { ...USUAL, ...kept } as Wishes;
    const fits = Number.isInteger(newADay) && newADay >= 0 && typeof from === "string";
    return fits ? { newADay, from } : USUAL;
  } catch {
    return USUAL;
  }
}

export function writeWishes(wishes: Wishes): void {
  try {
    openStorage()?.setItem(KEY, JSON.stringify(wishes));
  } catch {
    // then they hold for this visit
  }
}
