// What a reader remembers: of each card that was ever graded, when it is due
// and what the scheduler (schedule.ts) needs to know. A page that asks nothing
// needs this file alone, to say how many are due.

import { Kept, type Kind, type Store } from "./kept.ts";

/** One card. Times are milliseconds since 1970, stability is in days. */
export interface Memory {
  due: number;
  stability: number;
  difficulty: number;
  /** days from the last review to `due`; 0 while it is being learned */
  scheduled: number;
  /** 0 new, 1 being learned, 2 known, 3 being learned again */
  state: number;
  /** how far in the steps of learning */
  step: number;
  reviews: number;
  /** how often it was known and then forgotten */
  lapses: number;
  reviewed: number;
  /** when it was graded for the first time */
  since: number;
}

const FIELDS = [
  "due", "stability", "difficulty", "scheduled", "state", "step", "reviews",
  "lapses", "reviewed", "since",
] as const;

const KIND: Kind<Memory> = {
  prefix: "rnncourse/card/",
  read: readMemory,
  isEmpty: () => false,
};

/** Return `value` as what is known of a card, or null if it is nothing. */
export function readMemory(value: unknown): Memory | null {
  if (typeof value !== "object" || value === null) return null;
  const given = value as Record<string, unknown>;
  const fits = FIELDS.every((x) => Number.isFinite(given[x]));
  if (!fits || ![0, 1, 2, 3].includes(given.state as number)) return null;
  return Object.fromEntries(FIELDS.map((x) => [x, given[x]])) as unknown as Memory;
}

/** All cards that were ever graded, by id. */
export class Memories extends Kept<Memory> {
  constructor(store: Store | null) {
    super(KIND, store);
  }

  /** Return what is known of a card, or null if it was never graded. */
  of(id: string): Memory | null {
    return this.has(id) ? (this.get(id) as Memory) : null;
  }
}

/** The midnight before a moment, where the reader is. */
export function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

/** The midnight after a moment. */
export function endOfDay(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

/** Return those of the cards that are due until midnight, the first first. */
export function dueToday(ids: string[], memories: Memories, now: number): string[] {
  const end = endOfDay(now);
  return ids
    .map((id) => [memories.of(id)?.due ?? Infinity, id] as const)
    .filter(([due]) => due < end)
    .sort(([a], [b]) => a - b)
    .map(([, id]) => id);
}
