// Which chapters the reader has read: whose end was on the screen, and what
// the reader says about it, which counts more.

import { Kept, type Kind, type Store } from "./kept.ts";

/** One chapter. Times are milliseconds since 1970. */
export interface Reading {
  /** when its end was first on the screen */
  end?: number;
  /** the reader's own word */
  said?: boolean;
}

const KIND: Kind<Reading> = {
  prefix: "rnncourse/read/",
  read: readReading,
  isEmpty: ({ end, said }) => end === undefined && said === undefined,
};

/** Return `value` as what is known of a chapter, or null. */
export function readReading(value: unknown): Reading | null {
  if (typeof value !== "object" || value === null) return null;
  const { end, said } = value as Record<string, unknown>;
  const reading: Reading = {};
  if (Number.isFinite(end)) reading.end = end as number;
  if (typeof said === "boolean") reading.said = said;
  return reading;
}

/** All chapters, by page, such as "book/rnn". */
export class Readings extends Kept<Reading> {
  constructor(store: Store | null) {
    super(KIND, store);
  }

  isRead(page: string): boolean {
    const { end, said } = this.get(page);
    return said ?? end !== undefined;
  }
}

/** Note when the end of a chapter's text comes to be seen. */
export function watchEnd(page: string, end: Element, readings: Readings): void {
  if (readings.get(page).end !== undefined) return;
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((x) => x.isIntersecting)) return;
    watch.disconnect();
    readings.update(page, (reading) => ({ end: Date.now(), ...reading }));
  });
  watch.observe(end);
}
