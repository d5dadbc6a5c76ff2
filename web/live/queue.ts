// Which card is asked next, and how many there are today.

import { dueToday, type Memories, startOfDay } from "./memory.ts";

/** What is to be done today. */
export interface Today {
  /** cards seen before, the most overdue first */
  due: string[];
  /** cards that were never graded, as many as may still come today */
  fresh: string[];
  /** the one to ask now, or null */
  next: string | null;
}

/** Plan a day: `ids` are all cards, `wanted` those that new ones may be of.
 *
 * First what is due by now, then what is new, then what will be due later
 * today: a card that was forgotten a minute ago need not be waited for. */
export function plan(
  ids: string[],
  wanted: string[],
  memories: Memories,
  newADay: number,
  now: number,
): Today {
  const due = dueToday(ids, memories, now);
  const today = startOfDay(now);
  const begun = ids.filter((id) => (memories.of(id)?.since ?? 0) >= today).length;
  const unseen = wanted.filter((id) => !memories.has(id));
  const fresh = unseen.slice(0, Math.max(0, newADay - begun));
  const ready = due.filter((id) => memories.of(id)!.due <= now);
  return { due, fresh, next: ready[0] ?? fresh[0] ?? due[0] ?? null };
}

/** When the next card is due after today, or null. */
export function nextDue(ids: string[], memories: Memories): number | null {
  const dues = ids.flatMap((id) => memories.of(id)?.due ?? []);
  return dues.length ? Math.min(...dues) : null;
}
